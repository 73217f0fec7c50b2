"""The proof of the walls: a session tries to break every promise of the sandbox.

In comes a nursery in a sandbox; out go the promises, each with whether it held, or a refusal to
grade. `grading` asks before the first submission, `doctor` and `demo` when they are run.
"""

__all__ = ["health", "promises"]

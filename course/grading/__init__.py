"""Grading: what is to be graded, in which order, and where it goes.

In come a course and its submissions; out go verdicts, each recorded before the next command can ask
for it. `engine` spreads the work over processes and machines. `commands` and `demo` call `grade`.
"""

__all__ = ["foresight", "grade", "jobs", "watching"]

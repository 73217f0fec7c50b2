"""Authoring: from the source to what students get.

In come source notebooks; out go student versions, the exercises listed for `checks.summary`, and
a word on whatever of the solutions, hidden tests or mistakes can still be seen in them. `commands`
and `demo` call `release`; `gate` holds sections to it.
"""

__all__ = ["conversion", "drift", "leaks", "listing", "outline", "release"]

"""The site: pages on which anybody can read the lessons, as they came out of a run.

In come student versions that `course run --released` has executed, and the pages of ``docs/``; out
go static files. `commands` calls `build`.
"""

__all__ = ["build"]

"""Marking: people read all answers to one question, and give points and comments.

In come the executed notebooks and the record; out go points and comments into nbgrader's gradebook,
while somebody marks on a page that `desk` and `server` keep on this machine. `commands` calls it.
"""

__all__ = ["desk", "questions", "server"]

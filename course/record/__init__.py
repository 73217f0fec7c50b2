"""The record: what was graded, and every mark.

In come attempts with their verdicts, through one writer; out go nbgrader's gradebook and, beside
it, a table of attempts to which lines are only added. `grading` and `marking` write;
`returns`, and `authoring` for the list of exercises, read; `locks` keeps two graders apart, and two
who collect.
"""

__all__ = ["attempts", "by_hand", "locks", "named", "spoilt", "standing", "store", "table"]

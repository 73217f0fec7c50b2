"""Examining: one submission, from its bytes to a verdict for each exercise.

In come a submission and our own notebook; out go the notebook with the student's answers put in and
run, and what each exercise came to. `grading` calls `examine` in its workers, `gate` opens sessions
in the same way, `returns` and `marking` ask for the cells of an answer, `comparing` finds them in a
submission.
"""

__all__ = [
    "added",
    "counterparts",
    "examine",
    "fresh",
    "opening",
    "placement",
    "progress",
    "reading",
    "rebuild",
    "rehearsal",
]

"""The mark of an exercise, by what its visible test said; no grade."""

from __future__ import annotations

HOLDS, FAILS, OPEN, WRITTEN = "✓", "✗", "○", "✎"
LEGEND = (
    "✓ its test holds here, hidden inputs decide at grading · ✗ it does not yet · "
    "○ not answered, or its test was not run · ✎ written, a person marks it"
)
COUNTED = {HOLDS: "right", FAILS: "wrong", OPEN: "not answered", WRITTEN: "for a person to mark"}
UNANSWERED = NotImplementedError.__name__


def mark_of(error: str | None) -> str:
    """Return the mark of an exercise.

    Parameters
    ----------
    error : str or None
        The class of the error that its test ended with, "" for none; None where it has not run.
    """
    if error is None or error == UNANSWERED:
        return OPEN
    return FAILS if error else HOLDS


def counted(marks: str) -> str:
    """Say how many exercises have which mark: "3 right, 1 wrong, 6 not answered"."""
    told = {mark: marks.count(mark) for mark in COUNTED}
    return ", ".join(f"{count} {COUNTED[mark]}" for mark, count in told.items() if count)

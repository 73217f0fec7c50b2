"""The model solution of an exercise, and who may see it when.

Nobody, where the syllabus says nothing. ``solutions_after`` of a section shows it to everybody from
that moment on, and never before the last may hand in; ``solutions_on_full_marks`` shows it at once
to whoever has all points of the exercise.
"""

from __future__ import annotations

from datetime import UTC, datetime

from nbformat import NotebookNode

from course.folder import Section
from course.notebook.cells import grade_id
from course.notebook.exercises import Exercise
from course.notebook.regions import model_lines
from course.record.attempts import Row
from course.record.standing import Score


def is_open(section: Section, last_due: datetime | None, now: datetime) -> bool:
    """Tell whether everybody may see a section's model solutions.

    Parameters
    ----------
    section : Section
    last_due : datetime or None
        When the last may hand in, extensions counted; UTC, as the gradebook keeps it.
    now : datetime
        With its offset from UTC.
    """
    if section.solutions_after is None:
        return False
    due = last_due.replace(tzinfo=UTC) if last_due else None
    moments = (section.solutions_after, section.due, due)
    return now >= max(moment for moment in moments if moment is not None)


def has_earned(section: Section, row: Row, score: Score) -> bool:
    """Tell whether a student may see the model solution of an exercise for all of its points.

    A verdict that the student's own process told, and might have written, opens nothing.
    """
    if not section.solutions_on_full_marks or score.awaited or row.judged:
        return False
    return score.points >= row.max_points and (score.points > 0 or row.verdict == "passed")


def model(source: NotebookNode, exercise: Exercise) -> tuple[str, str]:
    """Return the code and the text of an exercise's model solution; empty where it has none."""
    cells = [cell for cell in source.cells if grade_id(cell) in exercise.answers]
    parts = [(cell.cell_type == "code", "\n".join(model_lines(cell)).strip()) for cell in cells]
    code, text = (
        "\n\n".join(part for is_code, part in parts if part and is_code == wanted)
        for wanted in (True, False)
    )
    return code, text

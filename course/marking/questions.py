"""The questions that a person marks, each with its task and its marking guide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course.errors import CourseError
from course.folder import Course, Section
from course.notebook.cells import grade_id
from course.notebook.exercises import Exercise, exercises
from course.notebook.reading import read_source
from course.notebook.regions import find_regions
from course.record.by_hand import Place
from course.returns.answers import listing, task, written

SHOWN = ("solution", "mark scheme")  # regions that no student sees, and who marks does


@dataclass(frozen=True)
class Question:
    """What a person marks in a section.

    Attributes
    ----------
    section : Section
    notebook : Path
    exercise : Exercise
    task, guide : str
        As harmless HTML; the guide is the model answer, or nbgrader's mark scheme.
    """

    section: Section
    notebook: Path
    exercise: Exercise
    task: str
    guide: str

    @property
    def key(self) -> str:
        """What the page calls it."""
        return "/".join(self.place)

    @property
    def place(self) -> Place:
        """Where the gradebook has it."""
        return Place(self.section.name, self.notebook.stem, self.exercise.id)


def questions(course: Course, sections: list[Section], wanted: str | None = None) -> list[Question]:
    """Return the questions of these sections that a person marks, in their order.

    Parameters
    ----------
    course : Course
    sections : list of Section
    wanted : str, optional
        Only the one of this number ("2.9") or name.

    Raises
    ------
    CourseError
        When there is none, or no such one.
    """
    found = [
        Question(section, path, exercise, task(source, exercise), _guide(source, exercise))
        for section in sections
        for path in section.notebooks
        for source in [read_source(path, course.config)]
        for exercise in exercises(source)
        if exercise.manual
    ]
    named = ", ".join(section.name for section in sections)
    if not found:
        raise CourseError(
            f"No question of {named} is for a person to mark.",
            "Such a one is a cell that nbgrader calls a manually graded answer or task.",
        )
    if wanted is None:
        return found
    fits = [q for q in found if wanted in (q.exercise.number, q.exercise.name, q.exercise.id)]
    if not fits:
        known = ", ".join(f"{q.exercise.number} {q.exercise.name}".strip() for q in found)
        raise CourseError(
            f"{named} has no question {wanted!r} that a person marks.", f"Give one of: {known}."
        )
    return fits


def _guide(source: NotebookNode, exercise: Exercise) -> str:
    (cell,) = (cell for cell in source.cells if grade_id(cell) == exercise.id)
    regions = [r for r in find_regions(source) if r.cell == cell.id and r.kind in SHOWN]
    text = "\n\n".join("\n".join(region.lines) for region in regions)
    made = NotebookNode(cell_type=cell.cell_type, source=text)
    if not text.strip():
        return ""
    return written([made]) or f'<pre class="code" tabindex="0">{listing([made])}</pre>'

"""How far a student has come: what the tests said in the notebooks as they were saved last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from helpers.checks.marks import FAILS, HOLDS, OPEN, WRITTEN, counted, mark_of

from nbformat import NotebookNode

from course.errors import CourseError
from course.folder import Course, Section
from course.notebook.cells import grade_id
from course.notebook.exercises import Exercise, exercises
from course.notebook.reading import read_notebook


@dataclass(frozen=True)
class Step:
    """One exercise of a student's.

    Attributes
    ----------
    number : str
        "2.4"; empty where the heading has none.
    title : str
    name : str
        Number and title.
    link : str
        To its heading, from the student's folder.
    points : float
    mark : {"✓", "✗", "○", "✎"}
        Its visible test holds, does not, it is not answered or its test was not run, or it is
        written and waits for a person.
    """

    number: str
    title: str
    name: str
    link: str
    points: float
    mark: str


@dataclass(frozen=True)
class Standing:
    """How far a student has come in a section.

    Attributes
    ----------
    section : str
        The folder's name.
    title, question : str
    minutes : int or None
    notebooks : tuple of str
        The student's own, by their paths in ``work/``; those that are there.
    steps : tuple of Step
    """

    section: str
    title: str
    question: str
    minutes: int | None
    notebooks: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def points(self) -> float:
        """Points of the exercises whose visible tests hold; hidden inputs decide."""
        return sum(step.points for step in self.steps if step.mark == HOLDS)

    @property
    def max_points(self) -> float:
        """Points of all exercises."""
        return sum(step.points for step in self.steps)

    @property
    def marks(self) -> str:
        """A mark an exercise, in order."""
        return "".join(step.mark for step in self.steps)

    @property
    def counted(self) -> str:
        """How many exercises are right, wrong and not answered, in words."""
        return counted(self.marks)

    @property
    def next(self) -> Step | None:
        """The first exercise that is open or wrong."""
        return next((step for step in self.steps if step.mark in OPEN + FAILS), None)


def standing(course: Course, section: Section, work: Path) -> Standing | None:
    """Return how far a student has come in a section; None where it is not released.

    Parameters
    ----------
    course : Course
    section : Section
    work : Path
        The student's folder, in which notebooks stand as in ``release/``.
    """
    released = sorted(course.release(section.name).glob("*.ipynb"))
    if not released:
        return None
    steps: list[Step] = []
    there = []
    for path in released:
        name = Path(section.name, path.name)
        own = work / name
        nb = read_notebook(path)
        if own.is_file():
            there.append(name.as_posix())
        steps += _steps(nb, _readable(own), quote(name.as_posix()))
    return Standing(
        section.name, section.title, section.question, section.minutes, tuple(there), tuple(steps)
    )


def _readable(path: Path) -> NotebookNode | None:
    """Return a student's notebook, or None where there is none that can be read."""
    try:
        return read_notebook(path) if path.is_file() else None
    except CourseError:
        return None


def _steps(released: NotebookNode, own: NotebookNode | None, link: str) -> list[Step]:
    stubs = _by_grade_id(released)
    cells = {} if own is None else _by_grade_id(own)
    found = []
    for exercise in exercises(released):
        mark = _mark(exercise, stubs, cells)
        about = (exercise.number, exercise.subject, exercise.called)
        place = f"{link}#cell-id={exercise.place}"
        found.append(Step(*about, place, exercise.points, mark))
    return found


def _by_grade_id(nb: NotebookNode) -> dict[str, NotebookNode]:
    return {grade_id(cell): cell for cell in nb.cells if grade_id(cell)}


def _mark(exercise: Exercise, stubs: dict, cells: dict) -> str:
    answers = [name for name in exercise.answers if name in cells]
    changed = any(cells[name].source.strip() != stubs[name].source.strip() for name in answers)
    if exercise.manual:
        return WRITTEN if changed else OPEN
    test = cells.get(exercise.id)
    if test is None or (exercise.answers and not changed) or test.get("execution_count") is None:
        return OPEN
    errors = [o for o in test.get("outputs", []) if o.output_type == "error"]
    return mark_of(errors[-1].ename if errors else "")

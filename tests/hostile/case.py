"""What a case of the corpus is, and how its submission is made from the released notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from textwrap import dedent

import nbformat
from nbformat import NotebookNode

from course.notebooks import grade_id, student_version
from tests.builders import notebook
from tests.hostile import lessons

# What a case prints when it got where it must not. No answer holds the word in one piece: where it
# is found, it was printed.
EVIDENCE = "heron-e1b6"
SAY = 'print("heron", "e1b6", sep="-")'
SECRET = "osprey-93ab"  # in every canary

Place = Callable[[Path, dict[str, str]], None]
Change = Callable[[NotebookNode], None]


@dataclass(frozen=True)
class Lesson:
    """A lesson of the corpus.

    Attributes
    ----------
    section, notebook : str
    cells : list of NotebookNode
    right : dict of str to str
        The right answers.
    points : dict of str to float
    """

    section: str
    notebook: str
    cells: list[NotebookNode]
    right: dict[str, str]
    points: dict[str, float]


SUMS = Lesson("01-sums", "sums", lessons.SUMS, lessons.RIGHT, lessons.POINTS)
MODEL = Lesson(
    "02-model",
    "model",
    lessons.MODEL,
    {"model": lessons.BUILD, "train": lessons.TRAIN},
    {"model": 2, "train": 1},
)


@dataclass(frozen=True)
class Case:
    """One submission and what a grader must answer.

    Attributes
    ----------
    name : str
        Also the student's id.
    about : str
        What the submission does, in one line.
    place : callable
        Writes the submission: given its folder and the names that its text may use (see
        `filled`).
    verdicts : dict of str to str
        Verdicts that are right, separated by "|", by exercise. Exercises that are left out must
        pass; ``"any"`` where a submission has harmed nobody but itself.
    needs_sandbox : bool
        Whether it must never run without limits around it.
    student : str
        The student's id where it is not the case's name.
    """

    name: str
    about: str
    place: Place
    verdicts: dict[str, str] = field(default_factory=dict)
    needs_sandbox: bool = False
    student: str = ""

    @property
    def id(self) -> str:
        """The student's id."""
        return self.student or self.name

    def allows(self, exercise: str, verdict: str) -> bool:
        """Tell whether `verdict` is right for `exercise`."""
        wanted = self.verdicts.get(exercise, "passed")
        return wanted == "any" or verdict in wanted.split("|")


def everywhere(verdict: str) -> dict[str, str]:
    """Return `verdict` for each exercise of the lesson of sums."""
    return dict.fromkeys(lessons.RIGHT, verdict)


def released(lesson: Lesson = SUMS, **answers: str) -> NotebookNode:
    """Return the released notebook with right answers, but for those given."""
    nb = student_version(notebook(lesson.cells))
    for name, text in {**lesson.right, **answers}.items():
        cell_of(nb, name).source = dedent(text)
    return nb


def cell_of(nb: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with this ``grade_id``."""
    return next(cell for cell in nb.cells if grade_id(cell) == name)


def filled(text: str, names: dict[str, str]) -> str:
    """Put paths and numbers of the ground in place of ``$course``, ``$home`` and so on."""
    return Template(text).safe_substitute(names)


def as_bytes(nb: NotebookNode) -> bytes:
    """Return the notebook as a student's file."""
    return (nbformat.writes(nb) + "\n").encode()


def answers(lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the released notebook with some answers, the others right."""
    return edited(lambda nb: None, lesson, **texts)


def edited(change: Change, lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the notebook with answers, changed in some other way."""

    def place(folder: Path, names: dict[str, str]) -> None:
        nb = released(lesson, **{name: filled(text, names) for name, text in texts.items()})
        change(nb)
        folder.mkdir(parents=True)
        (folder / f"{lesson.notebook}.ipynb").write_bytes(as_bytes(nb))

    return place


def file(make: Callable[[bytes], bytes], name: str = "sums.ipynb") -> Place:
    """Hand in what `make` makes of the right notebook's bytes, under a name."""

    def place(folder: Path, names: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        (folder / name).write_bytes(make(as_bytes(released())))

    return place


def beside(files: dict[str, bytes | str], lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the notebook with other files beside it."""
    notebook_alone = answers(lesson, **texts)

    def place(folder: Path, names: dict[str, str]) -> None:
        notebook_alone(folder, names)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = filled(dedent(data), names).encode() if isinstance(data, str) else data
            path.write_bytes(raw)

    return place


def added_code(source: str) -> NotebookNode:
    """Make a cell that a student added."""
    return nbformat.v4.new_code_cell(dedent(source))

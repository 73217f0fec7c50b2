"""What a case of the corpus is: a submission, and what a grader must answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tests.hostile import lessons

# What a case prints when it got where it must not. No answer holds the word in one piece: where it
# is found, it was printed.
EVIDENCE = "heron-e1b6"
SECRET = "osprey-93ab"  # in every canary
Place = Callable[[Path, dict[str, str]], None]


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
WORDS = Lesson(
    "03-words",
    "words",
    lessons.WORDS,
    {"add": lessons.ADD, "why": "Because of the *stride*."},
    {"add": 2, "why": 0},
)
MODEL = Lesson(
    "02-model",
    "model",
    lessons.MODEL,
    {"model": lessons.BUILD, "train": lessons.TRAIN},
    {"model": 2, "train": 1},
)
PROPERTIES = Lesson(
    "03-properties",
    "properties",
    lessons.PROPERTIES,
    {"shares": lessons.SHARES, "temper": lessons.TEMPER},
    {"shares": 2, "temper": 3},
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

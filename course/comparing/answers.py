"""The long exercises of a section, and what everybody answered to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from nbformat import NotebookNode

from course.comparing.prints import given_by
from course.comparing.tokens import LONGEST, tokens_in
from course.errors import FOUND, CourseError
from course.examining.counterparts import Counterparts, Placed
from course.folder import Course, Section
from course.intake.finding import find_file, submitting_students
from course.intake.submissions import Malformed, SubmittedCell, read_submission
from course.notebook.cells import grade_id
from course.notebook.exercises import Exercise, exercises
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_source
from course.notebook.regions import without_delimiters
from course.notebook.versions import student_version

LONG = 70  # tokens of the course's own solution, without what the student version gives
# What a task shows as code, "a colleague wrote …", is everybody's to take.
SHOWN = re.compile(r"^```\w*\n(.*?)^```", re.S | re.M)
# Called with a student and why nothing of theirs is compared.
Trouble = Callable[[str, str], None]


def handed_in(course: Course, sections: list[Section]) -> list[Section]:
    """Return the sections in which somebody has handed in.

    Raises
    ------
    CourseError
        When there is none.
    """
    found = [section for section in sections if submitting_students(course, section)]
    if not found:
        raise CourseError(
            f"There is nothing to compare: {course.submitted('x', 'x').parent.parent} has no "
            f"submission of {', '.join(section.name for section in sections)}.",
            "Take submissions in with `course collect PATH`.",
            code=FOUND,
        )
    return found


@dataclass(frozen=True)
class Long:
    """A long exercise of a notebook.

    Attributes
    ----------
    section, notebook : str
    exercise : Exercise
    given : ndarray
        The runs of tokens that the course itself gives or expects; see `course.comparing.prints`.
    texts : dict
        What each student wrote: the answer and the cells that were added beside it.
    """

    section: str
    notebook: str
    exercise: Exercise
    given: np.ndarray
    texts: dict[str, str] = field(default_factory=dict)


def long_answers(
    course: Course,
    section: Section,
    trouble: Trouble,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> list[Long]:
    """Return the long exercises of a section with what everybody answered, as far as they did.

    Parameters
    ----------
    course : Course
    section : Section
    trouble : callable
        Told of each student whose notebook cannot be read.
    report : callable
        Told how many submissions are read, and how many there are.
    """
    students = submitting_students(course, section)
    names = [path.stem for path in section.notebooks]
    mistakes = [one.code for one in read_mistakes(section.folder / "mistakes.py")]
    books = [_Book(course, section, path, mistakes) for path in section.notebooks]
    for done, student in enumerate(students, start=1):
        for book in books:
            if not book.long:
                continue
            try:
                path = find_file(course.submitted(student, section.name), book.name, names)
                book.take(student, read_submission(path).cells, trouble)
            except FileNotFoundError:
                continue
            except Malformed as error:
                trouble(student, str(error))
        report(done, len(students))
    return [long for book in books for long in book.long.values()]


class _Book:
    """One of our notebooks, and the long exercises in it by the places of their cells."""

    def __init__(self, course: Course, section: Section, path: Path, mistakes: list[str]) -> None:
        source = read_source(path, course.config)
        self.name = path.stem
        released = student_version(source).cells
        self._counterparts = Counterparts(released)
        given = [*_code_of(released), *mistakes]
        make = partial(Long, section.name, self.name)
        self.long = {
            span: make(exercise, given_by(map(_words, [*given, *solutions])))
            for exercise, span, solutions in _long(source, released)
        }

    def take(self, student: str, cells: tuple[SubmittedCell, ...], trouble: Trouble) -> None:
        """Note what a student answered."""
        placed = self._counterparts.place(cells)
        for (start, stop), long in self.long.items():
            text = "\n\n".join(self._own(placed, start, stop))
            if len(text) > LONGEST:
                trouble(student, f"{long.exercise.called} is longer than {LONGEST:,} characters.")
            elif text.strip():
                long.texts[student] = text

    def _own(self, placed: Placed, start: int, stop: int) -> Iterator[str]:
        """Yield the code between two of our cells that is not as it was released.

        What was added behind the last one, the test, belongs to the next exercise, if to any.
        """
        for place in range(start - 1, stop):
            given = placed.answers.get(place, ()) if place >= start else ()
            added = placed.added.get(place, ()) if place < stop - 1 else ()
            for cell in (*given, *added):
                if cell.kind == "code" and not self._is_released(place, cell):
                    yield cell.source

    def _is_released(self, place: int, cell: SubmittedCell) -> bool:
        return place >= 0 and self._counterparts.is_released(place, cell)


def _long(
    source: NotebookNode, released: list[NotebookNode]
) -> Iterator[tuple[Exercise, tuple[int, int], list[str]]]:
    """Yield exercises whose solution in code is long, where their cells lie, and the solution."""
    places = {grade_id(cell): i for i, cell in enumerate(source.cells) if grade_id(cell)}
    start = 0
    for exercise in exercises(source):
        stop = places[exercise.id] + 1
        cells = [i for i in map(places.get, exercise.answers) if _is_code(source.cells[i])]
        solutions = ["\n".join(without_delimiters(source.cells[i].source)) for i in cells]
        size = sum(len(_words(text)) for text in solutions)
        size -= sum(len(_words(released[i].source)) for i in cells)
        if size >= LONG and (cells[0] >= start):  # else an earlier exercise has the same answer
            yield exercise, (start, stop), solutions
        start = stop


def _is_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code"


def _code_of(cells: list[NotebookNode]) -> list[str]:
    """Return all code that students are given: cells, and what stands as code in a text."""
    found = [cell.source for cell in cells if _is_code(cell)]
    return found + [text for c in cells if not _is_code(c) for text in SHOWN.findall(c.source)]


def _words(text: str) -> list[str]:
    return [token.word for token in tokens_in(text)]

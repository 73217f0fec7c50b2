"""Sample submissions, made from the source notebooks and their mistakes.

Nothing is copied by hand: a changed exercise changes the samples with it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from course.errors import CourseError
from course.folder import Course, Section
from course.notebook.cells import grade_id, is_answer
from course.notebook.exercises import exercises
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.reading import read_source
from course.notebook.versions import solved_version, student_version

STDERR = "import sys\n\nprint('a warning, as many libraries write one', file=sys.stderr)\n"


@dataclass(frozen=True)
class Sample:
    """One sample student.

    Attributes
    ----------
    person : str
        Full name, as an LMS writes it.
    about : str
        What is special about the submission.
    make : callable
        From the source notebook and its mistakes to the bytes that are handed in.
    """

    person: str
    about: str
    make: Callable[[NotebookNode, list[Mistake]], bytes]


def solutions(source: NotebookNode) -> dict[str, str]:
    """Return the model answer of each answer cell, by ``grade_id``, without the delimiters."""
    return {grade_id(c): c.source for c in solved_version(source).cells if is_answer(c)}


def hand_in(source: NotebookNode, answers: dict[str, str]) -> bytes:
    """Return the released notebook with some answers filled in, as a student's file."""
    nb = student_version(source)
    for cell in nb.cells:
        if grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)]
    return (nbformat.writes(nb) + "\n").encode()


def _perfect(source: NotebookNode, _: list[Mistake]) -> bytes:
    return hand_in(source, solutions(source))


def _half(source: NotebookNode, _: list[Mistake]) -> bytes:
    answers = solutions(source)
    automatic = [name for e in exercises(source) if not e.manual for name in e.answers]
    done = list(dict.fromkeys(automatic))
    return hand_in(source, {name: answers[name] for name in done[: len(done) // 2]})


def _empty(source: NotebookNode, _: list[Mistake]) -> bytes:
    return hand_in(source, {})


def _three_mistakes(source: NotebookNode, mistakes: list[Mistake]) -> bytes:
    first = {m.exercise: m.code for m in reversed(mistakes)}
    wrong = {name: first[name] for name in list(dict.fromkeys(m.exercise for m in mistakes))[:3]}
    if len(wrong) < 3:
        raise CourseError(
            "The demo needs mistakes of three exercises in mistakes.py.", "Write them first."
        )
    return hand_in(source, {**solutions(source), **wrong})


def _cut_off(source: NotebookNode, _: list[Mistake]) -> bytes:
    whole = hand_in(source, solutions(source))
    return whole[: len(whole) // 2]


def _warns(source: NotebookNode, _: list[Mistake]) -> bytes:
    answers = solutions(source)
    first = next(e.answers[0] for e in exercises(source) if not e.manual)
    return hand_in(source, {**answers, first: f"{STDERR}\n{answers[first]}"})


SAMPLES = (
    Sample("Aino Virtanen", "everything right", _perfect),
    Sample("Béla Kovács", "the first half answered", _half),
    Sample("Chen Wei", "handed in as released", _empty),
    Sample("Dílba Şahin", "three mistakes, each with a name", _three_mistakes),
    Sample("Emeka Okafor", "cut off in the middle: not JSON", _cut_off),
    Sample("Fatima Zahra El Amrani", "right, but writes on stderr", _warns),
)


def moodle_download(course: Course, section: Section) -> bytes:
    """Return a zip as Moodle offers it: a folder a person, with the notebooks handed in."""
    mistakes = read_mistakes(section.folder / "mistakes.py")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number, sample in enumerate(SAMPLES, start=1):
            folder = f"{sample.person}_{4200 + number}_assignsubmission_file_"
            for path in section.notebooks:
                source = read_source(path, course.config)
                data = sample.make(source, mistakes)
                zipped.writestr(f"{folder}/{path.name}", data)
    return archive.getvalue()

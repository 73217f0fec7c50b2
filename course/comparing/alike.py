"""`course similar`: pairs of long answers that stand out of their class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from course.comparing.answers import Long, Trouble, long_answers
from course.comparing.background import Background, Pair, stand_out
from course.comparing.matching import Span, spans
from course.comparing.prints import fingerprints
from course.comparing.tokens import READER
from course.folder import Course, Section
from course.intake.groups import read_groups

MOST = 50  # pairs of an exercise that are shown; a person reads them
# The name of a student's group; empty where there is none.
Together = Callable[[str], str]


@dataclass(frozen=True)
class Side:
    """One of two answers: what stands in it, and which parts the other has as well."""

    student: str
    text: str
    spans: list[Span]


@dataclass(frozen=True)
class Alike:
    """Two answers that stand out.

    Attributes
    ----------
    share : float
        Of what the answer with less has, and not many have, what both have.
    common : float
        What both have, by weight, in tokens; see `course.comparing.background`.
    sides : tuple of Side
        In the order of the students' ids.
    """

    share: float
    common: float
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Compared:
    """A long exercise, and the pairs of answers to it that stand out.

    Attributes
    ----------
    section, notebook, exercise, title : str
    answered : int
        How many have written something of their own.
    background : Background
    pairs : list of Alike
        The most alike first.
    left_out : int
        Further pairs that are not shown.
    """

    section: str
    notebook: str
    exercise: str
    title: str
    answered: int
    background: Background
    pairs: list[Alike]
    left_out: int


def compare(
    course: Course,
    section: Section,
    trouble: Trouble,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> list[Compared]:
    """Return the long exercises of a section with the pairs of answers that stand out.

    Who hands in together, as ``groups.csv`` tells, is not compared within the group.

    Parameters
    ----------
    course : Course
    section : Section
    trouble : callable
        Told of each student whose notebook, or answer, cannot be read.
    report : callable
        Told how many submissions are read, and how many there are.
    """
    groups = read_groups(course)
    found = long_answers(course, section, trouble, report)
    return stand_out_in(found, trouble, lambda student: groups.named(student, section.name))


def stand_out_in(
    found: list[Long], trouble: Trouble, together: Together = lambda student: ""
) -> list[Compared]:
    """Return exercises with the pairs of answers that stand out; see `compare`."""
    try:
        prints = _prints(found, trouble)
        return [_compared(*one, together) for one in zip(found, prints, strict=True)]
    finally:
        READER.stop()


def _prints(found: list[Long], trouble: Trouble) -> list[dict[str, np.ndarray]]:
    """Return the fingerprints of everybody's answers, by exercise; a student's are read at once."""
    made: list[dict[str, np.ndarray]] = [{} for _ in found]
    for student in dict.fromkeys(student for long in found for student in long.texts):
        own = [n for n, long in enumerate(found) if student in long.texts]
        told = READER.of([found[n].texts[student] for n in own])
        for n, tokens in zip(own, told, strict=True):
            if tokens is None:
                trouble(student, f"{found[n].exercise.called} is nested too deeply to be read.")
                continue
            words = [token.word for token in tokens]
            made[n][student] = fingerprints(words, found[n].given)
    return made


def _compared(long: Long, prints: dict[str, np.ndarray], together: Together) -> Compared:
    """Return what stands out among the answers to one exercise."""
    students = sorted(prints)
    pairs, background = stand_out([prints[student] for student in students])
    apart = [
        pair
        for pair in pairs
        if not (group := together(students[pair.one])) or group != together(students[pair.other])
    ]
    shown = [(p, [students[p.one], students[p.other]]) for p in apart[:MOST]]
    return Compared(
        long.section,
        long.notebook,
        long.exercise.name,
        long.exercise.called,
        len(students),
        background,
        list(_sides(long, shown)),
        len(apart) - len(shown),
    )


def _sides(long: Long, pairs: list[tuple[Pair, list[str]]]) -> Iterator[Alike]:
    """Yield pairs with their texts; their tokens, of which few are wanted, are read again."""
    for pair, students in pairs:
        texts = [long.texts[student] for student in students]
        one, other = (tokens or [] for tokens in READER.of(texts))
        sides = map(Side, students, texts, spans(one, other, long.given))
        yield Alike(pair.share, pair.common, tuple(sides))

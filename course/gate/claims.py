"""Rules on what is claimed: measured, pointed to, and no more than the ledger has.

They hold for a course that keeps a ledger, a folder ``claims/``.
"""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from nbformat import NotebookNode

from course.errors import CourseError
from course.folder import Course, Section
from course.gate.findings import Problem, rule
from course.gate.lesson import Chapter, Lesson
from course.ledger import book, said
from course.ledger.marks import REASONS, Sentence, sentences
from course.ledger.standing import UNMEASURED, Standing, standing
from course.notebook.cells import grade_id, is_answer
from course.notebook.reading import read_notebook

EXERCISE = "### Exercise "
MARK = "<!-- claim: ID -->"
NO_MARK = "<!-- no claim: REASON -->"


@rule("claim-ledger", "the ledger can be read")
def find_unreadable(chapter: Chapter) -> Iterator[Problem]:
    try:
        _ = _standings(chapter.course)
    except CourseError as error:
        yield Problem("", error.what, error.remedy, "")


@rule("claim-mark", "an empirical sentence points to its claim, or says that it is none")
def find_unmarked(lesson: Lesson) -> Iterator[Problem]:
    if not book.has_ledger(lesson.course):
        return
    for cell, sentence in _said(lesson.nb):
        if (word := sentence.compares) and not sentence.is_marked:
            message = f"{_start(sentence)} says {word!r} and points to no claim."
            yield Problem(cell, message, f"End it with {MARK}, or {NO_MARK}.")


@rule("claim-known", "a mark names a claim of the ledger, or a reason")
def find_unknown(lesson: Lesson) -> Iterator[Problem]:
    if (known := _known(lesson.course)) is None:
        return
    for cell, sentence in _said(lesson.nb):
        for name in sentence.claims:
            if name not in known:
                message = f"There is no claim {name!r}."
                yield Problem(cell, message, f"Declare it in {book.FOLDER}/, or name another.")
        if sentence.excuse and sentence.excuse not in REASONS:
            message = f"{sentence.excuse!r} is no reason not to claim."
            yield Problem(cell, message, f"Give one of: {', '.join(REASONS)}.")
        if sentence.odd:
            message = f"The comment {sentence.odd!r} is no mark."
            yield Problem(cell, message, f"Write {MARK} or {NO_MARK}.")


@rule("claim-stands", "what a sentence points to is measured, on enough seeds, and holds")
def find_fallen(lesson: Lesson) -> Iterator[Problem]:
    if (known := _known(lesson.course)) is None:
        return
    for cell, sentence in _said(lesson.nb):
        for one in (known[name] for name in sentence.claims if name in known):
            if one.is_open:
                yield Problem(cell, one.message, one.remedy)


@rule("claim-figures", "a figure in such a sentence is the ledger's")
def find_other_figures(lesson: Lesson) -> Iterator[Problem]:
    if (known := _known(lesson.course)) is None:
        return
    for cell, sentence in _said(lesson.nb):
        pointed = [known[name] for name in sentence.claims if name in known]
        for number in said.unproven(sentence.text, pointed) if pointed else ():
            names = ", ".join(one.entry.claim.name for one in pointed)
            message = f"{_start(sentence)} says {number}; {names}: {_figures(pointed)}."
            yield Problem(cell, message, "Write what the ledger has, or nothing.")


@rule("claim-used", "some sentence of the course points to each claim of the section")
def find_unused(chapter: Chapter) -> Iterator[Problem]:
    if (known := _known(chapter.course)) is None:
        return
    used = _used(chapter.course)
    for name, one in known.items():
        if one.entry.section == chapter.section and name not in used:
            message = f"No sentence points to the claim {name!r}."
            remedy = f"Point to it by {MARK}, or take it out."
            yield Problem("", message, remedy, one.entry.module.name)


def open_claims(course: Course, sections: list[Section]) -> str:
    """Return a line that names the claims of some sections that are declared unmeasured."""
    known = _known(course) or {}
    names = [n for n, one in known.items() if one.state == UNMEASURED and _of(one, sections)]
    return f"Claims that wait for a measurement: {', '.join(names)}." if names else ""


def _of(one: Standing, sections: list[Section]) -> bool:
    return one.entry.section.name in {section.name for section in sections}


def _said(nb: NotebookNode) -> Iterator[tuple[str, Sentence]]:
    """Yield the sentences of the lecture, each with its cell; tasks and answers claim nothing."""
    for cell in nb.cells:
        if (
            cell.cell_type == "markdown"
            and not grade_id(cell)
            and not is_answer(cell)
            and not cell.source.startswith(EXERCISE)
        ):
            yield from ((cell.id, sentence) for sentence in sentences(cell.source))


def _standings(course: Course) -> dict[str, Standing]:
    """Return how each claim stands, by id."""
    return {entry.claim.name: standing(entry) for entry in book.entries(course)}


def _known(course: Course) -> dict[str, Standing] | None:
    """Return how each claim stands; None where a course keeps no ledger, or none can be read."""
    try:
        return _standings(course) if book.has_ledger(course) else None
    except CourseError:
        return None  # "claim-ledger" says so


def _used(course: Course) -> set[str]:
    """Return the claims that some lesson points to; a lesson that cannot be read points to none."""
    used: set[str] = set()
    for section in course.sections:
        with suppress(CourseError):
            for path in section.notebooks:
                used |= {n for _, one in _said(read_notebook(path)) for n in one.claims}
    return used


def _start(sentence: Sentence) -> str:
    words = sentence.text.split()
    return f'"{" ".join(words[:8])}{" …" if len(words) > 8 else ""}"'


def _figures(pointed: list[Standing]) -> str:
    kept = [one.kept.figures for one in pointed if one.kept]
    return "; ".join(f"{n} {f}" for figures in kept for n, f in figures.items()) or "nothing kept"

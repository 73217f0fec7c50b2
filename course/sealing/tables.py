"""Make the tables of sealed words, or check that they are up to date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from helpers.ground.processors import processors

from course.authoring.drift import Drift
from course.console import Report
from course.errors import FOUND, CourseError
from course.examining.opening import Source, session_for, session_source
from course.files import write_atomically
from course.folder import KEPT_BACK, Course, Section
from course.judging.verdict import visible_part
from course.notebook.cells import grade_id, is_test
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.provenance import write_script
from course.notebook.reading import read_source
from course.record.spoilt import Trouble, raise_it
from course.scratch import Scratch

FOLDER = "helpers/checks/sealed"
SECONDS = 600
# It binds no name that a lesson's cell could find.
ASK = "__import__('course.sealing.process', fromlist=['main']).main({!r}, {!r})"


@dataclass(frozen=True)
class Sealed:
    """The table of a section.

    Attributes
    ----------
    section : str
    file : str
        Relative to the course's folder.
    mistakes : int
        That have words of their own.
    named : int
        Whose words a student's notebook can tell; the judge tells those of the others, too.
    left_out : tuple of str
        Why the visible examples tell nothing of a mistake that they show.
    changed : bool
        Whether anything differs from the table before.
    """

    section: str
    file: str
    mistakes: int
    named: int
    left_out: tuple[str, ...]
    changed: bool


def seal(
    course: Course,
    sections: list[Section],
    *,
    check: bool = False,
    report: Report = lambda name, done, total: None,
    trouble: Trouble = raise_it,
) -> list[Drift | Sealed]:
    """Make the tables of some sections, where the course has `helpers` of its own.

    Parameters
    ----------
    course : Course
    sections : list of Section
    check : bool
        Change nothing; return what would have to change.
    report : callable
        Told a name, sections done, sections in all.
    trouble : callable
        Told, as a `CourseError`, of each section whose lesson or mistakes do not run. By default
        the first one is raised.

    Returns
    -------
    list of Sealed, or of Drift where `check` is set
    """
    folder = course.root / FOLDER
    if not folder.parent.is_dir():
        return []
    made: list[Drift | Sealed] = []
    for section, (sealed, text) in _tables(course, sections, folder, report, trouble):
        if not check:
            made.append(sealed)
            if sealed.changed:
                _put(folder / f"{section.name}.json", text)
        elif sealed.changed:
            there = (folder / f"{section.name}.json").exists()
            how = "superfluous" if not text else "differs" if there else "missing"
            made.append(Drift(section.name, f"{section.name}.json", how, folder=FOLDER))
    return made


def _tables(
    course: Course, sections: list[Section], folder: Path, report: Report, trouble: Trouble
) -> Iterator[tuple[Section, tuple[Sealed, str]]]:
    """Yield the sections' tables, and their texts, in order; as many at a time as there are cores.

    What the lessons import is imported once for all of them.
    """
    asked: dict[Section, list[tuple[Path, dict]]] = {}
    known: dict[Section, list[Mistake]] = {}
    for section in sections:
        try:
            known[section] = _mistakes(section)
            asked[section] = list(_questions(course, section, known[section]))
        except CourseError as error:
            trouble(error)
    paths = [path for questions in asked.values() for path, _ in questions]
    with (
        session_source([read_source(path, course.config) for path in paths]) as sessions,
        ThreadPoolExecutor(max(1, min(processors(), len(paths)))) as pool,
    ):
        told = {s: [pool.submit(_run, s, sessions, *q) for q in qs] for s, qs in asked.items()}
        for number, (section, answers) in enumerate(told.items()):
            report("mistakes", number, len(told))
            try:
                lines = [line for answer in answers for line in answer.result()]
            except CourseError as error:
                trouble(error)
                continue
            yield section, _table(section, folder, known[section], lines)
    report("mistakes", len(told), len(told))


def _mistakes(section: Section) -> list[Mistake]:
    """Return the mistakes of a section that have words of their own."""
    return [m for name in KEPT_BACK for m in read_mistakes(section.folder / name) if m.words]


def _table(
    section: Section, folder: Path, mistakes: list[Mistake], told: list[list[str]]
) -> tuple[Sealed, str]:
    """Return a section's table, and its text; the text is empty where there is nothing to seal.

    Parameters
    ----------
    section : Section
    folder : Path
        Of the tables.
    mistakes : list of Mistake
    told : list
        Of each mistake that shows in a notebook: words, place, sealed words, or why not.
    """
    found: dict[str, dict[str, str]] = {}  # by place: the words that belong there, and sealed
    left_out: list[str] = []
    for words, place, sealed, reason in told:
        if reason:
            left_out.append(f"{words!r}: {reason}")
        else:
            found.setdefault(place, {})[words] = sealed
    for there in found.values():
        if len(there) > 1:
            which = " and ".join(map(repr, there))
            left_out.append(f"{which} are told apart by no visible example")
    kept = {place: found[place] for place in sorted(found) if len(found[place]) == 1}
    table = {place: sealed for place, there in kept.items() for sealed in there.values()}
    named = {words for there in kept.values() for words in there}
    text = json.dumps(table, indent=1) + "\n" if table else ""
    file = folder / f"{section.name}.json"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    count = sum(mistake.words in named for mistake in mistakes)
    made = (section.name, f"{FOLDER}/{file.name}", len(mistakes), count)
    return Sealed(*made, tuple(left_out), changed=before != text), text


def _questions(
    course: Course, section: Section, mistakes: list[Mistake]
) -> Iterator[tuple[Path, dict]]:
    """Yield each notebook with mistakes, and what a session is asked of it."""
    for path in section.notebooks if mistakes else ():
        source = read_source(path, course.config)
        script = write_script(source, mistakes)
        visible = {grade_id(c): visible_part(c.source) for c in source.cells if is_test(c)}
        tests = [
            {"part": visible[name], "after": script.tests[name]["after"], "mistakes": known}
            for name, known in script.known.items()
            if known
        ]
        if tests:
            yield path, {"section": section.name, "cells": script.cells, "tests": tests}


def _run(section: Section, sessions: Source, path: Path, asked: dict) -> list[list[str]]:
    """Run a lesson's own cells and its mistakes in a session of their own."""
    with Scratch("release") as scratch, session_for(section, sessions) as session:
        question, answer = Path(scratch, "asked.json"), Path(scratch, "told.json")
        question.write_text(json.dumps(asked), encoding="utf-8")
        result = session.run(ASK.format(str(question), str(answer)), SECONDS)
        if result.status == "ok":
            return json.loads(answer.read_text(encoding="utf-8"))
    reason = f"{': '.join(result.error)}" if result.error else f"it ended ({result.status})"
    if result.status == "timeout":
        reason = f"it takes more than {SECONDS} s"
    raise CourseError(
        f"{path}: its mistakes cannot be sealed: {reason}.",
        "Fix what `course check` finds there.",
        code=FOUND,
    )


def _put(file: Path, text: str) -> None:
    if text:
        file.parent.mkdir(exist_ok=True)
        write_atomically(file, text)
    else:
        file.unlink()

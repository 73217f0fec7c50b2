"""Make the tables of sealed words, or check that they are up to date."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.authoring.drift import Drift
from course.console import Report
from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import KEPT_BACK, Course, Section, no_extra_file
from course.judging.verdict import visible_part
from course.notebook.cells import grade_id, is_test
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.provenance import write_script
from course.notebook.reading import read_source
from course.processes.surroundings import Home, for_grading
from course.record.spoilt import Trouble, raise_it
from course.scratch import Scratch

FOLDER = "helpers/checks/sealed"
SECONDS = 600


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
    for number, section in enumerate(sections):
        report("mistakes", number, len(sections))
        try:
            sealed, text = _make(course, section, folder)
        except CourseError as error:
            trouble(error)
            continue
        if not check:
            made.append(sealed)
            if sealed.changed:
                _put(folder / f"{section.name}.json", text)
        elif sealed.changed:
            there = (folder / f"{section.name}.json").exists()
            how = "superfluous" if not text else "differs" if there else "missing"
            made.append(Drift(section.name, f"{section.name}.json", how, folder=FOLDER))
    report("mistakes", len(sections), len(sections))
    return made


def _make(course: Course, section: Section, folder: Path) -> tuple[Sealed, str]:
    """Return a section's table, and its text; the text is empty where there is nothing to seal."""
    mistakes = [m for name in KEPT_BACK for m in read_mistakes(section.folder / name) if m.words]
    found: dict[str, dict[str, str]] = {}  # by place: the words that belong there, and sealed
    left_out: list[str] = []
    for path in section.notebooks if mistakes else ():
        for words, place, sealed, reason in _sealed(course, section, path, mistakes):
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


def _sealed(
    course: Course, section: Section, path: Path, mistakes: list[Mistake]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield of each mistake that shows in a notebook: words, place, sealed words, or why not."""
    source = read_source(path, course.config)
    script = write_script(source, mistakes)
    visible = {grade_id(c): visible_part(c.source) for c in source.cells if is_test(c)}
    tests = [
        {"part": visible[name], "after": script.tests[name]["after"], "mistakes": known}
        for name, known in script.known.items()
        if known
    ]
    if not tests:
        return
    asked = {"section": section.name, "cells": script.cells, "tests": tests}
    yield from (tuple(told) for told in _run(section, path, asked))


def _run(section: Section, path: Path, asked: dict) -> list[list[str]]:
    """Run a lesson's own cells and its mistakes in a process of their own."""
    with Home() as home, Scratch("release") as scratch:
        work = Path(scratch, "lesson")
        shutil.copytree(section.folder, work, ignore=no_extra_file)
        question, answer = Path(scratch, "asked.json"), Path(scratch, "told.json")
        question.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, "-m", "course.sealing.process", str(question), str(answer)]
        try:
            done = subprocess.run(
                command, cwd=work, env=for_grading(home), timeout=SECONDS, capture_output=True
            )
        except subprocess.TimeoutExpired:
            reason = f"it takes more than {SECONDS} s"
        else:
            if done.returncode == 0:
                return json.loads(answer.read_text(encoding="utf-8"))
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else f"its process ended ({done.returncode})"
    raise CourseError(
        f"{path}: its mistakes cannot be sealed: {reason}.",
        "Mend what `course check` finds there.",
        code=FOUND,
    )


def _put(file: Path, text: str) -> None:
    if text:
        file.parent.mkdir(exist_ok=True)
        write_atomically(file, text)
    else:
        file.unlink()

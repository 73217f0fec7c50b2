"""The exercises of a section, listed for `checks.summary()` in its notebooks.

A kernel sees no headings: the list is part of `helpers.checks`, one file a section, made by
`course release` and drift-checked like the student versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers.ground.cells import key_of

from course.authoring.drift import Drift
from course.console import Report
from course.errors import CourseError
from course.files import write_atomically
from course.folder import Course, Section
from course.notebook.cells import grade_id, is_test
from course.notebook.exercises import exercises
from course.notebook.reading import read_authored
from course.notebook.regions import in_stock_form
from course.notebook.versions import student_version
from course.record.spoilt import Trouble, raise_it

FOLDER = "helpers/checks/exercises"


@dataclass(frozen=True)
class Outlined:
    """The list of a section.

    Attributes
    ----------
    section : str
    file : str
        Relative to the course's folder.
    exercises : int
    changed : bool
        Whether anything differs from the list before.
    """

    section: str
    file: str
    exercises: int
    changed: bool


def outline(
    course: Course,
    sections: list[Section],
    *,
    check: bool = False,
    report: Report = lambda name, done, total: None,
    trouble: Trouble = raise_it,
) -> list[Drift | Outlined]:
    """Make the lists of some sections, where the course has `helpers` of its own.

    Parameters
    ----------
    course : Course
    sections : list of Section
    check : bool
        Change nothing; return what would have to change.
    report : callable
        Told a name, sections done, sections in all.
    trouble : callable
        Told, as a `CourseError`, of each section whose notebooks cannot be read. By default the
        first one is raised.

    Returns
    -------
    list of Outlined, or of Drift where `check` is set
    """
    folder = course.root / FOLDER
    if not folder.parent.is_dir():
        return []
    made: list[Drift | Outlined] = []
    for number, section in enumerate(sections):
        report("exercises", number, len(sections))
        try:
            listed = [entry for path in section.notebooks for entry in _listed(course, path)]
        except CourseError as error:
            trouble(error)
            continue
        text = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
        file = folder / f"{section.name}.json"
        changed = not file.exists() or file.read_text(encoding="utf-8") != text
        if not check:
            name = f"{FOLDER}/{file.name}"
            made.append(Outlined(section.name, name, len(listed), changed))
            if changed:
                write_atomically(file, text)
        elif changed:
            how = "differs" if file.exists() else "missing"
            made.append(Drift(section.name, file.name, how, folder=FOLDER))
    report("exercises", len(sections), len(sections))
    return made


def _listed(course: Course, path: Path) -> Iterator[dict[str, Any]]:
    """Yield what a notebook's reader may know of each exercise.

    A test is known by its text: as students have it, and as its author does.
    """
    authored = read_authored(path, course.config)
    texts: dict[str, list[str]] = {}
    for nb in (student_version(in_stock_form(authored, course.config)), authored):
        for cell in filter(is_test, nb.cells):
            keys = texts.setdefault(grade_id(cell), [])
            keys += {key_of(cell.source)} - set(keys)
    for one in exercises(authored):
        yield {
            "id": one.id,
            "name": one.called,
            "link": f"{quote(path.name)}#cell-id={one.place}",
            "manual": one.manual,
            "tests": texts.get(one.id, []),
        }

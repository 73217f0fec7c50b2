"""`course new section`: a folder with a notebook and its mistakes, and an entry of the syllabus."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from course.drafting import lesson, names, parts, syllabus
from course.drafting.cells import notebook_text
from course.drafting.exercise import demand_free, draft_of, has_checks, plainly
from course.drafting.places import heading
from course.drafting.putting import Change, content, put, within
from course.drafting.wanted import Wanted
from course.errors import CourseError
from course.files import UNFINISHED
from course.folder import KEPT_BACK, SYLLABUS_FILE, Course, Section
from course.notebook.blanks import blank, blanks
from course.sections import from_folders

NUMBERED = re.compile(r"(\d+)-")
WRITTEN = "in-your-words"  # the exercise that a person reads
FIRST = "first-step"


@dataclass(frozen=True)
class MadeSection:
    """What was written.

    Attributes
    ----------
    section : str
    files : tuple of str
        Relative to the course's folder.
    blanks : int
        How many wait for the author.
    notes : tuple of str
        Sentences on what is otherwise here than in this house.
    """

    section: str
    files: tuple[str, ...]
    blanks: int
    notes: tuple[str, ...] = ()


def make(
    course: Course, name: str, title: str = "", exercise: str = FIRST, parameters: str = "x"
) -> MadeSection:
    """Make a section with blanks: a lesson of one part, and an exercise of each kind.

    Parameters
    ----------
    course : Course
    name : str
        With its number, or without: then it gets the next one, where the others have numbers.
    title : str
        Empty where it is left blank.
    exercise : str
        Name of its first exercise.
    parameters : str
        Of the function that this asks for.

    Raises
    ------
    CourseError
        When a name will not do or is taken. Nothing is written then.
    """
    house = bool(course.syllabus)
    known = course.syllabus or from_folders(course.source)
    section = _named(course, known, name, house=house)
    counted = NUMBERED.match(section.name)
    number = str(int(counted[1])) if counted else ""
    wanted = [
        Wanted(exercise, parameters=parameters),
        Wanted(WRITTEN, points=2, minutes=5, written=True),
    ]
    wanted = wanted if house else wanted[:1]  # others ask for no written answer
    drafts = [
        replace(draft_of(course, one), heading=heading(section.name, n, one, house=house))
        for n, one in enumerate(wanted, start=1)
    ]
    minutes, points = sum(w.minutes for w in wanted), sum(w.points for w in wanted)
    title = title.strip() or blank("title")
    checked = has_checks(course)
    before = lesson.before_exercises(number, title, minutes, points, house=house, checked=checked)
    behind = lesson.after_exercises(number, checked=checked)
    asked = [cell for draft in drafts[1:] for cell in parts.cells_of(draft, course.config)]
    stem = section.name.removeprefix(counted[0]) if counted else section.name
    path = section.folder / f"{stem}.ipynb"
    demand_free(nbformat.from_dict({"cells": [*before, *asked, *behind]}), path, drafts[0])
    cells = [*before, *parts.cells_of(drafts[0], course.config), *asked, *behind]
    mistakes = parts.mistakes_text(section.name, drafts[0])
    files = {section.folder / KEPT_BACK[0]: mistakes, path: notebook_text(cells)}
    changes = [Change(path, None, text) for path, text in files.items()]
    texts = ["".join(cell["source"]) for cell in cells] + [mistakes]
    if house:
        file = course.root / SYLLABUS_FILE
        old = content(file) or b""
        text = syllabus.with_entry(old.decode("utf-8"), section.name, title, minutes, points)
        if text is None:
            raise CourseError(
                f"{file} takes no section at its end: its sections are no [[section]] tables.",
                'Write each as a table of its own: [[section]], then name = "…" and the rest.',
            )
        changes.append(Change(file, old, text))
        texts.append(text[len(old.decode("utf-8").rstrip()) :])
    _put(section, changes)
    return MadeSection(
        section.name,
        tuple(within(course, one.path) for one in changes),
        sum(len(blanks(text)) for text in texts),
        tuple(plainly(drafts[0])),
    )


def _named(course: Course, known: list[Section], name: str, *, house: bool) -> Section:
    """Return the new section, with its number."""
    numbers = [NUMBERED.match(section.name) for section in known]
    counted = bool(known) and all(numbers)
    given = NUMBERED.match(name)
    names.demand_name(name, "section", house=house)
    if counted and name.isdigit():
        raise CourseError(
            f"{name!r} is a number without a name.", f"Call it {name}-attention, say."
        )
    if counted and given is None:
        width = len(numbers[-1][1])
        name = f"{max(int(one[1]) for one in numbers) + 1:0{width}}-{name}"
        given = NUMBERED.match(name)
    for section in known:
        other = NUMBERED.match(section.name)
        if section.name.casefold() == name.casefold():
            raise CourseError(
                f"There is a section {section.name} already, in {section.folder}.",
                f"Give it another name, or add to it: `course new exercise {section.name} NAME`.",
            )
        if given and other and int(given[1]) == int(other[1]):
            raise CourseError(
                f"The number {given[1]} is that of {section.name}.",
                "Leave the number out: the section gets the next one.",
            )
        if _bare(section.name) == _bare(name):
            raise CourseError(
                f"There is a section {section.name} already, of the same name but for its number.",
                f"Give it another name, or add to it: `course new exercise {section.name} NAME`.",
            )
    folder = course.path("source", name)
    if folder.is_file() or (folder.is_dir() and any(map(_is_somebody_s, folder.iterdir()))):
        raise CourseError(
            f"{folder} is there already, and no section of the course.",
            f"Name it in {SYLLABUS_FILE.as_posix()} if it is to be one; else move it away.",
        )
    return Section(name, folder, title=name)


def _bare(name: str) -> str:
    """Return a section's name without its number."""
    return NUMBERED.sub("", name, count=1).casefold()


def _is_somebody_s(path: Path) -> bool:
    """Tell whether a file is more than what a command that was killed had begun to write."""
    return not path.name.endswith(UNFINISHED)


def _put(section: Section, changes: list[Change]) -> None:
    """Write the files; where that fails, the folder is gone again."""
    try:
        put(changes)
    except BaseException:
        with suppress(OSError):
            section.folder.rmdir()  # it holds nothing: what was written is taken back
        raise

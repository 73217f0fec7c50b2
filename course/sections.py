"""The sections of a course: what the syllabus names, or every folder with a notebook in it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.errors import CourseError
from course.syllabus_words import require_words

# Of tests that need the student's own process: judge none, judge them and say so, judge them.
POLICIES = ("forbid", "tell", "allow")


@dataclass(frozen=True)
class Section:
    """One section: nbgrader's assignment.

    Attributes
    ----------
    name : str
        The folder's name, for example "02-convolution".
    folder : Path
        ``source/<name>``.
    title : str
        Title for people.
    minutes : int or None
        Time for reading and exercises; None where no syllabus tells.
    points : float or None
        Points that the syllabus promises.
    question : str
        What the section answers, in one line; empty where no syllabus tells.
    due : datetime or None
        When it is to be handed in, with its offset from UTC; None where the gradebook alone tells.
    solutions_after : datetime or None
        From when on feedback shows everybody the model solutions; None for never.
    solutions_on_full_marks : bool
        Whether feedback shows the model solution of an exercise to who has its full marks.
    draft : bool
        Whether it is being written still: it may have fewer exercises than a section must.
    """

    name: str
    folder: Path
    title: str
    minutes: int | None = None
    points: float | None = None
    question: str = ""
    due: datetime | None = None
    solutions_after: datetime | None = None
    solutions_on_full_marks: bool = False
    draft: bool = False

    @property
    def notebooks(self) -> list[Path]:
        """The section's source notebooks in order of their names; at least one."""
        found = sorted(self.folder.glob("*.ipynb"))
        if not found:
            raise CourseError(
                f"Section {self.name} has no notebook: {self.folder} holds no .ipynb file.",
                "Put the section's notebook there, or take the section out of the syllabus.",
            )
        return found


def from_folders(source: Path) -> list[Section]:
    """Return a section for each folder of `source` that holds a notebook."""
    folders = sorted(p for p in source.iterdir() if any(p.glob("*.ipynb")))
    return [Section(p.name, p, title=p.name) for p in folders]


def from_syllabus(path: Path, folder: Callable[[str], Path]) -> list[Section]:
    """Return the sections that a syllabus names, in its order; none where there is none.

    Parameters
    ----------
    path : Path
    folder : callable
        From a section's name to its folder.

    Raises
    ------
    CourseError
        When the file cannot be read, a section has no name or another one's, or a value is of the
        wrong kind.
    """
    found = _read(path)
    require_words(path, found)
    entries = found.get("section", [])
    try:
        found = [
            Section(
                name=entry["name"],
                folder=folder(entry["name"]),
                title=entry.get("title", entry["name"]),
                minutes=entry.get("minutes"),
                points=entry.get("points"),
                question=entry.get("question", ""),
                due=_moment(path, entry, "due"),
                solutions_after=_moment(path, entry, "solutions_after"),
                solutions_on_full_marks=_switch(path, entry, "solutions_on_full_marks"),
                draft=_switch(path, entry, "draft"),
            )
            for entry in entries
        ]
    except KeyError as error:
        raise CourseError(
            f"{path}: a [[section]] has no {error}.", "Give each section a name."
        ) from None
    names = [s.name for s in found]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise CourseError(f"{path} names section {twice[0]!r} twice.", "Take one away.")
    return found


def _moment(path: Path, entry: dict, key: str) -> datetime | None:
    found = entry.get(key)
    if found is None or (isinstance(found, datetime) and found.tzinfo is not None):
        return found
    raise CourseError(
        f"{path}: {key} of {entry['name']!r} is {found!s}, which is no moment.",
        f"Write a time with its offset from UTC, as in {key} = 2026-12-01T23:59:00+01:00.",
    )


def _switch(path: Path, entry: dict, key: str) -> bool:
    found = entry.get(key, False)
    if isinstance(found, bool):
        return found
    raise CourseError(
        f"{path}: {key} of {entry['name']!r} is {found!r}, which is neither true nor false.",
        f"Write {key} = true, or take the line away.",
    )


def goes_on(path: Path) -> bool:
    """Tell whether student versions are to run to their end whatever answers and tests raise.

    That is ``goes_on`` below ``[release]`` in a syllabus; false where it, or the file, is missing.

    Raises
    ------
    CourseError
        When it is neither true nor false.
    """
    found = _read(path).get("release", {})
    named = found.get("goes_on", False) if isinstance(found, dict) else found
    if isinstance(named, bool):
        return named
    raise CourseError(
        f"{path}: [release] goes_on is {named!r}, which is neither true nor false.",
        "Write goes_on = true, or take the line away.",
    )


def package(path: Path) -> str:
    """Return where a syllabus says that the course's own package can be had; empty for nowhere.

    That is ``package`` below ``[release]``: what pip installs, an address as a rule.

    Raises
    ------
    CourseError
        When it is no text of one line.
    """
    found = _read(path).get("release", {})
    named = found.get("package", "") if isinstance(found, dict) else found
    if isinstance(named, str) and named.isprintable():
        return named
    raise CourseError(
        f"{path}: [release] package is {named!r}.",
        "Give the address of the course's wheel, or take the line away.",
    )


def policy(path: Path) -> str:
    """Return what a syllabus says of tests that need the student's own process.

    That is ``inside`` below ``[grading]``; "tell" where it, or the whole file, is missing.

    Raises
    ------
    CourseError
        When it is none of `POLICIES`.
    """
    found = _read(path).get("grading", {})
    named = found.get("inside", POLICIES[1]) if isinstance(found, dict) else found
    if named not in POLICIES:
        raise CourseError(
            f"{path}: [grading] inside is {named!r}.", f"Give one of {', '.join(POLICIES)}."
        )
    return named


def seconds_a_cell(path: Path) -> float | None:
    """Return how long a syllabus gives a student's cell at grading; None where it says nothing.

    That is ``seconds`` below ``[grading]``.

    Raises
    ------
    CourseError
        When it is no number above 0.
    """
    found = _read(path).get("grading", {})
    named = found.get("seconds") if isinstance(found, dict) else None
    if named is None or (isinstance(named, int | float) and named > 0):
        return named
    raise CourseError(f"{path}: [grading] seconds is {named!r}.", "Give a number above 0.")


def shown_lines(path: Path) -> list[str]:
    """Return the lines of solutions and tests that students may see, as a syllabus says.

    They are ``may_show`` below ``[release]``: what looks like a leak there, and is none.

    Raises
    ------
    CourseError
        When it is no list of lines.
    """
    found = _read(path).get("release", {})
    lines = found.get("may_show", []) if isinstance(found, dict) else found
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise CourseError(
            f"{path}: [release] may_show is {lines!r}.",
            "Write a list of lines, such as may_show = ['return a + b'].",
        )
    return lines


def _read(path: Path) -> dict:
    """Return what a syllabus holds; where there is none, nothing."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} cannot be read: {error}.", "Fix that line.") from None

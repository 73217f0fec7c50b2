"""``groups.csv``: who hands in together. What one of a group hands in counts for all of it.

The file stands in the course's folder and has the columns ``group`` and ``student`` (the id), and
``section`` where groups change: a row with a section counts there in place of the person's row
without one. Where several of a group have handed in, what came last counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from course.errors import CourseError
from course.folder import Course, Section
from course.intake.finding import handed_in_at, submitting_students
from course.intake.people import everybody
from course.intake.sheets import Sheet, read_sheet

FILE = "groups.csv"
EVERYWHERE = ""  # no section's name
GROUP, STUDENT, SECTION = ("group", "team"), ("student", "id", "student_id"), ("section",)


@dataclass(frozen=True)
class Group:
    """Who works together in a section: two at least, in the order of their ids."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """What was handed in once.

    Attributes
    ----------
    student : str
        Whose folder in ``submitted/`` it lies in.
    members : tuple of str
        For whom it counts; mostly that student alone.
    group : str
        The group's name; empty where it is nobody's but the student's.
    outdone : tuple of str
        Who of the group has handed in as well, before.
    at : datetime or None
        When it was handed in, where that is told.
    """

    student: str
    members: tuple[str, ...]
    group: str = ""
    outdone: tuple[str, ...] = ()
    at: datetime | None = None


class Groups:
    """The groups of a course, as its file tells them.

    Parameters
    ----------
    rows : dict
        From a section's name, or nothing, and a student to the group's name and the file's line.
    """

    def __init__(self, rows: dict[tuple[str, str], tuple[str, int]]) -> None:
        self._rows = rows

    def __bool__(self) -> bool:
        return bool(self._rows)

    def of(self, section: Section) -> list[Group]:
        """Return the groups of a section, by name."""
        inside: dict[str, list[str]] = defaultdict(list)
        for student in sorted({student for _, student in self._rows}):
            if own := self.named(student, section.name):
                inside[own].append(student)
        return [
            Group(name, tuple(members))
            for name, members in sorted(inside.items())
            if len(members) > 1
        ]

    def named(self, student: str, section: str) -> str:
        """Return the name of somebody's group in a section; empty where there is none."""
        found = self._rows.get((section, student)) or self._rows.get((EVERYWHERE, student))
        return found[0] if found else ""


NONE = Groups({})


def read_groups(course: Course) -> Groups:
    """Return the groups of a course; none where it has no such file.

    Raises
    ------
    CourseError
        When the file cannot be read, or what it says cannot be; with the line.
    """
    file = course.root / FILE
    if not file.exists():
        return NONE
    try:
        sheet = read_sheet(file, least=0)
    except CourseError as error:
        remedy = "Write a table as CSV (UTF-8) with the columns group and student, or remove it."
        raise CourseError(error.what, remedy) from None
    if sheet.column(*GROUP) is None or sheet.column(*STUDENT) is None:
        raise CourseError(
            f"{file} tells no groups: its columns are {', '.join(sheet.columns[:8])}.",
            "Give it the columns group and student, and section where groups change.",
        )
    return Groups(_Reading(course, sheet).rows())


class _Reading:
    """Reads the rows of one file, and says of a wrong one which it is."""

    def __init__(self, course: Course, sheet: Sheet) -> None:
        self._course, self._sheet = course, sheet

    def rows(self) -> dict[tuple[str, str], tuple[str, int]]:
        found: dict[tuple[str, str], tuple[str, int]] = {}
        for row, line in zip(self._sheet.rows, self._sheet.lines, strict=True):
            group, student = self._sheet.cell(row, *GROUP), self._sheet.cell(row, *STUDENT)
            if not (group and student):
                what = "no student" if group else "no group"
                raise self._wrong(line, f"the row names {what}", "Fill it in, or take it away.")
            self._must_be_known(student, line)
            place = self._section(self._sheet.cell(row, *SECTION), line), student
            other, before = found.setdefault(place, (group, line))
            if other != group:
                where = f" in {place[0]}" if place[0] else ""
                raise self._wrong(
                    line,
                    f"{student!r} is in group {group!r}, and by line {before} in {other!r}{where}",
                    "Take one of the two lines away, or name in each its section, in the column "
                    "section.",
                )
        return found

    def _section(self, named: str, line: int) -> str:
        if not named:
            return EVERYWHERE
        try:
            return self._course.section(named).name
        except CourseError as error:
            raise self._wrong(line, error.what.removesuffix("."), error.remedy) from None

    def _must_be_known(self, student: str, line: int) -> None:
        if student in self._known or student in self._in_gradebook:
            return
        near = get_close_matches(student, sorted(self._known | self._in_gradebook), 1)
        meant = f"Is {near[0]!r} meant? " if near else ""
        raise self._wrong(
            line,
            f"{student!r} is no student of this course",
            f"{meant}Write the id, as submitted/ has it; `course collect --roster FILE` makes all "
            "of a class known.",
        )

    @cached_property
    def _known(self) -> set[str]:
        top = self._course.submitted("x", "x").parent.parent
        there = (p for p in top.iterdir() if p.is_dir()) if top.is_dir() else ()
        handed_in = {path.name for path in there if not path.name.startswith(".")}
        return handed_in | {person.id for person in everybody(self._course)}

    @cached_property
    def _in_gradebook(self) -> set[str]:
        from course.record.store import open_record  # slow to import, and seldom needed

        with open_record(self._course) as record:
            return set(record.students())

    def _wrong(self, line: int, what: str, remedy: str) -> CourseError:
        return CourseError(f"{self._sheet.file}, line {line}: {what}.", remedy)


def works(course: Course, section: Section, groups: Groups) -> list[Work]:
    """Return what was handed in of a section, that of a group once, in the order of ids."""
    there = submitting_students(course, section)
    found = []
    grouped: set[str] = set()
    for group in groups.of(section):
        grouped |= set(group.members)
        if came := [student for student in group.members if student in there]:
            found.append(_of_group(course, section, group, came))
    found += [Work(student, (student,)) for student in there if student not in grouped]
    return sorted(found, key=lambda work: work.student)


def _of_group(course: Course, section: Section, group: Group, came: list[str]) -> Work:
    """Return what counts of a group: what was handed in last."""

    def when(student: str) -> tuple[datetime, str]:
        folder = course.submitted(student, section.name)
        return handed_in_at(folder) or _changed_at(folder), student

    last = max(came, key=when)
    at = handed_in_at(course.submitted(last, section.name))
    others = tuple(student for student in came if student != last)
    return Work(last, group.members, group.name, others, at)


def _changed_at(folder: Path) -> datetime:
    """Return when something in a folder was changed last, where no file tells when it came."""
    times = [0.0]
    with suppress(OSError):  # of what cannot be read grading tells
        times += [path.lstat().st_mtime for path in folder.iterdir()]
    return datetime.fromtimestamp(max(times), UTC).replace(tzinfo=None)


def counts_for(works: Iterable[Work]) -> dict[str, Work]:
    """Return by student what counts for whom."""
    return {student: work for work in works for student in work.members}


def outdone(section: Section, work: Work) -> str:
    """Return what is to be said where several of a group have handed in; else nothing."""
    if not work.outdone:
        return ""
    when = f" ({work.at:%Y-%m-%d %H:%M} UTC)" if work.at else ""
    return (
        f"Group {work.group}, {section.name}: {', '.join(work.outdone)} and {work.student} have "
        f"handed in; what {work.student} did last{when} counts for {', '.join(work.members)}."
    )

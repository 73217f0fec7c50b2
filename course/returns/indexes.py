"""First pages of feedback: a student's over all sections, and the instructor's over all students.

They lie above the pages that they point to, ``feedback/STUDENT/index.html`` and
``feedback/index.html``, and ask no network for anything. A section is on them once somebody was
graded in it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from course.console import Report
from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import Course, Section
from course.harmless.shown import clean
from course.notebook.exercises import exercises
from course.notebook.reading import read_source
from course.record.attempts import Attempt
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it, sparing_others
from course.record.standing import Standing, Total, total
from course.record.store import Record, open_record
from course.returns.everybody import nothing_graded
from course.returns.feedback import span, team
from course.returns.gathering import by_name
from course.returns.layout import style, template
from course.returns.progress import by_tests, submissions

NAME = "index.html"


@dataclass(frozen=True)
class Entry:
    """What one student has in one section.

    Attributes
    ----------
    total : Total
    pending : float
        Points that wait for a person.
    late : str
        How late it was handed in, in words; empty where that costs nothing.
    team : str
        A sentence on the group; empty where there is none.
    group : str
    pages : list of Path
        The pages of feedback that are there.
    """

    total: Total
    pending: float
    late: str
    team: str
    group: str
    pages: list[Path]


@dataclass(frozen=True)
class Place:
    """A section on a student's page; `entry` is None where nothing was handed in."""

    section: Section
    entry: Entry | None
    links: list[tuple[str, str]] = field(default_factory=list)
    tries: list[float] = field(default_factory=list)
    most: float = 0.0


def indexes(
    course: Course,
    *,
    students: Collection[str] | None = None,
    report: Report = lambda name, done, total: None,
    trouble: Trouble = raise_it,
) -> list[Path]:
    """Write the first page of each student, or of some, and the instructor's; return them.

    Parameters
    ----------
    course : Course
    students : collection of str, optional
        Whose own pages are written; the instructor's has everybody.
    report : callable
        Told what is written, how many of it are, and how many will be.
    trouble : callable
        Told, as a `CourseError`, of whose record cannot be used; by default it is raised.

    Raises
    ------
    CourseError
        When nothing has been graded, a student's folder stands in a page's place, or from
        `trouble`.
    """
    with open_record(course) as record:
        names = record.students()
        graded, entries = _entries(course, record, names, trouble)
        if not graded:
            raise nothing_graded(course.sections)
        by_hand = _ByHand(course)
        made = []
        ordered = sorted(entries, key=lambda id_: by_name(names.get(id_, Named(id_))))
        chosen = [student for student in ordered if students is None or student in students]
        for number, student in enumerate(chosen, start=1):
            page = course.path("feedback", ".", student) / NAME
            named, own = names.get(student, Named(student)), entries[student]
            with sparing_others(student, NAME, trouble):
                places = [
                    _place(record, section, student, own.get(section.name), page.parent, by_hand)
                    for section in graded
                ]
                write_atomically(page, _own_page(named, places))
                made.append(page)
            report("first pages", number, len(chosen))
    page = course.path("feedback", ".") / NAME
    if page.is_dir():
        raise CourseError(
            f"{page} is the folder of a student, so your own first page cannot be written there.",
            "Give that student another id.",
            code=FOUND,
        )
    people = [names.get(student, Named(student)) for student in ordered]
    write_atomically(page, _whole_page(course, graded, people, entries, page.parent))
    return [*made, page]


def _entries(
    course: Course, record: Record, names: dict[str, Named], trouble: Trouble
) -> tuple[list[Section], dict[str, dict[str, Entry]]]:
    """Return the sections that somebody was graded in, and what each has by student and section."""
    graded: list[Section] = []
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for section in course.sections:
        attempts = record.last_attempts(section.name, trouble)
        if not attempts:
            continue
        graded.append(section)
        record.assess(section.name)
        standings = record.standings(section.name)
        for attempt in attempts:
            with sparing_others(attempt.student, section.name, trouble):
                standing = standings.get(attempt.student, Standing())
                entry = _entry(course, section, attempt, standing, names)
                found[attempt.student][section.name] = entry
    return graded, found


def _entry(
    course: Course,
    section: Section,
    attempt: Attempt,
    standing: Standing,
    names: dict[str, Named],
) -> Entry:
    folder = course.feedback(attempt.student, section.name)
    pages = [folder / f"{path.stem}.html" for path in section.notebooks]
    counted = total(attempt, standing)
    return Entry(
        counted,
        sum(row.max_points for row in attempt.rows if standing.of(row).awaited),
        span(standing.late) if counted.penalty else "",
        clean(team(attempt.team, names)),
        clean(attempt.team.name) if attempt.team else "",
        [page for page in pages if page.is_file()],
    )


class _ByHand:
    """Tells which exercises of a section people mark; each section is read once."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._known: dict[str, set[str]] = {}

    def of(self, section: Section) -> set[str]:
        if section.name not in self._known:
            found = (read_source(path, self._course.config) for path in section.notebooks)
            self._known[section.name] = {
                exercise.name for nb in found for exercise in exercises(nb) if exercise.manual
            }
        return self._known[section.name]


def _place(
    record: Record,
    section: Section,
    student: str,
    entry: Entry | None,
    folder: Path,
    by_hand: _ByHand,
) -> Place:
    if entry is None:
        return Place(section, None)
    several = len(section.notebooks) > 1
    links = [(_link(page, folder), page.stem if several else section.title) for page in entry.pages]
    found = submissions(record.tries(student, section.name))
    counted = [by_tests(one.rows, by_hand.of(section)) for _, one in found]
    tries = [points for points, _ in counted]
    return Place(section, entry, links, tries, counted[-1][1] if counted else 0.0)


def _own_page(named: Named, places: list[Place]) -> str:
    there = [place.entry for place in places if place.entry is not None]
    return template("index.html.jinja").render(
        student=clean(named.called),
        id=clean(named.id) if named.called != named.id else "",
        places=places,
        points=sum(entry.total.points for entry in there),
        max_points=sum(entry.total.max_points for entry in there),
        pending=sum(entry.pending for entry in there),
        style=style("feedback.css", "index.css"),
    )


def _whole_page(
    course: Course,
    graded: list[Section],
    people: list[Named],
    entries: dict[str, dict[str, Entry]],
    folder: Path,
) -> str:
    lines = []
    for named in people:
        own = entries[named.id]
        page = course.path("feedback", ".", named.id) / NAME
        cells = [
            (entry, _link(entry.pages[0], folder) if entry.pages else "")
            if (entry := own.get(section.name))
            else (None, "")
            for section in graded
        ]
        points = sum(entry.total.points for entry in own.values())
        link = _link(page, folder) if page.is_file() else ""
        lines.append((clean(named.called), clean(named.id), link, cells, points))
    columns = []
    for section in graded:
        there = [own[section.name] for own in entries.values() if section.name in own]
        columns.append((section, max((one.total.max_points for one in there), default=0.0)))
    return template("class.html.jinja").render(
        columns=columns, lines=lines, style=style("feedback.css", "index.css")
    )


def _link(page: Path, folder: Path) -> str:
    """Return a page's address as seen from a folder."""
    return quote(os.path.relpath(page, folder).replace(os.sep, "/"))

"""Feedback pages: the task, the student's answer, the verdict and the diagnosis.

The pages are made from our own template: outputs as text and PNG pictures only, nothing
active, never a hidden test, never its inputs and never a value that it expects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import Course, Section
from course.harmless.shown import clean
from course.notebook.exercises import exercises
from course.notebook.reading import read_notebook, read_source
from course.record.attempts import Attempt, Row, Team
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it, sparing_others
from course.record.standing import Standing
from course.record.store import Record
from course.returns.everybody import for_everybody
from course.returns.items import item
from course.returns.layout import colours_of_code, style, template
from course.returns.notes import copy_notes
from course.returns.progress import progress
from course.returns.solutions import is_open
from course.returns.words import SIGNS, TRIED


@dataclass(frozen=True)
class _Known:
    """What the record knows of one student's section."""

    section: Section
    attempt: Attempt
    standing: Standing
    tries: list[tuple[str, Attempt]]
    names: dict[str, Named]
    is_open: bool


def feedback(
    course: Course,
    sections: list[Section],
    *,
    students: list[str] | None = None,
    report: Callable[[Path], None] = lambda path: None,
    trouble: Trouble = raise_it,
    now: datetime | None = None,
) -> list[Path]:
    """Write a page for each graded student and notebook; return the pages.

    Parameters
    ----------
    course : Course
    sections : list of Section
    students : list of str, optional
        Only these.
    report : callable
        Told each page.
    trouble : callable
        Told, as a `CourseError`, of each page that cannot be made; the others still are. By
        default the first one is raised.
    now : datetime, optional
        With its offset from UTC: by it model solutions are shown. This moment when left out.

    Raises
    ------
    CourseError
        When nothing of these sections has been graded, or from `trouble`.
    """
    pages: list[Path] = []
    names: dict[str, Named] = {}
    opened: dict[str, bool] = {}
    moment = now or datetime.now(UTC)

    @cache
    def sources(section: Section) -> dict[Path, NotebookNode]:
        return {path: read_source(path, course.config) for path in section.notebooks}

    def know(record: Record, section: Section, attempt: Attempt) -> _Known:
        own = attempt.student, section.name
        if not names:
            names.update(record.students())
        if section.name not in opened:
            opened[section.name] = is_open(section, record.last_due(section.name), moment)
        standing, tries = record.standing(*own), record.tries(*own)
        return _Known(section, attempt, standing, tries, names, opened[section.name])

    def write(record: Record, section: Section, attempt: Attempt) -> None:
        for path, source in sources(section).items():
            with sparing_others(attempt.student, section.name, trouble):
                page = _page(course, path, source, know(record, section, attempt))
                target = course.feedback(attempt.student, section.name) / f"{path.stem}.html"
                write_atomically(target, page)
                pages.append(target)
                report(target)
        with sparing_others(attempt.student, section.name, trouble):
            copy_notes(course, attempt)

    for_everybody(course, sections, write, trouble, students)
    return pages


def _executed(path: Path) -> NotebookNode:
    try:
        return read_notebook(path)
    except CourseError as error:
        remedy = "Run `course grade`, which makes executed notebooks again, then this once more."
        raise CourseError(error.what, remedy, code=FOUND) from None


def _page(course: Course, path: Path, source: NotebookNode, known: _Known) -> str:
    attempt, section, standing = known.attempt, known.section, known.standing
    graded = _executed(course.autograded(attempt.student, section.name) / path.name)
    named = known.names.get(attempt.student, Named(attempt.student))
    rows = [row for row in attempt.rows if row.notebook == path.stem]
    items = [item(section, source, graded, row, standing.of(row), known.is_open) for row in rows]
    penalty = standing.penalties.get(path.stem, 0.0)
    by_hand = {exercise.name for exercise in exercises(source) if exercise.manual}
    return template("feedback.html.jinja").render(
        title=section.title,
        student=clean(named.called),
        id=clean(attempt.student) if named.called != attempt.student else "",
        team=clean(team(attempt.team, known.names)),
        items=items,
        whole=clean(_whole(rows)),
        unread=all(row.verdict == "malformed" for row in rows),
        score=max(0.0, sum(item.score for item in items) - penalty),
        penalty=penalty,
        late=span(standing.late),
        max_score=sum(row.max_points for row in rows),
        pending=sum(item.row.max_points for item in items if item.pending),
        handed_in=standing.handed_in,
        sandboxed=attempt.sandboxed,
        progress=progress(known.tries, path.stem, by_hand),
        signs=SIGNS,
        tried=TRIED,
        style=style("feedback.css") + colours_of_code(),
    )


def team(one: Team | None, names: dict[str, Named]) -> str:
    """Return a sentence on who handed in for which group; nothing where a student did alone."""
    if one is None:
        return ""
    by, *all_ = (names.get(student, Named(student)).called for student in (one.by, *one.members))
    return f"Handed in by {by} for group {one.name}: {', '.join(all_)}."


def span(seconds: float) -> str:
    """Return a time in words, to the minute."""
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    told = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count]
    return " ".join(told[:2])


def _whole(rows: list[Row]) -> str:
    """Return what is to be said once, where it stands for the whole submission."""
    messages = {row.message for row in rows if row.verdict in ("missing", "malformed")}
    return messages.pop() if len(messages) == 1 else ""

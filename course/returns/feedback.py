"""Feedback pages: the task, the student's answer, the verdict and the diagnosis.

The pages are made from our own template: outputs as text and PNG pictures only, nothing
active, never a hidden test, never its inputs and never a value that it expects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from nbformat import NotebookNode

from course.errors import FOUND, CourseError
from course.examining.added import answer_cells
from course.files import write_atomically
from course.folder import Course, Section
from course.harmless.shown import MAX_OUTPUTS, Output, clean, outputs
from course.notebook.cells import exercises, read_notebook, read_source
from course.record.attempts import Attempt, Row
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it, sparing_others
from course.record.standing import Score
from course.record.store import Record
from course.returns.answers import code_colours, listing, task, written
from course.returns.everybody import for_everybody
from course.returns.words import WORDS

NOTES = ("timestamp.txt", "submission_secret.txt")
LONGEST_NOTE = 1_000  # bytes


@dataclass(frozen=True)
class Item:
    """One exercise on the page."""

    row: Row
    words: str
    task: str
    written: str
    answer: str
    outputs: list[Output]
    score: float
    comment: str
    pending: bool


def feedback(
    course: Course,
    sections: list[Section],
    *,
    students: list[str] | None = None,
    report: Callable[[Path], None] = lambda path: None,
    trouble: Trouble = raise_it,
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

    Raises
    ------
    CourseError
        When nothing of these sections has been graded, or from `trouble`.
    """
    pages: list[Path] = []
    names: dict[str, Named] = {}

    @cache
    def sources(section: Section) -> dict[Path, NotebookNode]:
        return {path: read_source(path, course.config) for path in section.notebooks}

    def write(record: Record, section: Section, attempt: Attempt) -> None:
        if not names:
            names.update(record.students())
        named = names.get(attempt.student, Named(attempt.student))
        for path, source in sources(section).items():
            with sparing_others(attempt.student, section.name, trouble):
                page = _page(course, record, section, path, source, attempt, named)
                target = course.feedback(attempt.student, section.name) / f"{path.stem}.html"
                write_atomically(target, page)
                pages.append(target)
                report(target)
        with sparing_others(attempt.student, section.name, trouble):
            _copy_notes(course, attempt.student, section.name)

    for_everybody(course, sections, write, trouble, students)
    return pages


def _copy_notes(course: Course, student: str, section: str) -> None:
    """Copy what nbgrader's exchange keeps beside a submission, and releases feedback by."""
    for name in NOTES:
        note = course.submitted(student, section) / name
        if note.is_file() and not note.is_symlink() and note.stat().st_size <= LONGEST_NOTE:
            text = note.read_text(encoding="utf-8")
            write_atomically(course.feedback(student, section) / name, text)


def _executed(path: Path) -> NotebookNode:
    try:
        return read_notebook(path)
    except CourseError as error:
        remedy = "Run `course grade`, which makes executed notebooks again, then this once more."
        raise CourseError(error.what, remedy, code=FOUND) from None


def _page(
    course: Course,
    record: Record,
    section: Section,
    path: Path,
    source: NotebookNode,
    attempt: Attempt,
    named: Named,
) -> str:
    graded = _executed(course.autograded(attempt.student, section.name) / path.name)
    rows = [row for row in attempt.rows if row.notebook == path.stem]
    standing = record.standing(attempt.student, section.name)
    items = [_item(source, graded, row, standing.of(row)) for row in rows]
    penalty = standing.penalties.get(path.stem, 0.0)
    return _template().render(
        title=section.title,
        student=clean(named.called),
        id=clean(attempt.student) if named.called != attempt.student else "",
        items=items,
        whole=clean(_whole(rows)),
        unread=all(row.verdict == "malformed" for row in rows),
        score=max(0.0, sum(item.score for item in items) - penalty),
        penalty=penalty,
        late=_span(standing.late),
        max_score=sum(row.max_points for row in rows),
        pending=sum(item.row.max_points for item in items if item.pending),
        handed_in=standing.handed_in,
        sandboxed=attempt.sandboxed,
        style=_style(),
    )


def _span(seconds: float) -> str:
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


def _item(source: NotebookNode, graded: NotebookNode, row: Row, score: Score) -> Item:
    exercise = next(e for e in exercises(source) if e.id == row.grade_id)
    answers = answer_cells(graded, exercise)
    return Item(
        row=row,
        words=WORDS[row.verdict],
        task=task(source, exercise),
        written=written(answers),
        answer=listing(answers),
        outputs=[o for cell in answers for o in outputs(cell)][:MAX_OUTPUTS],
        score=score.points,
        comment=clean(score.comment),
        pending=score.awaited,
    )


@cache
def _style() -> str:
    own = (Path(__file__).parent / "templates" / "feedback.css").read_text(encoding="utf-8")
    return f"{own}{code_colours()}"


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["clean"] = clean
    environment.filters["points"] = lambda number: f"{number:g}"
    return environment.get_template("feedback.html.jinja")

"""Feedback pages: the task, the student's answer, the verdict and the diagnosis.

The pages are made from our own template: outputs as text and PNG pictures only, nothing
active, never a hidden test, never its inputs and never a value that it expects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course.errors import FOUND, CourseError
from course.examining.rebuild import ADDED
from course.files import write_atomically
from course.folder import Course, Section
from course.harmless.rendered import rendered
from course.harmless.shown import MAX_OUTPUTS, MAX_TEXT, Output, clean, outputs, readable
from course.notebook.cells import (
    exercises,
    grade_id,
    read_notebook,
    read_source,
    student_version,
    tags,
)
from course.record.attempts import Attempt, Row, Team
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it, sparing_others
from course.record.standing import Score
from course.record.store import Record
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
                page = _page(course, record, section, path, source, attempt, named, names)
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
    names: dict[str, Named],
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
        team=_team(attempt.team, names),
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


def _team(team: Team | None, names: dict[str, Named]) -> str:
    """Return a sentence on who handed in for which group; nothing where a student did alone."""
    if team is None:
        return ""
    by, *all_ = (clean(names.get(one, Named(one)).called) for one in (team.by, *team.members))
    return f"Handed in by {by} for group {clean(team.name)}: {', '.join(all_)}."


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
    cells = {grade_id(cell): cell for cell in graded.cells if grade_id(cell)}
    answers = [cells[name] for name in exercise.answers if name in cells]
    answers = [cell for cell in answers if cell.source.strip()] + _added(graded, exercise.id)
    return Item(
        row=row,
        words=WORDS[row.verdict],
        task=_task(source, exercise.answers[0] if exercise.answers else exercise.id),
        written=_written(answers),
        answer=_listing(answers),
        outputs=[o for cell in answers for o in outputs(cell)][:MAX_OUTPUTS],
        score=score.points,
        comment=clean(score.comment),
        pending=score.awaited,
    )


def _added(graded: NotebookNode, test: str) -> list[NotebookNode]:
    """Return the student's own code cells that stand right before the test cell."""
    found: list[NotebookNode] = []
    for cell in graded.cells:
        if grade_id(cell) == test:
            return found
        if ADDED in tags(cell) and cell.cell_type == "code":
            found.append(cell)
        elif grade_id(cell) is None:
            found = []
    return []


def _task(source: NotebookNode, answer: str) -> str:
    """Return the task as HTML: the last Markdown cell of ours before the answer."""
    text = ""
    for cell in student_version(source).cells:
        if grade_id(cell) == answer:
            break
        if cell.cell_type == "markdown":
            text = cell.source
    text = re.sub(r"<details>.*?</details>", "", text, flags=re.S)
    return rendered(text)


def _listing(cells: list[NotebookNode]) -> str:
    """Return code as highlighted HTML; Pygments escapes everything."""
    text = readable("\n\n".join(cell.source for cell in cells))[: 10 * MAX_TEXT]
    return highlight(text, PythonLexer(), HtmlFormatter(nowrap=True))


def _written(cells: list[NotebookNode]) -> str:
    """Return the text of cells that hold Markdown as HTML; nothing where one holds code."""
    if not cells or any(cell.cell_type == "code" for cell in cells):
        return ""
    return rendered(readable("\n\n".join(cell.source for cell in cells))[: 10 * MAX_TEXT])


@cache
def _style() -> str:
    own = (Path(__file__).parent / "templates" / "feedback.css").read_text(encoding="utf-8")
    light, dark = (_colours(style) for style in ("xcode", "github-dark"))
    return f"{own}{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _colours(style: str) -> str:
    """Return the rules that colour code; the page's own say what it stands on."""
    rules = HtmlFormatter(style=style).get_style_defs(".code").splitlines()
    return "\n".join(r for r in rules if r.startswith(".code .") and "background" not in r)


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["clean"] = clean
    environment.filters["points"] = lambda number: f"{number:g}"
    return environment.get_template("feedback.html.jinja")

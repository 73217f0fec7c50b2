"""What a report tells of a section: everybody's verdicts, and what they have in common."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from statistics import mean

from course.errors import CourseError
from course.folder import Course, Section
from course.notebook.cells import grade_id
from course.notebook.exercises import exercises
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.reading import read_notebook
from course.record.attempts import Attempt, Row
from course.record.named import Named
from course.record.spoilt import Trouble, sparing_others
from course.record.standing import Standing, total
from course.record.store import Record
from course.record.table import history
from course.returns.everybody import nothing_graded
from course.returns.results import Cell, Column, Common, Line, Page

NUMBER = re.compile(r"\d+(\.\d+)+")  # of an exercise, in its title
MISTAKES = 15  # the commonest that are shown
LONGEST_ANSWER = 1_500  # characters


def gather(
    course: Course,
    record: Record,
    sections: list[Section],
    people: Iterable[Named],
    trouble: Trouble,
) -> list[Page]:
    """Return a page for each section that somebody was graded in.

    Parameters
    ----------
    course : Course
    record : Record
    sections : list of Section
    people : iterable of Named
        Who is known to be in the class, beside those in the gradebook.
    trouble : callable
        Told of what of a student's cannot be used.

    Raises
    ------
    CourseError
        When nobody was graded in any of them.
    """
    known = {one.id: one for one in people} | record.students()
    pages = []
    for section in sections:
        attempts = record.last_attempts(section.name, trouble)
        if attempts:
            record.assess(section.name, trouble)
            pages.append(_page(course, record, section, attempts, known, trouble))
    if not pages:
        raise nothing_graded(sections)
    return pages


def _page(
    course: Course,
    record: Record,
    section: Section,
    attempts: list[Attempt],
    known: dict[str, Named],
    trouble: Trouble,
) -> Page:
    standings = record.standings(section.name)
    days: Counter[date] = Counter()
    tries: Counter[str] = Counter()
    for student, day in history(record.book.db.connection(), section.name):
        tries[student] += 1
        days[day] += 1
    lines = []
    for attempt in attempts:
        with sparing_others(attempt.student, section.name, trouble):
            standing = standings.get(attempt.student, Standing())
            named = known.get(attempt.student, Named(attempt.student))
            lines.append(_line(attempt, standing, named, tries[attempt.student]))
    rows = max((attempt.rows for attempt in attempts), key=len)
    columns = [_column(row, i, lines) for i, row in enumerate(rows)]
    lines = [line for line in lines if len(line.cells) == len(columns)]
    present = {attempt.student for attempt in attempts}
    missing = [one for id_, one in known.items() if id_ not in present]
    return Page(
        section,
        columns,
        sorted(lines, key=lambda line: by_name(line.student)),
        sorted(missing, key=by_name),
        _common(course, section, attempts, {c.exercise: c.label for c in columns}),
        sorted(days.items()),
    )


def by_name(one: Named) -> tuple[str, str, str]:
    """Return what puts students in the order of their last names."""
    return (one.last or one.id).casefold(), one.first.casefold(), one.id


def _line(attempt: Attempt, standing: Standing, named: Named, tries: int) -> Line:
    cells = []
    counted = total(attempt, standing)
    for row in attempt.rows:
        score = standing.of(row)
        cells.append(Cell(row.verdict, score.points, row.max_points, row.message, score.awaited))
    return Line(
        named,
        cells,
        counted.points,
        counted.max_points,
        counted.awaited,
        tries,
        attempt.team.name if attempt.team else "",
        f"group {attempt.hashes.submission}" if attempt.team else attempt.student,
    )


def _column(row: Row, place: int, lines: list[Line]) -> Column:
    found = NUMBER.search(row.title)
    cells = [line.cells[place] for line in lines if place < len(line.cells)]
    shares = [c.points / c.max_points for c in cells if c.max_points and not c.awaited]
    label = found[0] if found else row.exercise
    return Column(row.exercise, label, row.title, row.max_points, mean(shares) if shares else None)


def _common(
    course: Course, section: Section, attempts: list[Attempt], labels: dict[str, str]
) -> list[Common]:
    """Return the commonest known mistakes; a course without any on record has none."""
    known: dict[str, list[Mistake]] = defaultdict(list)
    for mistake in read_mistakes(section.folder / "mistakes.py"):
        if mistake.words:
            known[mistake.exercise].append(mistake)
    made: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        for row in attempt.rows:
            if row.verdict in ("failed", "partial") and row.message:
                said = {m.words for m in known[row.exercise] if m.words in row.message}
                for words in said:
                    made[row.exercise, words].append(attempt)
    ranked = sorted(made.items(), key=lambda item: (-len(item[1]), item[0]))[:MISTAKES]
    return [
        Common(
            labels.get(exercise, exercise),
            words,
            len(who),
            _answer(course, section, who[0], exercise),
        )
        for (exercise, words), who in ranked
    ]


def _answer(course: Course, section: Section, attempt: Attempt, exercise: str) -> str:
    """Return what one student wrote, without saying who."""
    row = next(row for row in attempt.rows if row.exercise == exercise)
    path = course.autograded(attempt.student, section.name) / f"{row.notebook}.ipynb"
    try:
        nb = read_notebook(path)
        wanted = next(e.answers for e in exercises(nb) if e.id == row.grade_id)
    except (CourseError, StopIteration):
        return ""
    texts = [cell.source for cell in nb.cells if grade_id(cell) in wanted]
    return "\n\n".join(texts)[:LONGEST_ANSWER]

"""Tables of verdicts and marks."""

from __future__ import annotations

from collections import Counter

from rich.markup import escape
from rich.table import Table

from course import console
from course.export import Mark
from course.grade import Graded


def graded(results: list[Graded]) -> Table:
    """Return a line a submission: its points, and how many exercises drew which verdict."""
    made = console.table("student", "section", "points", "of", "verdicts", right=("points", "of"))
    for one in sorted(results, key=lambda g: (g.attempt.section, g.attempt.student)):
        rows = one.attempt.rows
        counted = Counter(row.verdict for row in rows)
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counted.most_common())
        made.add_row(
            escape(one.attempt.student),
            one.attempt.section,
            console.number(sum(row.points for row in rows)),
            console.number(sum(row.max_points for row in rows)),
            f"{verdicts}{' (graded before)' if one.skipped else ''}",
        )
    return made


def marks(found: list[Mark]) -> Table:
    """Return a line a student and section."""
    right = ("points", "of", "to be graded")
    made = console.table("student", "section", *right, right=right)
    for mark in found:
        numbers = (mark.points, mark.max_points, mark.to_be_graded)
        made.add_row(escape(mark.student), mark.section, *map(console.number, numbers))
    return made

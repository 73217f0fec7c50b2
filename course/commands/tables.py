"""Tables of verdicts and marks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from course import console

if TYPE_CHECKING:  # slow to import
    from course.demo.loop import Demo
    from course.grading.grade import Summary

# Verdicts with something to tell.
TOLD = ("failed", "malformed")


def graded(results: list[Summary]) -> Table:
    """Return a line a submission: its points, and how many exercises drew which verdict."""
    right = ("points", "of")
    waiting = ("to mark",) if any(one.awaited for one in results) else ()
    grouped = ("group",) if any(one.group for one in results) else ()
    names = ("student", *grouped, "section", *right, "verdicts", *waiting)
    made = console.table(*names, right=right)
    for one in sorted(results, key=lambda s: (s.section, s.student)):
        made.add_row(
            escape(one.student),
            *[escape(one.group) for _ in grouped],
            one.section,
            console.number(one.points),
            console.number(one.max_points),
            f"{one.verdicts}{' (graded before)' if one.skipped else ''}",
            *[str(one.awaited or "") for _ in waiting],
        )
    return made


def demo(done: Demo) -> Table:
    """Return a line a sample student: what it is, its marks, and the first thing it is told."""
    sections = list(dict.fromkeys(mark.section for mark in done.marks))
    table = console.table("student", "what it is", *sections, "told first", right=tuple(sections))
    for student, sample in done.students.items():
        own = {mark.section: mark for mark in done.marks if mark.student == student}
        told = [
            e["message"] for mark in own.values() for e in mark.exercises if e["verdict"] in TOLD
        ]
        points = (f"{own[s].points:g} of {own[s].max_points:g}" for s in sections)
        first = told[0].splitlines()[-1] if told else ""
        table.add_row(*map(escape, (student, sample.about, *points, first)))
    return table


def places(done: Demo) -> list[tuple[str, Path]]:
    """Return what the demo left, and where."""
    mistaken = [s for s, sample in done.students.items() if "mistakes" in sample.about]
    telling = next(p for p in done.pages if p.parents[1].name in mistaken)
    tables = ((f"Marks ({p.suffix[1:]}):", p) for p in done.exported)
    return [("Feedback:", telling.parents[2]), ("One page of it:", telling), *tables]

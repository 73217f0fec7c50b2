"""The table of a run: on the terminal, and as ``times.json`` and ``times.csv``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from textwrap import indent

from rich.console import Group
from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from course import console
from course.files import write_atomically
from course.running.run import RunResult

MARGIN = " " * 4


def record(result: RunResult) -> dict[str, object]:
    """Return one result as plain fields, the same in every form of the table."""
    slowest, failure = result.slowest, result.failure
    return {
        "section": result.section,
        "notebook": result.notebook,
        "status": result.status,
        "seconds": result.seconds,
        "slowest_cell": slowest.number if slowest else None,
        "slowest_cell_id": slowest.id if slowest else None,
        "slowest_cell_seconds": slowest.seconds if slowest else None,
        "failed_cell": failure.number if failure else None,
        "failed_cell_id": failure.id if failure else None,
        "error": f"{failure.error}: {failure.message}" if failure else None,
        "notes": list(result.notes),
        "executed": result.executed,
    }


def save(results: list[RunResult], out: Path) -> None:
    """Write ``times.json`` and ``times.csv`` into `out`."""
    rows = [record(r) for r in results]
    write_atomically(out / "times.json", json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "notes": "; ".join(row["notes"])} for row in rows)
    write_atomically(out / "times.csv", text.getvalue())


def table(results: list[RunResult]) -> Table:
    """Return the results as a table; the notes are not in it."""
    made = console.table("notebook", "status", "seconds", "slowest cell", right=("seconds",))
    for result in results:
        slowest = result.slowest
        made.add_row(
            escape(f"{result.section}/{result.notebook}"),
            "[green]ok[/]" if result.status == "ok" else "[bold red]failed[/]",
            f"{result.seconds:.1f}",
            escape(f"{slowest.number} [{slowest.id}] {slowest.seconds:.1f} s") if slowest else "–",
        )
    return made


def sentence(result: RunResult) -> str:
    """Return what failed in one sentence: notebook, cell, error."""
    failure = result.failure
    where = f"{result.section}/{result.notebook}.ipynb"
    if failure.number:
        where += f", cell {failure.number} [{failure.id}]"
    if failure.error == "CourseError":
        return failure.message
    first = failure.message.strip().splitlines()
    return f"{where}: {failure.error}: {first[0]}" if first else f"{where}: {failure.error}"


def notes(results: list[RunResult]) -> list[str]:
    """Return what is worth knowing and no failure, one sentence each."""
    return [f"{r.section}/{r.notebook}.ipynb: {text}." for r in results for text in r.notes]


def details(result: RunResult) -> Group:
    """Return the cell that failed and all of its error's text, to be shown below the sentence."""
    failure = result.failure
    parts = []
    if failure.source:
        highlighter = Syntax("", "python", theme="ansi_light")
        shown = highlighter.highlight(indent(failure.source, MARGIN))
        shown.rstrip()
        parts.append(shown)
    if len(failure.message.strip().splitlines()) > 1:
        parts.append(Text(indent(failure.message.strip(), MARGIN)))
    if result.executed:
        where = f"{MARGIN}As far as it ran: {result.executed}"
        parts.append(Text(where, style="dim", overflow="fold"))
    return Group(*parts)

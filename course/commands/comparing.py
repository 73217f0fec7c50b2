"""The command that shows which answers of a class are alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from course import console
from course.commands.options import (
    Json,
    OwnFolder,
    Quiet,
    Sections,
    add,
    flag,
    opened,
    require_file,
)

if TYPE_CHECKING:  # slow to import: `course --help` must not wait for it
    from course.comparing.alike import Alike, Compared


def add_to(app: typer.Typer) -> None:
    """Add this command to the application, with its examples."""
    commands = {
        "similar": (
            similar,
            "course similar 04-casia-cnn",
            "course similar 02 03 --names --out alike.html --json alike.jsonl",
        ),
    }
    add(app, "Submissions", commands)


def similar(
    sections: Sections = None,
    names: Annotated[
        bool, flag("--names", help="Fold the names into the page; else there are none in it.")
    ] = False,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the page.")] = Path(
        "similar.html"
    ),
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Show pairs of long answers that are far more alike than the class's are anyway."""
    from course.comparing.alike import compare
    from course.comparing.answers import handed_in
    from course.comparing.page import page
    from course.files import write_where_told
    from course.intake.people import everybody

    require_file(out)
    found, picked = opened(sections)
    trouble: dict[str, str] = {}
    compared = []
    with console.answers(json) as answer:
        with console.progress("Reading answers") as report:
            for section in handed_in(found, picked):
                with_bar = _reporting(report, section.name)
                one = compare(found, section, trouble.setdefault, with_bar)
                compared.append((section, one))
        every = [one for _, ones in compared for one in ones]
        for one in every:
            for pair in one.pairs:
                answer(_told(one, pair))
        people = {person.id: person.named for person in everybody(found)} if names else None
        write_where_told(out, page(compared, people))
        console.show(_table(every))
    console.note(f"Written: {out}. It tells what is alike, and not why.")
    for student, why in trouble.items():
        console.complain(f"Not compared: {student}: {why}", "yellow")


def _reporting(report: console.Report, name: str):
    return lambda done, total: report(name, done, total)


def _told(one: Compared, pair: Alike) -> dict[str, object]:
    """Return what a program reads of a pair."""
    return {
        "section": one.section,
        "notebook": one.notebook,
        "exercise": one.exercise,
        "students": [side.student for side in pair.sides],
        "share": round(pair.share, 3),
        "common": round(pair.common, 1),
        "typical": round(one.background.typical, 1),
        "shown_from": round(one.background.fence, 1),
    }


def _table(compared: list[Compared]) -> Table:
    """Return a line an exercise: how much a pair has in common, and how many stand out."""
    right = ("answers", "in common: median", "shown from", "pairs")
    table = console.table("section", "exercise", *right, right=right)
    table.caption = "In common: words and signs of code that hardly anybody else has."
    for one in compared:
        background = one.background
        table.add_row(
            one.section,
            escape(one.title),
            str(background.answers),
            f"{background.typical:.0f}",
            f"{background.fence:.0f}",
            str(len(one.pairs) + one.left_out),
        )
    return table

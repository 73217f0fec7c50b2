"""Commands for who studies: how far one is, and the file to hand in."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.options import Json, OwnFolder, Quiet, Sections, add, opened


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "status": (status, "course status", "course status 02"),
        "submit": (submit, "course submit 02-convolution"),
    }
    add(app, "Studying", commands)


def status(
    sections: Sections = None, json: Json = None, course: OwnFolder = None, quiet: Quiet = False
) -> None:
    """Show how far you are: what the tests said in work/, as you saved it last."""
    from helpers.checks.marks import LEGEND

    from course.lab import jupyterlab, progress

    found, picked = opened(sections)
    work = found.root / jupyterlab.WORK
    with console.answers(json) as answer:
        standings = [s for s in (progress.standing(found, one, work) for one in picked) if s]
        for one in standings:
            answer(one)
    if sections and len(standings) == 1:
        table = console.table("", "exercise", "points", right=("points",))
        for step in standings[0].steps:
            table.add_row(step.mark, escape(step.name), console.number(step.points))
        table.caption = f"{standings[0].counted}."
    else:
        columns = ("section", "exercises", "points", "of", "go on at")
        table = console.table(*columns, right=("points", "of"))
        for one in standings:
            table.add_row(
                one.section,
                one.marks,
                console.number(one.points),
                console.number(one.max_points),
                escape(one.next.name) if one.next else "",
            )
    console.show(table)
    console.show(escape(LEGEND))


def submit(
    section: Annotated[str, typer.Argument(metavar="SECTION", help="Its name or number.")],
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Make the one file to upload for a section, and say where it is."""
    from course.lab import handing_in, jupyterlab

    found, (picked,) = opened([section])
    with console.answers(json) as answer:
        made = handing_in.submit(found, picked, found.root / jupyterlab.WORK)
        answer({"path": str(made.path), "saved": made.saved.isoformat(), "open": made.open})
    console.show(f"Upload {escape(str(made.path))}, saved at {made.saved:%H:%M on %d %B %Y}.")
    if made.open:
        console.note(f"Still open: {'; '.join(made.open)}.")

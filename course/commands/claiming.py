"""The command that shows and measures what the lessons claim."""

from __future__ import annotations

from typing import Annotated

import typer

from course import console
from course.commands.options import Json, OwnFolder, Quiet, finish, flag, opened_course

Claims = Annotated[
    list[str] | None,
    typer.Argument(metavar="SECTION", help="Names or numbers, or ids of claims; all by default."),
]


def claims(
    names: Claims = None,
    measure: Annotated[
        bool,
        flag("--measure", help="Measure again, one at a time; after Ctrl-C it goes on from there."),
    ] = False,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Show what the lessons claim: each figure, its interval, when measured, whether it holds."""
    from course.ledger import book, measuring, standing, table

    opened = opened_course()
    chosen = book.pick(opened, names)
    with console.answers(json) as answer:
        if measure:
            with console.progress("Measuring", rate=True) as report:
                measuring.measure(
                    opened,
                    measuring.due(chosen, names),
                    report=report,
                    done=lambda entry: console.note(f"Measured: {entry.claim.name}"),
                )
        found = [standing.standing(entry) for entry in chosen]
        for one in found:
            answer(table.record(one))
    console.show(table.table(found))
    console.show(table.summary(found))
    fallen = [one for one in found if one.is_open]
    for one in fallen:
        console.complain(f"{one.entry.section.name}: {one.message} {one.remedy}")
    finish(fallen)

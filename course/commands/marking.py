"""The command for whoever reads what no test can judge."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from rich.markup import escape

from course import console
from course.commands.options import OwnFolder, Quiet, Sections, add, flag, opened


def add_to(app: typer.Typer) -> None:
    """Add this command to the application, with its examples."""
    commands = {
        "mark": (
            mark,
            "course mark 02-convolution",
            "course mark 02 --question 2.9",
            "course mark --port 8890 --no-open",
        )
    }
    add(app, "Submissions", commands)


def mark(
    sections: Sections = None,
    question: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="Only this one: its number, as 2.9, or its name."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=65535, help=r"Of the page.  \[default: any that is free]"
        ),
    ] = None,
    opens: Annotated[bool, flag("--open/--no-open", help="Open a browser, as by default.")] = True,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Mark free-text answers on a page: all to one question, by keys, without names."""
    from course.marking.desk import Desk
    from course.marking.questions import questions
    from course.marking.server import serve

    found, picked = opened(sections)
    desk = Desk(found, questions(found, picked, question))
    counted = desk.overview()
    for one in counted:
        console.show(escape(f"{one['section']}  {one['name']}: {_standing(one)}"))
    if not any(one["answers"] for one in counted):
        return
    if not any(one["waiting"] for one in counted):
        console.note("No answer waits. What was given can be looked at again, and changed.")
    console.note("Open this address, on this machine; Ctrl-C ends it:")
    first = next((one["key"] for one in counted if one["waiting"]), "")
    serve(desk, port=port, opens=opens, begin=first, say=_say)
    console.note("Ended. What the page called saved is in the gradebook.")


def _say(address: str) -> None:
    """Write the address where somebody, or another program, reads it at once."""
    console.line(address)
    sys.stdout.flush()


def _standing(one: dict[str, Any]) -> str:
    empty = f", {one['empty']} left as handed out (0 points)" if one["empty"] else ""
    if not one["answers"]:
        return f"nobody has written an answer{empty}"
    done = one["answers"] - one["waiting"]
    return f"{done} of {one['answers']} marked{empty}"

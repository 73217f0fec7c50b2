"""Commands for whoever begins a section or an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.options import Group, Json, OwnFolder, Quiet, add, flag, opened, opened_course

if TYPE_CHECKING:  # nbgrader takes seconds to import
    from course.drafting.exercise import Made
    from course.drafting.section import MadeSection

PANEL = "Lessons"
Parameters = Annotated[
    str, typer.Option(metavar="TEXT", help="Of the function that an exercise asks for.")
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="Left blank by default.")]

new = typer.Typer(
    cls=Group, no_args_is_help=True, help="Begin a section or an exercise, with blanks to fill in."
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "section": (
            section,
            "course new section attention",
            'course new section attention --exercise weigh-words --parameters "words, query"',
        ),
        "exercise": (
            exercise,
            "course new exercise 02 share-of-edges",
            'course new exercise 02 share-of-edges --parameters "image, least" --points 2',
            "course new exercise 02 why-edges --written",
        ),
    }
    add(new, None, commands)
    app.add_typer(new, name="new", rich_help_panel=PANEL)


def section(
    name: Annotated[str, typer.Argument(metavar="NAME", help="With its number, or without.")],
    title: Title = "",
    exercise: Annotated[
        str, typer.Option(metavar="NAME", help="Name of its first exercise.")
    ] = "first-step",
    parameters: Parameters = "x",
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Begin a section: a notebook with blanks, its mistakes, its entry in the syllabus."""
    from course.drafting import section as drafting

    with console.answers(json) as answer:
        made = drafting.make(opened_course(), name, title, exercise, parameters)
        answer(made)
    _tell(made)


def exercise(
    section: Annotated[str, typer.Argument(metavar="SECTION", help="Its name or number.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Words with dashes.")],
    title: Title = "",
    parameters: Parameters = "x",
    points: Annotated[int, typer.Option(metavar="N", min=1)] = 3,
    minutes: Annotated[int, typer.Option(metavar="N", min=1)] = 8,
    written: Annotated[bool, flag("--written", help="A person reads the answer.")] = False,
    after: Annotated[
        str,
        typer.Option(metavar="CELL", help="The cell to follow; else the section's last test."),
    ] = "",
    notebook: Annotated[
        str, typer.Option(metavar="NAME", help="Where a section has several.")
    ] = "",
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Begin an exercise: task, solution, test and mistakes, with blanks."""
    from course.drafting import exercise as drafting

    found, (picked,) = opened([section])
    wanted = drafting.Wanted(name, title, parameters, points, minutes, written, after)
    with console.answers(json) as answer:
        made = drafting.add(found, picked, wanted, notebook)
        answer(made)
    console.show(escape(f"{made.notebook}: the cells {', '.join(made.cells)}"))
    _tell(made)


def _tell(made: Made | MadeSection) -> None:
    """Say what was written, and what comes next."""
    for note in made.notes:
        console.note(note)
    console.show(escape(f"Written: {', '.join(made.files)}"))
    told = f"{made.blanks} blanks to fill in: `course check {made.section}` names each."
    console.show(escape(told))

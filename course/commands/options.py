"""What several commands are given, and how they begin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from course import console
from course.errors import CourseError

if TYPE_CHECKING:  # nbgrader takes seconds to import: `course --help` must not wait for it
    from course.folder import Course, Section

_given = {"folder": Path(".")}


def begin(folder: Path) -> None:
    """Remember what ``course --course DIR`` was given."""
    _given["folder"] = folder


def _take_folder(folder: Path | None) -> Path | None:
    if folder is not None:
        _given["folder"] = folder
    return folder


def _take_quiet(quiet: bool) -> bool:
    if quiet:
        console.set_quiet()
    return quiet


class _PlainHelp:
    """Shows of an option that is there or not no type, in the help: Typer writes "<bool>"."""

    def get_params(self, ctx: Any) -> list[Any]:
        params = super().get_params(ctx)
        for one in params:
            if getattr(one, "is_flag", False):
                one.metavar = " "
        return params


class Command(_PlainHelp, TyperCommand):
    """A command of ours."""


class Group(_PlainHelp, TyperGroup):
    """The command that they belong to."""


def flag(*names: str, help: str, **more: Any) -> Any:
    """Return an option that is there or not."""
    return typer.Option(*names, help=help, show_default=False, **more)


def require_file(out: Path) -> None:
    """Demand that a page goes into a file.

    Raises
    ------
    CourseError
    """
    if str(out) == "-":
        raise CourseError("A page is written into a file, and not to stdout.", "Give --out a name.")


Sections = Annotated[
    list[str] | None,
    typer.Argument(metavar="SECTION", help="Names or numbers; all of them when left out."),
]
Students = Annotated[
    list[str] | None,
    typer.Option("--student", metavar="ID", help="Only this student; may be repeated."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="How many at a time.")]
Json = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the answer as JSON lines; - is stdout."),
]
FOLDER = {"metavar": "DIR", "help": "The course's folder, or one in it.", "show_default": False}
Folder = Annotated[Path, typer.Option("--course", **FOLDER)]
Quiet = Annotated[
    bool, flag("--quiet", "-q", help="Show only what went wrong.", callback=_take_quiet)
]
# Behind the command's name, where most people write it; before it, `begin` takes it.
OwnFolder = Annotated[Path | None, typer.Option("--course", callback=_take_folder, **FOLDER)]


def opened_course() -> Course:
    """Open the course that was named."""
    from course.folder import open_course

    return open_course(_given["folder"])


def opened(sections: list[str] | None = None) -> tuple[Course, list[Section]]:
    """Open the course that was named, and pick its sections."""
    course = opened_course()
    return course, course.pick(sections)


def finish(found: object) -> None:
    """End with 1 where something was found, else with 0."""
    from course.errors import FOUND

    if found:
        raise typer.Exit(FOUND)


def add(app: typer.Typer, panel: str, commands: Mapping[str, tuple]) -> None:
    """Add commands to the application: each name's function, and the examples of its help."""
    for name, (function, *lines) in commands.items():
        app.command(name, cls=Command, epilog=examples(*lines), rich_help_panel=panel)(function)


def examples(*lines: str) -> str:
    """Return the examples that stand below a command's help."""
    return "\n\n".join(["[bold]Examples[/]" if len(lines) > 1 else "[bold]Example[/]", *lines])

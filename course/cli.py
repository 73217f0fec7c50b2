"""The command `course`: parse, call a verb's module, show the answer.

The commands are in `course.commands`; what they do is in one module a verb. Exit codes:
0 fine, 1 something was found or failed, 2 wrong use.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from course import console
from course.commands import comparing, grading, lessons, marking, options, returning, studying
from course.errors import FOUND, INTERRUPTED, STOPPED, WRONG_USE, CourseError
from course.files import is_full

TERMINATED = 143  # and after SIGTERM

app = typer.Typer(
    cls=options.Group,
    help="Make, check, run and grade the notebooks of a course.",
    epilog="[bold]Example[/]\n\ncourse list",
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
lessons.add_to(app)
grading.add_to(app)
marking.add_to(app)
returning.add_to(app)
comparing.add_to(app)
studying.add_to(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"course {version('vision-course')}")
        raise typer.Exit()


@app.callback()
def begin(
    folder: options.Folder = Path("."),
    quiet: options.Quiet = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Take what is given before the command's name, and forget what an earlier one was told."""
    console.reset()
    if quiet:
        console.set_quiet()
    options.begin(folder)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback reaches the user.

    Parameters
    ----------
    arguments : list of str, optional
        What follows ``course``; the process's own arguments by default.
    """
    console.prepare_streams()
    try:
        with _terminable():
            code = command()(
                sys.argv[1:] if arguments is None else arguments, standalone_mode=False
            )
            # Typer answers Ctrl-C with this code and no word.
            if code == INTERRUPTED:
                raise KeyboardInterrupt
            sys.stdout.flush()  # here, where it can be said that the disk is full
            return code or 0
    except CourseError as error:
        console.complain(str(error))
        return error.code
    except KeyboardInterrupt:
        console.complain(STOPPED)
        return INTERRUPTED
    except BrokenPipeError:  # as in `course list | head -1`: the reader has what it wants
        console.drop_output()
        return FOUND
    except OSError as error:
        console.complain(_about(error))
        return FOUND
    except Exception as error:  # the last one to see it: say so, and keep the traceback
        if getattr(error, "exit_code", None) == WRONG_USE:  # Typer: a wrong option or command
            return _wrong_use(error)
        if _is_setting(error):
            what = str(error).rstrip(".")
            console.complain(f"A setting of nbgrader_config.py cannot be used: {what}. Fix it.")
            return WRONG_USE
        console.complain(_internal(error))
        return FOUND


@cache
def command() -> TyperGroup:
    """Return what the command line is made to, once for all that is asked of this process."""
    return get_command(app)


def rehearse(root: str) -> None:
    """Do what commands do before their own work, once for all that are forked afterwards."""
    from course.commands.rehearsal import rehearse

    rehearse(command(), root)


def _wrong_use(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "course"
    if message := error.format_message().strip():  # empty: the help was shown instead
        end = "" if message.endswith((".", "?")) else "."
        console.complain(f"{message}{end} `{path} --help` shows what can be given.")
    return WRONG_USE


def _is_setting(error: Exception) -> bool:
    """Tell whether traitlets, which reads settings, refuses a value."""
    traitlets = sys.modules.get("traitlets")  # it is slow to import
    return traitlets is not None and isinstance(error, traitlets.TraitError)


def _about(error: OSError) -> str:
    if is_full(error):
        return f"{error.filename or 'The disk'}: no space is left. Free some and run it again."
    reason = (error.strerror or type(error).__name__).lower()
    if error.filename is None:
        return f"The system refused: {reason}. `course doctor` may tell what is wrong."
    return (
        f"{os.fspath(error.filename)}: {reason}. Check that it is there and that you may read "
        "and write it."
    )


def _internal(error: Exception) -> str:
    try:
        path = _log(error)
    except OSError as trouble:  # the disk is full, perhaps by what went wrong
        path = f"this (no log of it can be written: {trouble.strerror or trouble})"
    first = (str(error).splitlines() or [""])[0]
    return (
        f"Internal error, not your fault: {type(error).__name__}: {first}. "
        f"Send {path} to whoever looks after the course."
    )


def _log(error: Exception) -> str:
    handle, path = tempfile.mkstemp(prefix="course-error-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        print("course", *sys.argv[1:], file=log)
        print(platform.python_version(), platform.platform(), file=log)
        traceback.print_exception(error, file=log)
    return path


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that kernels end and temporary folders go."""

    def end(number: int, frame: object) -> NoReturn:
        raise SystemExit(TERMINATED)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread: somebody else looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main())

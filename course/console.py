"""What every command shares on the terminal: tables, progress, complaints, JSON lines.

Answers go to stdout, all else to stderr, so that ``--json -`` can be piped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from course.errors import CourseError

# Rich takes 80 columns where there is no terminal; a log may be wider.
LOG_WIDTH = 140
GAP = 2  # between two columns
# A name, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]

_state = {"quiet": False, "piped": False}


def prepare_streams() -> None:
    """See to it that everything can be written on the standard streams.

    What a stream's encoding does not have, a Chinese name on a western terminal, becomes an escape.
    A stream that is closed is opened on nothing: the next file, perhaps the gradebook, would get
    its number, and whatever a library writes there.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _open_on_nothing(number)
            stream = open(number, "w" if number else "r", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _open_on_nothing(number: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    if nothing == number:
        os.set_inheritable(nothing, True)
    else:
        os.dup2(nothing, number)
        os.close(nothing)


def drop_output() -> None:
    """Write nothing more on stdout, whose reader has gone."""
    with suppress(OSError, ValueError):  # what a test has put in its place has no number
        _open_on_nothing(sys.stdout.fileno())


def reset() -> None:
    """Forget what an earlier command of this process was told."""
    _state.update(quiet=False, piped=False)


def set_quiet() -> None:
    """From here on show nothing but complaints and what a program reads."""
    _state["quiet"] = True


def is_quiet() -> bool:
    """Tell whether only complaints are wanted."""
    return _state["quiet"]


def show(what: RenderableType) -> None:
    """Show a table or a line of Rich markup on stdout."""
    if not (_state["quiet"] or _state["piped"]):
        console = _console(sys.stdout)
        if isinstance(what, Table):
            _keep_words_whole(what, console.width)
        # soft_wrap: a path must not be broken in two.
        console.print(what, soft_wrap=isinstance(what, str), highlight=False)


def _keep_words_whole(table: Table, width: int) -> None:
    """Divide the width so that no word is broken, where that can be had."""
    columns = [
        [str(column.header), *(Text.from_markup(str(cell)).plain for cell in column.cells)]
        for column in table.columns
    ]
    wanted = [max(map(cell_len, texts)) for texts in columns]
    least = [max(map(cell_len, " ".join(texts).split()), default=0) for texts in columns]
    spare = width - sum(least) - GAP * (len(least) - 1)
    if spare < 0 or sum(wanted) - sum(least) <= spare:
        return
    # The columns that need least more get it first.
    order = sorted(range(len(least)), key=lambda i: wanted[i] - least[i])
    for rank, i in enumerate(order):
        more = min(wanted[i] - least[i], spare // (len(order) - rank))
        table.columns[i].width = least[i] + more
        spare -= more


def line(text: str) -> None:
    """Write plain text on stdout, quiet or not."""
    if not _state["piped"]:
        print(text)


def complain(text: str, style: str = "bold red") -> None:
    """Say on stderr what went wrong, quiet or not."""
    _console(sys.stderr).print(escape(text), style=style, soft_wrap=True, highlight=False)


def note(text: str) -> None:
    """Say on stderr what is worth knowing, unless quiet."""
    if not _state["quiet"]:
        _console(sys.stderr).print(escape(text), soft_wrap=True, highlight=False)


def detail(what: RenderableType) -> None:
    """Show on stderr what explains a complaint, unless quiet."""
    if not _state["quiet"]:
        _console(sys.stderr).print(what, highlight=False)


def table(*columns: str, right: tuple[str, ...] = (), title: str | None = None) -> Table:
    """Return an empty table; columns named in `right` are set flush right."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(name, justify="right" if name in right else "left", overflow="fold")
    return made


def number(value: float | None) -> str:
    """Write a number without a needless ".0"; a dash where there is none."""
    return "–" if value is None else f"{value:g}"


@contextmanager
def progress(what: str, *, rate: bool = False) -> Iterator[Report]:
    """Show a bar a name while the block runs; nothing where no terminal is or all is quiet.

    Parameters
    ----------
    what : str
        What is shown until the first report.
    rate : bool
        Show how many are done in a second, and the time that is left.

    Yields
    ------
    Report
        Call it with a name, how much is done, how much there is.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        *((_Rate(), TextColumn("left:"), TimeRemainingColumn()) if rate else ()),
    )
    console = _console(sys.stderr)
    seen = not _state["quiet"] and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not seen) as bars:
        tasks = {what: bars.add_task(what, total=None)}

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                if what in tasks:
                    bars.remove_task(tasks.pop(what))
                tasks[name] = bars.add_task(escape(name), total=total)
            bars.update(tasks[name], completed=done, total=total)

        yield report


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def answers(file: Path | None) -> Iterator[Callable[[Any], None]]:
    """Open `file` ("-" is stdout) for JSON lines, and yield what writes one.

    Opened before the work begins, so that a wrong path costs nothing; each line is
    flushed, so that a program can follow.

    Raises
    ------
    CourseError
        When the file cannot be written.
    """
    if file is None:
        yield lambda record: None
    elif str(file) == "-":
        _state["piped"] = True
        yield lambda record: _write(record, sys.stdout)
    else:
        try:
            opened = file.open("w", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise CourseError(
                f"--json cannot write {file}: {(error.strerror or 'error').lower()}.",
                "Give a file in a folder that exists and that you may write, or - for stdout.",
            ) from None
        with opened:
            yield lambda record: _write(record, opened)


def _write(record: Any, file: IO[str]) -> None:
    record = asdict(record) if is_dataclass(record) else record
    # JSON has escapes of its own for what a terminal's encoding does not have.
    escaped = (file.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(record, ensure_ascii=escaped, default=str), file=file, flush=True)


def _console(file: IO[str]) -> Console:
    return Console(file=file, width=None if file.isatty() else LOG_WIDTH)

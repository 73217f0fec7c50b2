"""What a test has seen of an answer so far: the values of names, the outcomes of calls.

Every check notes it here, in order. By it a wrong answer is told from another: a known mistake
explains what went wrong only where all that was seen is what the mistake gives, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Raised:
    """The outcome of a call that raised: the name of the exception's class."""

    name: str


@dataclass(frozen=True)
class Odd:
    """What is no plain data: the name of its type."""

    name: str


@dataclass(frozen=True)
class Seen:
    """One thing that was seen.

    Attributes
    ----------
    name : str
        Of the answer.
    args : tuple or None
        Of the call; None where the answer is a value.
    outcome : plain data, Raised or Odd
    """

    name: str
    args: tuple | None
    outcome: Any


class Notes(Protocol):
    """Where it is noted.

    Attributes
    ----------
    wordless : bool
        Whether nobody will read what a check says: to put it into words takes longer than all else.
    """

    wordless: bool

    def add(self, seen: Seen) -> None:
        """Note one thing more."""


class Log:
    """Keeps what was seen, in order."""

    wordless = False

    def __init__(self) -> None:
        self.entries: list[Seen] = []

    def add(self, seen: Seen) -> None:
        """Note one thing more."""
        self.entries.append(seen)


class _Cell(Log):
    """What the cell that runs has seen; outside of a notebook, what one check has."""

    def __init__(self) -> None:
        super().__init__()
        self._shell: Any = None

    def begin(self) -> None:
        """Forget all, where no shell says when a cell ends."""
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        if shell is None or shell is not self._shell:
            self.entries.clear()
            self._shell = shell
            if shell is not None:
                shell.events.register("post_execute", self.entries.clear)


_cell = _Cell()
_notes: Notes = _cell


def begin() -> None:
    """Begin a check."""
    if _notes is _cell:
        _cell.begin()


def note(name: str, args: tuple | None, outcome: Any) -> None:
    """Note what a name stands for, or what came of a call."""
    _notes.add(Seen(name, args, outcome))


def is_wordless() -> bool:
    """Tell whether a check need not find words."""
    return _notes.wordless


def of_cell() -> list[Seen]:
    """Return what the cell that runs has seen; nothing where somebody else takes the notes."""
    return list(_cell.entries) if _notes is _cell else []


@contextmanager
def noted_in(notes: Notes) -> Iterator[None]:
    """Have `notes` take the notes meanwhile."""
    global _notes
    before, _notes = _notes, notes
    try:
        yield
    finally:
        _notes = before

"""What one side holds for the other, and what it knows of the other's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.judging.crossing.faults import Malformed, Refused
from course.judging.crossing.functions import Described, RemoteFunction
from course.judging.crossing.limits import MAX_HELD


class Port:
    """The objects that one side has handed over, by their handles, and those it was handed.

    Attributes
    ----------
    tells : bool
        Whether the other side learns a function's name, text and parameters.
    trusts : bool
        Whether the other side is the judge.
    """

    tells = True
    trusts = False

    def __init__(self) -> None:
        self._last = 0
        self._held: dict[int, Any] = {}
        self._handles: dict[int, int] = {}
        self._remotes: dict[int, RemoteFunction] = {}

    def hold(self, x: Any) -> int:
        """Keep an object for the other side; return its handle."""
        handle = self._handles.get(id(x))
        if handle is None:
            if len(self._held) >= MAX_HELD:
                raise Refused(f"more than {MAX_HELD:,} functions")
            handle = self._handles[id(x)] = self.next_number()
            self._held[handle] = x
        return handle

    def held(self, handle: int) -> Any:
        """Return what is kept under a handle.

        Raises
        ------
        Malformed
            When nothing is.
        """
        if handle not in self._held:
            raise Malformed("an object that was not handed over")
        return self._held[handle]

    def next_number(self) -> int:
        """Return a number that was never used before."""
        self._last += 1
        return self._last

    def forget(self, last: int) -> None:
        """Let go of what was handed over after the number `last`."""
        while self._held and (handle := next(reversed(self._held))) > last:
            del self._handles[id(self._held.pop(handle))]

    def remote(self, handle: int, described: Described) -> RemoteFunction:
        """Return the stand-in for a function of the other side, always the same one."""
        if handle not in self._remotes:
            if len(self._remotes) >= MAX_HELD:
                raise Malformed("too many functions")
            self._remotes[handle] = RemoteFunction(self, handle, described)
        return self._remotes[handle]

    def call(self, handle: int, args: tuple, kwargs: dict[str, Any]) -> Any:
        """Call a function of the other side."""
        raise NotImplementedError

    def call_ahead(self, handle: int, cases: Sequence[tuple]) -> list[tuple[Any, Any]]:
        """Call a function of the other side for some cases."""
        raise NotImplementedError

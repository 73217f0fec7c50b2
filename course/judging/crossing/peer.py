"""One end of a conversation between the student's process and the judge.

One side asks, the other answers, strictly in turn; while it answers it may ask in its turn,
which is how a function that was handed over is called. Both ends are the same code. What
differs is trust: the judge's end has a deadline, holds what it hands over for one call only,
and tells nothing about its functions.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course.judging.crossing.cases import MANY_CASES, Cases
from course.judging.crossing.faults import Malformed, Refused
from course.judging.crossing.limits import MAX_ARGUMENTS, MAX_NESTED_CALLS, MAX_TEXT
from course.judging.crossing.outcomes import (
    CALL,
    FETCH,
    MANY,
    NAMES,
    RAISED,
    REFUSED,
    RESULT,
    SEVERAL,
)
from course.judging.crossing.reader import WRONG, Reader
from course.judging.crossing.writer import Writer

ANSWERS = (RESULT, RAISED, REFUSED, NAMES, SEVERAL)
MISSING = object()


class Peer(Cases):
    """One end.

    Parameters
    ----------
    sock : socket
    names : callable, optional
        From a name and a default to the value that the other side may fetch.
    trusted : bool
        Whether this is the judge's end.
    """

    def __init__(
        self,
        sock: socket.socket,
        names: Callable[[str], Any] | None = None,
        *,
        trusted: bool = False,
    ) -> None:
        super().__init__(sock, trusted)
        self._names = names
        self.questions = 0  # that were asked so far

    def fetch(self, names: list[str]) -> dict[str, Any]:
        """Return the values of those names that the other side has, if they cross."""
        writer = self._begin(FETCH)
        writer.value(names)
        kind, reader = self._ask(writer)
        if kind != NAMES:
            raise self._broken()
        return self._read(reader, lambda: dict(self._fetched(reader, names)))

    def call(self, handle: int, args: tuple, kwargs: dict[str, Any]) -> Any:
        """Call a function of the other side.

        Arguments that it changed are changed here too.

        Raises
        ------
        Refused
            When an argument or the result does not cross.
        Exception
            What the function raised, or an exception of the same name.
        """
        if len(args) + len(kwargs) > MAX_ARGUMENTS:
            raise Refused(f"more than {MAX_ARGUMENTS:,} arguments")
        if self._depth >= MAX_NESTED_CALLS:
            raise RecursionError(f"more than {MAX_NESTED_CALLS} calls within each other")
        last = self._last
        given = (*args, *kwargs.values())
        self._depth += 1
        try:
            writer = self._begin(CALL)
            writer.number(handle)
            writer.value(tuple(kwargs))
            writer.number(len(given))
            for x in given:
                writer.value(x)
            kind, reader = self._ask(writer)
            outcome = self._read(reader, lambda: self._outcome(kind, reader, given))
        finally:
            self._depth -= 1
            if self._trusted:
                self.forget(last)
        if kind == RAISED:
            raise outcome
        return outcome

    def call_ahead(self, handle: int, cases: Sequence[tuple]) -> list[tuple[Any, Any]]:
        """Call a function of the other side for some cases, in one message each way.

        The other side may stop after any of them. Arguments that it changed are changed here too.

        Parameters
        ----------
        handle : int
        cases : sequence of tuple
            Arguments of plain data.

        Returns
        -------
        list of (object, Exception or None)
            What came of the first of them: a result, or what the function raised; `Refused` where
            a result does not cross. Nothing where the first one's arguments do not cross: whoever
            calls it alone is told.
        """
        cases = cases[:MANY_CASES]
        if self._depth >= MAX_NESTED_CALLS or any(len(case) > MAX_ARGUMENTS for case in cases):
            return []  # whoever calls it alone is told
        last = self._last
        self._depth += 1
        try:
            writer = self._begin(MANY)
            writer.number(handle)
            asked = self._write_cases(writer, cases)
            if not asked:
                return []
            kind, reader = self._ask(writer)
            if kind != SEVERAL:
                raise self._broken()
            return self._read(reader, lambda: self._read_outcomes(reader, cases[:asked]))
        finally:
            self._depth -= 1
            if self._trusted:
                self.forget(last)

    def serve(self, message: bytes) -> None:
        """Answer a question of the other side; what is none is `Malformed`."""
        reader = Reader(message, self)
        reader.at = 1
        kind = message[0] if message else None
        if kind == CALL:
            writer = self._answer_call(reader)
        elif kind == MANY:
            writer = self._answer_cases(reader)
        elif kind == FETCH and self._names is not None:
            writer = self._answer_fetch(reader)
        else:
            raise Malformed("a message of an unknown kind")
        self._send(writer)

    def _ask(self, writer: Writer) -> tuple[int, Reader]:
        """Send a question and return the answer, serving what is asked meanwhile."""
        self.questions += 1
        self._send(writer)
        while True:
            message = self._receive()
            kind = message[0] if message else None
            if kind in ANSWERS:
                reader = Reader(message, self)
                reader.at = 1
                return kind, reader
            try:
                self.serve(message)
            except Malformed:
                raise self._broken() from None

    def _read(self, reader: Reader, what: Callable[[], Any]) -> Any:
        try:
            found = what()
            reader.end()
        except (Malformed, *WRONG):
            raise self._broken() from None
        return found

    def _fetched(self, reader: Reader, names: list[str]) -> Iterator[tuple[str, Any]]:
        for _ in range(reader.number()):
            name, reason = reader.value(), reader.value()
            if type(name) is not str or name not in names or type(reason) not in (str, type(None)):
                raise Malformed("a value that was not asked for")
            if reason is not None:
                raise Refused(f"{name} does not cross: {reason[:MAX_TEXT]}")
            yield name, reader.value()

    def _answer_call(self, reader: Reader) -> Writer:
        function = self.held(reader.number())
        names, count = reader.value(), reader.number()
        named = type(names) is tuple and all(type(name) is str for name in names)
        if not callable(function) or not named or not len(names) <= count <= MAX_ARGUMENTS:
            raise Malformed("a call")
        given, spans = self._read_arguments(reader, count)
        reader.end()
        writer = Writer(self)
        self._tell_outcome(writer, function, names, given, spans)
        return writer

    def _answer_fetch(self, reader: Reader) -> Writer:
        names = reader.value()
        reader.end()
        if type(names) is not list or any(type(name) is not str for name in names):
            raise Malformed("names")
        writer = self._begin(NAMES)
        found = [(name, x) for name in names if (x := self._names(name, MISSING)) is not MISSING]
        writer.number(len(found))
        for name, x in found:
            writer.value(name)
            start = writer.mark()
            try:
                writer.value(None)
                writer.value(x)
            except Refused as reason:
                writer.forget(start)
                writer.value(str(reason))
        return writer

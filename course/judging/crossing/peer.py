"""One end of a conversation between the student's process and the judge.

One side asks, the other answers, strictly in turn; while it answers it may ask in its turn,
which is how a function that was handed over is called. Both ends are the same code. What
differs is trust: the judge's end has a deadline, holds what it hands over for one call only,
and tells nothing about its functions.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

from course.judging.crossing.errors import describe_error, error_of
from course.judging.crossing.faults import Malformed, Over, Refused
from course.judging.crossing.limits import MAX_ARGUMENTS, MAX_NESTED_CALLS, MAX_TEXT
from course.judging.crossing.line import Line
from course.judging.crossing.reader import WRONG, Reader
from course.judging.crossing.writeback import is_changeable, write_back
from course.judging.crossing.writer import Writer
from course.processes import wire

CALL, FETCH, RESULT, RAISED, REFUSED, NAMES = b"CFRXUN"
ANSWERS = (RESULT, RAISED, REFUSED, NAMES)
MISSING = object()


class Peer(Line):
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
        self._raised: dict[int, Exception] = {}
        self._depth = 0
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

    def serve(self, message: bytes) -> None:
        """Answer a question of the other side; what is none is `Malformed`."""
        reader = Reader(message, self)
        reader.at = 1
        kind = message[0] if message else None
        if kind == CALL:
            writer = self._answer_call(reader)
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

    def _outcome(self, kind: int, reader: Reader, given: tuple) -> Any:
        """Return what a function returned, or the exception that it raised."""
        if kind == RESULT:
            result = reader.value()
            for _ in range(reader.number()):
                place = reader.number()
                if place >= len(given):
                    raise Malformed("an argument that was not given")
                new = reader.value()
                try:
                    write_back(given[place], new)
                except WRONG:  # it may not be written to, for one
                    raise Refused("an argument came back as something else") from None
            return result
        if kind == RAISED:
            return self._error(reader)
        if kind == REFUSED and type(reason := reader.value()) is str:
            raise Refused(reason[:MAX_TEXT])
        raise Malformed("a message of another kind")

    def _answer_call(self, reader: Reader) -> Writer:
        function = self.held(reader.number())
        names, count = reader.value(), reader.number()
        named = type(names) is tuple and all(type(name) is str for name in names)
        if not callable(function) or not named or not len(names) <= count <= MAX_ARGUMENTS:
            raise Malformed("a call")
        given, spans = [], []
        for _ in range(count):
            start = reader.at
            given.append(reader.value())
            spans.append(reader.data[start : reader.at])
        reader.end()
        first = count - len(names)
        self._depth += 1
        try:
            if self._depth > MAX_NESTED_CALLS:
                raise RecursionError(f"more than {MAX_NESTED_CALLS} calls within each other")
            result = function(*given[:first], **dict(zip(names, given[first:], strict=True)))
        except (Over, wire.Closed):
            raise
        except BaseException as error:  # whatever it is, it belongs to the other side
            return self._tell_error(error)
        finally:
            self._depth -= 1
        try:
            return self._tell_result(result, given, spans)
        except Refused as reason:
            writer = self._begin(REFUSED)
            writer.value(f"the result does not cross: {reason}")
            return writer

    def _tell_result(self, result: Any, given: list, spans: list[memoryview]) -> Writer:
        writer = self._begin(RESULT)
        writer.value(result)
        changed = []
        for place, (x, span) in enumerate(zip(given, spans, strict=True)):
            if is_changeable(x):
                now = Writer(self)
                now.value(x)
                if now.out != span:
                    changed.append((place, now.out))
        writer.number(len(changed))
        for place, now in changed:
            writer.room(len(now))
            writer.number(place)
            writer.out += now
        return writer

    def _tell_error(self, error: BaseException) -> Writer:
        writer = self._begin(RAISED)
        if self.tells:
            writer.number(0)
            writer.number(getattr(error, "_number", 0))
            writer.value(describe_error(error))
            return writer
        # Of the judge's exceptions the other side learns the class, and may hand them back.
        number = self.next_number()
        self._raised[number] = error if isinstance(error, Exception) else RuntimeError(str(error))
        writer.number(number)
        writer.number(0)
        writer.value((*describe_error(error)[:2], None, "", None))
        return writer

    def _error(self, reader: Reader) -> Exception:
        """Return the exception that the other side tells of."""
        number, own, told = reader.number(), reader.number(), reader.value()
        if own:
            if own not in self._raised:
                raise Malformed("an exception that was not raised")
            return self._raised.pop(own)
        error = error_of(told)
        error._number = number
        return error

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
            start = len(writer.out)
            try:
                writer.value(None)
                writer.value(x)
            except Refused as reason:
                writer.forget(start)
                writer.value(str(reason))
        return writer

"""What came of a call, as one end tells it and the other reads it: a result, or what was raised."""

from __future__ import annotations

import socket
from typing import Any

from course.judging.crossing.errors import describe_error, error_of
from course.judging.crossing.faults import Malformed, Refused
from course.judging.crossing.limits import MAX_TEXT
from course.judging.crossing.line import Line
from course.judging.crossing.reader import WRONG, Reader
from course.judging.crossing.writeback import is_changeable, write_back
from course.judging.crossing.writer import Writer

CALL, FETCH, RESULT, RAISED, REFUSED, NAMES, MANY, SEVERAL = b"CFRXUNMS"


class Outcomes(Line):
    """An end that tells and reads outcomes."""

    def __init__(self, sock: socket.socket, trusted: bool) -> None:
        super().__init__(sock, trusted)
        self.written = 0  # arguments in which the other side's changes were entered
        self._raised: dict[int, Exception] = {}

    def _read_arguments(self, reader: Reader, count: int) -> tuple[list, list[memoryview]]:
        """Return the values of some arguments, and the bytes that each was read from."""
        given, spans = [], []
        for _ in range(count):
            start = reader.at
            given.append(reader.value())
            spans.append(reader.data[start : reader.at])
        return given, spans

    def _tell_result(self, writer: Writer, result: Any, given: list, spans: list) -> None:
        """Write a result, and what became of arguments that a function can change."""
        start = writer.mark()
        try:
            writer.out.append(RESULT)
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
        except Refused as reason:
            writer.forget(start)
            writer.out.append(REFUSED)
            writer.value(f"the result does not cross: {reason}")

    def _tell_error(self, writer: Writer, error: BaseException) -> None:
        """Write what was raised."""
        writer.out.append(RAISED)
        if self.tells:
            writer.number(0)
            writer.number(getattr(error, "_number", 0))
            writer.value(describe_error(error))
            return
        # Of the judge's exceptions the other side learns the class, and may hand them back.
        number = self.next_number()
        self._raised[number] = error if isinstance(error, Exception) else RuntimeError(str(error))
        writer.number(number)
        writer.number(0)
        writer.value((*describe_error(error)[:2], None, "", None))

    def _outcome(self, kind: int, reader: Reader, given: tuple) -> Any:
        """Return what a function returned, or the exception that it raised."""
        if kind == RESULT:
            result = reader.value()
            for _ in range(reader.number()):
                place = reader.number()
                if place >= len(given):
                    raise Malformed("an argument that was not given")
                new = reader.value()
                self.written += 1
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

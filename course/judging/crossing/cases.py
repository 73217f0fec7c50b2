"""Some calls of one function in one message: their arguments, and what came of each of them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from course.judging.crossing.faults import Malformed, Over, Refused
from course.judging.crossing.limits import MAX_ARGUMENTS, MAX_BYTES, MAX_NESTED_CALLS
from course.judging.crossing.outcomes import RAISED, REFUSED, RESULT, SEVERAL, Outcomes
from course.judging.crossing.reader import Reader
from course.judging.crossing.writer import Writer
from course.processes import wire

MANY_CASES = 64  # of one message
MANY_SECONDS = 0.004  # after which no other of them is begun
MANY_BYTES = 2**16
ASKED_BYTES = 2**20  # of arguments, after which no other case is added


class Cases(Outcomes):
    """An end that calls functions, one after another or some cases of one together."""

    def __init__(self, sock: socket.socket, trusted: bool) -> None:
        super().__init__(sock, trusted)
        self._depth = 0  # of calls within each other

    def _write_cases(self, writer: Writer, cases: Sequence[tuple]) -> int:
        """Write the arguments of some cases, as many as fit well; return how many those are."""
        before = len(writer.out)
        for count, case in enumerate(cases):
            start = writer.mark()
            try:
                writer.number(len(case))
                for x in case:
                    writer.value(x)
            except Refused:  # alone it may fit, and if not, it is told of this case
                writer.forget(start)
                return count
            if len(writer.out) - before > ASKED_BYTES:
                return count + 1
        return len(cases)

    def _read_outcomes(self, reader: Reader, cases: Sequence[tuple]) -> list[tuple[Any, Any]]:
        """Return what came of the first of some cases: a result and no reason, or the reverse."""
        found: list[tuple[Any, Any]] = []
        for case in cases:
            if found and reader.at == len(reader.data):
                break
            kind = reader.take(1)[0]
            try:
                outcome = self._outcome(kind, reader, case)
            except Refused as reason:
                found.append((None, reason))
                if kind == RESULT:  # read half-way; what follows is asked for again
                    reader.at = len(reader.data)
            else:
                found.append((None, outcome) if kind == RAISED else (outcome, None))
        return found

    def _answer_cases(self, reader: Reader) -> Writer:
        """Call a function for one case after another, until some milliseconds have passed."""
        function = self.held(reader.number())
        if self._trusted or not callable(function):
            raise Malformed("calls")
        cases = []
        while reader.at < len(reader.data):
            if (arguments := reader.number()) > MAX_ARGUMENTS or len(cases) == MANY_CASES:
                raise Malformed("a call")
            cases.append(self._read_arguments(reader, arguments))
        reader.end()
        writer = self._begin(SEVERAL)
        end = time.monotonic() + MANY_SECONDS
        for number, (given, spans) in enumerate(cases):
            start = writer.mark()
            raised = self._tell_outcome(writer, function, (), given, spans)
            full = len(writer.out) > MAX_BYTES or writer.out[start[0]] == REFUSED
            if number and full:  # it may be for those before it: it is asked for alone
                writer.forget(start)
                break
            if raised or time.monotonic() > end or len(writer.out) > MANY_BYTES:
                break
        return writer

    def _tell_outcome(
        self, writer: Writer, function: Callable, names: tuple, given: list, spans: list
    ) -> bool:
        """Call a function and write what comes of it; tell whether it raised something."""
        first = len(given) - len(names)
        self._depth += 1
        try:
            if self._depth > MAX_NESTED_CALLS:
                raise RecursionError(f"more than {MAX_NESTED_CALLS} calls within each other")
            result = function(*given[:first], **dict(zip(names, given[first:], strict=True)))
        except (Over, wire.Closed):
            raise
        except BaseException as error:  # whatever it is, it belongs to the other side
            self._tell_error(writer, error)
            return True
        finally:
            self._depth -= 1
        self._tell_result(writer, result, given, spans)
        return False

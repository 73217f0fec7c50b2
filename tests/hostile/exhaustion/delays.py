"""Answers that use up time."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import added_code, cell_of, edited, in_call, in_cell

ENDLESS_CELL = "while True:\n    pass\n"


def _slow_cells(nb) -> None:
    place = nb.cells.index(cell_of(nb, "add-test")) + 1
    nb.cells[place:place] = [added_code("import time\ntime.sleep(1.5)") for _ in range(14)]


CASES = [
    in_cell("endless", "an endless loop in a cell", ENDLESS_CELL, "timeout"),
    in_cell(
        "endless-sleep",
        "a sleep of a year",
        """
        import time
        time.sleep(3e7)
        """,
        "timeout",
    ),
    in_cell(
        "endless-deaf",
        "an endless loop that swallows interrupts and signals",
        """
        import signal
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        "timeout",
    ),
    in_call(
        "endless-call",
        "an endless loop in a call",
        """
        def add(a, b):
            while True: pass
        """,
        "timeout",
    ),
    in_call(
        "endless-hidden",
        "an endless loop for the hidden inputs only",
        """
        def add(a, b):
            while a > 4:
                pass
            return a + b
        """,
        "timeout",
    ),
    in_call(
        "endless-deaf-call",
        "a call that swallows every exception and goes on",
        """
        def add(a, b):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        """,
        "timeout",
    ),
    in_cell("endless-number", "a power that takes years", "shape = 7 ** 7 ** 12", "timeout|memory"),
    in_cell(
        "endless-pattern",
        "a regular expression that backtracks for years",
        """
        import re
        re.match('(a+)+$', 'a' * 60 + 'b')
        """,
        "timeout",
    ),
    in_cell(
        "endless-stop",
        "the process stops itself",
        """
        import os, signal
        os.kill(os.getpid(), signal.SIGSTOP)
        """,
        "timeout|killed",
    ),
    in_cell(
        "endless-lock",
        "a lock is waited for that nobody gives back",
        """
        import threading
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
        """,
        "timeout",
    ),
    Case(
        "slow-cells",
        "many added cells, each of which just keeps the limit",
        edited(_slow_cells),
        {"shape": "timeout", "scale": "timeout"},
    ),
    in_call(
        "slow-calls",
        "each call is slow, all together too slow",
        """
        import time

        def add(a, b):
            time.sleep(0.6)
            return a + b
        """,
        "timeout",
    ),
]

"""Answers that use up time, or end their process."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import added_code, cell_of, edited, in_call, in_cell

STOPPED = "failed|killed|memory|timeout"
ENDLESS_CELL = "while True:\n    pass\n"


def _slow_cells(nb) -> None:
    place = nb.cells.index(cell_of(nb, "add-test")) + 1
    nb.cells[place:place] = [added_code("import time\ntime.sleep(1.5)") for _ in range(9)]


TIME = [
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
        "timeout",
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
DEATHS = [
    in_cell("exit", "exit() in a cell", "exit()", "killed|failed"),
    in_cell(
        "sys-exit",
        "sys.exit() in a cell",
        """
        import sys
        sys.exit(0)
        """,
        "killed|failed",
    ),
    in_cell(
        "os-exit",
        "the process ends at once, with success",
        """
        import os
        os._exit(0)
        """,
        "killed",
    ),
    in_call(
        "os-exit-call",
        "the process ends in a call",
        """
        import os

        def add(a, b):
            os._exit(0)
        """,
        "killed",
    ),
    in_cell(
        "sigkill",
        "the process kills itself",
        """
        import os
        os.kill(os.getpid(), 9)
        """,
        "killed",
    ),
    in_cell(
        "group-kill",
        "the process kills its group",
        """
        import os
        os.killpg(0, 9)
        """,
        "killed",
    ),
    in_cell(
        "segfault",
        "a read of address 0",
        """
        import ctypes
        ctypes.string_at(0)
        """,
        "killed",
    ),
    in_cell(
        "abort",
        "abort()",
        """
        import os
        os.abort()
        """,
        "killed",
    ),
    in_cell(
        "alarm",
        "an alarm that ends the process",
        """
        import signal, time
        signal.alarm(1)
        time.sleep(5)
        """,
        "killed",
    ),
    in_cell(
        "recursion",
        "a function that calls itself for ever",
        """
        def f():
            return f()

        f()
        """,
        "failed",
    ),
    in_cell(
        "recursion-deep",
        "the same, with the limit lifted",
        """
        import sys
        sys.setrecursionlimit(10**9)

        def f(x):
            return f([x]) + max([x], key=f)

        f(1)
        """,
        STOPPED,
    ),
    in_cell(
        "closes-files",
        "every open file is closed",
        """
        import os
        os.closerange(3, 4096)
        """,
        "killed|failed",
    ),
    in_cell(
        "closes-output",
        "standard output and error are closed",
        """
        import os, sys
        os.closerange(0, 3)
        sys.stdout = sys.stderr = None
        raise ValueError
        """,
        "killed|failed",
    ),
    in_cell("input", "a cell waits for a person", "shape = input('Which? ')", "failed"),
    in_call(
        "input-call",
        "a call waits for a person",
        """
        def add(a, b):
            return int(input())
        """,
        "failed",
    ),
    in_cell(
        "stdin",
        "a cell reads standard input",
        """
        import sys
        shape = sys.stdin.read()
        """,
        "failed",
    ),
]

CASES = TIME + DEATHS

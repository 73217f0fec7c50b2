"""Answers that end their process, or wait for somebody who is not there."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import answers, in_call, in_cell

STOPPED = "failed|killed|memory|timeout"
CASES = [
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
        "failed|timeout",
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
    Case(
        "closes-output",
        "standard output and error are closed",
        answers(
            shape="""
            import os, sys
            os.closerange(0, 3)
            sys.stdout = sys.stderr = None
            raise ValueError
            """
        ),
        {"shape": "killed|failed", "scale": "any"},
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

"""Answers that use up memory, processes, space, or the patience of whoever reads their output.

What could harm a machine is bounded, so that a grader without limits loses minutes and not the
machine: a few thousand processes, a few gigabytes.
"""

from __future__ import annotations

from tests.hostile.making import in_call, in_cell, survives

STOPPED = "failed|killed|memory|timeout"
OUTPUT = [
    survives("one-long-line", "30 MB on one line", "print('x' * 30_000_000)\n"),
    survives(
        "many-lines",
        "a million lines",
        """
        for i in range(1_000_000):
            print(i) if i % 9 == 0 else None
        """,
    ),
    survives(
        "many-displays",
        "3,000 displays",
        """
        from IPython.display import display
        for i in range(3_000):
            display(i)
        """,
    ),
    survives(
        "many-pictures",
        "hundreds of displays of a large text each",
        """
        from IPython.display import display
        for i in range(300):
            display({'text/plain': 'x' * 300_000}, raw=True)
        """,
    ),
    in_cell(
        "endless-output",
        "output without an end",
        """
        while True:
            print('x' * 1_000)
        """,
        "timeout",
    ),
    in_cell(
        "endless-stderr",
        "output past Python, without an end",
        """
        import os
        while True:
            os.write(2, b'x' * 65_536)
        """,
        "timeout",
    ),
    in_cell("long-error", "an exception of 50 MB", "raise ValueError('x' * 50_000_000)", STOPPED),
    in_call(
        "long-error-call",
        "the same from a call",
        """
        def add(a, b):
            raise ValueError('x' * 50_000_000)
        """,
        STOPPED,
    ),
    in_cell(
        "large-figure",
        "a figure of 20,000 x 20,000 pixels",
        """
        import matplotlib.pyplot as plt
        plt.figure(figsize=(200, 200), dpi=100)
        plt.plot([1, 2])
        plt.show()
        $SHAPE
        """,
        f"{STOPPED}|passed",
        needs_sandbox=True,
    ),
    in_call(
        "large-result",
        "a call returns 2 GB",
        """
        import numpy as np

        def add(a, b):
            return np.zeros(2**31, 'uint8')
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_call(
        "long-list",
        "a call returns a list of millions",
        """
        def add(a, b):
            return [0] * 30_000_000
        """,
        STOPPED,
        needs_sandbox=True,
    ),
]
MACHINE = [
    in_cell(
        "fork-bomb",
        "thousands of processes",
        """
        import os, time
        for _ in range(4_000):
            if os.fork() == 0:
                time.sleep(20)
                os._exit(0)
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "thread-bomb",
        "thousands of threads",
        """
        import threading, time
        for _ in range(40_000):
            threading.Thread(target=time.sleep, args=(20,)).start()
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "memory-bomb",
        "8 GB, written to",
        """
        kept = []
        for _ in range(128):
            kept.append(bytearray(b'x' * 2**26))
        """,
        "memory",
        needs_sandbox=True,
    ),
    in_call(
        "memory-bomb-call",
        "the same in a call",
        """
        def add(a, b):
            return sum(map(len, [bytearray(b'x' * 2**26) for _ in range(128)]))
        """,
        "memory",
        needs_sandbox=True,
    ),
    in_cell(
        "memory-bomb-children",
        "the same in four children",
        """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                kept = [bytearray(b"x" * 2**26) for _ in range(32)]
                time.sleep(20)
                os._exit(0)
        time.sleep(20)
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "disk-fill",
        "4 GB of files",
        """
        for i in range(64):
            with open(f'fill-{i}', 'wb') as file:
                file.write(b'x' * 2**26)
        raise OSError
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "disk-fill-tmp",
        "4 GB in one file for temporary things",
        """
        with open('/tmp/$tag-fill', 'wb') as file:
            for _ in range(64):
                file.write(b'x' * 2**26)
        raise OSError
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "many-files",
        "a hundred thousand small files",
        """
        for i in range(100_000):
            open(f'small-{i}', 'w').close()
        raise OSError
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "open-files",
        "as many open files as there can be",
        "kept = [open('/dev/null') for _ in range(2_000_000)]",
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "parent-kill",
        "the parent process is killed",
        """
        import os
        os.kill(os.getppid(), 9)
        raise OSError
        """,
        STOPPED,
        needs_sandbox=True,
    ),
]

CASES = OUTPUT + MACHINE

"""Answers that use up a machine's memory, processes and space.

What could harm a machine is bounded, so that a grader without limits loses minutes and not the
machine: a few thousand processes, a few gigabytes.
"""

from __future__ import annotations

from tests.hostile.making import in_call, in_cell

STOPPED = "failed|killed|memory|timeout"
CASES = [
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
        for _ in range(32):
            kept.append(np.ones(2**28, 'uint8'))
        """,
        "memory",
        needs_sandbox=True,
    ),
    in_call(
        "memory-bomb-call",
        "the same in a call",
        """
        def add(a, b):
            return sum(map(len, [np.ones(2**28, 'uint8') for _ in range(32)]))
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "memory-bomb-children",
        "the same in four children",
        """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                kept = [np.ones(2**28, 'uint8') for _ in range(8)]
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

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
    in_cell(
        "sockets-full",
        "gigabytes in the buffers of sockets",
        """
        import os, socket, time
        kept, held = [], 0
        while held < 6 * 2**30:
            try:
                kept.append(socket.socketpair())
            except OSError:
                if os.fork():
                    time.sleep(20)
                for pair in kept:
                    for end in pair: end.close()
                kept = [socket.socketpair()]
            kept[-1][0].setblocking(False)
            try:
                while True: held += kept[-1][0].send(bytes(60_000))
            except BlockingIOError:
                pass
        time.sleep(20)
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "page-tables",
        "tables of pages of which none is used",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] \
            + [ctypes.c_long]
        size = 2**42
        place = libc.mmap(None, size, 1, 0x4022, -1, 0)
        libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(size), 15)
        for at in range(0, size, 2**21):
            ctypes.c_ubyte.from_address(place + at).value
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "pipes-full",
        "many pipes, each as wide as it goes, all full",
        """
        import fcntl, os, time
        for _ in range(200):
            if os.fork() == 0:
                try:
                    while True:
                        r, w = os.pipe()
                        os.set_blocking(w, False)
                        try:
                            fcntl.fcntl(w, 1031, 2**20)
                            os.write(w, bytes(2**20))
                        except OSError:
                            pass
                except OSError:
                    time.sleep(10)
                os._exit(0)
        time.sleep(10)
        """,
        "passed|failed|killed|memory|timeout",
        needs_sandbox=True,
    ),
    in_cell(
        "spinning-crowd",
        "thirty busy processes, each in a session of its own",
        """
        import os, time
        for _ in range(30):
            if os.fork() == 0:
                os.setsid()
                end = time.monotonic() + 20
                while time.monotonic() < end: pass
                os._exit(0)
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_cell(
        "descriptors-fill",
        "as many open files as there can be, in many processes",
        """
        import os, time
        for _ in range(40):
            if os.fork() == 0:
                kept = []
                try:
                    while True: kept.append(os.open('/dev/null', os.O_RDONLY))
                except OSError:
                    time.sleep(5)
                os._exit(0)
        raise OSError
        """,
        STOPPED,
        needs_sandbox=True,
    ),
]

"""What a session tries in order to use up a machine; run as what is in `breakout`."""

from __future__ import annotations

import contextlib
import mmap
import os
import socket
import threading
import time

HOLD = 10.0  # seconds to keep more memory than is allowed
MARK = ".course-probe"
SIZE = 2**20


def start_threads(most: int) -> str:
    """Start more threads than are allowed."""
    stop = threading.Event()
    started: list[threading.Thread] = []
    try:
        while len(started) <= most:
            started.append(threading.Thread(target=stop.wait))
            started[-1].start()
    except RuntimeError:
        return ""
    finally:
        stop.set()
        for thread in filter(threading.Thread.is_alive, started):
            thread.join()
    return f"{len(started)} threads"


def fill_disk(file: int, disk: int) -> str:
    """Write a file that is too large, and more than there is room for."""
    for size, name in ((file + SIZE, "a file"), (disk + SIZE, "files")):
        handles = []
        try:
            for number in range(-(-size // file) if name == "files" else 1):
                handles.append(os.open(f"{MARK}-{number}", os.O_CREAT | os.O_WRONLY))
                os.posix_fallocate(handles[-1], 0, size if name == "a file" else file)
        except OSError:
            continue
        finally:
            for number, handle in enumerate(handles):
                os.close(handle)
                os.unlink(f"{MARK}-{number}")
        return f"{name} of {size:,} bytes"
    return ""


def allocate(memory: int) -> str:
    """Ask for more memory than is allowed."""
    try:
        mmap.mmap(-1, 2 * memory, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return ""
    return f"{2 * memory:,} bytes"


def share(memory: int) -> str:
    """Fill shared memory, which no limit of one process counts, until somebody ends this."""
    with mmap.mmap(-1, 4 * memory) as shared:
        for start in range(0, len(shared), mmap.PAGESIZE):
            shared[start] = 1
        # Whoever looks at the memory now and then has the time to see it, on a busy machine too.
        time.sleep(HOLD)
    return f"{4 * memory:,} bytes"


def fill_sockets(memory: int) -> str:
    """Fill buffers in the kernel, which no limit of one process counts."""
    kept, held = [], 0
    with contextlib.ExitStack() as stack:
        while held < 4 * memory:
            try:
                ends = socket.socketpair()
            except OSError:  # no more open files: let another process go on, if one may
                try:
                    if os.fork():
                        break
                except OSError:
                    break
                stack.close()
                continue
            for end in ends:
                stack.enter_context(end)
            ends[0].setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    held += ends[0].send(bytes(60_000))
            kept.append(ends)
        time.sleep(HOLD)
    return f"{held:,} bytes"

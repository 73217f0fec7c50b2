"""What a session tries in order to get out; run inside of one, by `course.sandbox.promises`.

Each function returns what it got hold of, or an empty text where the walls held.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from course.sandbox import system

PATIENCE = 0.5  # seconds for an answer from the network
HOLD = 10.0  # seconds to keep more memory than is allowed
FAR = ("192.0.2.1", 443)  # an address for examples: whoever has a route does not get ENETUNREACH
MARK = ".course-probe"
SIZE = 2**20
PRIVATE = 0  # System V's key for memory of one's own


def reach_network(port: int, name: str) -> str:
    """Call a far address, the grader's own port, and its abstract socket."""
    for family, address in (
        (socket.AF_INET, FAR),
        (socket.AF_INET, ("127.0.0.1", port)),
        (socket.AF_UNIX, f"\0{name}"),
    ):
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.settimeout(PATIENCE)
            try:
                sock.connect(address)
            except TimeoutError:  # the packet went out: nobody refused it
                return f"a way to {address}"
            except OSError:
                continue
            return f"a connection to {address}"
    return ""


def resolve_names() -> str:
    """Ask for the address of a name."""
    try:
        return f"an address: {socket.getaddrinfo('example.org', 443)[0][4][0]}"
    except OSError:
        return ""


def see_files(paths: Iterable[str]) -> str:
    """Look for files that are nobody's business."""
    return next((path for path in paths if os.path.lexists(path)), "")


def read_environment(secrets: dict[str, str]) -> str:
    """Look for the instructor's variables, in this process and in the first one."""
    found = next((k for k, v in secrets.items() if os.environ.get(k) == v), "")
    return f"the variable {found}" if found else ""


def see_processes() -> str:
    """Count the processes in sight: this one and the first of the namespace."""
    seen = [name for name in os.listdir("/proc") if name.isdigit()]
    others = sorted(set(seen) - {"1", str(os.getpid())}, key=int)
    return f"process {others[0]} and {len(others) - 1} more" if others else ""


def write_outside(folders: Iterable[str]) -> str:
    """Write into folders that are for reading."""
    for folder in folders:
        path = Path(folder, MARK)
        try:
            path.touch()
        except OSError:
            continue
        path.unlink()
        return f"a file in {folder}"
    return ""


def gain_privileges() -> str:
    """Mount, make a namespace, trace another process, take capabilities back."""
    libc = ctypes.CDLL(None)
    status = Path("/proc/self/status").read_text()
    for line in ("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "NoNewPrivs:\t1"):
        if line not in status:
            return f"privileges: not {line}"
    attempts: dict[str, Callable[[], int]] = {
        "a mount": lambda: libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None),
        "a namespace": lambda: libc.unshare(system.CLONE_NEWUSER),
        "another process's memory": lambda: libc.ptrace(16, 1, 0, 0),
        "memory that nobody counts": lambda: libc.shmget(PRIVATE, SIZE, 0o1600),
    }
    return next((name for name, attempt in attempts.items() if attempt() >= 0), "")


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


def leave_behind(name: str) -> str:
    """Leave a process, and files, for whoever comes next."""
    for folder in (".", "/tmp", "/dev/shm", os.environ["HOME"]):
        Path(folder, name).touch()
    # The shell takes the name, tells when it has it, and then waits.
    script = f"echo {name} > /proc/self/comm; echo; sleep 60; true"
    child = subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, start_new_session=True)
    return "" if child.stdout.readline() else "no process to leave"


def find_left(name: str) -> str:
    """Look for what a session before this one left."""
    folders = (".", "/tmp", "/dev/shm", os.environ["HOME"])
    return next((folder for folder in folders if Path(folder, name).exists()), "")

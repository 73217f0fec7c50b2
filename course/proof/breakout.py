"""What a session tries in order to get out; run inside of one, by `course.proof.promises`.

Some of it a judge tries, too: what it can see of a session. Each function returns what it got
hold of, or an empty text where the walls held.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import socket
import subprocess
import sys
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


def look_into_first() -> str:
    """Follow whatever leads from the first process of the namespace to another place."""
    for name in ("cwd", "root", "exe", "fd/0", "fd/1", "fd/2", "ns/mnt", "ns/pid"):
        try:
            return f"{name}: {os.readlink(f'/proc/1/{name}')}"
        except OSError:
            continue
    return ""


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


def leave_notes(name: str) -> str:
    """Leave a file wherever one can be left, here and where other processes are."""
    for folder in _places():
        with contextlib.suppress(OSError):
            Path(folder, name).touch()
    return ""


def find_notes(name: str) -> str:
    """Look for such a file; for who is not to share a folder with the one who left it."""
    return next((folder for folder in _places() if os.path.lexists(f"{folder}/{name}")), "")


def take_notes_back(name: str) -> str:
    """Remove those files again; where there are no walls, they lie all over a machine."""
    for folder in _places():
        with contextlib.suppress(OSError):
            Path(folder, name).unlink()
    return ""


def import_from_writable() -> str:
    """Look for a place to import from that is relative or can be written."""
    for entry in sys.path:
        if not os.path.isabs(entry) or os.access(entry, os.W_OK):
            return f"{entry!r} among the places to import from"
    return ""


def namespaces() -> list[str]:
    """Return what this process is in; two that share nothing have none of it in common."""
    kinds = ("mnt", "pid", "user", "ipc", "net", "uts")
    return [os.readlink(f"/proc/self/ns/{kind}") for kind in kinds]


def _places() -> list[str]:
    """Return folders that somebody might share, by whichever way they are reached."""
    tops = ["/", "/tmp", "/dev/shm", "/session", ".", os.path.expanduser("~")]
    for process in filter(str.isdigit, os.listdir("/proc")):
        for way in ("cwd", "root"):
            tops += [f"/proc/{process}/{way}{below}" for below in ("", "/tmp", "/session")]
    return [*tops, *(inner.path for top in tops for inner in _folders_in(top))]


def _folders_in(folder: str) -> list[os.DirEntry]:
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


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

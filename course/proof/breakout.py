"""What a session tries in order to see what lies outside, and to reach it.

Run inside of one, by `course.proof.promises`; some of it a judge tries, too. Each function returns
what it got hold of, or an empty text where the walls held.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from course.sandbox import system

PATIENCE = 0.5  # seconds for an answer from the network
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

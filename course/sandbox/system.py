"""System calls for which Python has no function."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC = 32, 4096, 16384

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CAPABILITY_VERSION = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones."""
    _check(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mount `source` at `target`."""
    texts = (source.encode(), target.encode(), kind.encode() or None)
    done = _libc.mount(*texts, ctypes.c_ulong(flags), data.encode() or None)
    _check(done, f"mount {target}")


def join_namespace(file: int, kind: int) -> None:
    """Enter the namespace behind an open file; of processes, it is for children to come."""
    _check(_libc.setns(file, kind), "setns")


def leave_namespaces(flags: int) -> None:
    """Leave namespaces for new ones, as the same user, who has every capability in there."""
    user, group = os.getuid(), os.getgid()
    open_to_others(True)  # else the kernel's files about this process belong to root
    unshare(CLONE_NEWUSER | CLONE_NEWNS | flags)
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")


def open_to_others(yes: bool) -> None:
    """Let other processes of this user look into this one, or not; forks inherit it."""
    prctl(PR_SET_DUMPABLE, int(yes))


def prctl(option: int, *arguments: int) -> None:
    """Change how the kernel treats this process."""
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    _check(_libc.prctl(option, *values), f"prctl {option}")


def drop_privileges() -> None:
    """Give up every capability, and the way to new ones, for good."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")

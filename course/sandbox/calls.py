"""A filter of system calls: what no lesson needs, and what attacks on a kernel begin with.

The namespaces and the lack of capabilities refuse most of it already; this is the second
bolt. Where the processor is an unknown one there is no filter.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from course.sandbox import system

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
X32 = 0x40000000  # another table of the same calls
# Unix sockets and the internet; a socket of another family may lead out of the namespace.
FAMILIES = (1, 2, 10)
NEW_NAMESPACES = (
    *(system.CLONE_NEWNS, system.CLONE_NEWCGROUP, system.CLONE_NEWUTS, system.CLONE_NEWIPC),
    *(system.CLONE_NEWUSER, system.CLONE_NEWPID, system.CLONE_NEWNET),
)

# The kernel's name of the machine, then the numbers of clone, clone3 and socket, then those
# refused by number alone: (x86_64, aarch64).
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
CLONE, CLONE3, SOCKET = (56, 220), (435, 435), (41, 198)
REFUSED = {
    # Into other processes.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # New surroundings.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "mount_setattr": (442, 442),
    # Memory that no limit counts.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    # Parts of the kernel that a lesson never meets.
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "fanotify_init": (300, 262),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "kexec_load": (246, 104),
    # What outlives a session: the kernel's log tells the next one at which address this one died.
    "syslog": (103, 116),
}

# What is made to tell or say which pages of a file the kernel keeps: a note from one session to the
# next, as long as one likes. Clocks and counters of page faults still tell; these tell at once.
# To the C library the calls are missing; for reading alone that knows another one.
MISSING = {
    "fadvise64": (221, 223),
    "readahead": (187, 213),
    "mincore": (27, 232),
    "preadv2": (327, 286),
    "cachestat": (451, 451),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_calls() -> None:
    """Put the filter on this process and its future children; it needs `drop_privileges`."""
    code = program(platform.machine())
    if code:
        made = _Program(len(code) // 8, code)
        system.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(made))


def program(machine: str) -> bytes:
    """Return the filter for a machine in the kernel's form; empty for an unknown one."""
    if machine not in MACHINES:
        return b""
    architecture, column = MACHINES[machine]
    no, never = _return(REFUSE | errno.EPERM), _return(KILL)
    namespaces = sum(NEW_NAMESPACES)
    lines = [_load(ARCHITECTURE), _skip(EQUAL, architecture, 1), never, _load(NUMBER)]
    lines += [*_if(AT_LEAST, X32, [never])]
    for numbers in REFUSED.values():
        lines += _if(EQUAL, numbers[column], [no])
    # The flags of clone3 lie in memory, where a filter cannot look: the C library then takes clone.
    for numbers in (CLONE3, *MISSING.values()):
        lines += _if(EQUAL, numbers[column], [_return(REFUSE | errno.ENOSYS)])
    allow = _return(ALLOW)
    bits = [_load(FIRST_ARGUMENT), *_if(ANY_BIT, namespaces, [no]), allow]
    lines += _if(EQUAL, CLONE[column], bits)
    families = [_load(FIRST_ARGUMENT)]
    for family in FAMILIES:
        families += _if(EQUAL, family, [allow])
    lines += _if(EQUAL, SOCKET[column], [*families, no])
    return b"".join([*lines, allow])


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", LOAD, 0, 0, offset)


def _return(value: int) -> bytes:
    return struct.pack("HBBI", RETURN, 0, 0, value)


def _skip(test: int, value: int, count: int) -> bytes:
    """Skip `count` lines where the test holds."""
    return struct.pack("HBBI", test, count, 0, value)


def _if(test: int, value: int, lines: list[bytes]) -> list[bytes]:
    """Run some lines only where the test holds."""
    return [struct.pack("HBBI", test, 0, len(lines), value), *lines]

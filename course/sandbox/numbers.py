"""Whose numbers a fork is known by: those of its parent's process namespace, or of a wall's.

To fork into a wall, a process says beforehand that its children are to belong there, and takes that
back. It may do so where its own process namespace belongs to it: so the parent of all sessions has
left for one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from course.processes.forks import die_with
from course.sandbox import system

OWN = "/proc/self/ns/pid"


def be_apart(*files: int) -> None:
    """Go on in a namespace of one's own; when this process ends, everything in there does.

    Two that stay behind wait for that: outside one that ends alike, inside the first process, which
    buries whoever has no parent.

    Parameters
    ----------
    files : int
        Open ones that only the process which goes on is to keep.

    Raises
    ------
    OSError
        When the system does not allow it.
    """
    system.leave_namespaces(system.CLONE_NEWPID)
    for parent in (0, 1):  # what is outside has no number in there
        if child := os.fork():
            for file in files:
                os.close(file)
            _bury(child)
        die_with(parent)


def _bury(child: int) -> NoReturn:
    """Wait for a child's end, and end alike; bury whoever else ends meanwhile."""
    while True:
        pid, status = os.wait()
        if pid == child:
            os._exit(max(0, os.waitstatus_to_exitcode(status)))


@contextmanager
def of(file: int) -> Iterator[None]:
    """Have forks belong to the process namespace behind an open file.

    Raises
    ------
    OSError
        When the system does not allow it.
    """
    own = os.open(OWN, os.O_RDONLY)
    try:
        system.join_namespace(file, system.CLONE_NEWPID)
        yield
    finally:
        # The parent of one lesson's sessions forks nothing else, and need not be allowed it.
        with suppress(OSError):
            system.join_namespace(own, system.CLONE_NEWPID)
        os.close(own)

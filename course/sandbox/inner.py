"""The inner wall: a fork of the warm process becomes a session that reaches nothing.

The wall is built by a small process, the *keeper*, which is forked before anything is imported:
forks of the warm process are dear. For each session the keeper starts a *holder*, and that an
*init*, the first process of the new process namespace: it makes the session's folders, and all
others in there die with it. It stands in ``/``, has no open file, and nobody can look into it.
A fork of the warm process has its number in there from the start, joins what else they made, and
is then the student's process. When it ends, its parent has the init end, and so whatever is left.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from course.processes import wire
from course.processes.forks import die_with
from course.sandbox import calls, system
from course.sandbox.bounds import Bounds
from course.sandbox.crowd import Crowd
from course.sandbox.folders import PLAIN, WORK, own_folders
from course.sandbox.parcel import unpack
from course.sandbox.usage import Use, resident

LOOK_SECONDS = 0.05  # between two looks at what a session uses
OUT_OF_MEMORY = 77  # the exit code that says so
DONE = "done"  # what init says when the mounts are made
NICE = 5
OPEN_FILES = 512  # of one process: for each the kernel keeps something
PROCESSES = "pid_for_children"
# Joined in this order: who owns the first may join the others.
NAMESPACES = {
    "user": system.CLONE_NEWUSER,
    "mnt": system.CLONE_NEWNS,
    PROCESSES: system.CLONE_NEWPID,
    "ipc": system.CLONE_NEWIPC,
    "uts": system.CLONE_NEWUTS,
    "net": system.CLONE_NEWNET,
}


class Had(NamedTuple):
    """Bytes that the warm process had before any cell, and that no session's limit counts.

    ``resident``: its own memory; ``data``: its data, as the limit of a single process counts them.
    """

    resident: int
    data: int


def build(bounds: Bounds, sock: socket.socket, inherited: int, *, counts: bool) -> NoReturn:
    """Be the holder of a new wall: tell of it on `sock`, wait for its end, and end alike.

    Parameters
    ----------
    bounds : Bounds
    sock : socket
        Told are the numbers of holder and init, and the open `NAMESPACES`; or what failed.
    inherited : int
        Bytes that the student's process has from the start, and that do not count.
    counts : bool
        Whether the init counts what the session uses; else the kernel does.
    """
    try:
        others = (kind for name, kind in NAMESPACES.items() if name not in ("user", "mnt"))
        system.leave_namespaces(sum(others))
        own = os.open("/proc/self/ns", os.O_RDONLY)  # soon there is another /proc, without us
        init = _start_init(bounds, Use(bounds.memory, inherited) if counts else None)
        files = [os.open(name, os.O_RDONLY, dir_fd=own) for name in NAMESPACES]
        system.open_to_others(False)
        system.drop_privileges()
    except OSError as error:
        wire.send(sock, {"failed": str(error)})
        os._exit(1)
    wire.send(sock, {"holder": os.getpid(), "init": init}, tuple(files))
    os.closerange(0, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    os._exit(max(0, os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])))


def enter(
    bounds: Bounds, namespaces: Mapping[str, int], sock: int, parcel: int | None, had: int
) -> str:
    """Turn this fork, which has its number in the wall already, into a session.

    Parameters
    ----------
    bounds : Bounds
    namespaces : mapping of str to int
        The open `NAMESPACES` that the holder told of.
    sock : int
        The one file that stays open, beside the standard ones.
    parcel : int or None
        What the working folder is to hold; see `course.sandbox.parcel`.
    had : int
        Bytes of data that the warm process had, and that do not count.

    Returns
    -------
    folder : str
        The working folder.

    Raises
    ------
    OSError
        When the system does not allow it.
    """
    for file in (sock, parcel):
        if file is not None:
            os.set_inheritable(file, False)  # no other program of the session gets them
    for name, kind in NAMESPACES.items():
        if name != PROCESSES:
            system.join_namespace(namespaces[name], kind)
    die_with(0)  # the parent, which has no number in here; who changes the user says it anew
    system.open_to_others(True)  # to itself, that is: others cannot see it
    if parcel is not None:
        unpack(parcel, WORK)
    _limit(bounds, had)
    system.drop_privileges()
    calls.refuse_calls()
    os.closerange(3, sock)
    os.closerange(sock + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    return WORK


def _start_init(bounds: Bounds, use: Use | None) -> int:
    """Start the first process of the new namespace, and wait until the mounts are made.

    Raises
    ------
    OSError
        With what it could not do.
    """
    hears, tells = os.pipe()
    init = os.fork()
    if not init:
        _be_init(bounds, tells, use)
    os.close(tells)
    with open(hears, "rb") as told:
        said = told.read().decode()
    if said != DONE:
        os.waitpid(init, 0)
        raise OSError(said or "the first process of the session ended")
    return init


def _be_init(bounds: Bounds, tells: int, use: Use | None) -> NoReturn:
    code = 1
    try:
        die_with(0)  # the holder, which has no number in here
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_DFL)  # which the first process does not hear
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries who has no parent
        _mount(bounds)
        os.chdir("/")
        system.open_to_others(False)
        system.drop_privileges()
        os.write(tells, DONE.encode())
        os.closerange(0, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        code = _watch(use)
    except OSError as error:
        with suppress(OSError):
            os.write(tells, str(error).encode())
    finally:
        os._exit(code)


def _watch(use: Use | None) -> int:
    """Look at the use, and bury those who have no parent, until the end comes from outside."""
    crowd = Crowd()
    while use is None:
        signal.pause()
    while not use.exceeds():
        crowd.look()
        time.sleep(LOOK_SECONDS)
    return OUT_OF_MEMORY


def _mount(bounds: Bounds) -> None:
    """Cover whatever can be written, and what shows other processes."""
    own_folders(bounds.disk, bounds.files)
    terminals = "newinstance,ptmxmode=0666,mode=600"
    system.mount("devpts", "/dev/pts", "devpts", system.MS_NOSUID | system.MS_NOEXEC, terminals)
    system.mount("proc", "/proc", "proc", PLAIN | system.MS_NOEXEC)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def had() -> Had:
    """Return what this process has now."""
    data = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    return Had(resident(), data)


def limit_data(most: int) -> None:
    """Have no more than so many bytes of data, until another limit is set."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _limit(bounds: Bounds, had: int) -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory is short
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_DATA, had + bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.file),
        (resource.RLIMIT_NOFILE, min(bounds.files, OPEN_FILES)),
        (resource.RLIMIT_NPROC, bounds.processes),
        (resource.RLIMIT_CPU, bounds.seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))

"""The inner wall: a fork of the warm process becomes a session that reaches nothing.

Three processes make a session. The fork itself stays outside as the *watcher*, which the
session can neither see nor signal. The *init* is the first process of the new process
namespace: it makes the session's folders, then only holds the namespace open, and all others
die with it; it stands in ``/``, has no open file, and nobody can look into it. The third one
is the student's.
"""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path
from typing import NoReturn

from course.sandbox import calls, system
from course.sandbox.bounds import Bounds
from course.sandbox.crowd import Crowd
from course.sandbox.folders import PLAIN, WORK, own_folders
from course.sandbox.parcel import unpack
from course.sandbox.usage import Use, resident
from course.warm.forks import die_with

LOOK_SECONDS = 0.05  # between two looks at the memory
OUT_OF_MEMORY = 77  # the exit code that says so
DONE = "done"  # what init says when the mounts are made
NICE = 5
OPEN_FILES = 512  # of one process: for each the kernel keeps something
# The watcher waits for these: the student's process has ended, or the session is to end.
NEWS = {signal.SIGCHLD, signal.SIGTERM}


def enter(bounds: Bounds, sock: int, parcel: int | None, *, counts: bool) -> str:
    """Turn this fork into a session; only the student's process returns.

    `NEWS` must be blocked before the fork, so that no word of an early end is lost.

    Parameters
    ----------
    bounds : Bounds
    sock : int
        The one file that stays open, beside the standard ones.
    parcel : int or None
        What the working folder is to hold; see `course.sandbox.parcel`.
    counts : bool
        Whether the watcher counts what the session uses; else the kernel does.

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
    use = Use(bounds.memory, inherited=resident()) if counts else None
    system.leave_namespaces(
        system.CLONE_NEWPID | system.CLONE_NEWIPC | system.CLONE_NEWUTS | system.CLONE_NEWNET
    )
    init = _start_init(bounds, counts)
    hears, ready = os.pipe()
    student = os.fork()
    if student:
        try:
            os.close(ready)
            os.close(sock)
            _wait_until_ready(hears)
            os._exit(_watch(init, student, use))
        finally:
            os._exit(1)
    die_with(0)  # the watcher, which has no number in here
    signal.pthread_sigmask(signal.SIG_UNBLOCK, NEWS)
    os.setsid()
    if parcel is not None:
        unpack(parcel, WORK)
    _limit(bounds)
    system.drop_privileges()
    calls.refuse_calls()
    os.closerange(3, sock)  # `ready` too: from here on the watcher looks
    os.closerange(sock + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    return WORK


def _start_init(bounds: Bounds, looks: bool) -> int:
    """Start the first process of the new namespace, and wait until the mounts are made.

    Raises
    ------
    OSError
        With what it could not do.
    """
    hears, tells = os.pipe()
    init = os.fork()
    if not init:
        _be_init(bounds, tells, looks)
    os.close(tells)
    with open(hears, "rb") as told:
        said = told.read().decode()
    if said != DONE:
        os.waitpid(init, 0)
        raise OSError(said or "the first process of the session ended")
    return init


def _be_init(bounds: Bounds, tells: int, looks: bool) -> NoReturn:
    try:
        die_with(0)
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_DFL)  # which the first process does not hear
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries who has no parent
        _mount(bounds)
        os.chdir("/")
        system.open_to_others(False)
        system.drop_privileges()
        calls.refuse_calls()
        os.write(tells, DONE.encode())
        os.closerange(0, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        crowd = Crowd() if looks else None
        while True:
            if crowd is None:
                signal.pause()
            else:
                time.sleep(LOOK_SECONDS)
                crowd.look()
    except OSError as error:
        os.write(tells, str(error).encode())
    finally:
        os._exit(1)


def _mount(bounds: Bounds) -> None:
    """Cover whatever can be written, and what shows other processes."""
    own_folders(bounds.disk, bounds.files)
    terminals = "newinstance,ptmxmode=0666,mode=600"
    system.mount("devpts", "/dev/pts", "devpts", system.MS_NOSUID | system.MS_NOEXEC, terminals)
    system.mount("proc", "/proc", "proc", PLAIN | system.MS_NOEXEC)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _limit(bounds: Bounds) -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory is short
    os.nice(NICE)
    had = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
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


def _wait_until_ready(hears: int) -> None:
    """Wait until the student's process has closed the other end: it is ready, or gone."""
    while os.read(hears, 1):
        pass


def _watch(init: int, student: int, use: Use | None) -> int:
    """Wait for the end, and look at the use meanwhile; then nothing of the session is left."""
    system.open_to_others(False)
    system.drop_privileges()
    code = 0
    while signal.sigtimedwait(NEWS, LOOK_SECONDS) is None:
        if use is not None and use.exceeds():
            code = OUT_OF_MEMORY
            break
    os.kill(init, signal.SIGKILL)
    os.waitpid(student, 0)  # before init, which ends when all of its namespace are buried
    os.waitpid(init, 0)
    return code

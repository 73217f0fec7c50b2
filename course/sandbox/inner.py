"""The inner wall: a fork of the warm process becomes a session that reaches nothing.

Three processes make a session. The fork itself stays outside as the *watcher*, which the
session can neither see nor signal; the first process of the new process namespace only
holds it open, and all others die with it; the third one is the student's.
"""

from __future__ import annotations

import os
import re
import resource
import signal
from pathlib import Path

from course.sandbox import calls, system
from course.sandbox.bounds import Bounds
from course.sandbox.parcel import unpack
from course.sandbox.usage import exceeds, resident
from course.warm.forks import die_with

FOLDER = "/session"  # in the outer sandbox an empty folder, on which sessions mount their own
WORK, HOME, TEMPORARY, SHARED = (f"{FOLDER}/{name}" for name in ("work", "home", "tmp", "shm"))
LOOK_SECONDS = 0.05  # between two looks at the memory
OUT_OF_MEMORY = 77  # the exit code that says so
NICE = 5
# The watcher waits for these: the student's process has ended, or the session is to end.
NEWS = {signal.SIGCHLD, signal.SIGTERM}


def enter(bounds: Bounds, sock: int, parcel: int | None) -> str:
    """Turn this fork into a session; only the student's process returns.

    `NEWS` must be blocked before the fork, so that no word of an early end is lost.

    Parameters
    ----------
    bounds : Bounds
    sock : int
        The one file that stays open, beside the standard ones.
    parcel : int or None
        What the working folder is to hold; see `course.sandbox.parcel`.

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
    inherited = resident()
    _leave_namespaces()
    init = _start_init()
    hears, ready = os.pipe()
    student = os.fork()
    if student:
        try:
            os.close(ready)
            os.close(sock)
            _wait_until_ready(hears)
            os._exit(_watch(init, student, bounds.memory, inherited))
        finally:
            os._exit(1)
    die_with(0)  # the watcher, which has no number in here
    signal.pthread_sigmask(signal.SIG_UNBLOCK, NEWS)
    os.setsid()
    _mount(bounds)
    if parcel is not None:
        unpack(parcel, WORK)
    _limit(bounds)
    system.drop_privileges()
    calls.refuse_calls()
    os.closerange(3, sock)  # `ready` too: from here on the watcher looks
    os.closerange(sock + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    return WORK


def _leave_namespaces() -> None:
    user, group = os.getuid(), os.getgid()
    system.unshare(
        system.CLONE_NEWUSER
        | system.CLONE_NEWNS
        | system.CLONE_NEWPID
        | system.CLONE_NEWIPC
        | system.CLONE_NEWUTS
        | system.CLONE_NEWNET
    )
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")


def _start_init() -> int:
    """Start the first process of the new namespace: it sleeps, and buries who has no parent."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # inherited: the kernel buries for it
    try:
        return os.posix_spawnp("sleep", ["sleep", "infinity"], {"PATH": os.defpath})
    finally:
        signal.signal(signal.SIGCHLD, before)


def _mount(bounds: Bounds) -> None:
    """Cover whatever can be written with folders of this session's own."""
    plain = system.MS_NOSUID | system.MS_NODEV
    size = f"size={bounds.disk},nr_inodes={bounds.files},mode=0755"
    covered = [point for point in _mount_points() if point.startswith("/tmp/")]
    system.mount("tmpfs", FOLDER, "tmpfs", plain, size)
    for folder in (WORK, HOME, TEMPORARY, SHARED):
        os.mkdir(folder)
    for point in covered:  # a course or an environment below /tmp stays in sight
        _make_like(point, FOLDER + point)
        system.mount(point, FOLDER + point, flags=system.MS_BIND | system.MS_REC)
    system.mount(TEMPORARY, "/tmp", flags=system.MS_BIND | system.MS_REC)
    system.mount(SHARED, "/dev/shm", flags=system.MS_BIND)
    terminals = "newinstance,ptmxmode=0666,mode=600"
    system.mount("devpts", "/dev/pts", "devpts", system.MS_NOSUID | system.MS_NOEXEC, terminals)
    system.mount("proc", "/proc", "proc", plain | system.MS_NOEXEC)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _make_like(point: str, place: str) -> None:
    """Make an empty file or folder on which another one can be mounted."""
    if os.path.isdir(point):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        Path(place).touch()


def _mount_points() -> list[str]:
    """Return where something is mounted; the system writes a space in one as 040 in octal."""
    lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    points = [line.split()[4] for line in lines]
    found = [re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), point) for point in points]
    return [os.fsdecode(point) for point in found]


def _limit(bounds: Bounds) -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory is short
    os.nice(NICE)
    had = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_DATA, had + bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.file),
        (resource.RLIMIT_NOFILE, bounds.files),
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


def _watch(init: int, student: int, memory: int, inherited: int) -> int:
    """Wait for the end, and look at the memory meanwhile; then nothing of the session is left."""
    system.drop_privileges()
    system.prctl(system.PR_SET_DUMPABLE, 0)
    code = 0
    while signal.sigtimedwait(NEWS, LOOK_SECONDS) is None:
        if exceeds(memory, inherited):
            code = OUT_OF_MEMORY
            break
    os.kill(init, signal.SIGKILL)
    os.waitpid(student, 0)  # before init, which ends when all of its namespace are buried
    os.waitpid(init, 0)
    return code

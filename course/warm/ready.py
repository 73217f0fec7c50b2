"""Have a process stand by for graders to come, ask after it, end it."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import vision_course
from course.errors import CourseError
from course.processes import wire
from course.processes.programs import line_of
from course.sandbox import outer
from course.warm import runtime
from course.warm.branches import SOCKET, connect, place, take
from course.warm.parent import VARIABLES, behind_wall
from course.warm.spawning import START_SECONDS
from course.warm.standby import MOST

MINUTES = 60.0  # without a grader, after which it ends by itself
READY_SECONDS = 10.0
SECTIONS = (MOST - 2) // 2  # that it can be ready for: two stems each, and two for the probe


def start(minutes: float = MINUTES, root: str = "") -> int:
    """Start the process where none is; return its number.

    Parameters
    ----------
    minutes : float
    root : str
        Folder of the course whose notebooks its commands are to have read; the working folder's by
        default.

    Raises
    ------
    CourseError
        When there is no place for its socket.
    """
    where = place()
    if where is None:
        raise CourseError(
            "There is no private folder for the socket of a process that stands by.",
            "Set XDG_RUNTIME_DIR to a folder that is yours alone.",
        )
    if where.exists() and not where.is_socket():
        raise CourseError(
            f"{SOCKET} names {where}, which is there and no socket.",
            "Name a file that is not there.",
        )
    with _alone(where):
        there = _ask({"do": "stay", "minutes": minutes})
        if there and "pid" in there:
            return there["pid"]
        _require_silence(where)
        return _start(where, minutes, root)


def _require_silence(where: Path) -> None:
    """Refuse to take the place of another's socket, or of one that is only busy."""
    try:
        runtime.connect(str(where)).close()
    except PermissionError:
        reason = "is another user's"
    except OSError:
        return
    else:
        reason = f"belongs to a process that has not answered for {READY_SECONDS:g} s"
    raise CourseError(f"{where} {reason}.", f"End that process, or name another place by {SOCKET}.")


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    """Let one at a time look whether the process is there, and start it."""
    import fcntl  # not everywhere, unlike this module

    try:
        folder = os.open(where.parent, os.O_RDONLY)
    except OSError as error:
        raise CourseError(
            f"There can be no socket at {where}: {error.strerror}.",
            f"Name another place by {SOCKET}, or leave it unset.",
        ) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _start(where: Path, minutes: float, root: str) -> int:
    line = [*line_of("course.warm.standby"), str(where), str(minutes), root or os.getcwd()]
    # With what our imports have set, it would be another than the commands to come.
    given = vision_course.ENVIRONMENT
    quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    done = subprocess.run(line, env=given, **quiet)
    if done.returncode or (there := tell()) is None:
        raise CourseError(
            f"The process that is to stand by did not start: {done.stderr.strip()[-200:]}.",
            "Run `course doctor`; grading works without it.",
        )
    return there["pid"]


def prepare(*kinds: Sequence[str]) -> None:
    """Have what graders need stand by, and wait until it does.

    Parameters
    ----------
    *kinds : sequence of str
        Import statements of each section to come.

    Raises
    ------
    CourseError
        When there is no sandbox on this machine.
    """
    outer.require()
    wanted = dict.fromkeys([*map(tuple, kinds), ()])  # the probe has a session that imports nothing
    each = [(list(kind), sessions) for kind in wanted for sessions in (True, False)]
    with ThreadPoolExecutor(len(each) + 1) as pool:
        commands = pool.submit(_ask, {"do": "commands"}, START_SECONDS)
        list(pool.map(_prepare, each))
        commands.result()


def _prepare(kind: tuple[list[str], bool]) -> None:
    imports, sessions = kind
    wanted = behind_wall(imports, VARIABLES, sessions=sessions)
    control, theirs = socket.socketpair()
    with control, theirs:
        branch = take(wanted, control, theirs, START_SECONDS)
        if branch is not None:
            branch.kill()


def end() -> int | None:
    """Have the process end; return its number, or None where there is none."""
    told = _ask({"do": "end"})
    return told and told["pid"]


def tell() -> dict | None:
    """Return the number of the process, and how many stems it has; None where there is none."""
    return _ask({"do": "tell"})


def _ask(message: dict, seconds: float = READY_SECONDS) -> dict | None:
    sock = connect()
    if sock is None:
        return None
    with sock, suppress(wire.Closed, wire.TooLate):
        wire.send(sock, message, seconds=READY_SECONDS)
        return wire.receive(sock, seconds)
    return None

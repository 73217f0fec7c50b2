"""The probe: a session tries to break every promise of the sandbox before anybody is graded."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from course.errors import FOUND, CourseError
from course.sandbox import outer
from course.sandbox.bounds import MIB, Bounds
from course.scratch import Scratch
from course.session import CellResult
from course.warm.client import Nursery
from course.warm.parent import VARIABLES
from course.warm.sessions import JudgedSession, WarmSession

SMALL = Bounds(memory=32 * MIB, disk=8 * MIB, file=4 * MIB, files=64, processes=16, seconds=60)
SECONDS = 30.0
TEST = "probe"  # what a judge of no lesson is asked


class _NoLesson:
    """What a judge must know of a lesson without tests; a `Script` takes long to import."""

    key = TEST
    cells = ((TEST, "pass"),)  # so that it is a fork of a base, as the session is
    tests: ClassVar = {TEST: {"after": 0, "students": [], "kept": [], "shared": []}}
    known: ClassVar = {TEST: []}


NO_LESSON = _NoLesson()


@dataclass(frozen=True)
class Promise:
    """One promise: whether it held, and what was got hold of where it did not."""

    name: str
    held: bool
    detail: str = ""


def check(nursery: Nursery, private: Iterable[Path] = ()) -> list[Promise]:
    """Try to break every promise from inside of a session.

    Parameters
    ----------
    nursery : Nursery
        One in a sandbox, before its first session.
    private : iterable of Path
        Files and folders that no session may see, beside the home folder.

    Returns
    -------
    promises : list of Promise
        All of them, whether they held or not.
    """
    mark = f"probe-{secrets.token_hex(4)}"  # at most 15 characters: a process is named so
    with Scratch("probe") as folder:
        empty = Path(folder)
        with nursery.session(empty, bounds=SMALL) as session, _bait(mark) as port:
            session.open_after(["pass"])  # whose parent may do more than that of others
            tried = [_try(session, *attempt) for attempt in _attempts(mark, port, private)]
            apart = _apart(nursery, session, empty, mark)
            session.run(_code("traces.take_notes_back", f"{mark}-note"), SECONDS)
            memory = session.run(_code("exhaustion.share", SMALL.memory), SECONDS)
        with nursery.session(empty, bounds=SMALL) as session:
            left = _try(session, "no file survives a session", "traces.find_left", mark)
            session.run(_code("traces.take_notes_back", mark), SECONDS)
            kernel = session.run(_code("exhaustion.fill_sockets", SMALL.memory), SECONDS)
    return [
        *tried,
        *apart,
        _stopped("memory is limited for all processes together", memory),
        _stopped("the kernel's memory is limited, too", kernel),
        left,
        _survivor(mark),
    ]


def _apart(nursery: Nursery, session: JudgedSession, folder: Path, mark: str) -> list[Promise]:
    """Ask a judge what it shares with a session."""
    judge = nursery.judges.take(NO_LESSON, folder)
    try:
        judge.begin(session.socket)

        def ask(name: str, function: str, *arguments: object) -> Promise:
            code = _code(function, *arguments)
            return _got(name, judge.test(TEST, code, 0, SECONDS, session))

        ours = _got("", session.run(_code("breakout.namespaces"), SECONDS)).detail
        theirs = ask("", "breakout.namespaces").detail
        common = ", ".join(sorted(set(ours) & set(theirs)))
        return [
            Promise("a judge shares no namespace with a session", not common, common),
            ask("a judge shares no folder with a session", "traces.find_notes", f"{mark}-note"),
            ask(
                "a judge imports from nowhere that can be written", "breakout.import_from_writable"
            ),
        ]
    finally:
        nursery.judges.give_back(judge)


def _stopped(name: str, result: CellResult) -> Promise:
    held = result.status == "memory"
    return Promise(name, held, "" if held else _said(result))


def require(nursery: Nursery, private: Iterable[Path] = ()) -> None:
    """Refuse where a promise is broken.

    Raises
    ------
    CourseError
    """
    broken = [promise for promise in check(nursery, private) if not promise.held]
    if broken:
        what = "; ".join(f"{promise.name} (got {promise.detail})" for promise in broken)
        raise CourseError(
            f"The sandbox does not hold: {what}.",
            "Run `course doctor`, and see docs/sandbox.md.",
            code=FOUND,
        )


# OpenMP's settings, by scikit-learn: where it is imported here and there, both have them.
SET_BY_LIBRARIES = ("KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK")


def _attempts(mark: str, port: int, private: Iterable[Path]) -> list[tuple]:
    files = _unseen([*private, Path(os.path.expanduser("~"))])
    # What we give is nobody's secret; and where bubblewrap says that it stands.
    given = outer.environment(VARIABLES) | {"PWD": "/"}
    told = {k: v for k, v in os.environ.items() if given.get(k) != v and v}
    kept = {k: v for k, v in told.items() if k not in SET_BY_LIBRARIES}
    package = str(Path(__file__).parent)
    outside = ["/", "/usr", "/etc", "/dev", "/sys/devices/system", "/proc/sys/kernel"]
    return [
        ("there is no network", "breakout.reach_network", port, mark),
        ("there are no names of computers", "breakout.resolve_names"),
        ("the course's files are out of sight", "breakout.see_files", files),
        ("the environment is out of sight", "breakout.read_environment", kept),
        ("other processes are out of sight", "breakout.see_processes"),
        ("the first process leads nowhere", "breakout.look_into_first"),
        ("the system cannot be written", "breakout.write_outside", [*outside, sys.prefix, package]),
        ("there are no privileges", "breakout.gain_privileges"),
        ("threads and processes are limited", "exhaustion.start_threads", SMALL.processes),
        ("the disk is limited", "exhaustion.fill_disk", SMALL.file, SMALL.disk),
        ("memory is limited", "exhaustion.allocate", SMALL.memory),
        ("what is left behind can be looked for", "traces.leave_behind", mark),
        ("notes for a judge can be looked for", "traces.leave_notes", f"{mark}-note"),
    ]


def _unseen(folders: Iterable[Path]) -> list[str]:
    """Return what lies in some folders, less what is shown in the sandbox or on the way to it.

    Where a folder lies itself in one that is shown, everything in it counts.
    """
    shown = outer.shown()
    found = []
    given = {place for path in folders for place in (path.absolute(), path.resolve())}
    for folder in sorted(given - {Path("/")}):
        inside = sorted(folder.iterdir()) if _can_list(folder) else [folder]
        found += [path for path in inside if not any(s.is_relative_to(path) for s in shown)]
    return [os.fspath(path) for path in found]


def _can_list(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)


@contextmanager
def _bait(mark: str) -> Iterator[int]:
    """Listen where a session must not reach: on the loopback, and under an abstract name."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
    ):
        local.bind(f"\0{mark}")
        local.listen()
        yield server.getsockname()[1]


def _code(function: str, *arguments: object) -> str:
    call = f"{function}(*json.loads({json.dumps(arguments)!r}))"
    module, _, _ = function.partition(".")
    return f"import json\nfrom course.proof import {module}\nprint(json.dumps({call}))"


def _try(session: WarmSession, name: str, function: str, *arguments: object) -> Promise:
    return _got(name, session.run(_code(function, *arguments), SECONDS))


def _got(name: str, result: CellResult) -> Promise:
    got = json.loads(result.outputs[0].text) if result.status == "ok" else _said(result)
    return Promise(name, not got, got)


def _said(result: CellResult) -> str:
    return ": ".join(result.error) if result.error else f"the status {result.status}"


def _survivor(mark: str) -> Promise:
    """Look for a process of the session that has ended, from out here."""
    name = "no process survives a session"
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            text = Path("/proc", process, "comm").read_text()
        except OSError:  # it has gone meanwhile
            continue
        if text.strip() == mark:
            return Promise(name, False, f"process {process}")
    return Promise(name, True)

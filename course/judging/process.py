"""The judge: a fork of the warm process that runs tests, for one submission after another.

It has what a student's process has, and the lesson's own cells, run once; what a student's
cells do happens elsewhere. Values and functions of the student's come over a socket of the
student's session, for the time of a test, as `course.judging.crossing` lets them through.
"""

from __future__ import annotations

import builtins
import gc
import os
import random
import resource
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from helpers.checks.cases import SEED_VARIABLE
from helpers.checks.failure import CheckFailed
from helpers.checks.references import asked_by
from helpers.checks.seen import Log, noted_in

import numpy as np

from course.judging.copying import fresh, size_of
from course.judging.crossing import Over, Peer, Refused, encode
from course.judging.known import Failed, Known
from course.judging.parts import Parts, told_by_judge
from course.judging.references import References
from course.notebook.dependencies import REACHES_ALL, names_in
from course.processes import wire
from course.processes.forks import close_to_others
from course.processes.neighbours import import_from
from course.processes.patience import MOST
from course.processes.shell import Shell, attach, forget, run

UNCHANGEABLE = (ModuleType, str, bytes, int, float, complex, type(None), np.generic, range)
SMALL = 2**20  # bytes; what is larger and only reached by the lesson's functions is not copied
SEED = 2026  # of the generators, for each submission anew


def settle(lesson: str, work: str, memory: int) -> None:
    """Make the fork a process of its own, which no student's process can look into.

    Parameters
    ----------
    lesson : str
        Where the section's own modules are imported from.
    work : str
        Where it works.
    memory : int
        Bytes that it may take beyond what the warm process has.
    """
    close_to_others()
    size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    os.chdir(work)
    import_from(lesson)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    attach()
    gc.enable()


def serve(sock: socket.socket, bench: Bench) -> None:
    """Do what the worker asks for, until its end closes."""
    answer = {
        "know": bench.know,
        "learn": bench.learn,
        "begin": bench.begin,
        "test": bench.test,
        "differs": bench.differs,
    }
    while True:
        try:
            message, file = wire.receive_with_file(sock)
            do = answer[message["do"]]
            wire.send(sock, do(message) if file is None else do(message, file))
        except (wire.Closed, wire.TooLate):
            return


class Bench:
    """Where the tests of one submission at a time are run, all of the same lesson.

    Parameters
    ----------
    shell : Shell
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._parts = Parts(shell)
        self._folder = os.getcwd()
        # The names before the first of the lesson's cells, after it, after the next.
        self._states = [dict(shell.user_ns)]
        self._socket: socket.socket | None = None
        self._peer: Peer | None = None
        self._kept: dict[str, Any] = {}
        self._test = ""
        self._bound: set[str] = set()
        self._shared: set[str] = set()
        self._small: dict[tuple[int, str], bool] = {}
        self._known = Known({})
        self._references = References(shell.user_ns)
        self._seen, self._ran = Log(), []
        seed()

    def know(self, message: dict) -> dict:
        """Take the known mistakes of the lesson."""
        self._known = Known(message["known"])
        return {}

    def learn(self, message: dict) -> dict:
        """Run the next of the lesson's own cells."""
        done = run(self._shell, message["code"], pictures=False)
        self.keep_names()
        return {"error": done.get("error")}

    def keep_names(self) -> None:
        """Keep what is bound after a cell of the lesson, for tests that stand below it."""
        self._states.append(dict(self._shell.user_ns))

    def begin(self, message: dict, file: int) -> dict:
        """Turn to a submission: its session's socket comes along."""
        if self._socket is not None:
            self._socket.close()
        self._socket = socket.socket(fileno=file)
        self._peer = Peer(self._socket, trusted=True)
        self._kept, self._test = {}, ""
        forget(self._shell, self._states[-1])
        seed()
        return {}

    def differs(self, message: dict) -> dict:
        """Tell whether the student's process holds other data under the names of the lesson's."""
        peer, place = self._peer, message["place"]
        peer.deadline = time.monotonic() + message["seconds"]
        lesson = self._states[place["after"]]
        ours = {n: lesson[n] for n in place["shared"] if can_change(lesson.get(n))}
        try:
            theirs = peer.fetch(list(ours)) if ours else {}
            same = all(n in theirs and encode(x) == encode(theirs[n]) for n, x in ours.items())
        except (Over, Refused):
            same = False
        return {"differs": not same}

    def test(self, message: dict) -> dict:
        """Run a part of a test; the parts of one share their names."""
        peer = self._peer
        peer.deadline = time.monotonic() + message["seconds"]
        os.environ[SEED_VARIABLE] = str(message["seed"])
        place = message["place"]
        if message["test"] != self._test:
            self._test = message["test"]
            self._enter(place)
            self._ran.clear()
        if not self._ran or message["code"] in self._ran:  # a test may be run again
            self._seen, self._ran = Log(), []
        names = names_in(message["code"])
        space = self._shell.user_ns
        # A student's function may write into what it is given: others need it as it was.
        for name in names.read & self._shared:
            space[name] = fresh(space[name])
        self._shared -= names.read
        self._ran.append(message["code"])
        began = time.monotonic()
        try:
            wanted = self._wanted(names, place)
            theirs = {*wanted, *place["students"], *place["kept"]}
            seed = os.environ[SEED_VARIABLE]
            self._references.begin(self._ran, theirs, seed, lambda: peer.questions)
            with noted_in(self._seen), asked_by(self._references):
                done = self._run(message["code"], wanted)
        except Over:
            done = {"status": peer.over, "outputs": []}
        except Refused as reason:  # a value of the student's is too large or too deep to come here
            done = {"status": "error", "outputs": [], "error": ("ValueError", str(reason))}
        if peer.over:
            done["status"] = peer.over
        elif "failure" in done:
            left = message["seconds"] / MOST - (time.monotonic() - began)
            # Words for it are more than a verdict: what goes wrong with them costs nobody one.
            with suppress(Exception):
                done["mistake"] = self._explain(place, done["failure"]["layer"], left / 2)
        # What of the lesson's it wrote into, in whatever object, no other submission is to find.
        done["written"] = peer.written > 0
        self._bound |= names.bound
        self._kept |= {name: space[name] for name in names.bound if name in space}
        return done

    def _explain(self, place: dict, layer: str, seconds: float) -> int | None:
        """Return the number of the known mistake that gives all that the test has seen."""
        kept = self._kept_names(place)
        failed = Failed(tuple(self._ran), tuple(self._seen.entries), layer)
        # What earlier tests have kept may be of this student's, and a mistake read it.
        seed = None if kept else os.environ[SEED_VARIABLE]
        space = self._states[place["after"]] | kept
        return self._known.explain(self._test, failed, space, seconds, seed=seed)

    def _wanted(self, names: Any, place: dict) -> list[str]:
        """Return which names of the student's a part reads."""
        students = set(place["students"]) - self._bound
        if not names.known or names.read & REACHES_ALL:
            return sorted(students)
        space = self._shell.user_ns
        unknown = {n for n in names.read if n not in space and not hasattr(builtins, n)}
        return sorted(names.read & students | unknown)

    def _run(self, code: str, wanted: list[str]) -> dict:
        space = self._shell.user_ns
        for name in wanted:
            space.pop(name, None)
        try:
            space.update(self._peer.fetch(wanted) if wanted else {})
        except Refused as reason:  # what a name stands for is the student's
            failed = CheckFailed(f"{reason}.", layer="type")
            return {"status": "error", "outputs": []} | told_by_judge(failed)
        return self._parts.run(code)

    def _enter(self, place: dict) -> None:
        """Give the shell the names that a test finds: the lesson's, and earlier tests'."""
        os.chdir(self._folder)
        lesson = self._states[place["after"]]
        kept = self._kept_names(place)
        space = self._shell.user_ns
        space.clear()
        space.update(lesson)
        space.update(kept)
        self._bound = set()
        self._shared = lesson.keys() - kept.keys()
        # A function of the lesson's may keep in there what it is given: see `fresh` in `test`, too.
        for name in self._shared.intersection(place["shared"]):
            if self._is_small(place["after"], name):
                space[name] = fresh(space[name])

    def _is_small(self, after: int, name: str) -> bool:
        """Tell whether the lesson's data of a name are copied for each test: looked at once."""
        if (after, name) not in self._small:
            try:
                small = size_of(self._states[after][name]) <= SMALL
            except RecursionError:  # it holds itself
                small = False
            self._small[after, name] = small
        return self._small[after, name]

    def _kept_names(self, place: dict) -> dict[str, Any]:
        """Return what earlier tests have bound that a test may read."""
        return {name: self._kept[name] for name in place["kept"] if name in self._kept}


def can_change(x: Any) -> bool:
    """Tell whether `x` is an object that an answer may change in place, and no code."""
    return not (callable(x) or isinstance(x, UNCHANGEABLE))


def seed() -> None:
    """Bring the random generators to where each submission finds them."""
    random.seed(SEED)
    np.random.seed(SEED)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(SEED)

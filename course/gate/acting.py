"""What can be called for a try: how many arguments it takes, and that it only computes.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import io
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

# What reads files, speaks to processes, draws or builds networks computes no answer; it takes its
# time, and stopped in the middle it may end the process.
ACTING = frozenset(
    [
        "os",
        "open",
        "subprocess",
        "socket",
        "Path",
        "shutil",
        "mmap",
        "signal",
        "Thread",
        "urlopen",
        "keras",
        "tensorflow",
        "optuna",
        "plt",
        "subplots",
        "Figure",
        "widgets",
    ]
)
STEP = 0.05  # seconds of processor time for a call of what may be a step from an answer
BUDGET = 5.0  # the same for all candidates of one exercise
PATIENCE = 0.3  # the same for all calls of one candidate, in all exercises together
HANGS = 5.0  # seconds by the clock after which whatever waits is left alone


class TooLong(BaseException):
    """A candidate is still at work: whoever tries it does not wait."""


def counts_of(candidate: Callable) -> frozenset[int]:
    """Return with how many arguments something can be called; with none where it acts."""
    if acts(candidate, set()):
        return frozenset()
    try:
        signature = inspect.signature(candidate)
    except (TypeError, ValueError):
        return frozenset()
    counts = []
    for count in range(1, 8):
        try:
            signature.bind(*range(count))
        except TypeError:
            continue
        counts.append(count)
    return frozenset(counts)


def acts(x: Any, seen: set[int]) -> bool:
    """Tell whether code, or what it calls of its own package, has a name of `ACTING`."""
    x = x.func if isinstance(x, functools.partial) else x
    if isinstance(x, type):
        return any(acts(part, seen) for part in vars(x).values() if inspect.isfunction(part))
    x = inspect.unwrap(getattr(x, "__func__", x))
    if not inspect.isfunction(x):
        x = vars(type(x)).get("__call__")
    if not inspect.isfunction(x) or id(x) in seen:
        return False
    seen.add(id(x))
    names = _all_names(x.__code__)
    if ACTING & names:
        return True
    package = x.__module__.partition(".")[0]
    used = [x.__globals__[name] for name in names & x.__globals__.keys()]
    for module in [part for part in used if inspect.ismodule(part) and _belongs(part, package)]:
        used += [vars(module)[name] for name in names & vars(module).keys()]
    return any(acts(part, seen) for part in used if callable(part) and _belongs(part, package))


def _belongs(x: Any, package: str) -> bool:
    home = getattr(x, "__module__", None) or getattr(x, "__name__", None)
    return isinstance(home, str) and home.partition(".")[0] == package


def _all_names(code: types.CodeType) -> set[str]:
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return {*code.co_names}.union(*map(_all_names, inner))


def kept(args: tuple) -> tuple:
    """Return arguments that nobody can change."""
    args = copy.deepcopy(args)
    left = [args]
    while left:
        x = left.pop()
        if isinstance(x, np.ndarray):
            x.setflags(write=False)
        elif isinstance(x, list | tuple):
            left += x
    return args


def _own(x: Any) -> Any:
    """Return plain data whose lists may be changed; its arrays are the same ones, as `kept`."""
    if isinstance(x, list | tuple):
        return type(x)(map(_own, x))
    return copy.deepcopy(x) if isinstance(x, dict | set) else x


SPENT: dict[int, float] = {}  # seconds by candidate
OUTSIDE = ("open", "os.", "shutil.", "socket.", "subprocess.", "tempfile.", "sqlite3.", "urllib.")
watched = False  # whether a candidate is at work, which is to compute and to do nothing else


@functools.cache
def watch() -> None:
    """Refuse, from now on, what candidates do to files, processes and networks."""

    def hook(event: str, args: tuple) -> None:
        if watched and event.startswith(OUTSIDE):
            raise PermissionError(f"a candidate is to compute, and asks for {event}")

    sys.addaudithook(hook)


@contextlib.contextmanager
def briefly() -> Iterator[Callable[[Callable, tuple], Any]]:
    """Give a function that calls a candidate for a short time; without a result it gives None."""

    def stop(number: int, frame: Any) -> None:
        if busy:
            raise TooLong

    def run(candidate: Callable, args: tuple) -> Any:
        global watched
        nonlocal busy
        key, began = id(candidate), time.process_time()
        if SPENT.get(key, 0) > PATIENCE or began > end:
            return None
        args = _own(args)
        try:
            busy = watched = True
            signal.setitimer(signal.ITIMER_PROF, STEP)
            signal.setitimer(signal.ITIMER_REAL, HANGS)
            got = candidate(*args)
            busy = False
        except TooLong:
            SPENT[key] = PATIENCE
            return None
        except BaseException:  # whatever it raises: it gives nothing
            return None
        finally:
            busy = watched = False
            SPENT[key] = SPENT.get(key, 0) + time.process_time() - began
        return got

    watch()
    end = time.process_time() + BUDGET
    busy, nowhere = False, io.StringIO()
    before = [(number, signal.signal(number, stop)) for number in (signal.SIGPROF, signal.SIGALRM)]
    try:
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            yield run
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)

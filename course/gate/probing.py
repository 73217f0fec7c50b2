"""Try every callable of a package as the answer to an exercise.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import importlib
import inspect
import io
import pkgutil
import resource
import signal
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpers.checks.seen import Log, noted_in

from course.gate.acting import TooLong, briefly, counts_of, kept
from course.gate.lending import Lent
from course.gate.steps import CALLS, Call, near_answers
from course.gate.values import size

DEPTH = 4  # of tuples, lists and dicts within each other, as tables of functions are
CALL = 0.5  # seconds of processor time for one call, which most candidates fail
SECONDS = 5.0  # the same for each part of a test
LARGE = 20_000  # numbers in a call: with larger ones a step from the answer is not looked for
MEMORY = 2**30  # bytes that a candidate may take: some make a picture of each pixel


@functools.cache
def reachable(package: str) -> tuple[tuple[str, Callable], ...]:
    """Return name and value of all that can be called in a package, private or public."""
    names = [package]
    path = importlib.import_module(package).__path__
    names += [module.name for module in pkgutil.walk_packages(path, f"{package}.")]
    found: dict[int, tuple[str, Callable]] = {}
    for name in names:
        try:
            module = importlib.import_module(name)
        except Exception:  # one that needs what is not installed gives nothing away here
            continue
        for key, value in vars(module).items():
            home = getattr(value, "__module__", None)
            if callable(value) and home != name and home in names:
                continue  # imported from where it is told of
            for label, candidate in _callables(f"{name}.{key}", value, package, DEPTH):
                found.setdefault(id(candidate), (label, candidate))
    return tuple(found.values())


def _callables(label: str, value: Any, package: str, depth: int) -> Iterator[tuple[str, Callable]]:
    """Yield what can be called of a module's value: itself, what it holds, what its class has."""
    if isinstance(value, types.ModuleType) or depth == 0:
        return
    if isinstance(value, tuple | list):
        for place, part in enumerate(value):
            yield from _callables(f"{label}[{place}]", part, package, depth - 1)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _callables(f"{label}[{key!r}]", part, package, depth - 1)
    elif isinstance(value, functools.partial):
        yield label, value
    elif _is_of(value, package):
        if callable(value):
            yield label, value
        for name, part in vars(value).items() if isinstance(value, type) else ():
            part = part.fget if isinstance(part, property) else part
            if isinstance(part, staticmethod | classmethod):
                part = getattr(value, name)
            if isinstance(part, types.FunctionType | types.MethodType):
                yield f"{label}.{name}", part
        if not isinstance(value, type | types.FunctionType):
            for name in dir(type(value)):
                if isinstance(vars(type(value)).get(name), types.FunctionType):
                    yield f"{label}.{name}", getattr(value, name)


def _is_of(value: Any, package: str) -> bool:
    """Tell whether a value, or its class, was written in the package."""
    homes = (getattr(value, "__module__", None), type(value).__module__)
    return any(isinstance(h, str) and f"{h}.".startswith(f"{package}.") for h in homes)


@functools.cache
def bound_memory() -> None:
    """Let the process take so much more than it has: beyond that is a MemoryError."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def passing(
    space: dict[str, Any], answer: str, parameters: list[str], parts: list[str], package: str
) -> list[str]:
    """Return the names of the callables that pass a test.

    Parameters
    ----------
    space : dict
        The names that the test finds.
    answer : str
        The name that the student defines.
    parameters : list of str
        The names of the answer's parameters.
    parts : list of str
        The test, visible part first.
    package : str

    Raises
    ------
    ValueError
        When the answer that `space` has does not pass: nothing can be told then.
    """
    candidates = reachable(package)
    bound_memory()  # from here on: what was imported is counted already
    code = [compile(part, "<test>", "exec") for part in parts]
    (args, _), *_ = _calls(space, answer, code)
    lent = Lent(args)
    return [
        name
        for name, candidate in candidates
        if _takes(candidate, len(parameters))
        and _gives(candidate, lent.fresh())
        and _passes(space | {answer: candidate}, code)
    ]


def near(
    space: dict[str, Any],
    answer: str,
    parameters: list[str],
    parts: list[str],
    package: str,
) -> list[tuple[str, str]]:
    """Return the names of the callables that pass a test with one step more, and the step.

    Parameters
    ----------
    space, answer, parameters, parts, package
        As for `passing`.
    """
    code = [compile(part, "<test>", "exec") for part in parts]
    noted = _calls(space, answer, code)
    small = [call for call in noted if size(call) <= LARGE]
    some = small[:: max(1, len(small) // CALLS)][:CALLS]
    calls = [Call(kept(args), right) for args, right in some]
    with briefly() as run:
        found = list(near_answers(_counted(package), calls, parameters, run))
    named: dict[str, str] = {}  # one step for each is enough
    for label, step in found:
        if label not in named and _passes(space | {answer: step.answer}, code):
            named[label] = step.name
    return list(named.items())


@functools.cache
def _counted(package: str) -> list[tuple[str, Callable, frozenset[int]]]:
    return [(label, candidate, counts_of(candidate)) for label, candidate in reachable(package)]


def _calls(space: dict[str, Any], answer: str, code: list) -> list[tuple[tuple, Any]]:
    """Return calls that a test makes of the solution, the first and those that are not large."""
    solution, calls = space[answer], []

    @functools.wraps(solution)
    def noted(*args: Any, **kwargs: Any) -> Any:
        keeps = not calls or size(args) <= LARGE
        given = copy.deepcopy(args) if keeps else ()
        got = solution(*args, **kwargs)
        if keeps:
            calls.append((given, copy.deepcopy(got)))
        return got

    if not _passes(space | {answer: noted}, code) or not calls:
        raise ValueError(f"the solution of {answer!r} does not pass where the helpers are tried")
    return calls


def _takes(candidate: Callable, count: int) -> bool:
    try:
        inspect.signature(candidate).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def _gives(candidate: Callable, args: tuple) -> bool:
    """Tell whether a candidate does something with the first call's arguments, or ends it.

    That is quick, and most fail it; the test itself may need a second to prepare.
    """
    space = {"candidate": candidate, "args": args}
    code = [compile("assert candidate(*args) is not None", "<call>", "exec")]
    return _passes(space, code, CALL)


def _passes(space: dict[str, Any], code: list[types.CodeType], seconds: float = SECONDS) -> bool:
    waits = True

    def stop(number: int, frame: Any) -> None:
        if waits:  # the last signal may come when all is over
            raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    nowhere = io.StringIO()
    try:
        for part in code:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            # Nobody is told what is wrong with a candidate, so no check need look for it.
            with (
                contextlib.redirect_stdout(nowhere),
                contextlib.redirect_stderr(nowhere),
                noted_in(Log()),
            ):
                exec(part, space)
        waits = False
    except BaseException:  # whatever it raises, SystemExit too: it is not the answer
        waits = False
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return True

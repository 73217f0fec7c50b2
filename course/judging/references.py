"""What the references of a lesson's tests gave: worked out for two submissions, then remembered.

Much of a judge's time is a reference's, which gives the same for each submission: a test draws its
cases by the seed of the batch. It is remembered only where it cannot be otherwise: the reference is
a plain function or a library's, reads nothing that a student gave, asks no student's function,
draws from no generator, says nothing, changes no name and no data of the test's, and gave the same
for the same arguments in two submissions.
"""

from __future__ import annotations

import dis
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from helpers.checks.calls import key_of
from helpers.checks.plain import copied
from helpers.checks.references import asked

import numpy as np

from course.judging.copying import size_of
from course.notebook.dependencies import REACHES_ALL, names_in
from course.notebook.slicing import statements
from course.processes.capture import OUTPUTS

MOST = 64 * 2**20  # bytes of all that is remembered
SMALL = 2**20  # of one result and its arguments
LASTING = (ModuleType, BuiltinFunctionType, type, np.ufunc)
PLAIN = (str, bytes, int, float, type(None))
DATA = (np.ndarray, np.generic, list, tuple, dict, set, frozenset, complex)
WRITES = ("STORE_GLOBAL", "DELETE_GLOBAL")


@dataclass(frozen=True)
class _Read:
    """What a reference reads: the names and values of data, and the code of functions."""

    held: list[tuple[str, Any]]
    code: Any


@dataclass
class _Given:
    """A result: of which code, data and arguments, as a key and as it is; whether it came twice."""

    code: Any  # where a test branches on what a student gave, another reference may stand here
    data: Any  # what it read: a student may have been asked for that, or have written into it
    args: Any
    key: Any
    result: Any
    twice: bool = False


@dataclass(frozen=True)
class Leaning:
    """The names of a test that may stand for what a student gave, or hold it in a part."""

    bound: frozenset[str]
    touched: frozenset[str]


@lru_cache(maxsize=512)
def leaning(parts: tuple[str, ...], theirs: frozenset[str]) -> Leaning | None:
    """Return which names lean on a student's, after some parts of a test; None for any.

    Parameters
    ----------
    parts : tuple of str
    theirs : frozenset of str
        Names that a student bound, or an earlier test.
    """
    bound, touched = set(theirs), set()
    for text in (text for part in parts for text in statements(part)):
        names = names_in(text)
        if not names.known or names.read & REACHES_ALL:
            return None
        if (names.read | names.touched) & (bound | touched):
            bound |= names.bound
            touched |= names.touched | names.called
    return Leaning(frozenset(bound), frozenset(touched))


class References:
    """Asks references, and remembers what they gave.

    Parameters
    ----------
    space : dict
        The names that tests find.
    """

    def __init__(self, space: dict[str, Any]) -> None:
        self._space = space
        self._known: dict[tuple, list[_Given | None]] = {}
        self._bytes = 0
        self._crossed: Callable[[], int] = int

    def begin(
        self, parts: Iterable[str], theirs: Iterable[str], seed: str, crossed: Callable[[], int]
    ) -> None:
        """Turn to a part of a test, with those of it that were run before.

        Parameters
        ----------
        parts : iterable of str
            The last of them is about to be run.
        theirs : iterable of str
            Names that a student bound, or an earlier test.
        seed : str
            Of its cases.
        crossed : callable
            Returns how often the student's process was asked anything.
        """
        parts = tuple(parts)
        self._leaning = leaning(parts, frozenset(theirs))
        self._here = self._known.setdefault((parts, seed), [])
        self._number = -1
        self._crossed = crossed

    def __call__(self, reference: Callable, args: tuple) -> Any:
        """Return what `reference` gives for copies of `args`."""
        self._number += 1
        key = key_of(args)
        data = None if key is None else self._reads(reference)
        if data is None:
            return asked(reference, args)
        while len(self._here) <= self._number:
            self._here.append(None)
        before, code = self._here[self._number], data.code
        held = key_of(data.held)
        this = code, held, key
        same = before is not None and (before.code, before.data, before.args) == this
        if same and before.twice:
            return copied(before.result)
        around = held and self._around()
        result = asked(reference, args)
        self._here[self._number] = None
        given = key_of(result)
        size = size_of(args) + size_of(result)
        quiet = held == key_of(data.held) and around == self._around()
        if None not in (given, held) and size <= SMALL and quiet:
            again = same and before.key == given
            self._here[self._number] = _Given(*this, given, copied(result), again)
            self._make_room(size)
        return result

    def _make_room(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MOST:
            self._known.clear()
            self._here = []
            self._bytes = 0

    def _around(self) -> tuple:
        """Return what else a call that is left out later must not change."""
        said = OUTPUTS.streamed, OUTPUTS.shown, len(OUTPUTS.kept)
        return self._crossed(), said, *generators()

    def _reads(self, reference: Callable) -> _Read | None:
        """Return what a reference reads; None where that may be what a student gave."""
        if self._leaning is None:
            return None
        if _of_library(reference):
            return _Read([], reference)
        if type(reference) is not FunctionType:
            return None
        found: list[tuple[str, Any]] = []
        codes: list[CodeType] = []
        looked_at: set[int] = set()
        functions = [reference]
        while functions:
            function = functions.pop()
            if id(function) in looked_at or _of_library(function):
                continue
            looked_at.add(id(function))
            codes.append(function.__code__)
            held = (function.__closure__, function.__defaults__, function.__kwdefaults__)
            names, writes = _names(function.__code__)
            if any(held) or writes or function.__globals__ is not self._space:
                return None
            if names & self._leaning.bound:
                return None
            for name in sorted(names & self._space.keys()):
                x = self._space[name]
                if type(x) is FunctionType:
                    functions.append(x)
                elif isinstance(x, DATA) and name in self._leaning.touched:
                    return None
                elif isinstance(x, (*DATA, *PLAIN)):
                    found.append((name, x))
                elif not isinstance(x, LASTING) or getattr(x, "__module__", "") == "__main__":
                    return None  # it may read anything, and change with each call
        return _Read(found, codes)


def _of_library(function: Callable) -> bool:
    """Tell whether a function is one that a library's module has under its name."""
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    if isinstance(function, np.ufunc):
        return getattr(np, function.__name__, None) is function
    if module is None or module.__name__ == "__main__":
        return False
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


@lru_cache(maxsize=512)
def _names(code: CodeType) -> tuple[frozenset[str], bool]:
    """Return the names that some code and the code within it look up, and whether it binds any."""
    inner = [_names(part) for part in code.co_consts if isinstance(part, CodeType)]
    writes = any(step.opname in WRITES for step in dis.get_instructions(code))
    names = frozenset(code.co_names).union(*(names for names, _ in inner))
    return names, writes or any(write for _, write in inner)


def generators() -> tuple:
    """Return where the random generators stand that code can draw from without naming one."""
    kind, numbers, *rest = np.random.get_state()
    found = [random.getstate(), kind, numbers.tobytes(), *rest]
    state = sys.modules.get("keras.src.backend.common.global_state")
    keras_own = state and state.get_global_attribute("global_seed_generator")
    found.append(keras_own and np.asarray(keras_own.state.value).tobytes())
    eager = sys.modules.get("tensorflow.python.eager.context")
    own = getattr(eager and eager.context(), "_rng", None)
    found.append(own and own.getstate())
    return tuple(found)

"""Exceptions as data, and back: built-in classes by name, all others by theirs and a text."""

from __future__ import annotations

import builtins
from typing import Any

from helpers.checks.words import identifier, text_of

from course.judging.crossing.faults import Malformed
from course.judging.crossing.limits import MAX_NAME, MAX_TEXT

BUILT_IN = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
PLAIN = (type(None), bool, int, float, str)
# With these an iteration ends as if all had been well: "map" stops, and a test sees fewer results.
# As within generators (PEP 479), they arrive as errors; of their classes the name is left.
ENDING = ("StopIteration", "StopAsyncIteration")
MAX_ARGS = 5
MAX_BASES = 10
NAMED = (NameError, AttributeError, ImportError)  # with an attribute `name`, which messages use


class RemoteError(Exception):
    """An exception of the other side whose class is not here; its subclasses bear its name."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text

    def __str__(self) -> str:
        return self._text


def describe_error(error: BaseException) -> tuple:
    """Return an exception as plain data: class, built-in classes, arguments, text, name."""
    kind = type(error)
    bases = tuple(k.__name__ for k in kind.__mro__ if BUILT_IN.get(k.__name__) is k)[:MAX_BASES]
    exact = BUILT_IN.get(kind.__name__) is kind
    args = error.args if exact and type(error.args) is tuple else ()
    if len(args) > MAX_ARGS or any(type(a) not in PLAIN or len(str(a)) > MAX_TEXT for a in args):
        exact, args = False, ()
    name = getattr(error, "name", None) if isinstance(error, NAMED) else None
    name = name if type(name) is str else None
    text = text_of(error)[:MAX_TEXT]
    return str(kind.__name__)[:MAX_NAME], bases, args if exact else None, text, name


def error_of(told: Any) -> Exception:
    """Return an exception like the one that was described.

    Raises
    ------
    Malformed
    """
    if type(told) is not tuple or len(told) != 5:
        raise Malformed("an exception")
    kind, bases, args, text, name = told
    texts = type(kind) is str and type(text) is str and type(bases) is tuple
    if (
        not texts
        or any(base not in BUILT_IN for base in bases)
        or not (args is None or type(args) is tuple)
    ):
        raise Malformed("an exception")
    error = _built(kind, args) if args is not None else None
    if error is None:
        error = _named(kind, bases, text[:MAX_TEXT])
    if type(name) is str and isinstance(error, NAMED):
        error.name = identifier(name, "") or None
    return error


def _built(kind: str, args: tuple) -> Exception | None:
    if kind not in BUILT_IN or kind in ENDING or any(type(a) not in PLAIN for a in args):
        return None
    try:
        return BUILT_IN[kind](*args)
    except (TypeError, ValueError):  # some classes want more than their arguments tell
        return None


def _named(kind: str, bases: tuple, text: str) -> Exception:
    """Return an exception of a class with this name, which is a built-in one's too."""
    name = identifier(kind, "Exception")
    nearest: list[type] = [RemoteError]
    for base in map(BUILT_IN.__getitem__, bases):
        if base.__name__ in ENDING:
            continue
        if not any(issubclass(known, base) for known in nearest):
            nearest.append(base)
    try:
        return type(name, tuple(nearest), {})(text)
    except TypeError:  # some classes do not go together, or want more than a text
        return type(name, (RemoteError,), {})(text)

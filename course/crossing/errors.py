"""Exceptions as data, and back: built-in classes by name, all others by theirs and a text."""

from __future__ import annotations

import builtins
from typing import Any

from course.crossing.faults import Malformed
from course.crossing.limits import MAX_NAME, MAX_TEXT

BUILT_IN = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
PLAIN = (type(None), bool, int, float, str)
MAX_ARGS = 5
NAMED = (NameError, AttributeError, ImportError)  # with an attribute `name`, which messages use


class RemoteError(Exception):
    """An exception of the other side whose class is not here; its subclasses bear its name."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text

    def __str__(self) -> str:
        return self._text


def describe_error(error: BaseException) -> tuple:
    """Return an exception as plain data: class, nearest built-in class, arguments, text, name."""
    kind = type(error)
    base = next((k.__name__ for k in kind.__mro__ if BUILT_IN.get(k.__name__) is k), "Exception")
    exact = BUILT_IN.get(kind.__name__) is kind
    args = error.args if exact and type(error.args) is tuple else ()
    if len(args) > MAX_ARGS or any(type(a) not in PLAIN or len(str(a)) > MAX_TEXT for a in args):
        exact, args = False, ()
    try:
        text = str(error)[:MAX_TEXT]
    except Exception as other:  # a student's own __str__ may fail
        text = f"({type(other).__name__} while its text was made)"
    name = getattr(error, "name", None) if isinstance(error, NAMED) else None
    name = name if type(name) is str else None
    return kind.__name__[:MAX_NAME], base, args if exact else None, text, name


def error_of(told: Any) -> Exception:
    """Return an exception like the one that was described.

    Raises
    ------
    Malformed
    """
    if type(told) is not tuple or len(told) != 5:
        raise Malformed("an exception")
    kind, base, args, text, name = told
    texts = type(kind) is str and type(base) is str and type(text) is str
    if not texts or not (args is None or type(args) is tuple):
        raise Malformed("an exception")
    error = _built(kind, args) if args is not None else None
    if error is None:
        error = _named(kind, base, text[:MAX_TEXT])
    if type(name) is str and isinstance(error, NAMED):
        error.name = name[:MAX_NAME]
    return error


def _built(kind: str, args: tuple) -> Exception | None:
    if kind not in BUILT_IN or any(type(a) not in PLAIN for a in args):
        return None
    try:
        return BUILT_IN[kind](*args)
    except (TypeError, ValueError):  # some classes want more than their arguments tell
        return None


def _named(kind: str, base: str, text: str) -> Exception:
    name = kind.replace("\0", "")[:MAX_NAME] or "Exception"
    try:
        return type(name, (RemoteError, BUILT_IN.get(base, Exception)), {})(text)
    except TypeError:
        return type(name, (RemoteError,), {})(text)

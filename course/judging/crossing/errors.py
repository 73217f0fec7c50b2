"""Exceptions as data, and back: built-in classes by name, all others by theirs and a text.

A name is no class: anybody may call his own class TrialPruned. So the classes by which tests go are
told apart where the exception was raised, by the class itself.
"""

from __future__ import annotations

import builtins
import sys
from typing import Any

from helpers.checks.words import identifier, text_of

from course.judging.crossing.faults import Malformed
from course.judging.crossing.limits import MAX_NAME, MAX_TEXT

BUILT_IN = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
# Classes of libraries that cross as themselves, by module and name.
LIBRARIES = {"optuna.TrialPruned": ("optuna.exceptions", "TrialPruned")}
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


_known: dict[str, type] = dict(BUILT_IN)
_names: dict[type, str] = {kind: kind.__name__ for kind in BUILT_IN.values()}


def know_libraries() -> None:
    """Note the classes of those libraries that are imported by now.

    It is called before any code of a student's runs: what they put in the place of a class later
    on is none of ours.
    """
    for name, (module, kind) in LIBRARIES.items():
        if name not in _known and module in sys.modules:
            _known[name] = getattr(sys.modules[module], kind)
            _names[_known[name]] = name


def describe_error(error: BaseException) -> tuple:
    """Return an exception as plain data: class, known classes, arguments, text, name."""
    know_libraries()
    kind = type(error)
    bases = tuple(_names[k] for k in type.mro(kind) if k in _names)[:MAX_BASES]
    exact = BUILT_IN.get(kind.__name__) is kind
    args = error.args if exact and type(error.args) is tuple else ()
    if len(args) > MAX_ARGS or any(map(_is_too_much, args)):
        exact, args = False, ()
    name = getattr(error, "name", None) if isinstance(error, NAMED) else None
    name = name if type(name) is str else None
    text = text_of(error)[:MAX_TEXT]
    return str(kind.__name__)[:MAX_NAME], bases, args if exact else None, text, name


def _is_too_much(argument: Any) -> bool:
    if type(argument) is int:  # Python writes no number of thousands of digits
        return argument.bit_length() > MAX_TEXT
    return type(argument) not in PLAIN or len(str(argument)) > MAX_TEXT


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
        or any(base not in BUILT_IN and base not in LIBRARIES for base in bases)
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
    """Return an exception of a class with this name, which is one of the known classes, too."""
    know_libraries()
    name = identifier(kind, "Exception")
    nearest: list[type] = [RemoteError]
    for base in (_known[name] for name in bases if name in _known):
        if base.__name__ in ENDING:
            continue
        if not any(issubclass(known, base) for known in nearest):
            nearest.append(base)
    try:
        return type(name, tuple(nearest), {})(text)
    except TypeError:  # some classes do not go together, or want more than a text
        return type(name, (RemoteError,), {})(text)

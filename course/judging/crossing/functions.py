"""A function of the other side, and what is told of one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.checks.words import identifier, one_line

from course.judging.crossing.faults import Malformed
from course.judging.crossing.limits import MAX_NAME, MAX_PARAMETERS, MAX_TEXT

_KINDS = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


@dataclass(frozen=True)
class Described:
    """What is told of a function.

    Attributes
    ----------
    name : str
    doc : str or None
    parameters : list or None
        A tuple for each: name, place among the kinds, annotation as text or None, default in
        a tuple or an empty one. None where the function does not tell.
    """

    name: str = "function"
    doc: str | None = None
    parameters: list | None = None


def describe(function: Callable) -> Described:
    """Return what is told of `function`, with whatever code it has for that."""
    name = getattr(function, "__name__", "function")
    doc = getattr(function, "__doc__", None)
    name = name[:MAX_NAME] if type(name) is str else "function"
    doc = doc[:MAX_TEXT] if type(doc) is str else None
    try:
        found = inspect.signature(function).parameters.values()
        parameters = [_described(p) for p in found]
    except Exception:  # a function may be built to tell nothing, or nonsense
        return Described(name, doc)
    return Described(name, doc, parameters if len(parameters) <= MAX_PARAMETERS else None)


def _described(p: inspect.Parameter) -> tuple:
    noted = p.annotation is not p.empty
    note = inspect.formatannotation(p.annotation)[:MAX_NAME] if noted else None
    return p.name, _KINDS.index(p.kind), note, () if p.default is p.empty else (p.default,)


class _Note:
    """An annotation: only its text is known."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


class RemoteFunction:
    """A function of the other side: called here, it runs there.

    It has ``__name__``, ``__doc__`` and, where the function tells its parameters,
    ``__signature__``, as a function has.

    Parameters
    ----------
    port : Port or None
        By which the other side is asked.
    handle : int
        Under which the other side holds the function.
    described : Described
    """

    def __init__(self, port: Any, handle: int, described: Described) -> None:
        self.port = port
        self.handle = handle
        self.__name__ = self.__qualname__ = described.name
        self.__doc__ = described.doc
        if described.parameters is not None:
            self.__signature__ = signature_of(described.parameters)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it; see `course.judging.crossing.peer.Peer.call`."""
        if self.port is None:
            raise TypeError("this function was read from a message, and nobody is there to call it")
        return self.port.call(self.handle, args, kwargs)

    def call_ahead(self, cases: Sequence[tuple]) -> list[tuple[Any, Any]]:
        """Call it for some cases at once; see `course.judging.crossing.peer.Peer.call_ahead`."""
        return [] if self.port is None else self.port.call_ahead(self.handle, cases)

    def __copy__(self) -> RemoteFunction:
        return self

    def __deepcopy__(self, memo: dict) -> RemoteFunction:
        return self

    def __repr__(self) -> str:
        return f"<function {self.__name__} of the other side>"


def described_of(told: Any) -> Described:
    """Return a description from what the other side tells.

    Raises
    ------
    Malformed
    """
    name, doc, parameters = told
    if type(name) is not str or not (doc is None or type(doc) is str):
        raise Malformed("the description of a function")
    if parameters is not None:
        signature_of(parameters)
    return Described(identifier(name, "function"), doc and doc[:MAX_TEXT], parameters)


def signature_of(parameters: Any) -> inspect.Signature:
    """Return the signature that a list of parameters tells of.

    Raises
    ------
    Malformed
    """
    if type(parameters) is not list or len(parameters) > MAX_PARAMETERS:
        raise Malformed("the parameters of a function")
    try:
        return inspect.Signature([_parameter(*p) for p in parameters])
    except (TypeError, ValueError, IndexError):
        raise Malformed("the parameters of a function") from None


def _parameter(name: Any, kind: Any, note: Any, default: Any) -> inspect.Parameter:
    if type(kind) is not int or not 0 <= kind < len(_KINDS) or type(default) is not tuple:
        raise Malformed("a parameter")
    if type(name) is not str or len(name) > MAX_NAME or type(note) not in (str, type(None)):
        raise Malformed("a parameter")
    empty = inspect.Parameter.empty
    return inspect.Parameter(
        name,
        _KINDS[kind],
        default=default[0] if default else empty,
        annotation=empty if note is None else _Note(one_line(note, MAX_NAME)),
    )

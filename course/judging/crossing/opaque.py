"""The stand-in for an object that does not cross."""

from __future__ import annotations

from typing import Any, NoReturn

from helpers.checks.words import identifier, one_line


class Opaque:
    """An object that stayed on the other side. It equals nothing, not even itself.

    Its class bears the name of the object's own type, so a message about it reads as if the
    object were here. It may be handed back to the other side, which then gets its object.

    Attributes
    ----------
    handle : int
        Under which the other side holds the object; 0 where it does not.
    reason : str
        Why it did not cross; empty where its type says it all.
    """

    __slots__ = ("handle", "reason")

    def __init__(self, handle: int, reason: str) -> None:
        self.handle = handle
        self.reason = reason

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} is neither true nor false")

    def __copy__(self) -> Opaque:
        return self

    def __deepcopy__(self, memo: dict) -> Opaque:
        return self

    def __repr__(self) -> str:
        because = f": {self.reason}" if self.reason else ""
        return f"<a {type(self).__name__} object{because}>"


_classes: dict[str, type[Opaque]] = {}


def opaque(type_name: str, handle: int = 0, reason: str = "") -> Opaque:
    """Return a stand-in for an object whose type has this name."""
    name = identifier(type_name, "object")
    found = _classes.get(name)
    if found is None:
        found = type(name, (Opaque,), {"__slots__": ()})
        if len(_classes) < 1_000:
            _classes[name] = found
    return found(handle, one_line(reason))


def is_opaque(x: Any) -> bool:
    """Tell whether `x` stands for an object of the other side."""
    return type(x).__mro__[1:2] == (Opaque,)

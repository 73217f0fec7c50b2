"""Objects of libraries that cross: each kind has a module that packs and unpacks it.

Who packs imports nothing to look: a library that is not imported here has no objects here. Who
unpacks what a student's process sent imports nothing at all: `prepare` has done so before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from course.judging.crossing.faults import Malformed

# By the package of an object's type.
HOMES = {
    "tensorflow": "tensors",
    "keras": "models",
    "matplotlib": "figures",
    "pandas": "frames",
    "helpers": "trials",
}
# Whose library takes seconds to import.
LIBRARIES = {"tensors": "tensorflow", "models": "keras", "frames": "pandas"}
# By the kind that a message names.
KINDS = {
    "tensor": "tensors",
    "layer": "models",
    "figure": "figures",
    "axes": "figures",
    "frame": "frames",
    "series": "frames",
    "index": "frames",
    "trial": "trials",
    "hyperparameters": "trials",
}


@dataclass(frozen=True)
class Guest:
    """An object of a library as plain data.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    content : plain data
    refused : str
        Why it does not cross after all.
    """

    kind: str
    content: Any = None
    refused: str = ""


_unpackers: dict[str, Callable[[str, Any], Any]] = {}


def prepare(libraries: Iterable[str] | None = None) -> None:
    """Import everything that reading a message may need, once, before the first submission.

    From then on `unpack` finds the kinds of objects in a table that is made here; a kind whose
    library is not installed is not among them.

    Parameters
    ----------
    libraries : iterable of str, optional
        Those that a course uses: of others nothing is imported, and no object is read. All of them
        when left out.
    """
    for kind, home in KINDS.items():
        if libraries is not None and LIBRARIES.get(home, "") not in (*libraries, ""):
            continue
        if kind not in _unpackers:
            with suppress(ImportError):
                _unpackers[kind] = _unpacker(home)


def _unpacker(home: str) -> Callable[[str, Any], Any]:
    module = import_module(f"course.judging.crossing.{home}")
    module.prepare()
    return module.unpack


def pack(x: Any) -> Guest | None:
    """Return an object as a `Guest`, or None where it is of no kind that we know."""
    home = HOMES.get(type(x).__module__.partition(".")[0])
    if home is None:
        keras = sys.modules.get("keras")
        # A layer of the student's own: it has code, which is refused.
        if keras is None or not isinstance(x, keras.layers.Layer):
            return None
        home = "models"
    return import_module(f"course.judging.crossing.{home}").pack(x)


def unpack(kind: str, content: Any, *, trusted: bool = False) -> Any:
    """Return the object that a `Guest` stands for.

    Parameters
    ----------
    kind : str
    content : plain data
    trusted : bool
        Whether the judge sent it: a student's process imports what that needs when it needs it.

    Raises
    ------
    Malformed
        Also where `prepare` has not imported the library.
    """
    found = _unpackers.get(kind)
    if found is None and trusted and kind in KINDS:
        found = _unpackers[kind] = _unpacker(KINDS[kind])
    if found is None:
        raise Malformed(f"an object of the kind {kind[:20]!r}")
    return found(kind, content)

"""Objects of libraries that cross: each kind has a module that packs and unpacks it.

A library that is not imported here has no objects here, so it is not imported to look.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from course.crossing.faults import Malformed

# By the package of an object's type.
HOMES = {
    "tensorflow": "tensors",
    "keras": "models",
    "matplotlib": "figures",
    "pandas": "frames",
    "helpers": "trials",
}
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


def pack(x: Any) -> Guest | None:
    """Return an object as a `Guest`, or None where it is of no kind that we know."""
    home = HOMES.get(type(x).__module__.partition(".")[0])
    if home is None:
        keras = sys.modules.get("keras")
        # A layer of the student's own: it has code, which is refused.
        if keras is None or not isinstance(x, keras.layers.Layer):
            return None
        home = "models"
    return import_module(f"course.crossing.{home}").pack(x)


def unpack(kind: str, content: Any) -> Any:
    """Return the object that a `Guest` stands for.

    Raises
    ------
    Malformed
    """
    if kind not in KINDS:
        raise Malformed(f"an object of the kind {kind[:20]!r}")
    try:
        return import_module(f"course.crossing.{KINDS[kind]}").unpack(kind, content)
    except ImportError:  # the library is not installed here: nobody can have such an object
        raise Malformed(f"an object of the kind {kind}") from None

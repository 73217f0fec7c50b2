"""Arguments for one candidate after another, none of which finds what another left in them.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import copy
import sys
from typing import Any


class Lent:
    """Arguments of a call, to be lent to many.

    A copy of a network takes some 40 ms, and most candidates fail before they touch it: it is
    copied anew only where one has changed it. Everything else is copied for each.
    """

    def __init__(self, args: tuple) -> None:
        self._args = args
        self._copies: dict[int, tuple[Any, Any]] = {}  # of networks, and how each was, by place

    def fresh(self) -> tuple:
        """Return the arguments as they were."""
        return tuple(
            self._network(place, x) if _is_network(x) else copy.deepcopy(x)
            for place, x in enumerate(self._args)
        )

    def _network(self, place: int, x: Any) -> Any:
        copied, before = self._copies.get(place, (None, None))
        if copied is None or _state(copied) != before:
            copied = copy.deepcopy(x)
            self._copies[place] = copied, _state(copied)
        return copied


def _is_network(x: Any) -> bool:
    return "keras" in sys.modules and isinstance(x, sys.modules["keras"].Layer)


def _state(layer: Any) -> tuple:
    """Return what tells whether somebody has changed a layer, a network's layers included."""
    parts = tuple(map(_state, getattr(layer, "layers", ())))
    weights = () if parts else tuple(variable.numpy().tobytes() for variable in layer.variables)
    return {name: id(value) for name, value in vars(layer).items()}, weights, parts

"""In which ways a result may be looked at: as it is, turned round, sorted, or a part of it.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course.gate.acting import acts
from course.gate.values import flat

PARTS = 6  # of a result that are tried one by one

View = Callable[[Any], Any]


def views(x: Any) -> Iterator[tuple[str, View]]:
    """Yield the steps that a result allows, by name."""
    yield "as it is", lambda v: v
    if isinstance(x, np.ndarray):
        if x.ndim > 1:
            yield "transposed", np.transpose
        for axis in range(x.ndim):
            yield f"reversed along axis {axis}", functools.partial(np.flip, axis=axis)
            yield f"argsort along axis {axis}", functools.partial(np.argsort, axis=axis)
            yield (
                f"argsort of the negative along axis {axis}",
                functools.partial(_falling, axis=axis),
            )
            yield f"argmax along axis {axis}", functools.partial(np.argmax, axis=axis)
            yield f"sorted along axis {axis}", functools.partial(np.sort, axis=axis)
    if isinstance(x, np.ndarray) and x.ndim == 0:
        return
    if isinstance(x, np.ndarray | list | tuple) and len(x):
        for name in ("mean", "sum", "max", "min", "argmax", "argmin"):
            yield f"its {name}", getattr(np, name)
        yield "its length", len
        yield "its last part", lambda v: v[-1]
    if isinstance(x, list | tuple):
        yield "reversed", lambda v: v[::-1]
        yield "each part reversed", lambda v: [part[::-1] for part in v]
        yield "sorted", sorted
    if isinstance(x, np.ndarray | list | tuple):
        for place in range(min(len(x), PARTS)):
            yield f"its part {place}", lambda v, place=place: v[place]
    elif isinstance(x, dict):
        for key in itertools.islice(x, PARTS):
            yield f"its {key!r}", lambda v, key=key: v[key]
    elif dataclasses.is_dataclass(x):
        for key in [field.name for field in dataclasses.fields(x)]:
            yield f"its {key}", lambda v, key=key: getattr(v, key)
    for name in _properties(type(x)):
        yield f"its {name}", lambda v, name=name: _value(v, name)


def _falling(x: np.ndarray, axis: int) -> np.ndarray:
    return np.argsort(-x, axis=axis)


def _properties(kind: type) -> list[str]:
    """Return the properties of a class, and its methods without parameters."""
    if kind.__module__.partition(".")[0] in ("builtins", "numpy"):
        return []
    found = []
    for name, part in vars(kind).items():
        code = part.fget if isinstance(part, property) else getattr(part, "func", part)
        plain = inspect.isfunction(code) and code.__code__.co_argcount == 1 and name[:1] != "_"
        if plain and not acts(code, set()):
            found.append(name)
    return found


def _value(x: Any, name: str) -> Any:
    found = getattr(x, name)
    return found() if callable(found) else found


def fitting(x: Any, form: Any) -> list[tuple[str, View]]:
    """Return the views of a result that have a form."""
    return [(name, view) for name, view in views(x) if (got := seen(view, x)) and got[0] == form]


def seen(view: View, x: Any) -> tuple[Any, np.ndarray] | None:
    """Return form and numbers of what a view shows, or None where it shows nothing."""
    try:
        return flat(view(x))
    except Exception:  # a view fails in as many ways as there are results
        return None

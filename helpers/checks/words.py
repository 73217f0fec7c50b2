"""Names, texts and values that others chose, made fit for a sentence.

A function's ``__name__``, an exception's text, a type's name: whoever wrote the function may have
put anything there. In a message a name is an identifier, and a text is one line that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

LONGEST_NAME = 60
LONGEST_TEXT = 400
MOST_PARTS = 200  # of a list that is written: each takes a character at least
MOST_BITS = 4_000
LAMBDA = "<lambda>"  # Python's own name, and no identifier
ESCAPES = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")


def identifier(name: Any, otherwise: str) -> str:
    """Return `name` where it is an identifier of bearable length, else `otherwise`."""
    if type(name) is not str or len(name) > LONGEST_NAME:
        return otherwise
    return name if name.isidentifier() or name == LAMBDA else otherwise


def name_of(function: Any) -> str:
    """Return what a message calls a function."""
    return identifier(getattr(function, "__name__", None), "the function")


def type_name(x: Any) -> str:
    """Return what a message calls the type of `x`."""
    return identifier(type(x).__name__, "object")


def one_line(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text on one line, printable characters only, its middle cut out where it is long.

    What steers a terminal goes, and so does what turns the direction of writing.
    """
    if len(text) > 8 * longest:  # only the two ends will be seen
        text = f"{text[: 4 * longest]} {text[-4 * longest :]}"
    text = " ".join(ESCAPES.sub("", text).split())
    text = "".join(c for c in text if c.isprintable())
    if len(text) <= longest:
        return text
    return f"{text[: 2 * longest // 3]} … {text[-longest // 4 :]}"


def text_of(error: BaseException) -> str:
    """Return an exception's text, whatever its ``__str__`` does."""
    try:
        return str(str(error))
    except Exception as other:  # a student's own __str__ may fail
        return f"({type_name(other)} while its text was made)"


def in_words(error: BaseException) -> str:
    """Return an exception's class and text for a sentence: "ValueError: no"."""
    name = identifier(type(error).__name__, "an exception")
    return f"{name}: {one_line(text_of(error))}".strip(": ")


def kind(x: Any) -> str:
    """Name the type of `x` in words, with shape and dtype for an array."""
    if x is None:
        return "None"
    if type(x) is np.ndarray:
        return f"an array of shape {x.shape}, dtype {x.dtype}"
    if isinstance(x, np.generic):
        return f"a NumPy {x.dtype}"
    if callable(x):
        return _of_keras(x) or "a function"
    names = {int: "an int", float: "a float", bool: "a bool", str: "a string", list: "a list"}
    name = type_name(x)
    own = type(x).__module__ != "builtins" and name.lower() != name  # a class that somebody wrote
    otherwise = f"an object of the class {name}" if own else f"a {name}"
    return names.get(type(x), "an object" if name == "object" else otherwise)


def _of_keras(x: Any) -> str:
    """Name a model or a layer of Keras's; nothing for what is neither."""
    bases = {b.__name__ for b in type.mro(type(x)) if str(b.__module__).startswith("keras.")}
    return next((f"a Keras {base.lower()}" for base in ("Model", "Layer") if base in bases), "")


def show(x: Any, limit: int = 25) -> str:
    """Write `x` in one line: small arrays with their numbers, large ones by shape."""
    if isinstance(x, np.ndarray):
        if 0 < x.size <= limit:
            text = np.array2string(x, separator=", ", precision=4, suppress_small=True)
            return " ".join(text.split())
        return kind(x)
    if isinstance(x, np.generic):
        return str(x) if _has_no_number(x) else show(x.item())
    if isinstance(x, float):
        return f"{x:.6g}"
    if callable(x):
        return identifier(getattr(x, "__name__", None), kind(x))
    if isinstance(x, list | tuple) and any(isinstance(part, np.ndarray) for part in x):
        parts = ", ".join(show(part, limit=6) for part in x[:3]) + ", …" * (len(x) > 3)
        return f"[{parts}]" if isinstance(x, list) else f"({parts})"
    text = _written(x, [MOST_PARTS])
    return text if len(text) <= 160 else f"{text[:150]}…"


def _written(x: Any, left: list[int], around: tuple[int, ...] = ()) -> str:
    """Write plain data as Python does, its NumPy scalars as numbers, long floats rounded.

    `left` holds how many parts are still to be written: nobody reads the rest. `around` are the
    ids of what `x` is a part of.
    """
    if type(x) in (list, tuple, dict):
        begin, end = {list: "[]", tuple: "()", dict: "{}"}[type(x)]
        if id(x) in around:
            return f"{begin}...{end}"
        within = left, (*around, id(x))
        if type(x) is dict:
            pairs = _while_any(x.items(), left)
            parts = [f"{_written(k, *within)}: {_written(v, *within)}" for k, v in pairs]
        else:
            parts = [_written(part, *within) for part in _while_any(x, left)]
        alone = "," if type(x) is tuple and len(x) == 1 else ""
        return f"{begin}{', '.join(parts)}{alone}{end}"
    if isinstance(x, np.generic):
        return str(x) if _has_no_number(x) else _written(x.item(), left)
    if type(x) is int and x.bit_length() > MOST_BITS:  # Python itself refuses to write it
        return f"a whole number of {x.bit_length():,} bits"
    try:
        text = repr(x)
    except ValueError:  # a set of such numbers
        return kind(x)
    return f"{x:.6g}" if type(x) is float and len(text) > 8 else text


def _while_any(parts: Iterable[Any], left: list[int]) -> Iterator[Any]:
    for part in parts:
        if left[0] <= 0:
            return
        left[0] -= 1
        yield part


def _has_no_number(x: np.generic) -> bool:
    """Tell whether Python has no value for a scalar, or one that does not say what it is."""
    return isinstance(x, np.datetime64 | np.timedelta64) or isinstance(x.item(), np.generic)


def show_argument(x: Any, name: str, limit: int = 6) -> str:
    """Write an argument as a person would: what is large by its parameter's name and its size."""
    if isinstance(x, np.ndarray) and x.size > limit:
        return f"{name} {_size(x)}"
    arrays = isinstance(x, list | tuple) and any(isinstance(part, np.ndarray) for part in x)
    if arrays and sum(np.size(part) for part in x) > limit:
        sizes = [_size(p) if isinstance(p, np.ndarray) else show(p, limit) for p in x[:3]]
        return f"{name} [{', '.join(sizes)}{', …' * (len(x) > 3)}]"
    return show(x)


def _size(x: np.ndarray) -> str:
    return "×".join(map(str, x.shape)) or "of one number"

"""Names and texts that others chose, made fit for a sentence.

A function's ``__name__``, an exception's text, a type's name: whoever wrote the function may have
put anything there. In a message a name is an identifier, and a text is one line that can be read.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST_NAME = 60
LONGEST_TEXT = 400
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

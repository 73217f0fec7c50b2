"""Look through JSON that anybody may have written, before anything is made of it.

A hundred megabytes can hold a hundred million empty lists, which take gigabytes once they are
objects. Here strings and brackets are looked at where they stand, and nothing is built.
"""

from __future__ import annotations

import re

# A string, or a bracket. What was matched is never tried again another way (++), and a string
# without an end reaches to the end of all, so a text takes time in proportion to its length.
_STRING = rb'"(?:[^"\\]++|\\.)*+(?:(?P<end>")|\\?\Z)'
_PARTS = re.compile(_STRING + rb"|[\[\]{}]", re.S)
_VALUES = re.compile(_STRING + rb"|[\[{,:]", re.S)
_VALUE_OF_KEY = re.compile(rb"[ \t\r\n]*+:[ \t\r\n]*+([\[{])")
QUOTE = ord('"')


class TooMany(Exception):
    """More strings and brackets than are looked at."""


def values_in(data: bytes, most: int) -> int:
    """Return about how many values some JSON holds; beyond `most` counting stops.

    Never too few: each value but the first has a comma, a colon or a bracket before it.
    """
    if sum(map(data.count, (b",", b":", b"[", b"{"))) < most:  # those within strings as well
        return most
    found = 1
    for part in _VALUES.finditer(data):
        if data[part.start()] != QUOTE:
            found += 1
            if found > most:
                break
    return found


def without(data: bytes, keys: frozenset[bytes], most: int) -> bytes:
    """Return some JSON with empty lists and objects in place of what stands under some keys.

    Parameters
    ----------
    data : bytes
    keys : frozenset of bytes
        With their quotation marks.
    most : int
        Strings and brackets that are looked at.

    Raises
    ------
    TooMany
    ValueError
        When it ends in the middle of a string, or of what is left out.
    """
    kept: list[bytes] = []
    start = depth = 0  # of what is kept; of brackets in what is left out
    for count, part in enumerate(_PARTS.finditer(data)):
        if count >= most:
            raise TooMany
        first = data[part.start()]
        if first == QUOTE:
            if part["end"] is None:
                raise ValueError("a string without an end")
            if not depth and part[0] in keys and (value := _VALUE_OF_KEY.match(data, part.end())):
                kept.append(data[start : value.end()])
                depth, skipped = 1, value.start(1)
        elif depth and part.start() != skipped:
            depth += 1 if first in b"[{" else -1
            if not depth:
                start = part.start()
    if depth:
        raise ValueError("a list without an end")
    kept.append(data[start:])
    return b"".join(kept)

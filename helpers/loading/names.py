"""Folder names of characters, as written plainly or as machines without Unicode write them."""

import re
from urllib.parse import unquote_to_bytes

# U+4EBA, as in the Unicode charts; #U4eba, as unzip writes it where the locale has no Chinese.
POINTS = re.compile(r"(?:(?:U\+|#U)[0-9A-F]{4,6})+", re.IGNORECASE)
PERCENT = re.compile(r"(?:%[0-9A-F]{2})+", re.IGNORECASE)


def character_of(name: str) -> str:
    """Return what a folder name stands for.

    A name that consists of nothing but code points (``U+4EBA``, ``#U4eba``) or of percent-encoded
    UTF-8 (``%E4%BA%BA``) is decoded; every other name stands for itself.

    Examples
    --------
    >>> [character_of(name) for name in ("人", "U+4EBA", "#U4eba", "%E4%BA%BA", "100%")]
    ['人', '人', '人', '人', '100%']
    """
    try:
        if POINTS.fullmatch(name):
            points = re.findall(r"[0-9A-F]{4,6}", name, re.IGNORECASE)
            return "".join(chr(int(point, 16)) for point in points)
        if PERCENT.fullmatch(name):
            return unquote_to_bytes(name).decode("utf-8")
    except ValueError:  # beyond Unicode, or no UTF-8: then it is a name like any other
        pass
    return name

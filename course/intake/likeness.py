"""Which ids a file system, a program or a person would take for one another."""

from __future__ import annotations

import re
import unicodedata

# Code points that are drawn as nothing, some of which Unicode calls letters.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters that are drawn as Latin ones, in either case.
_TWINS = str.maketrans(
    "авекмнорстухіјѕԁһӏԛԝүѵαβεζηικμνορτυχγϲϳıɑɡ",
    "abekmhopctyxijsdhlqwyvabezhikmvoptyxycjiag",
)
# Devices of Windows, and the first page that stands beside the folders of students.
RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?|index\.html", re.IGNORECASE
)


def likeness(name: str) -> str:
    """Return what is the same for names that would be mixed up: in case, form, or by their looks.

    Never shown; two names are alike where theirs is equal.
    """
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return unicodedata.normalize("NFC", plain).translate(_TWINS)


def is_reserved(name: str) -> bool:
    """Tell whether a folder cannot have the name: it is a device's, or our own page's."""
    return RESERVED.fullmatch(name) is not None

"""Blanks: what a skeleton leaves to its author.

One is written ``BLANK(what belongs here)``, in prose, in a text of code, or as a call with a text,
which parses. `course new` writes them; `course check` names those that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"""\bBLANK\(\s*(?:"(?P<quoted>[^"\n]*)"|(?P<plain>[^)\n]*?))\s*\)""")


@dataclass(frozen=True)
class Blank:
    """One place that waits for its author.

    Attributes
    ----------
    line : int
        From 1.
    what : str
        What belongs there.
    """

    line: int
    what: str


def blank(what: str) -> str:
    """Write a blank of prose, or within a text of code.

    Parameters
    ----------
    what : str
        What belongs there: a part of a line, without brackets or quotation marks.
    """
    return f"BLANK({what})"


def blank_value(what: str) -> str:
    """Write a blank in the place of a value of code; `what` is as for `blank`."""
    return f'BLANK("{what}")'


def blanks(text: str) -> list[Blank]:
    """Return the blanks of a text, of whichever kind, in their order."""
    return [
        Blank(number, found["quoted"] or found["plain"] or "something")
        for number, line in enumerate(text.split("\n"), start=1)
        for found in FORM.finditer(line)
    ]

"""What a file's name tells of the notebook in it: which one, and whether it is a stray."""

from __future__ import annotations

import re
import unicodedata

NOTEBOOK = ".ipynb"
# Browsers put an ending of their own behind a notebook's, and a copy's mark between the two.
BROWSERS = re.compile(
    r"(?P<stem>.+)\.ipynb(?:(?P<copy>\s*\(\d+\)|-\d+)?\.(?:json|txt|ipynb))?", re.I | re.S
)
# What Jupyter makes beside a notebook: a new one, an executed one, a checkpoint, an autosaved one.
STRAYS = re.compile(
    r"(?:untitled|unbenannt|sans titre)[ _-]?\d*"
    r"|(?P<made>.+?)(?:\.nbconvert|-checkpoint)+|\.~(?P<saved>.+)"
)


def notebook_name(file: str) -> str | None:
    """Return the name of a notebook without a browser's ending; None where it is no notebook's.

    Examples
    --------
    >>> [notebook_name(name) for name in ("a.ipynb", "a.ipynb (1).json", "a.txt")]
    ['a.ipynb', 'a (1).ipynb', None]
    """
    found = BROWSERS.fullmatch(file)
    return f"{found['stem']}{found['copy'] or ''}{NOTEBOOK}" if found else None


def stem_of(file: str) -> str:
    """Return a notebook's name without its endings."""
    return (notebook_name(file) or file).removesuffix(NOTEBOOK)


def stray_of(stem: str) -> str | None:
    """Return the name of the notebook that a stray was made from; None where it is no stray."""
    found = STRAYS.fullmatch(unicodedata.normalize("NFC", stem).casefold())
    return (found["made"] or found["saved"] or "") if found else None

"""The longest notebook first: begun last, it would keep one core busy while the others wait."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from course.folder import Section

# What trains a network, or many. How often it stands there is all that a text tells of its time.
TRAINS = re.compile(r"\b(?:fit|fit_once|optimize|train)\(")


def longest_first(plan: Sequence[tuple[Section, Path]], out: Path) -> list[int]:
    """Return the positions of a plan's notebooks in the order in which to begin them.

    By the times of the last run in `out`; what has none there begins first, and of that what
    trains most.
    """
    last = _last_times(out / "times.json")

    def length(k: int) -> tuple[float, int]:
        section, path = plan[k]
        known = last.get((section.name, path.stem), float("inf"))
        return known, len(TRAINS.findall(_text(path)))

    return sorted(range(len(plan)), key=length, reverse=True)


def _text(path: Path) -> str:
    """Return a notebook's text; of one that cannot be read the run itself tells."""
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _last_times(path: Path) -> dict[tuple[str, str], float]:
    """Return the seconds of each notebook, by its section and name; none where it is no such file.

    One that failed has taken less than it takes.
    """
    with suppress(OSError, ValueError, TypeError, KeyError):
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            (row["section"], row["notebook"]): float(row["seconds"])
            for row in rows
            if row["status"] == "ok"
        }
    return {}

"""The end of a notebook: how far its reader is, an exercise a line.

Which exercises a section has stands in ``exercises/`` beside this file, made by ``course release``
from the headings; what their tests said, `helpers.ground.cells` has noted. Nothing of it counts.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from helpers.checks.marks import HOLDS, WRITTEN, counted, mark_of
from helpers.ground.cells import ended

FOLDER = Path(__file__).parent / "exercises"
NOT_RUN = "its test has not run since the kernel started"
FOR_A_PERSON = "a person reads it"
DECIDES = "The hidden tests decide the points."


@dataclass(frozen=True)
class Line:
    """One exercise.

    Attributes
    ----------
    mark : {"✓", "✗", "○", "✎"}
    name : str
        Number and title.
    remark : str
        May be empty.
    link : str
        To the cell with its heading, as JupyterLab takes it.
    """

    mark: str
    name: str
    remark: str
    link: str

    @property
    def told(self) -> str:
        """The remark, after the name."""
        return f" ({self.remark})" if self.remark else ""


def summary(section: int) -> None:
    """Show how many exercises of a section are right, wrong and not answered, and which.

    It goes by what the visible tests said when they ran last in this kernel. That is no grade: the
    hidden tests decide the points.

    Parameters
    ----------
    section : int
        Its number.

    Raises
    ------
    ValueError
        When the course has no such section.
    """
    lines = lines_of(section)
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if getattr(shell, "kernel", None) is None:  # no page that could show links
        print(_text(lines))
        return
    shown: dict[str, Any] = {"text/plain": _text(lines), "text/html": _html(lines)}
    shell.display_pub.publish(shown)


def lines_of(section: int) -> list[Line]:
    """Return the exercises of a section, in order, with the marks that they have now."""
    found = sorted(FOLDER.glob(f"{section:02d}-*.json")) if isinstance(section, int) else []
    if not found:
        known = ", ".join(str(int(path.name[:2])) for path in sorted(FOLDER.glob("*.json")))
        raise ValueError(f"section {section!r} is unknown: use one of {known}")
    listed = json.loads(found[0].read_text(encoding="utf-8"))
    return [_line(entry) for entry in listed]


def _line(entry: dict[str, Any]) -> Line:
    place = entry["name"], entry["link"]
    if entry["manual"]:
        return Line(WRITTEN, place[0], FOR_A_PERSON, place[1])
    end = ended(entry["id"], *entry["tests"])
    return Line(mark_of(end), place[0], NOT_RUN if end is None else "", place[1])


def _sums(lines: list[Line]) -> list[str]:
    """Return the sentences below the list."""
    marks = "".join(line.mark for line in lines)
    more = [f"Next: {line.name}" for line in lines if line.mark not in HOLDS + WRITTEN][:1]
    return [f"{counted(marks)}.", *more, DECIDES]


def _text(lines: list[Line]) -> str:
    told = [f"{line.mark} {line.name}{line.told}" for line in lines]
    return "\n".join([*told, *_sums(lines)])


def _html(lines: list[Line]) -> str:
    told = [
        f'{line.mark} <a href="{escape(line.link)}">{escape(line.name)}</a>{escape(line.told)}'
        for line in lines
    ]
    return "<br>".join([*told, *map(escape, _sums(lines))])

"""``START.ipynb``: where a student begins, and goes on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from helpers.checks.marks import LEGEND

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from course.files import write_atomically
from course.lab.progress import Standing

NAME = "START.ipynb"
KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
HAND_IN = """\
## Hand in

1. Save the notebook (Ctrl-S).
2. Run `course submit {number}` in a terminal, or the last cell here, with the section's number: it
   makes the one file to upload, and says where it lies and what is still open.
3. Upload that file where your course collects work."""
SAYS = """\
This page is written again each time `course lab` starts, from your notebooks as you saved them.
Run the next cell to see where you stand now."""


def write_start(work: Path, standings: list[Standing]) -> Path:
    """Write the page into a student's folder, and return where it is.

    Parameters
    ----------
    work : Path
    standings : list of Standing
        One a section, in order.
    """
    first = standings[0].section.split("-", 1)[0] if standings else "01"
    cells = [
        new_markdown_cell("\n".join(_table(standings)), id="sections"),
        new_markdown_cell(_next(standings), id="go-on"),
        new_markdown_cell(SAYS, id="status-text"),
        new_code_cell("!course status", id="status"),
        new_markdown_cell(HAND_IN.format(number=first), id="hand-in"),
        new_code_cell(f"# !course submit {first}", id="submit"),
    ]
    nb = new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    write_atomically(work / NAME, writes(nb) + "\n")
    return work / NAME


def _table(standings: list[Standing]) -> list[str]:
    lines = [
        "# Start here",
        "",
        "| section | what it answers | minutes | points so far | exercises | so far |",
        "|---|---|---|---|---|---|",
    ]
    for one in standings:
        title = _text(one.title)
        link = f"[{title}]({quote(one.notebooks[0])})" if one.notebooks else title
        minutes = "" if one.minutes is None else str(one.minutes)
        points = f"{one.points:g} of {one.max_points:g}"
        told = (link, _text(one.question), minutes, points, one.marks, one.counted)
        lines.append(f"| {' | '.join(told)} |")
    return [*lines, "", LEGEND]


def _next(standings: list[Standing]) -> str:
    """Say where to go on: in the section that was begun last, else in the first open one."""
    begun = [s for s in standings if set(s.marks) - {"○"} and s.next]
    for one in [*reversed(begun), *standings]:
        if one.next is not None and one.notebooks:
            place = f"[{_text(one.next.name)}]({one.next.link})"
            return f"**{'Go on' if one in begun else 'Begin'} at {place}.**"
    return "**All exercises are answered.**"


def _text(text: str) -> str:
    return text.replace("|", "\\|")

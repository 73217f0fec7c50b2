"""Where a new exercise stands in a notebook, and which number it has there."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import NotebookNode

from course.drafting.wanted import Wanted
from course.errors import CourseError
from course.notebook.blanks import blank
from course.notebook.cells import grade_id, is_answer, is_manual, is_test

NUMBER = re.compile(r"^(#{1,6} Exercise )(\d+)\.(\d+)(?= ·)", re.M)
LAST = re.compile(r"^#{1,6} (Recap|Glossary|Summary)\b", re.I)


def place_for(nb: NotebookNode, after: str, path: Path, *, written: bool) -> int:
    """Return before which cell, by position, a new exercise is put.

    That is behind the last test, or behind the last exercise of all for a written one; where there
    is none, before the recap.

    Raises
    ------
    CourseError
        When no cell has the id `after`, or it lies within an exercise.
    """
    if after:
        return _behind(nb, after, path)
    ends = [n for n, c in enumerate(nb.cells) if is_test(c) or (written and is_manual(c))]
    if ends:
        return ends[-1] + 1
    ends = [n for n, c in enumerate(nb.cells) if c.cell_type == "markdown" and LAST.match(c.source)]
    return ends[0] if ends else len(nb.cells)


def heading(section: str, number: int, wanted: Wanted, *, house: bool) -> str:
    """Return the heading of a new exercise's task."""
    title = wanted.title.strip() or blank("title")
    points = f"{wanted.points} point{'s' * (wanted.points != 1)}"
    if not house:
        return f"### {title} ({points})"
    about = f"about {wanted.minutes} minute{'s' * (wanted.minutes != 1)}"
    if wanted.written:
        about += ", read by a person"
    first = int(re.match(r"\d*", section)[0] or 0)
    return f"### Exercise {first}.{number} · {title} ({points}, {about})"


def numbered(
    nb: NotebookNode, raw: dict, place: int, *, house: bool
) -> tuple[int, list[str], list[str]]:
    """Make room for an exercise's number.

    Returns
    -------
    number : int
        Of the exercise at `place`, from 1.
    shifted : list of str
        A sentence, where headings behind it have another number now; `raw` holds them.
    notes : list of str
        A sentence, where the text mentions exercises that have another number now.
    """
    heads = [n for n, c in enumerate(nb.cells) if c.cell_type == "markdown" and _head(c)]
    number = 1 + sum(n < place for n in heads)
    moved: dict[str, str] = {}
    for n in (n for n in heads if n >= place) if house else ():
        text = "".join(raw["cells"][n]["source"])
        found = NUMBER.search(text)
        old, new = f"{found[2]}.{found[3]}", f"{found[2]}.{int(found[3]) + 1}"
        raw["cells"][n]["source"] = NUMBER.sub(rf"\g<1>{new}", text, 1).splitlines(keepends=True)
        moved[old] = new
    if not moved:
        return number, [], []
    told = ", ".join(f"{old} is now {new}" for old, new in moved.items())
    any_moved = "|".join(map(re.escape, moved))
    mention = re.compile(rf"[Ee]xercises? [^\n]*?(?<![\d.])(?:{any_moved})(?![\d.]*\d)")
    cells = [cell.id for cell in nb.cells if mention.search(NUMBER.sub("", cell.source))]
    notes = [f"Look at the numbers of exercises in {', '.join(cells)}."] if cells else []
    return number, [f"Exercise {told}."], notes


def _head(cell: NotebookNode) -> bool:
    return not is_answer(cell) and NUMBER.search(cell.source) is not None


def _behind(nb: NotebookNode, name: str, path: Path) -> int:
    """Return the position behind a cell, by its id."""
    places = [n for n, cell in enumerate(nb.cells) if name in (cell.id, grade_id(cell))]
    if not places:
        raise CourseError(
            f"{path} has no cell {name!r}.", "Give a cell's id, as `course check` shows them."
        )
    place = places[0]
    rest = iter(nb.cells[place:])
    cell = next(rest)
    follows = next(rest, None)
    within = follows is not None and (
        (is_answer(cell) and not is_manual(cell)) or (_head(cell) and grade_id(follows))
    )
    if within:
        raise CourseError(
            f"The cell {name!r} lies within an exercise.",
            "Name the exercise's last cell: its test.",
        )
    return place + 1

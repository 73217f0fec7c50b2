"""`course new exercise`: the cells of an exercise in a notebook, its mistakes, its points."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from course.drafting import names, parts, syllabus
from course.drafting.cells import as_text
from course.drafting.opened import demand_closed
from course.drafting.places import heading, numbered, place_for
from course.drafting.putting import Change, content, put, within
from course.drafting.wanted import Draft, Wanted, argument_names
from course.errors import CourseError
from course.folder import KEPT_BACK, SYLLABUS_FILE, Course, Section
from course.notebook.blanks import blanks
from course.notebook.cells import grade_id
from course.notebook.dependencies import names_in
from course.notebook.exercises import exercises
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_notebook

CHECKS = "helpers/checks"  # of the course's own: what its notebooks may import
POINTS = re.compile(r"(\d+(?:\.\d+)?)(?= points)")
MINUTES = re.compile(r"(\d+)(?= minutes of exercises)")
PLAIN = f"This course has no {CHECKS} of its own: its tests are plain asserts."


@dataclass(frozen=True)
class Made:
    """What was written.

    Attributes
    ----------
    section, name : str
    notebook : str
    cells : tuple of str
        Their ids.
    files : tuple of str
        Relative to the course's folder.
    blanks : int
        How many wait for the author.
    notes : tuple of str
        Sentences on what is to be done by hand.
    """

    section: str
    name: str
    notebook: str
    cells: tuple[str, ...]
    files: tuple[str, ...]
    blanks: int
    notes: tuple[str, ...] = ()


def add(course: Course, section: Section, wanted: Wanted, notebook: str = "") -> Made:
    """Add an exercise with blanks to a section.

    Parameters
    ----------
    course : Course
    section : Section
    wanted : Wanted
    notebook : str
        Its name, where the section has several.

    Raises
    ------
    CourseError
        When the name will not do or is taken, the notebook is open elsewhere or none of Python's,
        or a file changes meanwhile. Nothing is written then.
    """
    path = _pick(section, notebook)
    demand_closed(path)
    before = path.read_bytes()
    nb, raw = read_notebook(path), _raw(path, before)
    house = bool(course.syllabus)
    draft = draft_of(course, wanted)
    demand_free(nb, path, draft)
    _demand_alone(section, path, draft)
    place = place_for(nb, wanted.after, path, written=wanted.written)
    number, shifted, notes = numbered(nb, raw, place, house=house)
    draft = replace(draft, heading=heading(section.name, number, wanted, house=house))
    cells = parts.cells_of(draft, course.config)
    raw["cells"][place:place] = _as_old(cells, raw)
    if house:
        _raise_title(raw, sum(e.points for e in exercises(nb)), wanted)
    changes = [Change(path, before, as_text(raw))]
    changes[:0] = _mistakes(section, draft)
    totals, words = _syllabus(course, section, wanted)
    put(written := [*changes, *totals])
    texts = ["".join(cell["source"]) for cell in cells]
    texts += [parts.mistakes_of(draft)] if draft.function else []
    return Made(
        section.name,
        wanted.name,
        path.name,
        tuple(cell["id"] for cell in cells),
        tuple(within(course, one.path) for one in written),
        sum(len(blanks(text)) for text in texts),
        (*shifted, *notes, *words, *plainly(draft)),
    )


def draft_of(course: Course, wanted: Wanted) -> Draft:
    """Return a new exercise as its cells want it, but for its heading.

    Raises
    ------
    CourseError
        When its name, its parameters, points or minutes will not do.
    """
    names.demand_name(wanted.name, "exercise", house=bool(course.syllabus))
    for what, value in (("points", wanted.points), ("minutes", wanted.minutes)):
        if value < 1:
            raise CourseError(f"--{what} {value} is too few.", "Give 1 or more.")
    function = "" if wanted.written else names.function_name(wanted.name)
    argument_names(wanted.parameters)
    checked = has_checks(course)
    about = (wanted.name, function, wanted.parameters, wanted.points)
    return Draft(*about, heading="", checked=checked)


def has_checks(course: Course) -> bool:
    """Tell whether notebooks of a course can import checks of its own."""
    return (course.root / CHECKS).is_dir()


def plainly(draft: Draft) -> list[str]:
    """Return a sentence where a test is written without our checks."""
    return [PLAIN] if draft.function and not draft.checked else []


def _pick(section: Section, name: str) -> Path:
    paths = section.notebooks
    wanted = name.removesuffix(".ipynb")
    fits = [path for path in paths if wanted in ("", path.stem)]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(path.stem for path in paths)
    if wanted:
        raise CourseError(f"{section.name} has no notebook {name!r}.", f"It has: {known}.")
    raise CourseError(
        f"{section.name} has {len(paths)} notebooks: {known}.", "Name one with --notebook."
    )


def _raw(path: Path, data: bytes) -> dict:
    """Return a notebook as it is on disk; `read_notebook` has said what is wrong with it."""
    raw = json.loads(data.decode("utf-8-sig"))
    if "cells" not in raw:
        raise CourseError(
            f"{path} is a notebook of format {raw.get('nbformat')}.",
            "Open and save it in JupyterLab, which makes it one of format 4.",
        )
    language = raw.get("metadata", {}).get("kernelspec", {}).get("language", "python")
    if language.lower() != "python":
        raise CourseError(
            f"{path} is written in {language}; a new exercise is one of Python.",
            "Add it in JupyterLab, by View, Right Sidebar, Create Assignment.",
        )
    return raw


def demand_free(nb: NotebookNode, path: Path, draft: Draft) -> None:
    """Refuse a name that a cell of a notebook has, or that its lesson binds.

    Raises
    ------
    CourseError
    """
    taken = {name for cell in nb.cells for name in (cell.get("id"), grade_id(cell)) if name}
    for name in (draft.name, f"{draft.name}-task", f"{draft.name}-test"):
        if name in taken:
            raise CourseError(
                f"{path} has a cell {name!r} already.", "Give the exercise another name."
            )
    for cell in nb.cells if draft.function else ():
        source = "".join(cell.source)
        if cell.cell_type == "code" and draft.function in names_in(source).bound:
            raise CourseError(
                f"{path} binds the name {draft.function} in its cell {cell.id!r}, and the function "
                "of the exercise would take it.",
                "Give the exercise another name.",
            )


def _demand_alone(section: Section, path: Path, draft: Draft) -> None:
    """Refuse a name that an exercise of another of the section's notebooks has."""
    for other in section.notebooks:
        if other != path and draft.name in {n for e in _known(other) for n in e.answers}:
            raise CourseError(
                f"{other} has an exercise {draft.name!r} already, and mistakes.py goes by names.",
                "Give this one another name.",
            )


def _known(path: Path) -> list:
    return exercises(read_notebook(path))


def _as_old(cells: list[dict], raw: dict) -> list[dict]:
    """Return cells as a notebook's own minor format has them: before 4.5 they have no ids."""
    if (raw.get("nbformat"), raw.get("nbformat_minor", 0)) >= (4, 5):
        return cells
    return [{key: value for key, value in cell.items() if key != "id"} for cell in cells]


def _raise_title(raw: dict, points: float, wanted: Wanted) -> None:
    """Let the title cell promise what the notebook now has, where it promised what it had."""
    title = raw["cells"][0] if raw["cells"] else {}
    if title.get("cell_type") != "markdown":
        return
    text = "".join(title["source"])
    found = POINTS.search(text)
    if found and float(found[1]) == points:
        text = POINTS.sub(f"{points + wanted.points:g}", text, count=1)
    text = MINUTES.sub(lambda found: str(int(found[1]) + wanted.minutes), text, count=1)
    title["source"] = text.splitlines(keepends=True)


def _mistakes(section: Section, draft: Draft) -> list[Change]:
    """Return the change of mistakes.py; none where it has mistakes of that name already."""
    path = section.folder / KEPT_BACK[0]
    if not draft.function or draft.name in {one.exercise for one in read_mistakes(path)}:
        return []
    before = content(path)
    text = parts.mistakes_text(section.name, draft, (before or b"").decode("utf-8"))
    return [Change(path, before, text)]


def _syllabus(course: Course, section: Section, wanted: Wanted) -> tuple[list[Change], list[str]]:
    """Return the change of the syllabus, or a sentence on what to write there."""
    if section.points is None:
        return [], []
    total = sum(e.points for one in section.notebooks for e in _known(one)) + wanted.points
    numbers: dict[str, float] = {"points": total}
    if section.minutes is not None:
        numbers["minutes"] = section.minutes + wanted.minutes
    file = course.root / SYLLABUS_FILE
    before = content(file) or b""
    text = syllabus.with_numbers(before.decode("utf-8"), section.name, **numbers)
    if text is not None:
        return [Change(file, before, text)], []
    told = ", ".join(f"{key} = {value:g}" for key, value in numbers.items())
    return [], [f"Write {told} for {section.name} in {SYLLABUS_FILE.as_posix()}."]

"""Source notebooks: read them, and find their exercises."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearSolutions,
    IncludeHeaderFooter,
)
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from traitlets.config import Config

from course.errors import CourseError
from course.notebook.autotests import instantiate
from course.notebook.dependencies import names_in
from course.notebook.regions import STUBS, in_stock_form, public_lines, stubs_of, without_delimiters

DEMO = "demo"
RAISES = "raises-exception"  # Jupyter's tag: an error in this cell is shown, and what follows runs
PARAMETERS = "parameters"
NUMBER = re.compile(r"^Exercise\s+([\d.]+)\s*·?\s*")


@dataclass(frozen=True)
class Exercise:
    """What is graded as one: a grade cell with the solution cells that it looks at.

    Attributes
    ----------
    id : str
        ``grade_id`` of the grade cell.
    points : float
    manual : bool
        Whether a person grades it.
    answers : tuple of str
        ``grade_id`` of its solution cells.
    title : str
        The heading above it, or its name.
    place : str
        Id of the cell with that heading; empty where there is none.
    """

    id: str
    points: float
    manual: bool
    answers: tuple[str, ...]
    title: str
    place: str

    @property
    def name(self) -> str:
        """The exercise's name: the grade cell's id without the ending "-test"."""
        return self.id.removesuffix("-test")

    @property
    def number(self) -> str:
        """Its number, "2.4"; empty where the heading has none."""
        match = NUMBER.match(self.title)
        return match[1] if match else ""

    @property
    def subject(self) -> str:
        """Its title without the number."""
        return NUMBER.sub("", self.title)

    @property
    def called(self) -> str:
        """Number and title, as people are told."""
        return f"{self.number} · {self.subject}" if self.number else self.subject


def read_notebook(path: Path) -> NotebookNode:
    """Read one of our own notebooks, upgraded to nbformat 4.5 and today's nbgrader metadata.

    Raises
    ------
    CourseError
        When it cannot be read, is no notebook, or two of its cells have the same id.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = "permission denied" if isinstance(error, PermissionError) else error.strerror
        raise CourseError(
            f"{path} cannot be read: {reason}.", "Check that it is there and that you may read it."
        ) from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not UTF-8 text.", "Save it again in JupyterLab.") from None
    return _parse(text, path)


@lru_cache(maxsize=64)
def _parsed(text: str, path: Path) -> str:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{path} is not a notebook: {error}.", "Restore it, or save it again in JupyterLab."
        ) from None
    try:
        nb = nbformat.reads(json.dumps(_with_ids(raw)), as_version=4)
        nb = MetadataValidator().upgrade_notebook_metadata(nb)
        nbformat.validate(nb)
    except Exception as error:  # nbformat raises errors of many libraries
        raise CourseError(
            f"{path} is not a valid notebook: {str(error).splitlines()[0]}.",
            "Open and save it in JupyterLab.",
        ) from None
    ids = [c.metadata.nbgrader.grade_id for c in nb.cells if _has_grade_id(c)]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise CourseError(
            f"{path}: two cells have the grade_id {twice[0]!r}.", "Give one of them another id."
        )
    for cell in nb.cells:
        if (is_grade(cell) or is_task(cell)) and not _has_points(cell):
            raise CourseError(
                f"{path}: the graded cell {grade_id(cell)!r} says no number of points.",
                "Give it its points in the toolbar of Create Assignment; 0 will do.",
            )
    return json.dumps(nb)


def _parse(text: str, path: Path) -> NotebookNode:
    return nbformat.from_dict(json.loads(_parsed(text, path)))


def _with_ids(raw: dict) -> dict:
    """Give each cell an id that depends on the notebook alone, where it has none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        return raw
    seen: set[str] = set()
    for number, cell in enumerate(raw["cells"]):
        wanted = cell.get("id") or cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        wanted = re.sub(r"[^a-zA-Z0-9-_]", "-", str(wanted or f"cell-{number}"))[:60]
        if wanted in seen:
            wanted = f"{wanted[:52]}-{number}"
        seen.add(wanted)
        cell["id"] = wanted
    raw["nbformat_minor"] = max(5, raw.get("nbformat_minor", 0))
    return raw


def read_source(path: Path, config: Config) -> NotebookNode:
    """Read a source notebook as it is graded: with all that nbgrader adds, in stock form.

    Whatever delimiters and stubs the course's configuration names: here they become what all that
    follows relies on, see `course.notebook.regions.in_stock_form`.
    """
    return in_stock_form(read_authored(path, config), config)


def read_authored(path: Path, config: Config) -> NotebookNode:
    """Read a source notebook in its author's form, with all that nbgrader adds to it.

    That is the header and footer that the course's configuration names, and the tests that nbgrader
    writes itself.
    """
    nb = read_notebook(path)
    if "IncludeHeaderFooter" in config:
        nb, _ = IncludeHeaderFooter(config=config).preprocess(nb, {})
        nb = nbformat.from_dict(_with_ids(nb))
    return instantiate(nb, path, config)


def _has_grade_id(cell: NotebookNode) -> bool:
    return "grade_id" in cell.metadata.get("nbgrader", {})


def _has_points(cell: NotebookNode) -> bool:
    try:
        return math.isfinite(float(cell.metadata.nbgrader.get("points")))
    except (TypeError, ValueError):
        return False


def grade_id(cell: NotebookNode) -> str | None:
    """Return the cell's ``grade_id``, or None."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def tags(cell: NotebookNode) -> list[str]:
    """Return the cell's tags."""
    return list(cell.metadata.get("tags", []))


def is_answer(cell: NotebookNode) -> bool:
    """Tell whether the student writes into this cell."""
    return is_solution(cell)


def is_test(cell: NotebookNode) -> bool:
    """Tell whether this cell is an automatic test."""
    return is_grade(cell) and not is_solution(cell) and cell.cell_type == "code"


def is_manual(cell: NotebookNode) -> bool:
    """Tell whether a person grades this cell."""
    return is_task(cell) or (is_grade(cell) and not is_test(cell))


def is_ours(cell: NotebookNode) -> bool:
    """Tell whether nbgrader locks the cell."""
    return is_locked(cell)


def exercises(nb: NotebookNode) -> list[Exercise]:
    """Return the notebook's exercises in order.

    The solution cells before a grade cell are its answers; grade cells that follow one
    another share theirs. An exercise is called by the last heading before it that is ours: what
    stands in an answer is the student's, or the solution.
    """
    found, answers, closed, title, place = [], [], False, "", ""
    for cell in nb.cells:
        ours = cell.cell_type == "markdown" and not is_answer(cell)
        if ours and (heading := _heading("\n".join(public_lines(cell)))):
            title, place = heading, cell.get("id", "")
        if is_answer(cell):
            answers = [] if closed else answers
            answers, closed = [*answers, grade_id(cell)], False
        if is_grade(cell) or is_task(cell):
            name = grade_id(cell)
            manual = is_manual(cell)
            # A task's answer stands in cells that the student adds.
            own = tuple(answers) if not manual else (name,) if is_answer(cell) else ()
            points = float(cell.metadata.nbgrader.points)
            found.append(Exercise(name, points, manual, own, title or name, place))
            closed = True
    return found


def _heading(text: str) -> str | None:
    match = re.search(r"^#{1,6}\s+(.+?)\s*$", text, re.M)
    return re.sub(r"\s*\(\d.*\)$", "", match[1]) if match else None


def student_version(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in stock form as a student sees it: nbgrader's own clearing, nothing else.

    Whether the course may be released like that is not asked here.
    """
    nb = nbformat.from_dict(nb)
    config = stubs_of(nb)
    nb.metadata.pop(STUBS, None)
    resources: dict = {"nbgrader": {}}
    for clear in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        step = clear(config=config, enforce_metadata=False)
        if clear is ClearMarkScheme:
            step.check_attachment_leakage = False
        nb, resources = step.preprocess(nb, resources)
    return nb


def let_go_on(nb: NotebookNode) -> None:
    """Let a run of all cells go on where an answer, its test, or what reads the answer fails."""
    leaning: set[str] = set()  # names that answers bind, and what is made of them
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        names = names_in(cell.source)
        own = is_answer(cell) or is_test(cell)
        if own or names.read & leaning:
            cell.metadata["tags"] = list(dict.fromkeys([*tags(cell), RAISES]))
            leaning |= set() if is_test(cell) else names.bound
        else:
            leaning -= names.bound


def may_raise(cell: NotebookNode) -> bool:
    """Tell whether a lecture cell shows an error on purpose.

    An answer or its test has the tag so that a reader's run goes on, and no excuse by it.
    """
    return RAISES in tags(cell) and not (is_answer(cell) or is_test(cell))


def solved_version(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in stock form as one who knows the solutions hands it in.

    Without the delimiters a solution may begin with a magic, which must stand first.
    """
    nb = nbformat.from_dict(nb)
    for cell in filter(is_answer, nb.cells):
        cell.source = "\n".join(without_delimiters(cell.source))
    return nb


def code_cells(nb: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield position and cell of every code cell."""
    return ((i, cell) for i, cell in enumerate(nb.cells) if cell.cell_type == "code")

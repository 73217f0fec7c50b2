"""Read source notebooks: in their author's form, and as they are graded."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import IncludeHeaderFooter
from nbgrader.utils import is_grade, is_task
from traitlets.config import Config

from course.errors import CourseError
from course.notebook.autotests import instantiate
from course.notebook.cells import grade_id
from course.notebook.regions import in_stock_form


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

"""Small courses for tests, built from cells.

make_course(tmp_path, {"01-sums": {"sums": [
    markdown("# Sums"),
    code("import math"),
    solution("add", "def add(a, b):\n    ...solution region..."),
    test_cell("add-test", "assert add(1, 2) == 3", hidden="assert add(2, 2) == 4"),
]}})
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.folder import Course, open_course

KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
STUB = '{"python": "# YOUR CODE HERE\\nraise NotImplementedError"}'
CONFIG = f"""\
c = get_config()
c.CourseDirectory.course_id = "tests"
c.ClearSolutions.code_stub = {STUB}
"""
_numbers = itertools.count(1)


def _nbgrader(grade_id: str, **changes) -> dict:
    stock = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return {"nbgrader": stock | {"grade_id": grade_id} | changes}


def _metadata(tags: tuple[str, ...]) -> dict:
    return {"tags": list(tags)} if tags else {}


def code(source: str, *tags: str, id: str | None = None) -> NotebookNode:
    """Make a code cell of the lecture."""
    id = id or f"code-{next(_numbers)}"
    return new_code_cell(source, id=id, metadata=_metadata(tags))


def markdown(source: str, *tags: str, id: str | None = None) -> NotebookNode:
    """Make a Markdown cell of the lecture."""
    id = id or f"text-{next(_numbers)}"
    return new_markdown_cell(source, id=id, metadata=_metadata(tags))


def region(text: str, kind: str = "SOLUTION", indent: str = "") -> str:
    """Put delimiters around `text`, each behind `indent`."""
    return f"{indent}### BEGIN {kind}\n{text}\n{indent}### END {kind}"


def solution(grade_id: str, source: str) -> NotebookNode:
    """Make a solution cell; `source` holds its region (see `region`)."""
    return new_code_cell(source, id=grade_id, metadata=_nbgrader(grade_id, solution=True))


def function(grade_id: str, signature: str, body: str) -> NotebookNode:
    """Make a solution cell of one function whose body is the region."""
    text = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    doc = f'    """{grade_id}."""'
    return solution(grade_id, f"def {signature}:\n{doc}\n{region(text, indent='    ')}")


def test_cell(
    grade_id: str, visible: str = "", hidden: str = "", *, points: float = 1
) -> NotebookNode:
    """Make a test cell with a visible and a hidden part."""
    parts = [visible] if visible else []
    if hidden:
        parts.append(region(hidden, "HIDDEN TESTS"))
    metadata = _nbgrader(grade_id, grade=True, locked=True, points=points)
    return new_code_cell("\n".join(parts), id=grade_id, metadata=metadata)


test_cell.__test__ = False  # pytest would take it for a test


def written_answer(grade_id: str, source: str, *, points: float = 2) -> NotebookNode:
    """Make a Markdown cell that a person grades; `source` holds the model answer."""
    metadata = _nbgrader(grade_id, grade=True, solution=True, points=points)
    return new_markdown_cell(source, id=grade_id, metadata=metadata)


def task_cell(grade_id: str, source: str, *, points: float = 2) -> NotebookNode:
    """Make nbgrader's manually graded task; `source` may hold a mark scheme."""
    metadata = _nbgrader(grade_id, locked=True, task=True, points=points)
    return new_markdown_cell(source, id=grade_id, metadata=metadata)


def notebook(cells: list[NotebookNode], **metadata) -> NotebookNode:
    """Make a notebook of copies of `cells`."""
    stock = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    nb = new_notebook(cells=[nbformat.from_dict(cell) for cell in cells], metadata=stock | metadata)
    nb.nbformat_minor = 5
    return nb


def write_notebook(path: Path, cells: list[NotebookNode], **metadata) -> Path:
    """Write a notebook of `cells` to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(cells, **metadata), path)
    return path


def make_course(
    folder: Path,
    sections: dict[str, dict[str, list[NotebookNode]]],
    *,
    mistakes: dict[str, str] | None = None,
    syllabus: str | dict[str, float] | None = None,
    config: str = CONFIG,
    inside: str | None = "forbid",
) -> Course:
    """Write a course and open it.

    Parameters
    ----------
    folder : Path
    sections : dict
        ``{section: {notebook: [cells]}}``.
    mistakes : dict, optional
        ``{section: text of its mistakes.py}``.
    syllabus : str or dict, optional
        Text of ``course/syllabus.toml``, or ``{section: points}``; none when left out.
    config : str
        Text of ``nbgrader_config.py``.
    inside : str, optional
        What the syllabus, where it is no text, says of tests that need the student's process.
    """
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    for section, notebooks in sections.items():
        for name, cells in notebooks.items():
            write_notebook(folder / "source" / section / f"{name}.ipynb", cells)
    for section, text in (mistakes or {}).items():
        (folder / "source" / section / "mistakes.py").write_text(text, encoding="utf-8")
    if not isinstance(syllabus, str):
        rule = [f"[grading]\ninside = {json.dumps(inside)}\n"] if inside else []
        entry = "[[section]]\nname = {}\npoints = {}\n"
        named = [entry.format(json.dumps(n), p) for n, p in (syllabus or {}).items()]
        syllabus = "\n".join(rule + named)
    if syllabus:
        (folder / "course").mkdir(exist_ok=True)
        (folder / "course" / "syllabus.toml").write_text(syllabus, encoding="utf-8")
    return open_course(folder)


def edit_cell(path: Path, cell_id: str, old: str, new: str) -> None:
    """Replace text in one cell of a notebook on disk."""
    nb = nbformat.read(path, as_version=4)
    (cell,) = [c for c in nb.cells if c.id == cell_id]
    assert old in cell.source, f"{cell_id} does not hold {old!r}"
    cell.source = cell.source.replace(old, new)
    nbformat.write(nb, path)

"""docs/syllabus-map.md says where each thing is taught: its cells are in the notebooks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/syllabus-map.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
ROW = re.compile(r"^\| (?P<what>.+?) \| (?P<cells>.+?) \|$", re.MULTILINE)


def rows(part: str) -> list[tuple[str, list[str]]]:
    """Return what is taught and the cells that are named for it, of each row of a section."""
    found = [(row["what"], row["cells"]) for row in ROW.finditer(part)]
    return [(what, re.findall(r"`([^`]+)`", cells)) for what, cells in found if what != "what"]


def ids(section: str) -> set[str]:
    """Return the ids of all cells of a section's notebooks."""
    notebooks = (ROOT / "source" / section).glob("*.ipynb")
    return {cell["id"] for path in notebooks for cell in json.loads(path.read_bytes())["cells"]}


@pytest.mark.parametrize("section", PARTS)
def test_each_named_cell_is_in_the_section(section):
    known = ids(section)
    missing = [(what, cell) for what, cells in rows(PARTS[section]) for cell in cells
               if cell not in known]  # fmt: skip
    assert missing == []


@pytest.mark.parametrize("section", PARTS)
def test_each_row_names_a_cell(section):
    found = rows(PARTS[section])
    assert len(found) >= 10
    assert [what for what, cells in found if not cells] == []


@pytest.mark.parametrize("section", PARTS)
def test_each_exercise_is_in_some_row(section):
    named = {cell for _, cells in rows(PARTS[section]) for cell in cells}
    tasks = {cell for cell in ids(section) if cell.endswith("-task")}
    left_out = sorted(tasks - named)
    assert left_out == []

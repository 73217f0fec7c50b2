"""The rule on figures: who does not see one is told what it shows."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from course.gate.evidence import Evidence
from course.gate.findings import Problem, rule

SAY = 'Give it a title and labels, or say it: `plotting.describe("what is to be seen", figure)`.'
WRITE = "Write what it shows between the square brackets, or as alt=... of the <img>."
WORDLESS = re.compile(r"!\[\s*\]\(|<img\b(?![^>]*\balt\s*=\s*[\"']?[^\s\"'>])[^>]*>", re.I)


@rule("alt-text", "each figure says in words what it shows", house=True)
def find_wordless_figures(evidence: Evidence) -> Iterator[Problem]:
    from helpers.plotting.alttext import is_thin

    for cell in evidence.executed.cells:
        if cell.cell_type == "markdown":
            for found in WORDLESS.findall(cell.source):
                yield Problem(cell.id, f"The picture {found} has no words.", WRITE)
        for words in _told(cell):
            if not words:
                yield Problem(cell.id, "A figure of this cell has no alternative text.", SAY)
            elif is_thin(words):
                message = f"The alternative text of a figure does not say what it shows: {words!r}."
                yield Problem(cell.id, message, SAY)


def _told(cell: NotebookNode) -> Iterator[str]:
    """Yield what each figure of a cell says of itself."""
    for output in cell.get("outputs", []):
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                yield str(output.get("metadata", {}).get(kind, {}).get("alt", "")).strip()

"""One student's answer as the page shows it: harmless HTML, made of the executed notebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from nbformat import NotebookNode

from course.door.pictures import read_picture
from course.examining.added import answer_cells
from course.folder import Course
from course.harmless.shown import MAX_OUTPUTS, show
from course.marking.questions import Question
from course.returns.answers import listing, written

MOST_CELLS, MOST_PICTURES = 50, 20
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Answer:
    """An answer: its HTML, and how many characters the student wrote."""

    html: str
    length: int


def read_answer(course: Course, question: Question, student: str) -> Answer:
    """Return what a student wrote; where it cannot be read, a sentence that says so."""
    path = course.autograded(student, question.section.name) / question.notebook.name
    try:
        # These are our own: they are valid, and nbformat would take its time to look.
        nb = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        cells = answer_cells(nb, question.exercise)
        made = _template().render(parts=[_part(cell) for cell in cells[:MOST_CELLS]])
    except Exception as error:  # whatever lies there: the others are marked all the same
        return Answer(_template().render(trouble=type(error).__name__), 0)
    return Answer(made, sum(len(cell.source) for cell in cells))


def _part(cell: NotebookNode) -> dict[str, Any]:
    """Return what is shown of a cell; pictures are known by their bytes, whatever they claim."""
    bundles = cell.get("attachments", {}).values()
    pictures = [read_picture(data) for bundle in bundles for data in bundle.values()]
    return {
        "written": written([cell]),
        "code": listing([cell]),
        "pictures": [picture for picture in pictures if picture][:MOST_PICTURES],
        "outputs": show(cell.get("outputs", []))[:MAX_OUTPUTS],
    }


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("answer.html.jinja")

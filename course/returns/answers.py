"""A task and an answer to it as HTML, wherever people read them: nothing in it is active."""

from __future__ import annotations

import re
from functools import cache

from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course.harmless.rendered import rendered
from course.harmless.shown import MAX_TEXT, readable
from course.notebook.cells import Exercise, grade_id, is_answer, student_version

LONGEST = 10 * MAX_TEXT  # characters of an answer
HINTS = re.compile(r"<details>.*?</details>", re.S)


def task(source: NotebookNode, exercise: Exercise) -> str:
    """Return the task: a cell of nbgrader's, or the last Markdown cell of ours before the answer.

    Parameters
    ----------
    source : NotebookNode
        In stock form; what students do not see of it is left out, and hints.
    exercise : Exercise
    """
    end = exercise.answers[0] if exercise.answers else exercise.id
    text = ""
    for cell in student_version(source).cells:
        found = grade_id(cell) == end
        # An answer's own cell is no task.
        if cell.cell_type == "markdown" and not (found and is_answer(cell)):
            text = cell.source
        if found:
            break
    return rendered(HINTS.sub("", text))


def listing(cells: list[NotebookNode]) -> str:
    """Return code as highlighted HTML; Pygments escapes everything."""
    text = readable("\n\n".join(cell.source for cell in cells))[:LONGEST]
    return highlight(text, PythonLexer(), HtmlFormatter(nowrap=True))


def written(cells: list[NotebookNode]) -> str:
    """Return the text of cells that hold Markdown as HTML; nothing where one holds code."""
    if not cells or any(cell.cell_type == "code" for cell in cells):
        return ""
    return rendered(readable("\n\n".join(cell.source for cell in cells))[:LONGEST])


@cache
def code_colours() -> str:
    """Return the rules that colour code, for light and for dark; a page says what it stands on."""
    light, dark = (_rules(style) for style in ("xcode", "github-dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _rules(style: str) -> str:
    rules = HtmlFormatter(style=style).get_style_defs(".code").splitlines()
    return "\n".join(r for r in rules if r.startswith(".code .") and "background" not in r)

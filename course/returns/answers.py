"""A task and an answer to it as HTML, wherever people read them: nothing in it is active."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from course.harmless.rendered import rendered
from course.harmless.shown import MAX_ANSWER, readable
from course.notebook.cells import grade_id, is_answer
from course.notebook.exercises import Exercise
from course.notebook.versions import student_version
from course.returns.confined import as_code, as_text

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
    """Return code of a student's as highlighted HTML."""
    return as_code(readable("\n\n".join(cell.source for cell in cells))[:MAX_ANSWER])


def written(cells: list[NotebookNode]) -> str:
    """Return a student's Markdown as HTML; nothing where one of the cells holds code."""
    if not cells or any(cell.cell_type == "code" for cell in cells):
        return ""
    return as_text(readable("\n\n".join(cell.source for cell in cells))[:MAX_ANSWER])

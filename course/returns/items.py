"""One exercise on a page of feedback: the task, the answer, what it shows, the model solution."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from course.examining.rebuild import ADDED
from course.folder import Section
from course.harmless.rendered import rendered
from course.harmless.shown import MAX_OUTPUTS, MAX_TEXT, Output, clean, outputs, readable
from course.notebook.cells import exercises, grade_id, student_version, tags
from course.record.attempts import Row
from course.record.standing import Score
from course.returns.layout import coloured
from course.returns.solutions import has_earned, model
from course.returns.words import WORDS


@dataclass(frozen=True)
class Item:
    """One exercise on the page.

    ``task``, ``written``, ``answer``, ``model_text`` and ``model_code`` are HTML; the last two are
    empty where the student may not see the model solution.
    """

    row: Row
    words: str
    task: str
    written: str
    answer: str
    outputs: list[Output]
    score: float
    comment: str
    pending: bool
    model_text: str = ""
    model_code: str = ""


def item(
    section: Section,
    source: NotebookNode,
    graded: NotebookNode,
    row: Row,
    score: Score,
    is_open: bool,
) -> Item:
    """Return what a page shows of an exercise.

    Parameters
    ----------
    section : Section
    source, graded : NotebookNode
        Our notebook, and the one that was executed with the student's answers.
    row : Row
    score : Score
    is_open : bool
        Whether everybody may see the model solutions.
    """
    exercise = next(e for e in exercises(source) if e.id == row.grade_id)
    cells = {grade_id(cell): cell for cell in graded.cells if grade_id(cell)}
    answers = [cells[name] for name in exercise.answers if name in cells]
    answers = [cell for cell in answers if cell.source.strip()] + _added(graded, exercise.id)
    shows = is_open or has_earned(section, row, score)
    code, text = model(source, exercise) if shows else ("", "")
    return Item(
        row=row,
        words=WORDS[row.verdict],
        task=_task(source, exercise.answers[0] if exercise.answers else exercise.id),
        written=_written(answers),
        answer=_listing(answers),
        outputs=[o for cell in answers for o in outputs(cell)][:MAX_OUTPUTS],
        score=score.points,
        comment=clean(score.comment),
        pending=score.awaited,
        model_text=rendered(text) if text else "",
        model_code=coloured(code) if code else "",
    )


def _added(graded: NotebookNode, test: str) -> list[NotebookNode]:
    """Return the student's own code cells that stand right before the test cell."""
    found: list[NotebookNode] = []
    for cell in graded.cells:
        if grade_id(cell) == test:
            return found
        if ADDED in tags(cell) and cell.cell_type == "code":
            found.append(cell)
        elif grade_id(cell) is None:
            found = []
    return []


def _task(source: NotebookNode, answer: str) -> str:
    """Return the task as HTML: the last Markdown cell of ours before the answer."""
    text = ""
    for cell in student_version(source).cells:
        if grade_id(cell) == answer:
            break
        if cell.cell_type == "markdown":
            text = cell.source
    text = re.sub(r"<details>.*?</details>", "", text, flags=re.S)
    return rendered(text)


def _listing(cells: list[NotebookNode]) -> str:
    """Return code as highlighted HTML."""
    return coloured(readable("\n\n".join(cell.source for cell in cells))[: 10 * MAX_TEXT])


def _written(cells: list[NotebookNode]) -> str:
    """Return the text of cells that hold Markdown as HTML; nothing where one holds code."""
    if not cells or any(cell.cell_type == "code" for cell in cells):
        return ""
    return rendered(readable("\n\n".join(cell.source for cell in cells))[: 10 * MAX_TEXT])

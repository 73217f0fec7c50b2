"""One exercise on a page of feedback: the task, the answer, what it shows, the model solution."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from course.examining.added import answer_cells
from course.folder import Section
from course.harmless.rendered import rendered
from course.harmless.shown import MAX_OUTPUTS, Output, clean, outputs
from course.notebook.exercises import exercises
from course.record.attempts import Row
from course.record.standing import Score
from course.returns.answers import listing, task, written
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
    answers = answer_cells(graded, exercise)
    shows = is_open or has_earned(section, row, score)
    code, text = model(source, exercise) if shows else ("", "")
    return Item(
        row=row,
        words=WORDS[row.verdict],
        task=task(source, exercise),
        written=written(answers),
        answer=listing(answers),
        outputs=[o for cell in answers for o in outputs(cell)][:MAX_OUTPUTS],
        score=score.points,
        comment=clean(score.comment),
        pending=score.awaited,
        model_text=rendered(text) if text else "",
        model_code=coloured(code) if code else "",
    )

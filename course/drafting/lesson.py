"""The cells of a new section's notebook around its exercises, with blanks."""

from __future__ import annotations

from course.drafting.cells import plain_cell
from course.notebook.blanks import blank, blank_value
from course.notebook.cells import DEMO, PARAMETERS
from course.notebook.fetching import NAME, SOURCE

TITLE = """\
# {title}

**Aim.** {aim}.

**Questions**
- {question}

**Objectives.** After this lesson you can
- {objective}.

**Time.** {time}"""
TIME = "About {reading} minutes of reading and {minutes} minutes of exercises, for {points} points."
IMPORTS = """\
# helpers first: it quietens TensorFlow's start-up
from helpers import checks, predict, setup"""
PROFILE = 'PROFILE = "fast"'
GUESS = 'predict("{question}", lambda: found)'
RECAP = "## Recap\n\n- {line}."
GLOSSARY = "## Glossary\n\n| term | in one line |\n|---|---|\n| {term} | {meaning} |"
STAND = """\
## Where you stand

Each exercise as its test left it. This is no grade: the hidden tests decide the points."""


def before_exercises(
    number: str, title: str, minutes: int, points: float, *, house: bool, checked: bool
) -> list[dict]:
    """Return the cells above the first exercise.

    Parameters
    ----------
    number : str
        The section's; empty where sections have none.
    title : str
        Or a blank.
    minutes, points : float
        Of its exercises.
    house : bool
        Whether the course has a syllabus, and so what `course check` then demands.
    checked : bool
        Whether notebooks can import the course's own helpers.
    """
    title = f"{number} · {title}" if number else title
    cells = [plain_cell("markdown", "title", _title(title, minutes, points))]
    if checked:
        cells.append(plain_cell("code", NAME, SOURCE))
    imports = IMPORTS if checked else "import math"
    cells.append(plain_cell("code", "imports", imports))
    if house or checked:
        cells.append(plain_cell("code", "parameters", PROFILE, PARAMETERS))
    if checked:
        cells.append(plain_cell("code", "set-up", "setup(PROFILE)"))
    return cells + _first_part(checked)


def after_exercises(number: str, *, checked: bool) -> list[dict]:
    """Return the cells below the last exercise."""
    recap = RECAP.format(line=blank("each objective again, with what the reader has found out"))
    terms = {"term": blank("a new term"), "meaning": blank("what it means")}
    cells = [
        plain_cell("markdown", "recap", recap),
        plain_cell("markdown", "glossary", GLOSSARY.format(**terms)),
    ]
    if checked and number:
        cells.append(plain_cell("markdown", "summary-text", STAND))
        cells.append(plain_cell("code", "summary", f"checks.summary({number})", DEMO))
    return cells


def _title(title: str, minutes: int, points: float) -> str:
    time = (
        TIME.format(reading=blank("how many"), minutes=f"{minutes:g}", points=f"{points:g}")
        + f" {blank('what a reader needs to know before')}."
    )
    return TITLE.format(
        title=title,
        aim=blank("what the reader finds out and builds, in a sentence or two"),
        question=blank("a question that the lesson answers"),
        objective=blank("something to do, which an exercise asks for"),
        time=time,
    )


def _first_part(checked: bool) -> list[dict]:
    """Return a question, a prediction, a short run and the why."""
    text = f"## {blank('what the first part is about')}\n\n{blank('a question about a real thing')}"
    cells = [plain_cell("markdown", "first-text", text)]
    if checked:
        guess = GUESS.format(question=blank("what the next cell shows, as a question"))
        cells.append(plain_cell("code", "first-guess", guess, DEMO))
    run = f"found = {blank_value('a short run that answers it')}\nfound"
    cells.append(plain_cell("code", "first-run", run))
    return [*cells, plain_cell("markdown", "first-why", blank("why it comes out as it does"))]

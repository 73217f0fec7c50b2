"""Judge one exercise: run its test cell, and turn what happened into a verdict.

Points need a positive record that the test ran to its end. Everything else is a verdict of
its own and no points; a fault of the grader is "error", and never a zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from course.session import CellResult, Session
from course.syntax import parse

VERDICTS = (
    "passed",
    "partial",
    "failed",
    "unanswered",
    "timeout",
    "memory",
    "killed",
    "missing",
    "malformed",
    "error",
    "manual",
)
HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS[ \t]*\n(.*?)^[ \t]*### END HIDDEN TESTS[^\n]*\n?",
    re.M | re.S,
)
UNANSWERED = "Not answered yet."
LONGEST = 1_600  # characters of a message
OUT_OF_MEMORY = ("MemoryError", "ResourceExhaustedError")  # Python's, TensorFlow's


@dataclass(frozen=True)
class Judgement:
    """A verdict, its points, and what the student is told.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    points : float
    message : str
        Never holds a hidden test or an expected value of one.
    outputs : tuple
        Outputs of the test cell, for the instructor.
    seconds : float
    """

    verdict: str
    points: float
    message: str = ""
    outputs: tuple[NotebookNode, ...] = ()
    seconds: float = 0.0


def judge(session: Session, name: str, test: str, points: float, *, timeout: float) -> Judgement:
    """Run the test cell `test`, which is worth `points`, and return the verdict.

    Parameters
    ----------
    session : Session
        Where the student's cells have been run.
    name : str
        The test cell's ``grade_id``.
    test : str
        Text of the test cell with its hidden part.
    points : float
        Points for a test that runs to its end; a test cell that ends in a number gives
        that many, as in nbgrader.
    timeout : float
        Seconds that each part may take.
    """
    outputs: list[NotebookNode] = []
    seconds = 0.0
    for part, hidden in split_test(test):
        result = session.test(name, part, timeout)
        outputs += result.outputs
        seconds += result.seconds
        if result.status != "ok":
            verdict, message = _failure(result, hidden, timeout)
            return Judgement(verdict, 0.0, message, tuple(outputs), seconds)
        if (earned := _partial(result)) is not None:
            return _by_number(earned, points, tuple(outputs), seconds)
    return Judgement("passed", points, "", tuple(outputs), seconds)


def split_test(test: str) -> list[tuple[str, bool]]:
    """Split a test cell into its visible and hidden parts: ``(text, is it hidden)``.

    A cell whose parts do not stand alone is returned whole, as hidden.
    """
    parts, end = [], 0
    for match in HIDDEN.finditer(test):
        parts += [(test[end : match.start()], False), (match[1], True)]
        end = match.end()
    parts.append((test[end:], False))
    parts = [(text, hidden) for text, hidden in parts if text.strip()]
    if all(_parses(text) for text, _ in parts) and len(parts) > 1:
        return parts
    return [(test, "BEGIN HIDDEN TESTS" in test)]


def visible_part(test: str) -> str:
    """Return the test cell as the student has it."""
    return HIDDEN.sub("", test)


def _parses(text: str) -> bool:
    try:
        parse(text)
    except SyntaxError:
        return False
    return True


def _failure(result: CellResult, hidden: bool, timeout: float) -> tuple[str, str]:
    if result.status == "timeout":
        return "timeout", f"The test was stopped after {timeout:.0f} s: is there an endless loop?"
    if result.status == "killed":
        return "killed", "The Python process ended while the test ran."
    name, text = result.error or ("Error", "")
    if result.status == "memory" or name in OUT_OF_MEMORY:
        return "memory", "The memory ran out while the test ran."
    if name == "NotImplementedError":
        return "unanswered", UNANSWERED
    return "failed", failure_message(name, text, hidden)


def failure_message(name: str, text: str, hidden: bool) -> str:
    """Say what failed, in the student's words; of a hidden test only the named mistake."""
    return _shortened(_failure_message(name, text, hidden))


def _shortened(message: str) -> str:
    """Cut the middle out of what is too long to be read."""
    if len(message) <= LONGEST:
        return message
    return f"{message[: LONGEST // 2]} ... {message[-LONGEST // 4 :]}"


def _failure_message(name: str, text: str, hidden: bool) -> str:
    if name == "CheckFailed":
        _, _, diagnosis = text.partition("\n")
        if not hidden:
            return text
        return diagnosis or "A test with other inputs than the visible ones does not hold."
    if hidden:
        return "A test with other inputs than the visible ones does not hold."
    if name == "AssertionError":
        return text or "The visible test does not hold: run its cell to see which line."
    return f"{name}: {text}".strip(": ")


def _partial(result: CellResult) -> float | None:
    """Return the number that the cell ended in, as nbgrader counts it, or None."""
    for output in result.outputs:
        if output.output_type == "execute_result":
            try:
                return float(output.data.get("text/plain", ""))
            except ValueError:
                return None  # any other value is no mark: the cell ran to its end
    return None


def _by_number(earned: float, points: float, outputs: tuple, seconds: float) -> Judgement:
    if not 0 <= earned <= points:
        message = f"The test cell ended in {earned:g}, which is not between 0 and {points:g}."
        return Judgement("error", 0.0, message, outputs, seconds)
    verdict = "passed" if earned == points else "partial" if earned else "failed"
    return Judgement(verdict, earned, f"{earned:g} of {points:g} points.", outputs, seconds)

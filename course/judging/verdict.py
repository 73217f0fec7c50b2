"""Judge one exercise: run its test cell, and turn what happened into a verdict.

Points need a positive record that the test ran to its end. Everything else is a verdict of
its own and no points; a fault of the grader is "error", and never a zero. What the student is
told of it is made in `course.judging.telling`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nbformat import NotebookNode

from course.judging.telling import of_hidden, of_late, of_visible
from course.notebook.syntax import parse
from course.session import CellResult, Session

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
    result : CellResult or None
        The failure, where the test failed.
    hid : bool
        Whether a hidden part began: from then on the session's process may know its inputs.
    withheld : bool
        Whether the message leaves out what a visible part found, for fear of hidden inputs in it.
    inside : str
        Why the test was judged inside the student's own process; empty where it was not.
    """

    verdict: str
    points: float
    message: str = ""
    outputs: tuple[NotebookNode, ...] = ()
    seconds: float = 0.0
    result: CellResult | None = None
    hid: bool = False
    withheld: bool = False
    inside: str = ""


def judge(
    session: Session,
    name: str,
    test: str,
    points: float,
    *,
    timeout: float,
    late: bool = False,
    trusted: bool = False,
) -> Judgement:
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
    late : bool
        Whether a hidden test has called something in this session already.
    trusted : bool
        Whether the answers are our own: then what the session says of failed checks is told,
        too, where tests run within it.
    """
    outputs: list[NotebookNode] = []
    seconds, hid = 0.0, False
    parts, last = split_test(test), _last(test)
    for k, (part, hidden) in enumerate(parts):
        hid |= hidden
        result = session.test(name, part, timeout)
        outputs += result.outputs
        seconds += result.seconds
        so_far = {"outputs": tuple(outputs), "seconds": seconds, "hid": hid}
        if result.status != "ok":
            verdict, message = _stopped(result, timeout)
            so_far["result"] = result
            if message:
                return Judgement(verdict, 0.0, message, **so_far)
            withheld = (late or hid) and not hidden
            if hidden:
                message = of_hidden(result, test, trusted=trusted)
            else:
                message = of_late(result, test) if withheld else of_visible(result)
            return Judgement(verdict, 0.0, message, **so_far, withheld=withheld)
        # A number on the way is no mark: the cell as a whole does not show it, and goes on.
        if k == last and (earned := _partial(result)) is not None:
            return _by_number(earned, points, so_far)
    return Judgement("passed", points, "", tuple(outputs), seconds, hid=hid)


@lru_cache(maxsize=1024)  # our own tests are the same in every submission
def split_test(test: str) -> tuple[tuple[str, bool], ...]:
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
        return tuple(parts)
    return ((test, "BEGIN HIDDEN TESTS" in test),)


@lru_cache(maxsize=1024)
def _last(test: str) -> int:
    """Return the number of the last of its parts in which anything is run."""
    parts = split_test(test)
    return max((k for k, (part, _) in enumerate(parts) if _runs(part)), default=0)


def visible_part(test: str) -> str:
    """Return the test cell as the student has it."""
    return HIDDEN.sub("", test)


def _parses(text: str) -> bool:
    try:
        parse(text)
    except SyntaxError:
        return False
    return True


def _runs(text: str) -> bool:
    """Tell whether a part is more than comments; what is no plain Python is."""
    try:
        return bool(parse(text).body)
    except SyntaxError:
        return True


def _stopped(result: CellResult, timeout: float) -> tuple[str, str]:
    """Return the verdict of a test that did not reach its end; a message where that says it all."""
    if result.status == "timeout":
        words = "is there an endless loop, or one of far too many steps?"
        return "timeout", f"The test was stopped after {timeout:.0f} s: {words}"
    if result.status == "killed":
        return "killed", "The Python process ended while the test ran."
    name, _ = result.error or ("Error", "")
    if result.status == "memory" or name in OUT_OF_MEMORY:
        return "memory", "The memory ran out while the test ran."
    if name == "NotImplementedError":
        return "unanswered", UNANSWERED
    return "failed", ""


def _partial(result: CellResult) -> float | None:
    """Return the number that the cell ended in, or None where that is no mark.

    As `nbgrader.utils.determine_grade` has it: what is not shown as a number is none, nor is one
    below 0. Such a cell ran to its end, and that is all.
    """
    for output in result.outputs:
        if output.output_type == "execute_result":
            try:
                earned = float(output.data.get("text/plain", ""))
            except ValueError:
                return None
            return earned if earned >= 0 else None
    return None


def _by_number(earned: float, points: float, so_far: dict) -> Judgement:
    if earned > points:
        message = f"The test cell ended in {earned:g}: that is more than its {points:g} points."
        return Judgement("error", 0.0, message, **so_far)
    verdict = "passed" if earned == points else "partial" if earned else "failed"
    return Judgement(verdict, earned, f"{earned:g} of {points:g} points.", **so_far)

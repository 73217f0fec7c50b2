"""Rules on helpers: what students may import answers no exercise."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from nbformat import NotebookNode

from course.gate.evidence import Evidence
from course.gate.findings import Problem, rule
from course.gate.lesson import parsed
from course.judging.verdict import split_test
from course.notebook.exercises import Exercise
from course.session import Session

PACKAGE = "helpers"  # what notebooks import
SECONDS = 120.0  # for all candidates of one exercise
MARK = "given away: "
REMEDY = "Move it to the hidden part of the test, or use a library's function."
# Run in this order, as one module.
PARTS = ("values", "acting", "views", "steps", "lending", "probing")
PROBE = """\
import types as _types
_probe = _types.ModuleType("course_probe")
for _text in {texts!r}:
    exec(_text, _probe.__dict__)
_spaces = {{}}
"""
KEEP = "_spaces[{name!r}] = dict(globals())"
TRY = """\
import json as _json
_asked = _spaces[{name!r}], {answer!r}, {parameters!r}, {parts!r}, {package!r}
_found = [(name, "") for name in _probe.passing(*_asked)]
_found += _probe.near(*_asked)
print({mark!r} + _json.dumps(_found))
"""


@dataclass(frozen=True)
class Question:
    """An exercise whose answer is a function.

    Attributes
    ----------
    exercise : str
        ``grade_id`` of its test.
    answer : str
        The function's name.
    parameters : list of str
        Their names.
    test : str
    """

    exercise: str
    answer: str
    parameters: list[str]
    test: str


def questions(exercise: Exercise, test: NotebookNode, released: dict[str, str]) -> list[Question]:
    """Return the functions that an exercise asks for, by the student version of its answers."""
    found = []
    for name in exercise.answers:
        tree = parsed(released.get(name, ""))
        for node in tree.body if tree else ():
            if isinstance(node, ast.FunctionDef):
                names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
                found.append(Question(exercise.id, node.name, names, test.source))
    return found


class Probe:
    """Tries, in a session, all that a package holds as the answers of exercises.

    Parameters
    ----------
    root : pathlib.Path
        Of the course: without a folder of helpers of its own there is nothing to try.
    """

    def __init__(self, root: Path) -> None:
        self.wanted = (root / PACKAGE).is_dir() and find_spec(PACKAGE) is not None
        self.asked: list[Question] = []

    def enter(self, session: Session) -> None:
        """Get a session ready, before its first cell."""
        if self.wanted:
            session.run(PROBE.format(texts=[_text(name) for name in PARTS]), SECONDS)

    def keep(self, session: Session, asked: list[Question]) -> list[str]:
        """Keep the names that the tests of an exercise find, to be tried at the end.

        Returns
        -------
        codes : list of str
            What ran for it; a session that takes this one's place runs it, too.
        """
        if not (self.wanted and asked):
            return []
        self.asked += asked
        code = KEEP.format(name=asked[0].exercise)
        session.run(code, SECONDS)
        return [code]

    def run(self, session: Session) -> Iterator[tuple[str, str, str]]:
        """Yield exercise and name of each callable that answers it, and the step that it needs.

        The session is used up.
        """
        for question in self.asked:
            code = TRY.format(
                name=question.exercise,
                answer=question.answer,
                parameters=question.parameters,
                parts=[part for part, _ in split_test(question.test)],
                package=PACKAGE,
                mark=MARK,
            )
            result = session.run(code, SECONDS)
            text = "".join(o.text for o in result.outputs if o.output_type == "stream")
            _, mark, found = text.rpartition(MARK)
            if not mark:
                what = ": ".join(result.error) if result.error else result.status
                yield question.exercise, f"?{what}", ""
                return
            yield from ((question.exercise, name, step) for name, step in json.loads(found))


def _text(name: str) -> str:
    """Return a module's text without what it imports of the others."""
    text = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    return re.sub(r"^from course\.gate\..*\n", "", text, flags=re.MULTILINE)


@rule("answer-in-helpers", "no callable of helpers passes a test", house=True)
def find_given_answers(evidence: Evidence) -> Iterator[Problem]:
    for exercise, name, step in evidence.given_away:
        if step:
            continue
        if name.startswith("?"):
            message = f"{PACKAGE} could not be tried as its answer: {name[1:200]}"
            yield Problem(exercise, message, f"Fix what {PACKAGE} does when it is imported.")
        else:
            message = f"{name} passes its test."
            yield Problem(exercise, message, REMEDY)


@rule("step-from-helpers", "no callable of helpers is one step from an answer", house=True)
def find_short_steps(evidence: Evidence) -> Iterator[Problem]:
    for exercise, name, step in evidence.given_away:
        if step:
            yield Problem(exercise, f"{name} passes its test, {step}.", REMEDY)

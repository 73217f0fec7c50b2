"""Rules on where tests are judged: apart, unless the course says otherwise."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

from collections.abc import Iterator

from course.examining.placement import OWN_PROCESS
from course.folder import SYLLABUS_FILE
from course.gate.evidence import Evidence
from course.gate.findings import Problem, rule
from course.notebook.places import signs

INSIDE = "{}, and is judged inside the student's own process: who knows how can make it pass."
ALLOW = f'Or write inside = "allow" below [grading] in {SYLLABUS_FILE.as_posix()}.'
REWRITE = "Test plain data, or what functions give."


@rule("judged-apart", "each test can be judged from outside of the student's process")
def find_tests_inside(evidence: Evidence) -> Iterator[Problem]:
    course = evidence.lesson.course
    if course.inside == "allow":
        return
    words = OWN_PROCESS if course.inside == "forbid" else INSIDE
    known = signs(evidence.lesson.nb)
    for name, reason in evidence.placement.inside.items():
        if name in evidence.placement.unsolved:
            continue
        rewrite = known[name].rewrite if name in known else ""
        said = words.format(reason)
        yield Problem(name, said[0].upper() + said[1:], f"{rewrite or REWRITE} {ALLOW}")


@rule("solution-passes-inside", "the solution scores full marks where it is judged inside")
def find_unsolved_inside(evidence: Evidence) -> Iterator[Problem]:
    for name, said in evidence.placement.unsolved.items():
        if name in evidence.placement.inside:
            message = f"The solution does not pass: {said}"
            yield Problem(name, message, "Fix the solution or the test.")

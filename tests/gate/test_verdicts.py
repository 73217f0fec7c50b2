"""What tests say to the solution, to the stub and to every mistake, in real kernels.

Each section of one course breaks one rule; the course is checked once for all tests.
"""

from __future__ import annotations

import pytest

from course.gate import Finding, check
from tests.builders import code, function, make_course, markdown, region, solution, test_cell
from tests.gate.lessons import put_release

SOLUTION = function("add", "add(a, b)", "return a + b")
VISIBLE = "assert add(1, 2) == 3, 'you do not add'"
HIDDEN = "assert add(20, 22) == 42"
CHECKS = "from helpers import checks\nchecks.function(add)"
SEED = "from helpers import checks\nseed = checks.session_seed()"


def test_of(visible: str = VISIBLE, hidden: str = HIDDEN):
    return test_cell("add-test", visible, hidden)


test_of.__test__ = False

SECTIONS = {
    "good": [SOLUTION, test_of()],
    "lecture": [
        code("import math", id="first"),
        code("math.tau.x", id="broken"),
        SOLUTION,
        test_of(),
    ],
    "expected": [code("1 / 0", "raises-exception"), SOLUTION, test_of()],
    "deadly": [code("import os\nos._exit(1)", id="broken"), SOLUTION, test_of()],
    "solution": [SOLUTION, test_of("assert add(1, 2) == 4, 'four'")],
    "unstable": [SOLUTION, test_of(f"{SEED}\nassert add(1, 2) == 3 and seed != 22, 'unlucky'")],
    "partial": [SOLUTION, test_cell("add-test", "0.5", points=1)],
    "stub-passes": [SOLUTION, test_of("assert callable(add)", "assert add")],
    "stub-words": [
        SOLUTION,
        test_of("try:\n    add(1, 2)\nexcept NotImplementedError:\n    assert 0, 'no'"),
    ],
    "stub-cell": [
        solution("sum", "total = undefined\n" + region("total = 3")),
        test_cell("sum-test", "assert total == 3"),
    ],
    "stub-value": [
        solution("sum", "total = None\n" + region("total = 3")),
        test_cell("sum-test", "assert total is not None, 'unanswered'\nassert total == 3"),
    ],
    "mistakes": [SOLUTION, test_of()],
    "luck": [SOLUTION, test_of(hidden=f"{SEED}\nassert seed == 22 or add(20, 22) == 42, 'no sum'")],
    "words": [SOLUTION, test_of(f"{CHECKS}.returns((2, 2), 4)")],
    "hanging": [SOLUTION, test_of(), code("add(1, 1)", id="later")],
    "demo": [code("name = 3", "demo"), SOLUTION, test_of("assert add(1, 2) == name")],
    "noise": [SOLUTION, test_of(f"import sys\nsys.stderr.write('careful')\n{VISIBLE}")],
    "slow": [code("import time"), SOLUTION, test_of("time.sleep(2.2)\nassert add(1, 2) == 3")],
    "text": [markdown("# No code at all")],
}
MISTAKES = {
    "good": 'mistake("add", says="you do not ADD", code="def add(a, b): return a - b")\n',
    "mistakes": """\
mistake("add", says="not add", code="def add(a, b): return 3 if b < 9 else 42")
mistake("add", says="you multiply", code="def add(a, b): return a * b")
mistake("add", says="raises ValueError: odd", code="raise ValueError('odd')")
mistake("add", says="does not hold", code="def add(a, b): return 3")
""",
    "luck": 'mistake("add", says="no sum", code="def add(a, b): return 3")\n',
    "words": """\
PLUS_ONE = "You add one too much."
mistake("add", words=PLUS_ONE, code="def add(a, b): return a + b + 1")
mistake("add", words="You double the second.", code="def add(a, b): return a + 3 * b - 3")
mistake("add", words="You subtract.", code="def add(a, b): return a - b")
""",
    "hanging": 'mistake("add", says="stopped", code="import os; os._exit(3)")\n',
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> dict[str, list[Finding]]:
    """Check all sections once; return what was found, by section."""
    sections = {name: {"sums": cells} for name, cells in SECTIONS.items()}
    course = make_course(tmp_path_factory.mktemp("course"), sections, mistakes=MISTAKES)
    put_release(course)
    found: dict[str, list[Finding]] = {name: [] for name in SECTIONS}
    for finding in check(course, course.sections, jobs=2):
        if finding.rule != "release-leak":
            found[finding.section].append(finding)
    return found


def the(found: list[Finding]) -> Finding:
    (finding,) = found
    return finding


@pytest.mark.parametrize("section", ["good", "expected", "stub-value", "text"])
def test_a_good_section_has_no_findings(findings, section):
    assert findings[section] == []


def test_a_lecture_cell_that_fails_is_found(findings):
    finding = the(findings["lecture"])
    assert (finding.rule, finding.cell) == ("runs", "broken")
    assert "AttributeError" in finding.message


def test_a_lesson_that_kills_its_kernel_is_found(findings):
    found = findings["deadly"]
    assert {finding.rule for finding in found} >= {"runs"}
    assert "The run was stopped: the kernel dies." in [finding.message for finding in found]


def test_a_solution_that_fails_is_found(findings):
    found = {finding.rule: finding for finding in findings["solution"]}
    assert "scores 0 in 3 of 3 runs: four" in found["solution-passes"].message


def test_a_solution_that_depends_on_the_seed_is_found(findings):
    finding = the(findings["unstable"])
    assert (finding.rule, finding.cell) == ("solution-passes", "add-test")
    assert "in 1 of 3 runs: unlucky" in finding.message


def test_a_solution_that_scores_a_part_is_found(findings):
    found = {finding.rule: finding for finding in findings["partial"]}
    assert "scores 0.5" in found["solution-passes"].message


def test_a_stub_that_scores_is_found(findings):
    finding = the(findings["stub-passes"])
    assert (finding.rule, finding.message) == ("stub-scores", "The stub scores 1 points.")


def test_a_stub_that_draws_other_words_is_found(findings):
    finding = the(findings["stub-words"])
    assert finding.rule == "stub-unanswered"
    assert finding.message.endswith("other words: no")


def test_a_stub_whose_cell_raises_something_else_is_found(findings):
    rules = {finding.rule: finding for finding in findings["stub-cell"]}
    assert "The stub's cell raises NameError" in rules["stub-unanswered"].message


def test_a_mistake_that_scores_is_found(findings):
    found = [f for f in findings["mistakes"] if f.rule == "mistake-caught"]
    assert the(found).message == "The mistake of line 1 ('not add') scores full marks."


def test_a_mistake_that_scores_with_one_seed_of_two_is_found(findings):
    finding = the(findings["luck"])
    assert (finding.rule, finding.message) == (
        "mistake-caught",
        "The mistake of line 1 ('no sum') scores full marks.",
    )


def test_a_mistake_without_its_diagnosis_is_found(findings):
    found = [f for f in findings["mistakes"] if f.rule == "mistake-named"]
    assert "line 2 ('you multiply') draws other words: you do not add" in the(found).message


def test_a_mistake_that_no_example_tells_from_another_is_found(findings):
    found = the([f for f in findings["words"] if f.rule == "mistake-named"])
    which = "The mistake of line 3 ('You double the second.')"
    assert found.message == f"{which} is told by no example from that of line 2."


def test_a_mistake_that_ends_the_session_stops_nothing(findings):
    assert findings["hanging"] == []


def test_a_verdict_that_differs_between_notebook_and_grading_is_found(findings):
    found = {finding.rule: finding for finding in findings["demo"]}
    assert "The solution passes in a notebook; at grading: failed." in found["same-verdict"].message


def test_noise_on_stderr_is_found_once(findings):
    found = [f for f in findings["noise"] if f.rule == "grade-cell-silent"]
    assert the(found).message == "It writes to stderr: careful"


@pytest.mark.slow
def test_a_slow_test_is_found(findings):
    finding = the(findings["slow"])
    assert finding.rule == "fast-test"
    assert "2.2 s or more" in finding.message

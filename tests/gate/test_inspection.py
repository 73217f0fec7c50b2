"""The gate as a whole: foreign courses, order, progress, the form of a finding."""

import json

import pytest

from course.errors import CourseError
from course.gate import RULES, Finding, check, sum_up
from course.gate.findings import rule
from course.gate.lesson import Lesson
from tests.builders import CONFIG, code, make_course, markdown, region, solution, test_cell
from tests.gate.lessons import SECTION, course_of, good_cells, put_release

FOREIGN = [
    markdown("Anything goes. The answer is 12345.678."),
    code("x = 1\n" * 30),
    solution("Problem_1", "def add(a, b):\n    return a + b"),
    test_cell("test1", "assert add(1, 2) == 3\nadd(1, 2) - 2"),
]


def test_a_finding_is_told_in_one_line():
    finding = Finding("02-convolution", "convolution.ipynb", "output", "long-cell", "Long.", "Cut.")
    assert str(finding) == "02-convolution/convolution.ipynb [output] long-cell: Long. Remedy: Cut."


def test_every_rule_says_what_it_demands():
    assert all(rule.demand for rule in RULES.values())


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two rules are called 'stub'"):

        @rule("stub", "twice")
        def find_nothing(lesson: Lesson):
            return []


def test_a_good_lesson_passes_when_it_is_run(tmp_path):
    course = course_of(tmp_path, good_cells())
    assert check(course, course.sections) == []


def test_a_foreign_course_is_held_to_no_house_style(tmp_path):
    course = make_course(tmp_path, {"ps1": {"problem1": FOREIGN, "problem2": [markdown("Text")]}})
    put_release(course)
    assert check(course, course.sections, jobs=2) == []


def test_a_foreign_notebook_without_ids_is_checked(tmp_path):
    course = make_course(tmp_path, {"ps1": {"problem1": FOREIGN}})
    path = course.sections[0].notebooks[0]
    nb = json.loads(path.read_text(encoding="utf-8"))
    nb["nbformat_minor"] = 2
    for cell in nb["cells"]:
        del cell["id"]
    path.write_text(json.dumps(nb), encoding="utf-8")
    put_release(course)
    assert check(course, course.sections) == []


def course_in_r(folder, config):
    test = test_cell("t", "stopifnot(f() == 1)")
    cells = [code("x <- 1"), solution("a", "f <- function() 1"), test]
    course = make_course(folder, {"ps1": {"problem1": cells}}, config=config)
    path = course.sections[0].notebooks[0]
    nb = json.loads(path.read_text(encoding="utf-8"))
    nb["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    path.write_text(json.dumps(nb), encoding="utf-8")
    return course


def test_what_is_style_in_a_foreign_course_is_summed_up_in_one_line(tmp_path):
    cells = [code("x = 1"), *FOREIGN[1:3], test_cell("t", "import sys\nsys.stderr", "assert 0")]
    cells[0].execution_count = 7
    settings = "[release]\nmay_show = []\n"  # names no sections
    course = make_course(tmp_path, {"ps1": {"problem1": cells}}, syllabus=settings)
    put_release(course)
    found = check(course, course.sections, run=False)
    assert {(finding.rule, finding.style) for finding in found} == {
        ("no-outputs", True),
        ("test-silent", True),
    }
    assert "2 matters of style that change no mark (no-outputs 1, test-silent 1)" in sum_up(found)
    assert sum_up([]) == ""


def test_in_a_course_with_a_syllabus_nothing_is_only_style(tmp_path):
    cells = good_cells()
    cells[1].execution_count = 7
    course = course_of(tmp_path, cells)
    (finding,) = check(course, course.sections, run=False)
    assert (finding.rule, finding.style) == ("no-outputs", False)


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        (None, [code("name = input('your name? ')"), *FOREIGN[2:]]),
        (None, [solution("w", region("%%time\nw = 4")), test_cell("t", "assert w == 4")]),
        (
            "helpers.py",
            [
                code("from helpers import double"),
                solution("x", region("x = double(2)")),
                test_cell("t", "from helpers import double\nassert x == double(2)"),
            ],
        ),
    ],
    ids=["asks-its-reader", "begins-with-a-magic", "has-helpers-of-its-own"],
)
def test_habits_of_others_are_no_faults(tmp_path, file, cells):
    course = make_course(tmp_path, {"ps1": {"problem1": cells}})
    if file:
        (course.sections[0].folder / file).write_text("def double(x):\n    return 2 * x\n")
    put_release(course)
    assert check(course, course.sections) == []


def test_what_a_test_inside_binds_is_there_for_a_later_answer(tmp_path):
    cells = [
        *FOREIGN[2:3],
        test_cell("t", "cases = [1, 2]\nassert add(1, 2) == 3"),
        solution("sums", region("sums = [add(c, c) for c in cases]")),
        test_cell("u", "assert sums == [2, 4]"),
    ]
    course = make_course(tmp_path, {"ps1": {"problem1": cells}}, inside="tell")
    put_release(course)
    found = check(course, course.sections)
    assert {(finding.rule, finding.cell) for finding in found} == {("judged-apart", "t")}


def test_a_notebook_whose_packages_are_missing_is_not_run(tmp_path):
    cells = [code("import never_installed_anywhere"), *FOREIGN[2:]]
    course = make_course(tmp_path, {"ps1": {"problem1": cells}})
    put_release(course)
    (finding,) = check(course, course.sections)
    assert finding.rule == "packages"


def test_a_lesson_with_something_to_play_with_is_run(tmp_path):
    cells = [
        code("from ipywidgets import interact"),
        code("@interact(n=(0, 3))\ndef show(n=1):\n    print(n)"),
        *FOREIGN[2:],
    ]
    course = make_course(tmp_path, {"ps1": {"problem1": cells}})
    put_release(course)
    assert check(course, course.sections) == []


def test_a_notebook_in_another_language_is_not_run(tmp_path):
    course = course_in_r(tmp_path, config="")
    put_release(course)
    (finding,) = check(course, course.sections)
    assert (finding.rule, "written in R" in finding.message) == ("runs-here", True)


def test_a_language_without_a_stub_is_found(tmp_path):
    course = course_in_r(tmp_path, config=CONFIG)  # it knows a stub for Python alone
    found = {finding.rule: finding.message for finding in check(course, course.sections)}
    assert set(found) == {"runs-here", "release-possible"}
    assert "language 'R' has not been specified" in found["release-possible"]


def test_findings_stand_in_the_order_of_the_cells(tmp_path):
    cells = good_cells()
    cells += [code("1", "one", id="first"), code("2", "two", id="second")]
    cells[1].metadata["tags"] = ["zero"]
    course = course_of(tmp_path, cells)
    found = check(course, course.sections, run=False)
    assert [finding.cell for finding in found] == ["imports", "first", "second"]


def test_progress_is_reported(tmp_path):
    heard = []
    course = make_course(tmp_path, {"ps1": {"problem1": FOREIGN}})
    check(course, course.sections, report=lambda *said: heard.append(said))
    assert heard[0] == ("ps1/problem1.ipynb", 0, 4)
    assert heard[-1] == ("ps1/problem1.ipynb", 4, 4)


def test_the_sources_own_files_can_be_read_while_it_runs(tmp_path):
    cells = [code("print(open('table.csv').read())")]
    course = make_course(tmp_path, {"ps1": {"problem1": cells}})
    (course.sections[0].folder / "table.csv").write_text("1,2", encoding="utf-8")
    put_release(course)
    assert check(course, course.sections) == []


def test_no_jobs_at_all_are_refused(tmp_path):
    course = course_of(tmp_path, good_cells())
    with pytest.raises(CourseError, match="--jobs 0 is too few"):
        check(course, [course.section(SECTION)], jobs=0)

"""What cannot be graded is said at once, and takes nothing else along."""

from __future__ import annotations

import json

import pytest

from course.authoring.listing import list_sections
from course.demo.samples import hand_in
from course.errors import CourseError
from course.gate import check
from course.grading.grade import Options, grade, grading
from course.grading.limits import limits_for
from course.notebook.reading import read_source
from tests.builders import CONFIG, code, function, make_course, test_cell

CELLS = [function("twice", "twice(x)", "return 2 * x"), test_cell("twice-test", "twice(2) == 4")]
STOCK = CONFIG.partition("c.ClearSolutions")[0]  # with nbgrader's stubs for other languages, too
RIGHT = {"twice": "def twice(x):\n    return 2 * x"}


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path, {"01-a": {"a": CELLS}, "02-b": {"b": CELLS}})


def submit(course) -> None:
    for section in course.sections:
        (path,) = section.notebooks
        target = course.submitted("anna", section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_bytes(hand_in(read_source(path, course.config), RIGHT))


def spoil(course, change) -> None:
    """Change the first section's notebook."""
    path = course.sections[0].notebooks[0]
    nb = json.loads(path.read_text(encoding="utf-8"))
    change(nb)
    path.write_text(json.dumps(nb), encoding="utf-8")


@pytest.mark.parametrize("points", [None, "", "two"])
def test_a_graded_cell_without_points_takes_no_other_section_along(course, points):
    submit(course)
    spoil(course, lambda nb: nb["cells"][1]["metadata"]["nbgrader"].update(points=points))
    listed = list_sections(course, course.sections)
    assert "'twice-test' says no number of points" in listed[0].problem and not listed[1].problem
    found = check(course, course.sections, run=False)
    assert "readable" in {f.rule for f in found if f.section == "01-a"}
    assert "readable" not in {f.rule for f in found if f.section == "02-b"}
    troubles: list[CourseError] = []
    options = Options(sandbox=False)
    graded = list(grading(course, course.sections, options, trouble=troubles.append))
    assert [row.verdict for one in graded for row in one.attempt.rows] == ["passed"]
    assert ["says no number of points" in str(error) for error in troubles] == [True]


def test_where_no_section_can_be_read_that_is_the_end(course):
    submit(course)
    spoil(course, lambda nb: nb["cells"][1]["metadata"]["nbgrader"].pop("points"))
    with pytest.raises(CourseError, match="says no number of points"):
        grade(course, course.sections[:1], sandbox=False)


def test_a_missing_package_is_named_before_the_first_submission(course):
    submit(course)
    spoil(course, lambda nb: nb["cells"].insert(0, code("import not_there_at_all", id="i")))
    said: list[str] = []
    first = next(grading(course, course.sections, Options(sandbox=False), say=said.append))
    assert "not_there_at_all" in said[0]
    assert first is not None
    (finding,) = [f for f in check(course, course.sections, run=False) if f.rule == "packages"]
    assert "not_there_at_all" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import not_there_at_all\nexcept ImportError:\n    pass",
        "def late():\n    import not_there_at_all",
        "import helper_of_theirs, os.path",
    ],
)
def test_what_need_not_be_there_is_not_missed(course, text):
    (course.sections[0].folder / "helper_of_theirs.py").write_text("")
    spoil(course, lambda nb: nb["cells"].insert(0, code(text, id="i")))
    assert "packages" not in {f.rule for f in check(course, course.sections, run=False)}


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"name": "ir", "language": "R", "display_name": "R"}, "is written in R"),
        ({"name": "theirs", "language": "python", "display_name": "T"}, "the kernel 'theirs'"),
        ({"name": "xcpp17", "display_name": "C++"}, "the kernel 'xcpp17'"),
    ],
)
def test_a_kernel_that_is_not_here_is_an_error_and_no_zero(tmp_path, spec, words):
    course = make_course(tmp_path, {"01-a": {"a": CELLS}, "02-b": {"b": CELLS}}, config=STOCK)
    submit(course)
    spoil(course, lambda nb: nb.update(metadata={"kernelspec": spec}))
    graded = grade(course, course.sections, sandbox=False)
    rows = {row.section: row for one in graded for row in one.attempt.rows}
    assert rows["01-a"].verdict == "error" and words in rows["01-a"].message
    assert rows["02-b"].verdict == "passed"
    found = {f.rule: f for f in check(course, course.sections, run=False) if f.section == "01-a"}
    assert words in found["runs-here"].message


LIMITS = {
    "": 30,
    "c.ExecutePreprocessor.timeout = 120": 120,
    "c.Execute.timeout = 7": 7,
    "c.Execute.timeout = None": 900,
    "c.ExecutePreprocessor.timeout = -1": 900,
}


@pytest.mark.parametrize(("line", "seconds"), LIMITS.items())
def test_a_students_cell_has_the_time_that_nbgrader_would_give_it(tmp_path, line, seconds):
    course = make_course(tmp_path, {"01-a": {"a": CELLS}}, config=f"{CONFIG}{line}\n")
    limits = limits_for(course)
    assert (limits.answer, limits.test) == (seconds, seconds)
    assert limits.lecture >= 300 and limits.whole >= 900


def test_the_syllabus_says_it_before_nbgraders_configuration(tmp_path):
    config, syllabus = f"{CONFIG}c.Execute.timeout = 120\n", "[grading]\nseconds = 12\n"
    course = make_course(tmp_path, {"01-a": {"a": CELLS}}, config=config, syllabus=syllabus)
    assert limits_for(course).answer == 12


def test_a_time_that_is_none_is_refused(tmp_path):
    course = make_course(tmp_path, {"01-a": {"a": CELLS}}, syllabus="[grading]\nseconds = 'long'\n")
    with pytest.raises(CourseError, match="seconds is 'long'"):
        limits_for(course)

"""Where a blank of a skeleton is left, it is named, and nothing is run."""

from course import gate
from course.folder import SYLLABUS_FILE, open_course
from tests.builders import edit_cell
from tests.gate.lessons import SECTION, by_id, course_of, good_cells, good_mistakes


def test_a_blank_cell_is_named_with_line_and_what_belongs_there(tmp_path, never_run):
    cells = good_cells()
    by_id(cells, "add-3-task").source += "\n\nBLANK(what it gives)"
    course = course_of(tmp_path, cells)
    (found,) = gate.check(course, course.sections)
    assert str(found) == (
        "01-sums/sums.ipynb [add-3-task] blank: Line 5 is blank: what it gives. "
        "Remedy: Write it in place of BLANK(…)."
    )


def test_a_blank_mistake_is_named_and_nothing_is_run(tmp_path, never_run):
    more = 'mistake("add-1", says="BLANK(what the test says)", code="add_1 = 3")\n'
    course = course_of(tmp_path, good_cells(), mistakes=good_mistakes() + more)
    (found,) = gate.check(course, course.sections)
    assert (found.rule, found.notebook) == ("blank-beside", "mistakes.py")
    assert found.message == "Line 22 is blank: what the test says."


def test_a_blank_of_another_section_s_entry_is_not_this_one_s(tmp_path):
    entry = '[[section]]\nname = "{}"\npoints = 16\nquestion = "{}"\n'
    syllabus = entry.format(SECTION, "Why?") + entry.format("02-more", "BLANK(why)")
    course_of(tmp_path, good_cells())
    (tmp_path / SYLLABUS_FILE).write_text(syllabus, encoding="utf-8")
    course = open_course(tmp_path)
    assert gate.check(course, [course.section(SECTION)], run=False) == []
    found = gate.check(course, [course.section("02-more")], run=False)
    assert [one.message for one in found if one.rule == "blank-beside"] == [
        "Line 8 of course/syllabus.toml is blank: why."
    ]


def test_one_line_says_what_was_not_run_and_how_many_blanks_there_are(tmp_path):
    course = course_of(tmp_path, good_cells())
    assert gate.unfilled(gate.check(course, course.sections, run=False)) == ""
    edit_cell(course.sections[0].notebooks[0], "add-1-task", "Write it.", "BLANK(a) BLANK(b)")
    found = gate.check(course, course.sections, run=False)
    assert gate.unfilled(found).endswith(f"until they are filled in: {SECTION} (2).")
    assert {one.rule for one in found} == {"blank"}  # to release it is not the next thing to do


def test_a_blank_in_a_course_of_other_people_is_no_matter_of_style(tmp_path, never_run):
    cells = good_cells()
    by_id(cells, "title").source += "\n\nBLANK(x)"
    course = course_of(tmp_path, cells, syllabus="[release]\n")
    (found,) = gate.check(course, course.sections)
    assert (found.rule, found.style) == ("blank", False)

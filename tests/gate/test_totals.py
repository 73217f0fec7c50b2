"""Exercises, points and mistakes are as many as was promised."""

from tests.builders import markdown
from tests.gate.lessons import SECTION, by_id, good_mistakes


def without_exercise_seven(cells):
    for name in ("add-7-task", "add-7", "add-7-test", "why-task"):
        cells.remove(by_id(cells, name))
    task = "### Exercise 1.7 · Why? (2 points, about 5 minutes)"
    cells.insert(-1, markdown(task, id="why-task"))
    by_id(cells, "title").source = "# 1 · Sums"


def test_too_few_tested_exercises_are_found(the_finding):
    mistakes = "\n".join(line for line in good_mistakes().splitlines() if '"add-7"' not in line)
    finding = the_finding(without_exercise_seven, mistakes=mistakes, syllabus={SECTION: 14})
    assert (finding.rule, "6 exercises" in finding.message) == ("exercises", True)


def test_a_missing_written_exercise_is_found(the_finding):
    def spoil(cells):
        cells.remove(by_id(cells, "why"))
        cells.remove(by_id(cells, "why-task"))
        by_id(cells, "title").source = "# 1 · Sums, 14 points"

    finding = the_finding(spoil, syllabus={SECTION: 14})
    assert (finding.rule, "0 exercises" in finding.message) == ("exercises", True)


def test_points_that_differ_from_the_syllabus_are_found(the_finding):
    finding = the_finding(syllabus={SECTION: 20})
    assert finding.rule == "points"
    assert finding.message == "The syllabus promises 20 points, the exercises give 16."
    assert str(finding).startswith("01-sums points: ")


def test_points_that_differ_from_the_title_are_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "title").update(source="# Sums, 15 points"))
    assert (finding.rule, finding.cell) == ("points", "title")


def test_too_few_mistakes_are_found(the_finding):
    finding = the_finding(mistakes=good_mistakes().split("\n", 1)[1])
    assert (finding.rule, finding.cell, finding.notebook) == ("mistakes", "add-1", "mistakes.py")
    assert "holds 2 mistakes" in finding.message


def test_a_mistake_of_an_unknown_exercise_is_found(the_finding):
    more = 'mistake("ad-1", says="x", code="y = 1")\n'
    finding = the_finding(mistakes=good_mistakes() + more)
    assert finding.rule == "mistakes-readable"
    assert "Line 22" in finding.message and "'ad-1'" in finding.message


def test_a_mistake_of_a_written_exercise_is_found(the_finding):
    finding = the_finding(mistakes=good_mistakes() + 'mistake("why", says="x", code="1")\n')
    assert finding.rule == "mistakes-readable"


def test_mistakes_that_cannot_be_read_are_found(the_finding):
    finding = the_finding(mistakes=good_mistakes() + 'mistake("add-1")\n')
    assert finding.rule == "mistakes-readable"

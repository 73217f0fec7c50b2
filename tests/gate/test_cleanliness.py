"""The source keeps nothing that a run or an editor left behind."""

import json

import pytest
from nbformat.v4 import new_output

from course import gate
from tests.builders import code, region
from tests.gate.lessons import by_id, course_of, found_in, good_cells


def edit_raw(course, change):
    path = course.sections[0].notebooks[0]
    nb = json.loads(path.read_text(encoding="utf-8"))
    change(nb)
    path.write_text(json.dumps(nb), encoding="utf-8")


def test_a_good_lesson_has_no_findings(nothing_found):
    assert nothing_found()


def test_an_output_is_found(the_finding):
    output = new_output("stream", text="3")
    finding = the_finding(lambda cells: by_id(cells, "imports").outputs.append(output))
    assert (finding.rule, finding.cell) == ("no-outputs", "imports")


def test_an_execution_count_is_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "imports").update(execution_count=4))
    assert (finding.rule, finding.cell) == ("no-outputs", "imports")


def test_stray_metadata_of_a_cell_is_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "title").metadata.update(editable=True))
    assert finding.rule == "no-stray-metadata"
    assert "editable" in finding.message


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"widgets": {}}, "widgets"),
        ({"language_info": {"name": "python", "version": "3"}}, "version"),
    ],
)
def test_stray_metadata_of_the_notebook_is_found(tmp_path, metadata, named):
    course = course_of(tmp_path, good_cells())
    edit_raw(course, lambda nb: nb["metadata"].update(metadata))
    finding = found_in(course)["no-stray-metadata"]
    assert (finding.cell, named in finding.message) == ("", True)


def test_an_id_that_stands_twice_is_found(tmp_path):
    course = course_of(tmp_path, good_cells())
    edit_raw(course, lambda nb: nb["cells"][1].update(id="title"))
    assert found_in(course)["unique-ids"].cell == "title"


def test_an_id_that_is_no_name_is_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "imports").update(id="3F_a"))
    assert (finding.rule, "'3F_a'" in finding.message) == ("id-style", True)


def test_a_graded_cell_with_two_names_is_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "add-1").update(id="add-one"))
    assert (finding.rule, finding.cell) == ("id-style", "add-one")


def test_another_kernel_is_found(tmp_path):
    course = course_of(tmp_path, good_cells())
    edit_raw(course, lambda nb: nb["metadata"]["kernelspec"].update(name="my-env"))
    assert "'my-env'" in found_in(course)["kernel"].message


def test_a_tag_that_no_program_knows_is_found(the_finding):
    finding = the_finding(lambda cells: cells.append(code("1", "[demo]", id="last")))
    assert (finding.rule, finding.cell) == ("known-tags", "last")


def test_delimiters_that_do_not_pair_are_found(tmp_path):
    course = course_of(tmp_path, good_cells())

    def spoil(nb):
        nb["cells"][4]["source"] += ["\n", "    ### BEGIN SOLUTION"]

    edit_raw(course, spoil)
    assert found_in(course)["regions"].cell == "add-1"


def test_a_solution_in_a_cell_that_nobody_clears_is_found(tmp_path):
    course = course_of(tmp_path, good_cells())
    edit_raw(course, lambda nb: nb["cells"][1].update(source=region("import math")))
    assert "not a solution cell" in found_in(course)["regions"].message


def test_a_notebook_that_cannot_be_read_is_found(tmp_path):
    course = course_of(tmp_path, good_cells())
    course.sections[0].notebooks[0].write_text("{", encoding="utf-8")
    found = gate.check(course, course.sections)
    assert "readable" in [finding.rule for finding in found]
    assert "is not a notebook" in found[-1].message


def test_a_section_without_a_notebook_is_found(tmp_path):
    course = course_of(tmp_path, good_cells())
    course.sections[0].notebooks[0].unlink()
    assert "has no notebook" in gate.check(course, course.sections)[0].message

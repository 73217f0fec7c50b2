"""``groups.csv``: who works with whom, and where; what cannot be so is named with its line."""

from __future__ import annotations

import os

import pytest

from course.errors import CourseError
from course.intake.enrolling import enrol
from course.intake.groups import Group, read_groups
from tests.builders import make_course
from tests.sums import SUMS

FIRST, SECOND = "01-sums", "02-more"
CLASS = "id,first_name,last_name\n" + "".join(f"{x},{x.title()},Oz\n" for x in ("ann", "bob"))


@pytest.fixture
def course(tmp_path):
    """Return a course of two sections that knows ann and bob by a list, cyd by a submission."""
    made = make_course(tmp_path, {name: {"sums": SUMS} for name in (FIRST, SECOND)})
    listed = tmp_path / "class.csv"
    listed.write_text(CLASS, encoding="utf-8")
    enrol(made, listed)
    made.submitted("cyd", FIRST).mkdir(parents=True)
    return made


@pytest.fixture
def write(course):
    """Return a function that writes the table and reads it."""

    def write(text: str, encoding: str = "utf-8"):
        (course.root / "groups.csv").write_bytes(text.encode(encoding))
        return read_groups(course)

    return write


def test_without_a_table_nobody_has_a_group(course):
    assert read_groups(course).of(course.sections[0]) == []


def test_a_row_without_a_section_counts_for_all(course, write):
    groups = write("group,student\nA,bob\nA,ann\n")
    for section in course.sections:
        assert groups.of(section) == [Group("A", ("ann", "bob"))]


def test_a_row_with_a_section_counts_there_in_place_of_the_persons_other(course, write):
    table = "group,student,section\nA,ann,\nA,bob,\nB,cyd,\nB,bob,02\n"
    groups = write(table)
    assert groups.of(course.sections[0]) == [Group("A", ("ann", "bob"))]
    assert groups.of(course.sections[1]) == [Group("B", ("bob", "cyd"))]


def test_who_is_alone_is_no_group(course, write):
    assert write("group,student\nA,ann\nB,bob\n").of(course.sections[0]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_stand_in_any_order_and_a_spreadsheet_may_have_written_them(
    course, write, encoding
):
    groups = write("Section;STUDENT ; Team\r\n\r\n;ann;甲\r\n; bob ;甲\r\n;bob;甲\r\n", encoding)
    assert groups.of(course.sections[0]) == [Group("甲", ("ann", "bob"))]


def refused(write, text: str) -> str:
    with pytest.raises(CourseError) as caught:
        write(text)
    assert caught.value.code == 2 and caught.value.remedy
    return str(caught.value)


def test_a_person_in_two_groups_is_named_with_both_lines(write):
    told = refused(write, "group,student\nA,ann\n\nA,bob\nB,ann\n")
    assert "groups.csv, line 5: 'ann' is in group 'B', and by line 2 in 'A'" in told
    told = refused(write, "group,student,section\nA,ann,01\nA,bob,\nB,ann,01-sums\n")
    assert "line 4" in told and "line 2" in told and "in 01-sums" in told


def test_somebody_whom_the_course_does_not_know_is_named_with_the_line(write):
    told = refused(write, "group,student\nA,ann\nA,bobb\n")
    assert "groups.csv, line 3: 'bobb' is no student of this course" in told
    assert "'bob'" in told and "--roster" in told


def test_who_stands_in_the_gradebook_alone_is_known(course, write):
    from course.record.named import Named
    from course.record.store import open_record

    with open_record(course) as record:
        record.name([Named("dan", "Dan", "Ox")], replace=True)
    assert write("group,student\nA,ann\nA,dan\n").of(course.sections[0])


def test_a_section_that_is_not_there_is_named_with_the_line(write):
    told = refused(write, "group,student,section\nA,ann,\nA,bob,07\n")
    assert "groups.csv, line 3" in told and "'07'" in told and "02-more" in told


@pytest.mark.parametrize(("row", "what"), [(",bob", "no group"), ("A,", "no student")])
def test_a_row_that_says_half_is_named_with_the_line(write, row, what):
    told = refused(write, f"group,student\nA,ann\n{row}\n")
    assert "groups.csv, line 3" in told and what in told


def test_a_table_of_something_else_is_refused(write):
    told = refused(write, "team leader,points\nann,3\n")
    assert "group" in told and "student" in told and "team leader" in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_that_is_a_folder_is_refused(course):
    (course.root / "groups.csv").mkdir()
    with pytest.raises(CourseError, match=r"groups\.csv"):
        read_groups(course)

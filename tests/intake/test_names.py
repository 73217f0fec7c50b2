"""What a name in a download tells, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.intake.archives import checked_name
from course.intake.lms import is_student_id, plain_stems, read_name, student_id
from course.intake.members import Refusal

SECTIONS = ("01-images", "02-convolution")


@pytest.mark.parametrize(
    ("name", "person", "file", "section"),
    [
        ("anna/02-convolution/convolution.ipynb", "anna", "convolution.ipynb", SECTIONS[1]),
        ("top/anna/02-Convolution/x.ipynb", "anna", "x.ipynb", SECTIONS[1]),
        ("Anna Li_42_assignsubmission_file_/a.ipynb", "Anna Li", "a.ipynb", ""),
        ("Anna Li_42_assignsubmission_file/sub/a.ipynb", "Anna Li", "a.ipynb", ""),
        ("Anna Li_42_assignsubmission_file_a.ipynb", "Anna Li", "a.ipynb", ""),
        ("lianna_12_345_a.ipynb", "lianna", "a.ipynb", ""),
        ("lianna_LATE_12_345_a-1.ipynb", "lianna", "a-1.ipynb", ""),
        ("li_anna_1234_5678_a_1_2.ipynb", "li_anna", "a_1_2.ipynb", ""),
        ("li_anna_LATE_1234_5678_a.ipynb", "li_anna", "a.ipynb", ""),
        ("anon_a1B2c_5678_a.ipynb", "anon", "a.ipynb", ""),
        ("anon_LATE_a1B2c_5678_a.ipynb", "anon", "a.ipynb", ""),
        ("anon_1234_5678_a.ipynb", "anon", "a.ipynb", ""),
        ("my_notes_1_2.ipynb", "", "my_notes_1_2.ipynb", ""),
        ("Li_Anna_42_assignsubmission_file_/a.ipynb", "Li_Anna", "a.ipynb", ""),
        ("li_anna/02-convolution/a.ipynb", "li_anna", "a.ipynb", SECTIONS[1]),
        ("a.ipynb", "", "a.ipynb", ""),
        ("02-convolution/a.ipynb", "", "a.ipynb", SECTIONS[1]),
    ],
)
def test_a_name_tells_person_file_and_section(name, person, file, section):
    origin = read_name(checked_name(name), SECTIONS)
    assert (origin.person, origin.file, origin.section) == (person, file, section)


def test_canvas_tells_that_a_file_is_late():
    assert read_name(checked_name("lianna_LATE_1_2_a.ipynb"), SECTIONS).late
    assert not read_name(checked_name("lianna_1_2_a.ipynb"), SECTIONS).late


@pytest.mark.parametrize(
    ("person", "made"),
    [
        ("Anna Müller", "Anna-Müller"),
        ("Anna Mu\u0308ller", "Anna-Müller"),
        ("Seán O'Brien", "Seán-O-Brien"),
        ("王 小明", "王-小明"),
        ("नेहा शर्मा", "नेहा-शर्मा"),
        ("Chloé\u200cMarie", "ChloéMarie"),
        ("../../etc", "etc"),
        ("-rf *", "rf"),
        ("???", ""),
    ],
)
def test_a_students_id_keeps_letters_and_nothing_that_a_path_understands(person, made):
    assert student_id(person) == made


@given(st.text(max_size=200))
def test_every_id_made_is_a_valid_one(person):
    made = student_id(person)
    assert made == "" or is_student_id(made)


@pytest.mark.parametrize("bad", ["", ".", "..", "a/b", "a\\b", ".hidden", "a*", "[a]", "-x"])
def test_what_a_path_or_a_wildcard_could_hide_in_is_no_id(bad):
    assert not is_student_id(bad)


@pytest.mark.parametrize(
    "file",
    ["a.ipynb", "A (1).ipynb", "a-2.ipynb", "a-Copy1.ipynb", "a copy 2.ipynb", "a (new).ipynb"],
)
def test_a_copys_mark_is_taken_off(file):
    assert plain_stems(file)[-1] == "a"


@given(st.text(max_size=60))
def test_a_checked_name_stays_below_its_folder(name):
    try:
        checked = checked_name(name)
    except Refusal:
        return
    assert not checked.is_absolute() and ".." not in checked.parts

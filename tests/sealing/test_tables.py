"""`course release` seals the words of mistakes for students' notebooks."""

import base64
import json
from pathlib import Path

import pytest

from course.examining import opening
from course.sealing.tables import FOLDER, seal
from tests.builders import code, make_course
from tests.sums import SUMS

SECTION = "01-sums"
SUBTRACTS = "You subtract: the sign is minus."
MISTAKES = f"""\
MULTIPLIES = "You multiply."

@mistake("add", words="{SUBTRACTS}")
def add(a, b):
    return a - b

@mistake("add", words=MULTIPLIES)
def add(a, b):
    return a * b

mistake("twice", words="You add 2.", code="def twice(x):\\n    return add(x, 2)")
mistake("add", says="is a list", code="add = lambda a, b: [a, b]")
"""


def course_of(folder: Path, mistakes: str):
    (folder / "helpers" / "checks").mkdir(parents=True, exist_ok=True)
    return make_course(folder, {SECTION: {"sums": SUMS}}, mistakes={SECTION: mistakes})


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """Return a course and what came of sealing it."""
    course = course_of(tmp_path_factory.mktemp("course"), MISTAKES)
    return course, seal(course, course.sections)


def table(course) -> Path:
    return course.root / FOLDER / f"{SECTION}.json"


def test_what_a_visible_example_shows_is_sealed(sealed):
    course, (made,) = sealed
    # At 2 + 2 a product is no mistake: only the hidden inputs tell, and they are not looked at.
    assert (made.mistakes, made.named, made.left_out, made.changed) == (3, 2, (), True)
    assert len(json.loads(table(course).read_text(encoding="utf-8"))) == 2


def test_nothing_of_an_answer_or_a_word_can_be_read(sealed):
    text = table(sealed[0]).read_text(encoding="utf-8")
    held = b"".join(map(base64.b64decode, json.loads(text).values())) + text.encode()
    assert not any(word in held for word in (b"subtract", b"minus", b"add(", b"twice", b"return"))


def test_it_is_made_byte_for_byte_again(sealed):
    course, _ = sealed
    assert seal(course, course.sections, check=True) == []
    (again,) = seal(course, course.sections)
    assert not again.changed


def test_where_nothing_can_be_forked_it_is_the_same(sealed, monkeypatch):
    course, _ = sealed
    monkeypatch.setattr(opening, "available", lambda: False)
    assert seal(course, course.sections, check=True) == []


def test_a_table_that_has_drifted_is_found(tmp_path):
    course = course_of(tmp_path, MISTAKES)
    (drift,) = seal(course, course.sections, check=True)
    assert str(drift) == f"{FOLDER}/{SECTION}.json is missing"
    table(course).parent.mkdir()
    table(course).write_text("{}\n", encoding="utf-8")
    (drift,) = seal(course, course.sections, check=True)
    assert str(drift) == f"{FOLDER}/{SECTION}.json differs"


def test_two_mistakes_that_no_visible_example_tells_apart_are_both_left_out(tmp_path):
    more = 'mistake("add", words="It is always 0.", code="def add(a, b):\\n    return 0")\n'
    course = course_of(tmp_path, MISTAKES + more)
    (made,) = seal(course, course.sections)
    assert made.left_out == (
        f"{SUBTRACTS!r} and 'It is always 0.' are told apart by no visible example",
    )
    assert len(json.loads(table(course).read_text(encoding="utf-8"))) == 1


def test_without_mistakes_there_is_no_table(tmp_path):
    course = course_of(tmp_path, "")
    assert seal(course, course.sections, check=True) == []
    table(course).parent.mkdir()
    table(course).write_text("{}\n", encoding="utf-8")
    (drift,) = seal(course, course.sections, check=True)
    assert str(drift) == f"{FOLDER}/{SECTION}.json is superfluous"
    seal(course, course.sections)
    assert not table(course).exists()


def test_a_course_without_helpers_of_its_own_has_none(tmp_path):
    course = make_course(tmp_path, {SECTION: {"sums": SUMS}}, mistakes={SECTION: MISTAKES})
    assert seal(course, course.sections) == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import os\nraise OSError('no file')", "the cell lesson raises OSError('no file')"),
        ("import os\nos._exit(3)", "it ended (killed)"),
    ],
    ids=["raises", "ends Python"],
)
def test_a_lesson_that_does_not_run_is_named_and_stops_no_other(tmp_path, cell, reason):
    course_of(tmp_path, MISTAKES)
    broken = code(cell)
    broken.id = "lesson"
    sections = {"02-broken": {"sums": [broken, *SUMS]}, SECTION: {"sums": SUMS}}
    course = make_course(tmp_path, sections, mistakes=dict.fromkeys(sections, MISTAKES))
    refused = []
    made = seal(course, course.sections, trouble=refused.append)
    assert [one.section for one in made] == [SECTION] and made[0].named == 2
    (error,) = refused
    assert f"02-broken/sums.ipynb: its mistakes cannot be sealed: {reason}" in error.what.replace(
        "RuntimeError: ", ""
    )

"""The words of a syllabus: a slip in one of them is told, and so is a value of another kind."""

from __future__ import annotations

import pytest

from course.errors import CourseError
from course.folder import SYLLABUS_FILE, open_course
from tests.builders import code, make_course


@pytest.fixture
def told(tmp_path):
    """Return a function from a syllabus to the sections there."""
    course = make_course(tmp_path, {"a": {"n": [code("1")]}})
    path = course.root / SYLLABUS_FILE

    def read(text: str):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return open_course(course.root).sections

    return read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[section]]\nname = 'a'\ndua = 2026-12-01T23:59:00+01:00", "'a' has dua.*Write due"),
        ("[[section]]\nname = 'a'\nsolutions_afte = 1", "Write solutions_after"),
        ("[[section]]\nname = 'a'\nDue = 1", "has Due, which means nothing here. Write due"),
        ("[[section]]\nname = 'a'\n[grading]\nsecond = 5", r"\[grading\] has second.*seconds"),
        ("[[section]]\nname = 'a'\n[release]\ngoes-on = true", "Write goes_on"),
        ("[gradin]\nseconds = 5", "the syllabus has gradin.*Write grading"),
        ("[section]\nname = 'a'", r"no list of sections. Begin each section with a line \[\["),
        ("[[section]]\nname = 'a'\nminutes = 'many'", "minutes of 'a' is 'many', which is no num"),
        ("[[section]]\nname = 'a'\npoints = -1", "points of 'a' is -1, which is no number from 0"),
        ("[[section]]\nname = 'a'\ntitle = 5", "title of 'a' is 5, which is no text"),
        ("[[section]]\nname = 5", "name of 5 is 5, which is no text"),
    ],
)
def test_what_would_have_no_effect_or_another_is_told(told, text, words):
    with pytest.raises(CourseError, match=words) as caught:
        told(text)
    assert caught.value.remedy


def test_other_keys_are_their_authors_own(told):
    text = "[[section]]\nname = 'a'\nminutes = 7.5\ndate = 'May'\nweek = 3\n[mine]\nx = 1"
    (section,) = told(text)
    assert (section.name, section.minutes) == ("a", 7.5)

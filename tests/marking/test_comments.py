"""Comments for reuse: kept in a file of the course, also where several people keep some at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.errors import CourseError
from course.marking.comments import MOST, NAME, drop, keep, kept


def test_several_who_keep_some_at_once_lose_none(course):
    texts = [f"Comment {number}." for number in range(20)]
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda text: keep(course, "q", text), texts))
    assert sorted(kept(course, "q")) == sorted(texts)


def test_the_file_can_be_read_and_is_small(course):
    keep(course, "q", "Größer?")
    keep(course, "r", "So.")
    drop(course, "r", "So.")
    text = (course.root / NAME).read_text(encoding="utf-8")
    assert json.loads(text) == {"q": ["Größer?"]} and "Größer?" in text


def test_there_is_an_end(course):
    (course.root / NAME).write_text(json.dumps({"q": [str(i) for i in range(MOST)]}), "utf-8")
    assert keep(course, "q", "0") == [str(i) for i in range(MOST)]
    with pytest.raises(CourseError, match="100 comments are kept already"):
        keep(course, "q", "One more.")

"""mistakes.py is read, never run: each mistake with its words and its code."""

import pytest

from course.errors import CourseError
from course.notebook.mistakes import read_mistakes


@pytest.fixture
def read(tmp_path):
    def read(text: str):
        (tmp_path / "mistakes.py").write_text(text, encoding="utf-8")
        return read_mistakes(tmp_path / "mistakes.py")

    return read


def test_a_mistake_has_its_words_and_the_text_below_it(read):
    (found,) = read('@mistake("add", words="You subtract.")\ndef add(a, b):\n    return a - b\n')
    assert (found.exercise, found.words, found.says) == ("add", "You subtract.", "You subtract.")
    assert found.code == "def add(a, b):\n    return a - b"


def test_words_may_stand_above_under_a_name(read):
    first, second = read(
        'SIGN = (\n    "You "\n    "subtract."\n)\n'
        'mistake("add", words=SIGN, code="a")\nmistake("sum", words=SIGN, code="b")\n'
    )
    assert first.words == second.words == "You subtract."


def test_what_a_check_says_by_itself_is_no_words(read):
    (found,) = read('mistake("add", says="is a list", code="add = list")\n')
    assert (found.words, found.says) == ("", "is a list")


def test_each_value_of_a_name_is_a_mistake(read):
    below = "def f():\n    return LOW\n"
    found = read(f'@mistake("f", words="No.", each={{"LOW": (-1, -2.5)}})\n{below}')
    named = read(f'LOWS = (-1, -2.5)\n@mistake("f", words="No.", each={{"LOW": LOWS}})\n{below}')
    assert [m.code for m in found] == [m.code for m in named]
    assert [mistake.code for mistake in found] == [
        "LOW = -1\ndef f():\n    return LOW",
        "LOW = -2.5\ndef f():\n    return LOW",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'mistake("f", code="1")',
        'mistake("f", words="a", says="b", code="1")',
        'mistake("f", words=NOBODY, code="1")',
        'mistake("f", words=5, code="1")',
        'mistake("f", words=f"{1}", code="1")',
        'mistake("f", words="a")',
        'mistake("f", words="a", code="1", each={"A": 5})',
        'mistake("f", words="a", code="1", each={"A": (1,), "B": (2,)})',
        "mistake(f, words='a', code='1')",
    ],
)
def test_what_is_no_mistake_is_named_by_its_line(read, text):
    with pytest.raises(CourseError, match="line 2: this mistake cannot be read"):
        read(f"\n{text}\n")

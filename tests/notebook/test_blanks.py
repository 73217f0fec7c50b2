"""Blanks of a skeleton: how they are written, and found again."""

import pytest

from course.notebook.blanks import Blank, blank, blank_value, blanks


@pytest.mark.parametrize(
    "text",
    [
        "### Exercise 2.1 · BLANK(the title) (3 points, about 8 minutes)",
        '    return BLANK("the title")',
        'words="BLANK(the title)"',
        "<summary>BLANK(the title)</summary>",
        "minutes = 3  # BLANK( the title )",
    ],
)
def test_a_blank_is_found_wherever_it_is_written(text):
    assert blanks(f"first\n{text}\nlast") == [Blank(2, "the title")]


def test_what_is_written_is_found(text="what it gives: a tuple of ints, as in NumPy's shape"):
    assert [one.what for one in blanks(blank(text) + blank_value(text))] == [text, text]


def test_a_blank_without_a_word_is_one():
    assert blanks("BLANK()") == [Blank(1, "something")]


@pytest.mark.parametrize("text", ["Fill in the BLANK", "NOBLANK(x)", "blank(x)", "BLANK (x)"])
def test_other_words_are_none(text):
    assert blanks(text) == []

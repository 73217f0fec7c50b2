"""What of a cell's outputs is shown on a page: text that can be read, and pictures."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_output

from course.harmless.shown import (
    MAX_OUTPUTS,
    PICTURE,
    WITHHELD,
    clean,
    outputs,
    show_instead,
)
from tests.pictures import PNG


def printed(text: str):
    return new_output("stream", name="stdout", text=text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\n\tb", "a\n\tb"),
        ("\x1b[31mred\x1b[0m\x1b]0;title\x07", "red"),
        ("\u202eturned\u2066\u200f", "turned"),
        ("\ud800half", "half"),
        ("\x85\x9bC1\x00", "C1"),
        ("太 ü", "太 ü"),
    ],
)
def test_what_steers_turns_or_hides_is_taken_out(text, read):
    assert clean(text) == read
    assert clean(text).encode()


def test_a_long_text_is_shortened_and_says_so():
    assert clean("x" * 9_000).endswith("… (5,000 characters more)")


def test_a_cell_shows_its_own_outputs_unless_others_are_given():
    cell = new_code_cell("", outputs=[printed("noted")])
    assert [o.text for o in outputs(cell)] == ["noted"]
    show_instead(cell, [printed("clean")] * (MAX_OUTPUTS + 5))
    assert [o.text for o in outputs(cell)] == ["clean"] * MAX_OUTPUTS
    assert cell.outputs[0].text == "noted"  # for the instructor
    show_instead(cell, [])
    assert outputs(cell) == []
    show_instead(cell, None)
    assert [o.text for o in outputs(cell)] == [WITHHELD]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bar chart: errors;\n 大 3.\u202e", "Bar chart: errors; 大 3."),
        ("<Figure size 640x480 with 1 Axes>", PICTURE),
        ("", PICTURE),
    ],
)
def test_a_picture_is_shown_with_the_text_beside_it_as_its_words(text, words):
    data = {"image/png": PNG, "text/plain": text}
    cell = new_code_cell("", outputs=[new_output("display_data", data)])
    (shown,) = outputs(cell)
    assert (shown.text, shown.picture, shown.words) == ("", PNG, words)
    show_instead(cell, cell.outputs)
    assert outputs(cell) == [shown]

"""Every figure that a notebook shows says what it shows."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_output

from course.gate.evidence import Evidence
from course.gate.figures import find_wordless_figures
from course.gate.prose import find_unproven_numbers
from tests.builders import code, markdown, notebook


def drawing(words: str | None, **other: str):
    cell = code("draw()", id="draw")
    about = {} if words is None else {"image/png": {"alt": words}}
    data = {"image/png": "iVBORw0KGgo=", "text/plain": words or "<Figure>", **other}
    cell.outputs = [new_output("display_data", data, metadata=about)]
    return cell


def found(*cells) -> list[str]:
    evidence = Evidence(None, notebook(list(cells)))
    return [f"{one.cell}: {one.message}" for one in find_wordless_figures(evidence)]


def test_a_figure_without_words_is_named():
    assert found(drawing(None)) == ["draw: A figure of this cell has no alternative text."]
    assert found(drawing("  ")) == ["draw: A figure of this cell has no alternative text."]


@pytest.mark.parametrize("words", ["figure", "Two pictures in one row.", "<Figure with 1 Axes>"])
def test_a_figure_whose_words_say_nothing_is_named_with_them(words):
    message = f"The alternative text of a figure does not say what it shows: {words!r}."
    assert found(drawing(words)) == [f"draw: {message}"]


def test_a_figure_that_says_what_it_shows_passes():
    assert found(drawing("Line chart: loss over epoch; training: 2, 1."), code("x = 1")) == []


@pytest.mark.parametrize("text", ["![](a.png)", "<img src='a.png'>", '<img alt="" src="a.png">'])
def test_a_picture_in_the_text_needs_words_too(text):
    assert len(found(markdown(text, id="text"))) == 1


def test_a_picture_in_the_text_that_has_words_passes():
    assert found(markdown("![a cat](a.png) <img src='a.png' alt='a dog'>")) == []


def test_neither_words_nor_bytes_of_a_figure_prove_a_number_in_the_text():
    said = drawing("Line chart: accuracy 0.875", **{"text/html": "<img alt='0.625'>"})
    evidence = Evidence(None, notebook([said, markdown("It is 0.875, and 0.625.")]))
    assert len(list(find_unproven_numbers(evidence))) == 2

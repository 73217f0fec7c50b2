"""Embeddings: a character for each picture, in a panel for each embedding."""

from helpers import plotting

import numpy as np
import pytest

POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 0.0]])


def test_each_picture_is_written_as_its_class_at_its_place():
    figure = plotting.show_embeddings({"before": POINTS, "after": -POINTS}, [0, 1, 0], "大犬")
    assert [axes.get_title("center") for axes in figure.axes] == ["before", "after"]
    texts = figure.axes[1].texts
    assert [text.get_text() for text in texts] == ["大", "犬", "大"]
    np.testing.assert_array_equal([text.get_position() for text in texts], -POINTS)
    colours = [text.get_color() for text in texts]
    assert colours[0] == colours[2] != colours[1]


@pytest.mark.parametrize(
    ("places", "labels", "words"),
    [
        ({}, [0], "There is no embedding"),
        ({"flat": POINTS}, [0, 1], r"'flat' has shape \(3, 2\) for 2 labels"),
        ({"flat": POINTS}, [0, 1, 2], "Labels reach 2, and there are 2 names"),
    ],
)
def test_what_does_not_fit_is_named(places, labels, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_embeddings(places, labels, "大犬")

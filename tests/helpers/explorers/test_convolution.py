from dataclasses import replace

from helpers.explorers import EXPLORERS
from helpers.explorers.convolution import (
    KERNELS,
    PICTURES,
    Kernels,
    draw,
    picture,
    place_window,
    slide,
)

import numpy as np
import pytest


def said(figure):
    """All words of a figure."""
    parts = [text.get_text() for axes in figure.axes for text in axes.texts]
    return " ".join([*parts, figure.get_suptitle(), figure.get_supxlabel()])


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_hold_whole_numbers_and_cannot_be_changed(name):
    image = picture(name)
    assert image.ndim == 2 and image.dtype.kind == "i"
    assert image.min() >= 0 and image.max() <= 255
    with pytest.raises(ValueError, match="read-only"):
        image[0, 0] = 1


def test_sliding_does_not_flip_the_kernel():
    pixel = np.zeros((5, 5), int)
    pixel[2, 2] = 1
    kernel = np.arange(9).reshape(3, 3)
    assert (slide(pixel, kernel, padded=False) == kernel[::-1, ::-1]).all()


def test_the_smiley_gives_the_feature_map_of_the_lesson():
    maps = slide(picture("smiley"), np.array(KERNELS["bottom row"]), padded=True)
    assert maps.tolist() == [
        [1, 1, 2, 1, 1],
        [0, 0, 0, 0, 0],
        [1, 1, 0, 1, 1],
        [1, 2, 3, 2, 1],
        [0, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize(("stop", "places", "place"), [(0, 5, 0), (3, 5, 3), (15, 5, 4)])
def test_on_a_small_picture_a_stop_is_a_place(stop, places, place):
    assert place_window(stop, places) == place


@pytest.mark.parametrize(("stop", "place"), [(0, 0), (15, 105)])
def test_on_a_large_picture_the_stops_reach_from_end_to_end(stop, place):
    assert place_window(stop, 106) == place


def test_the_arithmetic_adds_up_to_the_number_in_the_output():
    for name in KERNELS:
        assert "but the output holds" not in said(draw(Kernels(weights=KERNELS[name])))


def test_flipping_turns_the_kernel():
    upright = Kernels("steps", KERNELS["bottom row"], 1, 1)
    assert "= 1" in said(draw(replace(upright, row=0, column=4)))
    assert "kernel flipped" in said(draw(replace(upright, flip=True)))


def test_the_sliders_of_the_window_end_at_its_last_place():
    explorer = EXPLORERS["kernels"]
    assert explorer.changed(row=15).row == 4
    assert explorer.changed(row=15, padded=False).row == 2
    assert explorer.changed(row=15, picture="temple").row == 15
    assert "row 4" in said(draw(Kernels(row=15)))


def test_the_window_explorer_says_when_it_passes_over_the_stride():
    explorer = EXPLORERS["windows"]
    figure = explorer.draw(replace(explorer.start, stride=3, dilation=2))
    assert "stride 1" in said(figure)

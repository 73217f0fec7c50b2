"""The explorer of pictures as numbers: its arithmetic, and what it says when it must clamp."""

from helpers import explorers, loading
from helpers.explorers.images import BASES, PICTURES, SIDE, picture, spell, window_start

import numpy as np
import pytest


@pytest.fixture(scope="module")
def explorer():
    return explorers.EXPLORERS["images"]


def words(figure):
    """Collect all texts of a figure, its title first."""
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    return [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes), *texts]


@pytest.mark.parametrize(
    ("base", "text"), [("decimal", "161"), ("binary", "1010 0001"), ("hexadecimal", "A1")]
)
def test_a_byte_is_spelt_in_each_base(base, text):
    assert spell(161, base) == text


@pytest.mark.parametrize("base", BASES)
def test_every_byte_can_be_read_back(base):
    digits = {"decimal": 10, "binary": 2, "hexadecimal": 16}[base]
    assert [int(spell(n, base).replace(" ", ""), digits) for n in range(256)] == list(range(256))


@pytest.mark.parametrize("value", [-1, 256])
def test_a_number_outside_a_byte_is_refused(value):
    with pytest.raises(ValueError, match="one byte holds 0 to 255"):
        spell(value, "decimal")


@pytest.mark.parametrize(("centre", "start"), [(0, 0), (1, 0), (8, 6), (15, 11)])
def test_the_window_stays_inside_the_picture(centre, start):
    assert window_start(centre, 5, 16) == start


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_a_small_uint8_image_that_nobody_can_change(name):
    image = picture(name)
    assert image.dtype == np.uint8
    assert image.ndim == 3 and max(image.shape[:2]) <= SIDE
    assert not image.flags.writeable


def test_a_shrunk_photograph_keeps_its_mean_colour():
    flower = loading.crop_centre(loading.photographs()[1], 400, 400)
    assert np.allclose(picture("flower").mean(axis=(0, 1)), flower.mean(axis=(0, 1)), atol=0.5)


def test_the_pixel_is_written_in_all_three_bases(explorer):
    texts = words(explorer.draw(explorer.changed(picture="ghost", row=6, column=4)))
    assert {"51", "0011 0011", "0x33", "255", "1111 1111", "0xFF"} <= set(texts)


def test_the_sliders_end_where_the_picture_ends(explorer):
    title, *_ = words(explorer.draw(explorer.changed(picture="digit", row=39, column=2)))
    assert "row 7, column 2" in title
    widget = explorer.show(row=15)
    assert widget.controls["row"].max == 15
    widget.controls["picture"].value = "digit"
    assert widget.state.row == widget.controls["row"].value == widget.controls["row"].max == 7
    widget.controls["picture"].value = "flower"
    assert widget.controls["row"].max == SIDE - 1


def test_a_colour_channel_of_a_grey_picture_is_said_to_be_missing(explorer):
    title, *_ = words(explorer.draw(explorer.changed(picture="digit", channel="blue")))
    assert "one channel" in title


def test_a_window_too_wide_for_binary_is_narrowed_and_said(explorer):
    texts = words(explorer.draw(explorer.changed(numbers="binary", window=7)))
    assert any("at most 3 × 3" in text for text in texts)


def test_one_channel_is_shown_as_one_number_a_pixel(explorer):
    figure = explorer.draw(explorer.changed(picture="ghost", channel="green", window=3))
    numbers = [text.get_text() for text in figure.axes[1].texts] + [
        artist.get_text() for artist in figure.axes[1].artists if hasattr(artist, "get_text")
    ]
    assert numbers.count("255") + numbers.count("0") + numbers.count("163") == 9

"""Measurements on pictures: what each tells of a stroke whose width, lean and place are known."""

from helpers.handwriting import shift

import numpy as np
import pytest

EMPTY = np.full((1, 80, 60), 255, np.uint8)


def bar(width=4, lean=0.0, across=0, down=0, height=40):
    """Draw an upright bar, leaning to the right by `lean` degrees."""
    page = EMPTY.copy()
    for row in range(height):
        upwards = (height - 1) / 2 - row
        left = 30 - width // 2 + across + round(upwards * np.tan(np.radians(lean)))
        page[0, 40 - height // 2 + down + row, left : left + width] = 0
    return page


@pytest.mark.parametrize("width", [2, 4, 6])
def test_the_pen_of_a_bar_is_as_wide_as_the_bar(width):
    assert shift.pen_width(bar(width))[0] == pytest.approx(width, rel=0.2)


@pytest.mark.parametrize("lean", [-20, 0, 15])
def test_the_slant_is_the_lean_to_the_right(lean):
    assert shift.slant(bar(lean=lean))[0] == pytest.approx(lean, abs=1)


def test_height_and_width_count_the_first_row_and_the_last():
    assert shift.height(bar(height=30))[0] == 30
    assert shift.width(bar(5))[0] == 5


def test_the_centre_is_measured_from_the_middle_of_the_picture():
    assert shift.across(bar(across=3))[0] - shift.across(bar())[0] == pytest.approx(3)
    assert shift.down(bar(down=-2))[0] - shift.down(bar())[0] == pytest.approx(-2)


def test_noise_on_the_paper_changes_nothing():
    noisy = np.minimum(bar(), np.random.default_rng(0).integers(215, 256, EMPTY.shape))
    clean, found = shift.measure(bar()), shift.measure(noisy.astype(np.uint8))
    assert {name: value[0] for name, value in found.items()} == pytest.approx(
        {name: value[0] for name, value in clean.items()}
    )


def test_a_picture_without_ink_has_no_measurements():
    assert all(np.isnan(values).all() for values in shift.measure(EMPTY).values())


def test_floats_are_refused():
    with pytest.raises(ValueError, match="dtype float64: give a uint8 batch"):
        shift.slant(EMPTY / 255)


def test_a_shift_of_one_standard_deviation_has_the_size_one():
    before = np.random.default_rng(0).normal(size=500)
    assert shift.effect_size(before, before + before.std()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "quantity", "difference"),
    [
        ({"slant": 12}, "slant (degrees)", 12),
        ({"taller": 1.25}, "height (pixels)", 10),
        ({"wider": 2}, "width (pixels)", 4),
        ({"across": 5}, "to the right (pixels)", 5),
        ({"down": -6}, "downwards (pixels)", -6),
    ],
)
def test_a_redrawn_picture_measures_what_was_asked_for(change, quantity, difference):
    page = bar()[..., np.newaxis]
    before, after = shift.measure(page)[quantity], shift.measure(shift.redraw(page, **change))
    assert after[quantity][0] - before[0] == pytest.approx(difference, abs=2)  # soft edges


def test_pictures_that_are_not_changed_are_redrawn_as_they_are():
    page = bar()[..., np.newaxis]
    assert (shift.redraw(page) == page).all()

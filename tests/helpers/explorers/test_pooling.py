"""The pooling explorer's arithmetic, and what the checks of section 3 measure."""

from dataclasses import replace

from helpers.checks import pooling as checked
from helpers.checks import through
from helpers.explorers import EXPLORERS
from helpers.explorers.pooling import MOST_SHIFT, PICTURES, SIDE, Pooling, picture, pool, unchanged

import numpy as np
import pytest

WORKED = np.array([[3, 2, -3, 2], [1, 6, 20, 5], [4, -13, 2, 6], [-2, 3, 9, 3]])


def test_pool_gives_the_worked_example_of_the_lesson():
    assert pool(WORKED, "max", 2, 2, "valid").tolist() == [[6, 20], [4, 9]]
    assert pool(WORKED, "average", 2, 2, "valid").tolist() == [[3, 6], [-2, 5]]


@pytest.mark.parametrize("how", ["max", "average"])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_pool_agrees_with_keras_at_every_size_and_stride(how, padding):
    import keras

    kinds = {"max": keras.layers.MaxPooling2D, "average": keras.layers.AveragePooling2D}
    image = np.random.default_rng(1).normal(-2, 1, (8, 7))
    for size in range(1, 6):
        for stride in range(1, 6):
            expected = through(kinds[how](size, strides=stride, padding=padding), image)
            got = pool(image, how, size, stride, padding)
            np.testing.assert_allclose(got, expected, atol=1e-5)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_moves_right_by_the_shift(name):
    still = picture(name)
    assert still.shape == (SIDE, SIDE)
    for shift in range(1, MOST_SHIFT + 1):
        np.testing.assert_array_equal(picture(name, shift)[:, shift:], still[:, :-shift])


def test_unchanged_counts_equal_values_and_all_values():
    assert unchanged(np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 2], [3, 5]])) == (3, 4)


def test_a_dot_that_stays_in_its_window_changes_no_maximum():
    maps = [pool(picture("dot", shift), "max", 2, 2, "valid") for shift in (0, 1, 2)]
    assert unchanged(maps[0], maps[1]) == (16, 16)
    assert unchanged(maps[0], maps[2]) == (14, 16)


def test_skipping_stripes_hides_them_and_averaging_does_not_notice_the_shift():
    skipped = [pool(picture("stripes", shift), "max", 1, 4, "valid") for shift in (0, 2)]
    assert [np.unique(m).tolist() for m in skipped] == [[9], [0]]
    averaged = [pool(picture("stripes", shift), "average", 4, 4, "valid") for shift in (0, 2)]
    assert unchanged(*averaged) == (4, 4)


def test_the_explorer_says_when_a_stride_skips_pixels():
    explorer = EXPLORERS["pooling"]
    words = [text.get_text() for text in explorer.draw(Pooling(size=1, stride=3)).texts]
    assert any("never looked at" in text for text in words)
    words = [text.get_text() for text in explorer.draw(replace(Pooling(), stride=1)).texts]
    assert not any("never looked at" in text for text in words)


def test_through_adds_and_takes_away_batch_and_channel_axis():
    assert through(lambda batch: 2 * batch, np.ones((2, 3))).shape == (2, 3)
    assert through(lambda batch: 2 * batch, np.ones((2, 3, 4))).shape == (2, 3, 4)


def test_additive_windows_counts_windows_whose_maxima_share_a_place():
    x = np.array([[9, 1, 9, 1], [1, 1, 1, 1]])
    y = np.array([[9, 1, 1, 1], [1, 1, 1, 9]])
    assert checked.additive_windows(x, y, 2) == 1


@pytest.mark.parametrize(
    ("plan", "accepted"),
    [
        ([("conv", 8), ("pool", 2)], True),
        ([("conv", 8), ("pool", 3)], False),
        ([("conv", 8.0)], False),
        ([["conv", 8]], True),
        (["conv", 8], False),
        ([("pool", 2)] * 7, True),  # of which nothing is left: another demand says that
        ([], False),
        ("conv", False),
    ],
)
def test_a_plan_is_a_list_of_known_steps(plan, accepted):
    assert checked.is_plan(plan) is accepted


def test_a_plan_is_followed_as_keras_builds_it():
    import keras

    plan = [("conv", 4), ("pool", 2), ("conv", 7), ("conv", 5), ("pool", 2), ("pool", 2)]
    shapes, weights = checked.follow_plan(plan, (20, 27, 3))
    kinds = {"conv": lambda n: keras.layers.Conv2D(n, 3, padding="same")}
    kinds["pool"] = keras.layers.MaxPooling2D
    steps = [kinds[kind](n) for kind, n in plan]
    network = keras.Sequential([keras.Input((20, 27, 3)), *steps])
    assert shapes == [step.output.shape[1:] for step in steps]
    assert weights == network.count_params()

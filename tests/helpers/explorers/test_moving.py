"""Explorers that move: the sweep, the way of nine weights, receptive fields that are clicked."""

from dataclasses import replace

from helpers.explorers import EXPLORERS, Player
from helpers.explorers.clickable import as_place
from helpers.explorers.convolution import KERNELS
from helpers.explorers.learning import STEPS, Learning, path
from helpers.explorers.receptive import NETWORKS, SIDE, Receptive, click, lit
from helpers.explorers.sweeping import PLACES, Sweep, block, picture

import keras
import numpy as np
import pytest


def said(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return "\n".join([figure.get_suptitle(), *(text.get_text() for text in texts)])


# --- the button that sets a slider going


def test_a_player_stands_where_its_slider_stands():
    widget = Player(0, 9, every=250).widget(3, "step")
    assert (widget.value, widget.slider.value, widget.button.interval) == (3, 3, 250)
    widget.slider.value = 7
    assert widget.value == 7
    widget.value = 2
    assert widget.slider.value == 2


def test_a_player_takes_whole_numbers_only():
    with pytest.raises(ValueError, match="whole numbers only"):
        Player(0, 1, 0.5)


@pytest.mark.parametrize(("name", "field"), [("learning", "step"), ("sweep", "place")])
def test_each_step_of_a_player_is_drawn(name, field):
    widget = EXPLORERS[name].show()
    pictures = set()
    for value in range(4):
        widget.controls[field].slider.value = value
        assert getattr(widget.state, field) == value
        pictures.add(widget.picture.value)
    assert len(pictures) == 4


# --- nine weights


@pytest.mark.parametrize("goal", ["Sobel x", "Sobel y", "box blur", "sharpen"])
@pytest.mark.parametrize("start", ["zeros", "random"])
def test_the_weights_arrive_at_the_kernel_and_the_loss_falls(goal, start):
    weights, losses = path(goal, 0.15, start)
    assert len(weights) == len(losses) == STEPS + 1
    assert (np.diff(losses) < 0).all()
    assert np.abs(weights[-1] - np.ravel(KERNELS[goal])).max() < 0.1


def test_steps_that_are_too_long_lead_away():
    _, losses = path("Sobel x", 0.25, "zeros")
    assert losses[-1] > losses[0]
    words = said(EXPLORERS["learning"].draw(Learning(step=STEPS, rate=0.25)))
    assert "growing: each step is too long" in words


def test_the_loss_is_the_mean_squared_error_of_the_maps():
    from helpers.explorers.learning import _windows

    weights, losses = path("Sobel x", 0.05, "random")
    errors = _windows() @ (weights[5] - np.ravel(KERNELS["Sobel x"]))
    assert np.isclose(losses[5], np.mean(errors**2))


# --- the sweep


@pytest.mark.parametrize("name", ["smiley", "steps", "hero in colour", "ghost in colour"])
@pytest.mark.parametrize("kernel", KERNELS)
def test_the_sweep_writes_what_keras_computes(name, kernel):
    image = picture(name)
    weights = block(kernel, image.shape[2])
    by_keras = keras.ops.conv(image[np.newaxis], weights[..., np.newaxis])
    last = float(np.array(by_keras)[0, -1, -1, 0])
    words = said(EXPLORERS["sweep"].draw(Sweep(name, kernel, PLACES - 1)))
    written = words.split("one sum:")[1].split("\n")[0].split("=")[-1].replace("−", "-")
    assert float(written) == pytest.approx(last, abs=2e-3)


def test_three_sums_of_a_colour_picture_fall_into_one():
    words = said(EXPLORERS["sweep"].draw(Sweep("ghost in colour", "Sobel x", 9)))
    assert "three times nine products, one sum: 2.4 + 3 + 0 = 5.4" in words


def test_beyond_the_last_place_the_window_stays_there():
    assert "Place 9 of 9 (the last one)" in said(EXPLORERS["sweep"].draw(Sweep("steps", "X", 20)))


# --- receptive fields


def reached(state: Receptive) -> np.ndarray:
    """Ask Keras which pixels a number depends on: those whose gradient is not zero."""
    import tensorflow as tf

    x = tf.Variable(np.random.default_rng(0).normal(size=(1, SIDE, SIDE, 1)).astype("float32"))
    with tf.GradientTape() as tape:
        y = x
        for name, window, stride in NETWORKS[state.network][: state.layer]:
            layer = (
                keras.layers.AveragePooling2D(window, stride)  # a maximum has one winner only
                if name.startswith("pool")
                else keras.layers.Conv2D(1, window, stride, kernel_initializer="ones")
            )
            y = layer(y)
        number = y[0, state.row, state.column, 0]
    return np.argwhere(np.array(tape.gradient(number, x))[0, :, :, 0] != 0)


@pytest.mark.parametrize("network", NETWORKS)
def test_what_is_lit_is_what_a_number_depends_on(network):
    state = Receptive(network, len(NETWORKS[network]), 1, 0)
    pixels = reached(state)
    row, column, tall, wide = lit(state)[0]
    assert pixels.min(axis=0).tolist() == [row, column]
    assert (np.ptp(pixels, axis=0) + 1).tolist() == [tall, wide]


def test_a_click_chooses_the_number_under_it():
    widget = EXPLORERS["receptive"].show()
    assert widget.state == Receptive()
    before = widget.picture.value
    widget.picture.place = (0.36, 0.30, 1)
    chosen = widget.state
    assert (chosen.layer, widget.controls["layer"].value) == (1, 1)
    assert widget.picture.value != before
    widget.picture.place = (0.99, 0.02, 2)  # beside all maps
    assert widget.state == chosen


def test_the_corners_of_a_map_are_its_corner_numbers():
    start = Receptive()
    found = {click(start, x / 400, y / 400) for x in range(400) for y in range(400)} - {None}
    for layer, side in enumerate((16, 14, 7, 5)):
        places = {(one.row, one.column) for one in found if one.layer == layer}
        assert places == {(row, column) for row in range(side) for column in range(side)}


def test_another_network_begins_at_its_last_map():
    explorer = EXPLORERS["receptive"]
    after = explorer.moved(explorer.start, "network", "conv, pool, conv, pool")
    assert after.layer == 4
    assert max(after.row, after.column) == 1


def test_a_number_beyond_the_map_is_held_at_its_last_one():
    explorer = EXPLORERS["receptive"]
    assert explorer.moved(explorer.start, "row", 15).row == 4
    assert lit(replace(explorer.start, row=15)) == lit(replace(explorer.start, row=4))


@pytest.mark.parametrize("value", [(0.5, 1.2, 1), (-0.1, 0, 1), (float("nan"), 0, 1), (1, 2)])
def test_a_place_outside_of_the_picture_is_refused(value):
    with pytest.raises(ValueError, match=r"outside of the picture|unpack"):
        as_place(value)


def test_a_clickable_picture_has_its_picture_for_readers_without_a_kernel():
    widget = EXPLORERS["receptive"].show()
    assert "image/png" in widget._repr_mimebundle_()[0]
    settings, _, shown = widget.picture.name.partition(". ")
    assert settings == "explorer receptive: network conv, pool, conv, map 3, row 2, column 2"
    assert shown.startswith("The number in row 2, column 2 of map 3 sees 8 × 8 pixels. Four pict")

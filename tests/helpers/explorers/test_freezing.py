"""The explorer of frozen layers: what learns is what was compiled."""

from dataclasses import replace

from helpers.explorers import EXPLORERS
from helpers.explorers.freezing import (
    COMPILE,
    NAMES,
    RATE,
    Freezing,
    _fresh,
    _steps,
    _task,
    click,
    flags,
    train,
)

import numpy as np
import pytest

EACH = [tuple(bool(number >> k & 1) for k in range(4)) for number in range(16)]
CLICK_TO_COMPILE = (COMPILE[0] + 0.1, 1 - COMPILE[1] - 0.05)


def words(state: Freezing) -> str:
    figure = EXPLORERS["freezing"].draw(state)
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return "\n".join(text.get_text() for text in texts)


@pytest.mark.parametrize("learns", EACH)
def test_exactly_the_layers_that_learn_move(learns):
    found = train(learns)
    pairs = zip(found.weights[0], found.weights[-1], strict=True)
    assert tuple(not np.array_equal(*pair) for pair in pairs) == learns
    assert (np.diff(found.losses) <= 0).all()


def test_a_step_is_the_gradient_of_the_cross_entropy():
    """Each step against the slope that Keras finds, for all weights."""
    import tensorflow as tf

    first = _fresh(5)
    moved = _steps(first, 1, (True,) * 4, 1).weights[1]
    x, wanted = _task(1)
    variables = [tf.Variable(w) for w in first]
    with tf.GradientTape() as tape:
        y = tf.constant(x)
        for layer, w in enumerate(variables):
            y = y @ w[:-1] + w[-1]
            y = tf.tanh(y) if layer < 3 else y
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, y))
    for before, after, slope in zip(first, moved, tape.gradient(loss, variables), strict=True):
        assert np.allclose(before - RATE * slope.numpy(), after)


def test_more_layers_that_learn_end_lower():
    head, all_four = train((False, False, False, True)), train((True,) * 4)
    assert all_four.losses[-1] < head.losses[-1] - 0.1


def test_a_change_has_no_effect_before_it_is_compiled():
    before = Freezing(stem=False, block_1=False, block_2=False)
    after = click(before, 0.08, 0.5)
    assert flags(after) == (True, False, False, True)
    assert after.compiled == before.compiled
    assert "without effect yet: stem" in words(after)
    assert "27 of 243 numbers learn" in words(after)
    compiled = click(after, *CLICK_TO_COMPILE)
    assert compiled.compiled == flags(after)
    assert "99 of 243 numbers learn" in words(compiled)
    assert "without effect" not in words(compiled)


def test_who_wants_it_compiles_with_each_change():
    explorer = EXPLORERS["freezing"]
    state = explorer.moved(replace(explorer.start, always=True), "head", False)
    assert state.compiled == flags(state) == (False, False, True, False)


def test_each_layer_is_clicked_where_it_stands_and_nothing_beside_it():
    start = Freezing()
    for layer, name in enumerate(NAMES):
        changed = click(start, 0.09 + 0.173 * layer, 0.4)
        assert changed == replace(start, **{name: not getattr(start, name)})
    assert click(start, 0.5, 0.02) is None
    assert click(start, 0.9, 0.7) is None

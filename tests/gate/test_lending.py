"""Networks that candidates are tried on: copied anew only where one of them changed something."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from course.gate.lending import Lent

# Keras 3.15 copies its variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def network() -> keras.Model:
    return keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(2, name="inner"), keras.layers.Dense(1)]
    )


def zero_a_weight(model):
    model.layers[0].kernel.assign(np.zeros((3, 2)))


def test_a_network_that_nobody_changed_is_lent_again():
    lent = Lent((network(), [1]))
    first, second = lent.fresh(), lent.fresh()
    assert first[0] is second[0] and first[1] is not second[1]


def test_what_was_given_stays_with_its_owner():
    model = network()
    assert Lent((model,)).fresh()[0] is not model


@pytest.mark.parametrize(
    "change",
    [
        lambda model: setattr(model, "trainable", False),
        lambda model: setattr(model.layers[0], "trainable", False),
        lambda model: setattr(model.layers[0], "note", "x"),
        lambda model: delattr(model.layers[0], "units"),
        zero_a_weight,
        lambda model: model.compile(loss="mse"),
    ],
    ids=["network", "layer", "attribute", "attribute-gone", "weight", "compiled"],
)
def test_a_network_that_was_changed_is_copied_anew(change):
    model = network()
    lent = Lent((model,))
    (spoilt,) = lent.fresh()
    change(spoilt)
    (fresh,) = lent.fresh()
    assert fresh is not spoilt and fresh.trainable and fresh.layers[0].trainable
    assert fresh.layers[0].units == 2 and not hasattr(fresh.layers[0], "note")
    assert np.array_equal(fresh.layers[0].kernel, model.layers[0].kernel)

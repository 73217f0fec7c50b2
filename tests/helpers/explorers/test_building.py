"""The architecture builder counts what Keras counts."""

from helpers.explorers.building import KINDS, NOTHING, PICTURES, POOL, STRIDED, Building, steps
from helpers.models.costs import costs

import keras
import pytest
from keras import layers


def as_keras(state: Building):
    """Build the same network with Keras."""
    inputs = x = keras.Input(PICTURES[state.picture])
    filters = state.filters
    row = (state.first, state.second, state.third, state.fourth, state.fifth, state.sixth,
           state.seventh)  # fmt: skip
    for place, kind in enumerate(k for k in row if k != NOTHING):
        same = {"padding": "same"}
        if kind == POOL:
            x = layers.MaxPooling2D()(x)
        elif kind == "residual unit":
            f = layers.Conv2D(filters, 3, use_bias=False, **same)(x)
            f = layers.Conv2D(filters, 3, use_bias=False, **same)(layers.BatchNormalization()(f))
            f = layers.BatchNormalization()(f)
            if x.shape[-1] != filters:
                x = layers.BatchNormalization()(layers.Conv2D(filters, 1, use_bias=False)(x))
            x = layers.Add()([f, x])
        elif kind == "separable 3":
            x = layers.SeparableConv2D(filters, 3, **same)(x)
        else:
            side, stride = (5 if kind == "conv 5" else 3), (2 if kind == STRIDED else 1)
            x = layers.Conv2D(filters, side, stride, **same)(x)
        filters *= 2 if kind in (POOL, STRIDED) and place else 1
    x = (layers.GlobalAveragePooling2D() if state.head == "average" else layers.Flatten())(x)
    return keras.Model(inputs, layers.Dense(state.classes)(x))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", ["average", "flatten"])
def test_sizes_parameters_and_multiplications_are_those_of_keras(kind, head):
    state = Building("28 × 28, grey", fifth=kind, sixth=kind, filters=6, head=head, classes=7)
    model, found = as_keras(state), steps(state)
    assert sum(step.parameters for step in found) == model.count_params()
    assert sum(step.multiplications for step in found) == sum(
        cost.multiplications for cost in costs(model)
    )
    assert found[-2].shape == model.layers[-2].output.shape[1:]


def test_a_map_of_one_place_is_not_halved_again():
    state = Building("28 × 28, grey", *[POOL] * 7)
    assert [step.shape[:2] for step in steps(state)[1:-2]] == [(14, 14), (7, 7), (3, 3), (1, 1)]


def test_an_average_needs_a_smaller_head_than_flatten():
    average, flat = (steps(Building(head=head))[-1] for head in ("average", "flatten"))
    assert flat.parameters > 100 * average.parameters

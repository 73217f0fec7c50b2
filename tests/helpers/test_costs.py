"""What a model costs is counted by the rule that section 02 works out by hand."""

from helpers.models.costs import costs, multiplications

import keras
import pytest
from keras import layers


def of(*stack, shape=(100, 150, 3)):
    return costs(keras.Sequential([keras.Input(shape), *stack]))


def test_a_convolution_of_section_02_takes_225_million():
    (cost,) = of(layers.Conv2D(200, 5, padding="same"))
    assert (cost.parameters, cost.multiplications) == (15_200, 225_000_000)
    assert cost.shape == (100, 150, 200)


def test_a_separable_convolution_is_its_two_parts():
    (whole,) = of(layers.SeparableConv2D(8, 3, padding="same", use_bias=False), shape=(10, 10, 4))
    parts = of(
        layers.DepthwiseConv2D(3, padding="same", use_bias=False),
        layers.Conv2D(8, 1, use_bias=False),
        shape=(10, 10, 4),
    )
    assert whole.multiplications == sum(part.multiplications for part in parts) == 100 * (36 + 32)
    assert whole.parameters == sum(part.parameters for part in parts)


def test_a_dense_layer_multiplies_each_weight_once():
    flat, dense = of(layers.Flatten(), layers.Dense(7), shape=(4, 5, 2))
    assert (flat.multiplications, dense.multiplications) == (0, 280)


def test_a_stride_saves_places():
    (cost,) = of(layers.Conv2D(2, 3, strides=2, padding="same"), shape=(9, 9, 1))
    assert cost.multiplications == 25 * 18


def test_layers_without_a_kernel_cost_nothing():
    assert [c.multiplications for c in of(layers.BatchNormalization(), layers.MaxPooling2D())] == [
        0,
        0,
    ]


def test_a_model_in_a_model_counts_as_its_layers():
    inner = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3)])
    assert multiplications(keras.Sequential([keras.Input((8, 8, 1)), inner])) == 36 * 18


def test_a_side_that_is_open_is_refused():
    with pytest.raises(ValueError, match=r"\(None, 8, 1\).*keras\.Input"):
        costs(keras.Sequential([keras.Input((None, 8, 1)), layers.Conv2D(2, 3)]))

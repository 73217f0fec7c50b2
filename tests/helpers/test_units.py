"""What is asked of residual units tells right ones from those that only look like it."""

from helpers.checks import networks
from helpers.checks import units as ask

import keras
import pytest
from keras import layers


def unit(*, add=True, cut_first=False, bias=False, doubled=False):
    """Build a unit of four maps, right by default."""
    inputs = keras.Input((6, 5, 4))
    x = layers.Conv2D(4, 3, padding="same", use_bias=bias)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(4, 3, padding="same", use_bias=bias)(x))
    x = layers.ReLU()(x) if cut_first else x
    x = layers.Add()([x, x if doubled else inputs]) if add else x
    return keras.Model(inputs, x if cut_first else layers.ReLU()(x))


def checked(model):
    return networks.built(lambda: model)


def test_a_residual_unit_is_one():
    check = checked(unit())
    assert ask.no_biases(check) and ask.one_norm_each(check) and ask.passes_by(check)
    assert ask.acts_as_units(checked(unit()), 1, stem=False)


@pytest.mark.parametrize("wrong", [{"add": False}, {"cut_first": True}, {"doubled": True}], ids=str)
def test_what_looks_like_one_is_none(wrong):
    assert not ask.acts_as_units(checked(unit(**wrong)), 1, stem=False)


@pytest.mark.parametrize("wrong", [{"add": False}, {"doubled": True}], ids=str)
def test_without_a_shortcut_nothing_passes_by(wrong):
    assert not ask.passes_by(checked(unit(**wrong)))


def test_a_bias_is_seen():
    assert not ask.no_biases(checked(unit(bias=True)))


def sequence(*stack):
    return checked(keras.Sequential([keras.Input((9, 8, 1)), *stack]))


def test_a_relu_may_come_with_the_layer_or_after_it():
    own = layers.Conv2D(2, 3, activation="relu")
    assert ask.relu_after_each(sequence(own, layers.Conv2D(2, 3), layers.ReLU()))
    assert not ask.relu_after_each(
        sequence(layers.Conv2D(2, 3), layers.Conv2D(2, 3), layers.ReLU())
    )
    assert not ask.relu_after_each(sequence(layers.Conv2D(2, 3)))


def test_depthwise_and_pointwise_may_share_a_relu():
    pair = layers.DepthwiseConv2D(3), layers.Conv2D(2, 1)
    assert ask.relu_after_each(sequence(*pair, layers.ReLU()))


def test_what_is_averaged_is_counted():
    assert ask.averaged(sequence(layers.Conv2D(7, 3), layers.GlobalAveragePooling2D())) == 7
    assert ask.averaged(sequence(layers.Conv2D(7, 3), layers.Flatten())) == 0


def test_an_answer_that_ignores_the_picture_is_seen():
    average = layers.GlobalAveragePooling2D()
    assert ask.answers_by_picture(sequence(average, layers.Dense(3)))
    assert not ask.answers_by_picture(sequence(layers.Rescaling(0.0), layers.Flatten()))

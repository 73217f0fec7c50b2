"""What is asked of residual units tells right ones from those that only look like it."""

from helpers.checks import networks
from helpers.checks import units as ask

import keras
import pytest
from keras import layers


def unit(*, add=True, cut_first=False, bias=False, doubled=False, epsilon=1e-3):
    """Build a unit of four maps, right by default."""
    inputs = keras.Input((6, 5, 4))
    x = layers.Conv2D(4, 3, padding="same", use_bias=bias)(inputs)
    x = layers.ReLU()(layers.BatchNormalization(epsilon=epsilon)(x))
    x = layers.Conv2D(4, 3, padding="same", use_bias=bias)(x)
    x = layers.BatchNormalization(epsilon=epsilon)(x)
    x = layers.ReLU()(x) if cut_first else x
    x = layers.Add()([x, x if doubled else inputs]) if add else x
    return keras.Model(inputs, x if cut_first else layers.ReLU()(x))


def checked(model):
    return networks.built(lambda: model)


def test_a_residual_unit_is_one():
    check = checked(unit())
    assert ask.no_biases(check) and ask.one_norm_each(check) and ask.passes_by(check)
    assert ask.acts_as_units(checked(unit()), 1, stem=False)


@pytest.mark.parametrize("epsilon", [1.001e-5, 1e-7])  # the first is what Keras's own ResNets have
def test_and_with_another_small_number_below_the_fraction(epsilon):
    assert ask.acts_as_units(checked(unit(epsilon=epsilon)), 1, stem=False)


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


@pytest.mark.parametrize(
    ("cut", "is_one"),
    [
        (layers.ReLU(6.0), True),
        (layers.Activation("relu6"), True),
        (layers.Activation(layers.ReLU()), True),
        (layers.ReLU(negative_slope=0.2), False),
        (layers.Activation(layers.ReLU(negative_slope=0.2)), False),
        (layers.LeakyReLU(), False),
    ],
    ids=["bounded", "relu6", "layer", "sloping", "sloping layer", "leaky"],
)
def test_a_relu_may_have_a_bound_and_no_slope(cut, is_one):
    assert ask.relu_after_each(sequence(layers.Conv2D(2, 3), cut)) == is_one


def test_a_depthwise_convolution_needs_a_relu_of_its_own():
    deep, mixing = layers.DepthwiseConv2D(3), layers.Conv2D(2, 1, activation="relu")
    assert not ask.relu_after_each(sequence(deep, mixing))
    assert ask.relu_after_each(
        sequence(deep, layers.BatchNormalization(), layers.Activation("relu"), mixing)
    )
    assert not ask.relu_after_each(sequence(layers.Conv2D(2, 3), layers.Activation("tanh")))


def test_each_way_behind_a_convolution_has_a_relu():
    def paths(cut):
        inputs = keras.Input((9, 8, 1))
        x = layers.Conv2D(2, 3)(inputs)
        ways = [layers.Conv2D(2, 1)(keras.ops.relu(x)), layers.Conv2D(2, 1)(cut(x))]
        joined = keras.activations.relu(layers.Concatenate()(ways))
        return checked(keras.Model(inputs, layers.GlobalAveragePooling2D()(joined)))

    assert ask.relu_after_each(paths(keras.ops.relu))
    assert not ask.relu_after_each(paths(lambda x: x))


def test_a_relu_may_stand_behind_a_model_within():
    def within(last):
        part = keras.Sequential([layers.Conv2D(2, 3, activation="relu"), layers.Conv2D(2, 3)])
        inputs = keras.Input((9, 8, 1))
        outputs = layers.Dense(3)(layers.Flatten()(last(part(inputs))))
        return checked(keras.Model(inputs, outputs))

    assert ask.relu_after_each(within(layers.ReLU()))
    assert not ask.relu_after_each(within(layers.Identity()))


def test_the_stride_belongs_to_the_first_convolution():
    def strided(*strides):
        return sequence(*(layers.Conv2D(2, 3, stride, padding="same") for stride in strides))

    assert ask.first_strided(strided(2, 1), 2)
    assert not ask.first_strided(strided(1, 2), 2)
    assert not ask.first_strided(strided(2, 2), 2)


def test_from_the_middle_something_is_added_but_not_what_goes_in():
    inputs = keras.Input((6, 5, 4))
    x = layers.ReLU()(layers.Conv2D(4, 3, padding="same")(inputs))
    y = layers.Conv2D(4, 3, padding="same")(x)
    model = keras.Model(inputs, layers.Add()([x, y]))
    assert ask.something_added(checked(model)) and not ask.passes_by(checked(model))


def test_what_is_averaged_is_counted():
    assert ask.averaged(sequence(layers.Conv2D(7, 3), layers.GlobalAveragePooling2D())) == 7
    assert ask.averaged(sequence(layers.Conv2D(7, 3), layers.Flatten())) == 0


def test_an_answer_that_ignores_the_picture_is_seen():
    average = layers.GlobalAveragePooling2D()
    assert ask.answers_by_picture(sequence(average, layers.Dense(3)))
    assert not ask.answers_by_picture(sequence(layers.Rescaling(0.0), layers.Flatten()))


def test_answers_may_be_small():
    small = layers.Conv2D(3, 3, kernel_initializer=keras.initializers.RandomNormal(stddev=1e-9))
    assert ask.answers_by_picture(sequence(small, layers.GlobalAveragePooling2D()))


@pytest.mark.parametrize("share", [-1, 0.5, 2])
def test_what_goes_in_is_added_once(share):
    inputs = keras.Input((6, 5, 4))
    x = layers.Conv2D(4, 3, padding="same", use_bias=False)(inputs)
    model = keras.Model(inputs, layers.ReLU()(x + share * inputs))
    assert not ask.adds_as_it_is(checked(model))
    assert ask.adds_as_it_is(checked(unit()))


def test_a_relu_without_a_bound_is_plain():
    assert ask.plain_relus(sequence(layers.ReLU()))
    assert not ask.plain_relus(sequence(layers.ReLU(6.0)))
    assert not ask.plain_relus(sequence(layers.ReLU(negative_slope=0.1)))


def test_what_drops_or_adds_noise_is_seen():
    assert ask.drops_nothing(sequence(layers.ReLU()))
    assert not ask.drops_nothing(sequence(layers.SpatialDropout2D(0.1)))
    assert not ask.drops_nothing(sequence(layers.GaussianNoise(0.1)))

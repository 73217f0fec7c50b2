"""Models of built-in layers cross as a configuration and weights; code of any kind does not."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

from course.crossing import Malformed, decode, encode
from course.crossing.configurations import LAYERS, check
from course.crossing.opaque import is_opaque


def sequential():
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(3, 3, activation="relu", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(2, activation="softmax"),
        ]
    )


def functional():
    entry = keras.Input((8, 8, 1))
    flat = layers.Flatten()(entry)
    return keras.Model(entry, layers.Add()([layers.Dense(3)(flat), layers.Dense(3)(flat)]))


@pytest.mark.parametrize("make", [sequential, functional])
def test_a_model_arrives_with_its_layers_and_weights(make):
    model, images = make(), np.random.default_rng(1).normal(size=(2, 8, 8, 1))
    model.compile(loss="mse")
    found = decode(encode(model))
    assert [type(layer) for layer in found.layers] == [type(layer) for layer in model.layers]
    assert np.array_equal(found(images), model(images))


def test_a_layer_that_is_not_built_arrives_as_such():
    found = decode(encode(layers.Dense(4, kernel_initializer=keras.initializers.HeNormal())))
    assert not found.built and found.units == 4


class Own(layers.Layer):
    pass


@pytest.mark.parametrize(
    "make",
    [
        Own,
        lambda: type("Net", (keras.Model,), {})(),
        lambda: type("Dense", (layers.Dense,), {})(3),
        lambda: layers.Lambda(lambda x: x),
        lambda: keras.Sequential([layers.Lambda(lambda x: x)]),
        lambda: layers.TextVectorization(),
        lambda: layers.Dense(2, activation=lambda x: x),
    ],
)
@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_what_has_code_of_its_own_arrives_as_what_equals_nothing(make):
    found = decode(encode(make()))
    assert is_opaque(found) and found.reason and not callable(found)


DENSE = {"module": "keras.layers", "class_name": "Dense", "registered_name": None}


@pytest.mark.parametrize(
    "config",
    [
        {"module": "os", "class_name": "system", "config": "ls", "registered_name": None},
        DENSE | {"module": "os", "config": {}},
        DENSE | {"config": {"units": {"class_name": "__lambda__", "config": {"value": "x"}}}},
        DENSE | {"config": {"x": {"module": "os", "class_name": "function", "config": "system"}}},
        DENSE | {"config": {}, "registered_name": "package>Own"},
        DENSE | {"config": {}, "compile_config": {}},
        DENSE | {"config": {"units": {"class_name": "__typespec__", "config": []}}},
        {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/"}},
        {"module": "keras.layers", "class_name": "Lambda", "config": {}},
        DENSE | {"config": {"x": object()}},
        "Dense",
        None,
    ],
)
def test_a_configuration_that_names_anything_else_is_refused(config):
    with pytest.raises(Malformed):
        check(config)


def test_every_layer_that_is_let_through_is_one_of_keras():
    assert all(hasattr(layers, name) for name in LAYERS)


def test_tensors_arrive_as_tensors_and_variables_as_their_values():
    import tensorflow as tf

    for x in (tf.constant([1.5, 2]), tf.Variable([1.5, 2]), keras.Variable([1.5, 2])):
        found = decode(encode(x))
        assert type(found) is type(tf.constant(0)) and found.numpy().tolist() == [1.5, 2]
    assert is_opaque(decode(encode(tf.constant("text"))))
    assert is_opaque(decode(encode(keras.Input((2,)))))

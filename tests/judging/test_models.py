"""Models of built-in layers cross as a configuration and weights; code of any kind does not."""

from __future__ import annotations

import json

import keras
import numpy as np
import pytest
from keras import layers

from course.judging.crossing import Malformed, decode, encode, models
from course.judging.crossing.configurations import LAYERS, check
from course.judging.crossing.models import pack, unpack
from course.judging.crossing.opaque import is_opaque


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


def told(layer, **numbers):
    """Return what is told of a layer, with other numbers in it."""
    config, weights = pack(layer).content
    config["config"] |= numbers
    return config, weights


@pytest.mark.parametrize(
    ("layer", "numbers"),
    [
        (layers.MaxPooling2D(2), {"pool_size": (2**31 - 1, 2)}),
        (layers.MaxPooling2D(2), {"strides": 2**31}),
        (layers.MaxPooling2D(2), {"pool_size": ["2147483647", "2"]}),
        (layers.Conv2D(2, 3), {"dilation_rate": [1e30, 1]}),
        (layers.Conv2D(2, 3), {"kernel_size": [4096, 4096, 4096]}),
        (layers.Conv2D(2, 3), {"filters": 2**20, "kernel_size": 2**20}),
        (layers.Dense(2), {"units": 2**40}),
        (layers.Dense(2), {"units": float("nan")}),
        (layers.Embedding(2, 2), {"input_dim": 2**20, "output_dim": 2**20}),
        (layers.Reshape((4,)), {"target_shape": [2**15, 2**15]}),
        (layers.ZeroPadding2D(1), {"padding": [[2**31, 0], [0, 0]]}),
        (layers.UpSampling2D(2), {"size": -(2**31)}),
        (layers.RepeatVector(2), {"n": 2**40}),
        (layers.Dropout(0.5), {"seed": 2**70}),
        (layers.LeakyReLU(), {"negative_slope": float("inf")}),
        (layers.Dense(2), {"name": ["x"] * 200_000}),
    ],
)
def test_numbers_are_bounded_before_anything_is_built(layer, numbers):
    with pytest.raises(Malformed):
        check(told(layer, **numbers)[0])


@pytest.mark.parametrize(
    "layer",
    [
        layers.Dense(4_096),
        layers.Embedding(50_000, 512),
        layers.Conv2D(2_048, 3),
        layers.Dropout(0.5, seed=2**32 - 1),
        layers.Masking(-1e9),
        layers.Reshape((224, 224, 3)),
        layers.MultiHeadAttention(16, 64),
        layers.Rescaling(1 / 127.5, offset=-1),
        layers.Dense(3, name="2026"),
    ],
)
def test_the_numbers_of_usual_layers_are_let_through(layer):
    assert type(decode(encode(layer))) is type(layer)


@pytest.mark.parametrize("weights", [[], [np.zeros(3)], [np.zeros((4, 3)), np.zeros((3, 3))]])
def test_what_has_other_weights_than_its_configuration_is_not_built(weights):
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
    config, _ = pack(model).content
    assert is_opaque(unpack("layer", (config, weights)))


def test_no_more_weights_are_made_than_are_told():
    dense = layers.Dense(2**12)
    dense.build((None, 4))
    config, weights = pack(dense).content
    config["build_config"]["input_shape"] = [None, 2**13]
    assert "weights" in unpack("layer", (config, weights)).reason


@pytest.mark.parametrize("factor", [4_096, 1_000])
def test_no_tensor_of_a_model_is_larger_than_a_lesson_needs(factor):
    big = [layers.UpSampling2D(factor) for _ in range(4)]
    config, _ = pack(keras.Sequential([keras.Input((9, 9, 1)), layers.Identity()])).content
    made = [keras.saving.serialize_keras_object(layer) for layer in big]
    config["config"]["layers"][1:] = made
    assert "tensor too large" in unpack("layer", (config, [])).reason


def test_a_model_of_very_many_layers_is_refused():
    model = keras.Sequential([keras.Input((4,)), *(layers.Identity() for _ in range(501))])
    with pytest.raises(Malformed, match="layers"):
        unpack("layer", (models._plain(keras.saving.serialize_keras_object(model)), []))
    assert is_opaque(decode(encode(model)))


def test_a_graph_that_leads_back_to_itself_is_not_built():
    config, weights = pack(functional()).content
    text = json.dumps(config)
    names = [layer["name"] for layer in config["config"]["layers"]]
    loop = json.loads(
        text.replace(f'"keras_history": ["{names[0]}"', f'"keras_history": ["{names[-1]}"')
    )
    assert is_opaque(unpack("layer", (loop, weights)))


def test_building_leaves_keras_as_it_was():
    before = layers.Layer.add_weight, layers.Layer.__call__
    decode(encode(sequential()))
    unpack("layer", (pack(sequential()).content[0], []))
    assert (layers.Layer.add_weight, layers.Layer.__call__) == before


def flags(model) -> list[bool]:
    """Return who is trainable: the model, and each layer in it that has weights."""
    found = [model.trainable]
    for part in model.layers:
        if hasattr(part, "layers"):
            found += flags(part)
        elif part.weights:
            found.append(part.trainable)
    return found


def within(base):
    entry = keras.Input(base.input_shape[1:])
    return keras.Model(entry, layers.Dense(2)(layers.Flatten()(base(entry))))


@pytest.mark.parametrize("make", [sequential, functional])
def test_a_frozen_model_arrives_frozen_and_can_be_set_free(make):
    base = make()
    base.trainable = False
    found = decode(encode(base))
    assert flags(found) == flags(base) and not found.trainable_weights
    found.trainable = True
    assert len(found.trainable_weights) == len(make().trainable_weights)


@pytest.mark.parametrize("make", [sequential, functional])
@pytest.mark.parametrize("last", [0, 1, 2])
def test_what_is_free_of_a_frozen_model_within_another_is_free_there_too(make, last):
    base = make()
    base.trainable = bool(last)
    for layer in base.layers[: len(base.layers) - last]:
        layer.trainable = False
    model = within(base)
    found = decode(encode(model))
    assert flags(found) == flags(model)
    assert len(found.trainable_weights) == len(model.trainable_weights)


def test_operations_that_stand_for_layers_cross():
    entry = keras.Input((8, 8, 4))
    x = layers.Conv2D(4, 3, padding="same")(entry)
    x = keras.activations.relu(keras.ops.relu(x) + entry) * 2.0
    model = keras.Model(entry, keras.ops.mean(keras.ops.concatenate([x, entry]), axis=(1, 2)))
    found, images = decode(encode(model)), np.random.default_rng(1).normal(size=(2, 8, 8, 4))
    assert np.array_equal(found(images), model(images))


def test_an_operation_makes_no_tensor_that_is_too_large():
    wide = keras.Input((2**20, 1))
    model = keras.Model(wide, wide + keras.ops.transpose(wide, (0, 2, 1)))
    assert is_opaque(decode(encode(model)))
    high, flat = keras.Input((2**20, 1)), keras.Input((1, 2**20))
    assert is_opaque(decode(encode(keras.Model([high, flat], high + flat))))

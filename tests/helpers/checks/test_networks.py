"""Checks of models that students build: what they find, and how they say it."""

from helpers.checks import CheckFailed, networks, traits
from helpers.checks.likeness import digest
from helpers.checks.seen import Log, noted_in
from helpers.checks.words import kind
from helpers.models.layers import layer_rows

import keras
import numpy as np
import pytest
from keras import layers

PAPER = {"fill_mode": "constant", "fill_value": 255}


def model(*parts, shape=(12, 10, 1)):
    return keras.Sequential([keras.Input(shape), *parts])


def check_of(*parts):
    return networks.built(lambda: model(*parts))


def test_a_model_within_a_model_counts_as_its_layers():
    within = keras.Sequential([layers.Conv2D(2, 3), layers.ReLU()])
    rows = layer_rows(model(within, layers.Flatten(), layers.Dense(3, "softmax")))
    assert [(row.kind, row.shape, row.parameters, row.activation) for row in rows] == [
        ("Conv2D", (10, 8, 2), 20, "linear"),
        ("ReLU", (10, 8, 2), 0, "relu"),
        ("Flatten", (160,), 0, "linear"),
        ("Dense", (3,), 483, "softmax"),
    ]


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: None, "returns None"),
        (lambda: 5, "not a Keras model"),
        (lambda: keras.Sequential([layers.Dense(2)]), "begin with keras.Input"),
        (lambda: 1 / 0, "raises ZeroDivisionError"),
    ],
)
def test_what_is_no_built_model_is_told(build, words):
    with pytest.raises(CheckFailed) as failed:
        networks.built(build)
    assert words.casefold() in str(failed.value).casefold()


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda x: layers.ReLU()(x), networks.OUTPUTS),
        (lambda x: (x, layers.ReLU()(x)), networks.OUTPUTS),
        (lambda x: [layers.ReLU(), layers.Flatten()], networks.NO_MODEL["list"]),
        (lambda x: layers.Conv2D(8, 3, x), "in two pairs of brackets"),
        (lambda x: layers.MaxPooling2D(x), "in two pairs of brackets"),
        (lambda x: np.exp(x), "has no numbers while it is built"),
    ],
)
def test_what_is_made_of_keras_and_no_model_is_told_how_to_become_one(build, words):
    with pytest.raises(CheckFailed) as failed:
        networks.built(lambda: build(keras.Input((8, 8, 3))))
    assert words in failed.value.diagnosis


def test_a_layer_and_a_model_are_called_what_they_are():
    assert kind(layers.ReLU()) == "a Keras layer" and kind(model()) == "a Keras model"
    assert kind(np.exp) == kind(len) == "a function"


def test_a_stub_stays_unanswered():
    def build():
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        networks.built(build)


@pytest.mark.parametrize(
    ("shape", "words"),
    [((10, 12, 1), "Height comes first"), ((None, 12, 10, 1), "Keras adds the batch axis")],
)
def test_a_wrong_input_is_named(shape, words):
    check = networks.built(lambda: keras.Sequential([keras.Input(shape), layers.Flatten()]))
    with pytest.raises(CheckFailed, match=words):
        check.takes((12, 10, 1))


def test_a_known_count_draws_its_words():
    check = check_of(layers.Flatten(), layers.Dense(3))
    check.parameters(363)
    with pytest.raises(CheckFailed, match="it should have 360") as failed:
        check.parameters(360, slips=[(363, "You counted the biases.")])
    assert failed.value.diagnosis == "You counted the biases."


def test_shapes_are_compared_in_order():
    check = check_of(layers.Conv2D(2, 3), layers.MaxPooling2D(2))
    check.shapes([(10, 8, 2), (5, 4, 2)])
    with pytest.raises(CheckFailed, match="number 2 gives 5 × 4 × 2; it should give 6 × 5 × 2"):
        check.shapes([(10, 8, 2), (6, 5, 2)])
    with pytest.raises(CheckFailed, match="There are 2 convolutions and pools; there should be 1"):
        check.shapes([(10, 8, 2)])


@pytest.mark.parametrize(
    ("trait", "good", "bad"),
    [
        (
            traits.rescales,
            [layers.Rescaling(-1 / 255, offset=1.0), layers.Conv2D(2, 3)],
            [layers.Conv2D(2, 3), layers.Rescaling(1 / 255)],
        ),
        (
            traits.rescales,
            [layers.Rescaling(1 / 51), layers.Rescaling(1 / 5), layers.Conv2D(2, 3)],
            [layers.Rescaling(1 / 255), layers.Rescaling(1 / 255), layers.Conv2D(2, 3)],
        ),
        (
            traits.relu_everywhere,
            [layers.Conv2D(2, 3, activation=layers.ReLU()), layers.Flatten()],
            [layers.Conv2D(2, 3), layers.ReLU(negative_slope=0.3), layers.Flatten()],
        ),
        (
            traits.ends_linear,
            [layers.Flatten(), layers.Dense(2), layers.Activation("linear")],
            [layers.Flatten(), layers.Dense(2, activation=layers.Softmax())],
        ),
        (
            traits.keeps_paper,
            [layers.ZeroPadding2D(1), layers.RandomZoom(0.1, **PAPER)],
            [layers.ZeroPadding2D(1), layers.RandomZoom(0.1, fill_mode="constant")],
        ),
        (
            traits.keeps_paper,
            [layers.RandomZoom(0.1, **PAPER), layers.Conv2D(2, 3), layers.GaussianNoise(0.5)],
            [layers.GaussianNoise(0.5), layers.RandomZoom(0.1, fill_mode="constant")],
        ),
        (
            traits.relu_everywhere,
            [layers.Conv2D(2, 3), layers.BatchNormalization(), layers.ReLU(), layers.Flatten()],
            [layers.Conv2D(2, 3), layers.BatchNormalization(), layers.Flatten(), layers.ReLU()],
        ),
        (
            traits.ends_linear,
            [layers.Flatten(), layers.Dense(2)],
            [layers.Flatten(), layers.Dense(2), layers.Softmax()],
        ),
        (
            traits.augments,
            [layers.RandomRotation(0.02), layers.RandomZoom(0.1), layers.Conv2D(2, 3)],
            [layers.RandomZoom(0.1), layers.Conv2D(2, 3), layers.RandomRotation(0.02)],
        ),
        (
            traits.changes_little,
            [layers.RandomRotation((-0.05, 0.05)), layers.RandomZoom((-0.1, 0.2))],
            [layers.RandomRotation(0.1)],
        ),
        (
            traits.normalises,
            [layers.Conv2D(2, 3), layers.BatchNormalization()],
            [layers.BatchNormalization(), layers.Conv2D(2, 3), layers.Conv2D(2, 3)],
        ),
        (
            traits.drops_out,
            [layers.Conv2D(2, 3), layers.Flatten(), layers.Dropout(0.3), layers.Dense(2)],
            [layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(2), layers.Dropout(0.3)],
        ),
        (
            traits.fills_with_one_colour,
            [layers.RandomRotation(0.05, **PAPER)],
            [layers.RandomRotation(0.05)],
        ),
        (
            traits.keeps_paper,
            [layers.RandomRotation(0.05, **PAPER), layers.Rescaling(1 / 255)],
            [layers.RandomRotation(0.05, fill_mode="constant"), layers.Rescaling(1 / 255)],
        ),
        (
            traits.keeps_paper,
            [layers.RandomContrast(0.3), layers.RandomZoom(0.1, **PAPER)],
            [layers.RandomZoom(0.1, **PAPER), layers.RandomBrightness(0.3)],
        ),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_a_trait_is_seen_where_it_is_and_missed_where_it_is_not(trait, good, bad):
    assert trait(check_of(*good)) and not trait(check_of(*bad))


def test_paper_may_be_0_where_ink_is_1():
    inverted = layers.Rescaling(-1 / 255, offset=1.0)
    assert traits.keeps_paper(check_of(inverted, layers.RandomZoom(0.1, fill_mode="constant")))


def test_a_check_gives_the_answers_of_the_model():
    check = check_of(layers.Flatten(), layers.Dense(2, kernel_initializer="ones"))
    assert check.answers(np.ones((1, 12, 10, 1))).tolist() == [[120, 120]]


def seen_of(build, *properties) -> list:
    """Return what a check of a model notes up to the property that does not hold."""
    notes = Log()
    with noted_in(notes), pytest.raises(CheckFailed):
        check = networks.built(build)
        for sentence, trait in properties:
            check.has(sentence, trait)
    return notes.entries


def test_models_with_the_same_layers_are_told_apart_by_the_property_that_fails():
    flips = ("nothing flips", lambda c: False), ("it is small", lambda c: True)
    large = ("nothing flips", lambda c: True), ("it is small", lambda c: False)

    def build():
        return model(layers.Flatten())

    first, second = (digest(seen_of(build, *order), "property") for order in (flips, large))
    assert first != second


def test_a_frozen_layer_is_another_answer_than_a_free_one():
    def frozen():
        made = model(layers.Flatten(), layers.Dense(2))
        made.trainable = False
        return made

    def free():
        return model(layers.Flatten(), layers.Dense(2))

    no = ("it learns little", lambda c: False)
    assert digest(seen_of(frozen, no), "property") != digest(seen_of(free, no), "property")


def test_a_model_that_is_handed_over_has_a_digest():
    notes = Log()
    with noted_in(notes):
        networks.built(lambda base: model(base), model(layers.Flatten(), shape=(12, 10, 1)))
    assert digest(notes.entries, "property")


def lacks(check, trait):
    with pytest.raises(CheckFailed) as failed:
        check.has("it is as it should be", trait)
    return failed.value.diagnosis


@pytest.mark.parametrize(
    ("parts", "trait", "words"),
    [
        ([layers.Conv2D(2, 3)], traits.rescales, traits.NO_RESCALING),
        (
            [layers.Rescaling(1 / 127.5, offset=-1), layers.Conv2D(2, 3)],
            traits.rescales,
            traits.OTHER_RANGE,
        ),
        (
            [layers.Flatten(), layers.Dense(2), layers.Dropout(0.3)],
            traits.ends_linear,
            traits.DROPS_ANSWERS,
        ),
        ([layers.Flatten(), layers.Dense(2, "softmax")], traits.ends_linear, traits.SOFTMAX_LEFT),
        ([layers.Dense(2), layers.Flatten()], traits.ends_linear, traits.NOT_DENSE),
        ([layers.RandomRotation(0.2, **PAPER)], traits.changes_little, traits.CHANGES_MUCH),
        ([layers.RandomZoom(0.1)], traits.fills_with_one_colour, traits.MIRROR_IMAGE),
        (
            [layers.RandomRotation(0.05, fill_mode="constant")],
            traits.keeps_paper,
            traits.NOT_PAPER,
        ),
        (
            [layers.Rescaling(1 / 255), layers.RandomRotation(0.05, **PAPER)],
            traits.keeps_paper,
            traits.SCALED_FIRST,
        ),
        ([layers.RandomBrightness(0.3)], traits.keeps_paper, traits.PAPER_CHANGED),
        (
            [layers.Conv2D(2, 3), layers.Dropout(0.8), layers.Dense(2)],
            traits.drops_out,
            traits.OTHER_RATE,
        ),
    ],
)
def test_a_trait_says_of_a_network_of_any_design_why_it_lacks(parts, trait, words):
    keras.utils.set_random_seed(0)
    assert lacks(check_of(*parts), trait) == words


def test_a_size_of_ones_own_is_told():
    def build(shape, units):
        return model(layers.Flatten(), layers.Dense(7), shape=(12, 10, 1))

    with pytest.raises(CheckFailed) as failed:
        networks.built(build, (12, 10, 1), 5).takes((12, 10, 1)).gives(5)
    assert failed.value.diagnosis == networks.OWN_SIZE
    with pytest.raises(CheckFailed) as failed:
        networks.built(build, (20, 18, 1), 7).takes((20, 18, 1))
    assert failed.value.diagnosis == networks.OWN_SIZE


@pytest.mark.parametrize("last", [layers.Conv2D(2, 3), layers.AveragePooling2D(3)])
def test_a_window_larger_than_its_map_is_told(last):
    def build(shape):
        kind = type(last).from_config(last.get_config())
        return model(layers.MaxPooling2D(), kind, layers.Flatten(), shape=shape)

    networks.built(build, (6, 6, 1))
    with pytest.raises(CheckFailed) as failed:
        networks.built(build, (6, 5, 1))
    assert failed.value.diagnosis == networks.NOTHING_LEFT

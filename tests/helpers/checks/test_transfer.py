"""What learns in a base of blocks is told by its layers, of whatever kind and name they are."""

from __future__ import annotations

from helpers.checks import CheckFailed, networks, transfer

import keras
import pytest
from keras import layers


def freed(choose):
    """Return a function that builds a model in which the layers that `choose` says learn."""

    def build(base, block, classes):
        base.trainable = True
        for layer in base.layers:
            layer.trainable = choose(layer, block)
        inputs = keras.Input(base.input_shape[1:])
        return keras.Model(inputs, layers.Dense(classes)(base(inputs, training=False)))

    return build


def is_norm(layer):
    return isinstance(layer, layers.BatchNormalization)


def of(layer, block):
    return layer.name.startswith(f"{block}_") and not is_norm(layer)


def check_of(choose, blocks=(1, 2), block="block1"):
    base = transfer.base_of_blocks(blocks, 2, deep=True)
    return networks.built(freed(choose), base, block, 3)


def test_all_of_the_block_but_its_normalisation_is_to_learn():
    check_of(of).has("the block learns", transfer.frees("block1"))


@pytest.mark.parametrize(
    ("choose", "words"),
    [
        (lambda x, b: x.name.startswith(b) and not is_norm(x), transfer.TENTH_BLOCK),
        (lambda x, b: x.name.startswith(f"{b}_"), transfer.NORM_FREE),
        (lambda x, b: of(x, "block2"), transfer.OTHER_BLOCK),
        (lambda x, b: not is_norm(x), transfer.MORE_BLOCKS),
        (lambda x, b: of(x, b) and isinstance(x, layers.Conv2D), transfer.PART_FROZEN),
    ],
)
def test_why_it_is_not_the_block_alone_is_told(choose, words):
    check = check_of(choose, blocks=(1, 2, 10))
    with pytest.raises(CheckFailed) as caught:
        check.has("the block learns", transfer.frees("block1"))
    assert caught.value.diagnosis == words


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("units", [(), (4,)])
def test_a_head_is_one_dense_layer_whether_or_not_the_base_ends_in_one(dense, units):
    base, weights = transfer.small_base((12, 10, 1), 3, dense=dense)

    def build(base):
        x = base(inputs := keras.Input((12, 10, 1)))
        for count in (*units, 2):
            x = layers.Dense(count)(x)
        return keras.Model(inputs, x)

    assert transfer.one_dense_head(networks.built(build, base), weights) == (not units)


def test_a_base_has_input_and_output_of_its_own():
    base, _ = transfer.small_base((12, 10, 1), 3)
    blocks = transfer.base_of_blocks((1, 2))
    for one in (base, blocks):
        check = networks.built(lambda b: keras.Model(b.input, layers.Dense(2)(b.output)), one)
        assert transfer.passes_features_on(check, one) and transfer.may_sleep(check)
    assert transfer.holds_base(check, blocks.get_weights())


def test_a_head_without_a_bias_reads_the_base_too():
    base, _ = transfer.small_base((12, 10, 1), 3)
    check = networks.built(
        lambda b: keras.Model(b.input, layers.Dense(2, use_bias=False)(b.output)), base
    )
    assert transfer.passes_features_on(check, base)


def test_a_large_bias_hides_nothing():
    base, _ = transfer.small_base((12, 10, 1), 3)

    def build(base):
        large = keras.initializers.Constant(1e6)
        x = layers.Rescaling(-3.0)(base.output)
        return keras.Model(base.input, layers.Dense(2, bias_initializer=large)(x))

    assert not transfer.passes_features_on(networks.built(build, base), base)


@pytest.mark.parametrize("within", [False, True])
def test_an_augmentation_that_is_told_to_be_awake_is_no_base(within):
    """`fit` and `predict` say it again, so such a network is the same as without."""

    def build(base):
        inputs = keras.Input((12, 10, 1))
        changes = [layers.RandomRotation(0.03), layers.RandomTranslation(0.08, 0.08)]
        x = inputs
        for change in [keras.Sequential(changes)] if within else changes:
            x = change(x, training=True)
        return keras.Model(inputs, layers.Dense(2)(base(x, training=False)))

    base, _ = transfer.small_base((12, 10, 1), 3)
    assert transfer.may_sleep(networks.built(build, base))


def test_a_base_within_a_model_that_is_told_to_be_awake_does_not_sleep():
    base, _ = transfer.small_base((12, 10, 1), 3)
    inputs = keras.Input((12, 10, 1))
    both = keras.Sequential([keras.Input((12, 10, 1)), base, layers.Dense(2)])
    check = networks.built(lambda: keras.Model(inputs, both(inputs, training=True)))
    assert not transfer.may_sleep(check)

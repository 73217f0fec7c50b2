"""Transfer: the same few pictures for all, a base that stays what it is, and its last layers."""

import math

from helpers import transfer
from helpers.models import backbone, reference

import keras
import numpy as np
import pytest

from benchmarks.transfer import frozen_model

RNG = np.random.default_rng(0)
LABELS = np.repeat([0, 1, 2], [9, 7, 8])
IMAGES = RNG.integers(0, 256, (len(LABELS), 80, 60, 1)).astype(np.uint8)
IMAGES[:, 0, 0, 0] = np.arange(len(LABELS))  # a number by which each is known again


@pytest.fixture(scope="module")
def base():
    keras.utils.set_random_seed(3)
    return backbone.build()


@pytest.fixture
def frozen(base):
    return frozen_model(base, n_classes=3)


def weights_of(model):
    return [np.array(w) for w in model.get_weights()]


def changed(model, before):
    """Name the layers of a base of which a weight is another one than before."""
    now = model.get_weights()
    names = [w.path for w in model.weights]
    return {
        name.split("/")[-2]
        for name, a, b in zip(names, before, now, strict=True)
        if not np.array_equal(a, b)
    }


# --- few pictures


def test_few_are_so_many_of_each_class_with_their_labels():
    images, labels = transfer.few(IMAGES, LABELS, 5)
    assert np.bincount(labels).tolist() == [5, 5, 5]
    assert images.dtype == np.uint8 and len(np.unique(images[:, 0, 0, 0])) == 15
    assert np.array_equal(LABELS[images[:, 0, 0, 0]], labels)


def test_the_fewer_are_among_the_more_and_another_seed_chooses_others():
    def numbers(*arguments):
        return set(transfer.few(IMAGES, LABELS, *arguments)[0][:, 0, 0, 0].tolist())

    assert numbers(2, 7) < numbers(5, 7) == numbers(5, 7)
    assert numbers(5, 8) != numbers(5, 7)


def test_few_are_shuffled():
    _, labels = transfer.few(IMAGES, LABELS, 7)
    assert not np.array_equal(labels, np.sort(labels))


def test_labels_may_be_any_numbers():
    _, labels = transfer.few(IMAGES, LABELS * 10 + 4, 2)
    assert sorted(labels.tolist()) == [4, 4, 14, 14, 24, 24]


@pytest.mark.parametrize("per_class", [0, 8])
def test_a_number_that_a_class_does_not_have_is_refused(per_class):
    words = f"per_class is {per_class}: give 1 to 7, which is how many pictures the class 1 has"
    with pytest.raises(ValueError, match=words):
        transfer.few(IMAGES, LABELS, per_class)


def test_images_without_labels_are_refused():
    with pytest.raises(ValueError, match="24 images and 23 labels"):
        transfer.few(IMAGES, LABELS[:-1], 2)


# --- models


def test_strategies_have_recipes_and_as_many_batches_with_more_pictures():
    assert transfer.STRATEGIES == ("scratch", "augmented", "features", "frozen", "fine-tuned")
    for strategy in transfer.STRATEGIES:
        assert transfer.epochs(strategy, 10) == transfer.RECIPES[strategy].epochs
        assert transfer.epochs(strategy, 20) * 2 == pytest.approx(
            transfer.epochs(strategy, 10), abs=1
        )
    assert transfer.RECIPES["fine-tuned"].rate <= transfer.RECIPES["frozen"].rate / 5


def test_the_learning_rate_falls_to_nothing():
    falling = transfer.schedule("frozen", per_class=10, n_classes=55)
    recipe = transfer.RECIPES["frozen"]
    assert float(falling(0)) == pytest.approx(recipe.rate)
    assert falling.decay_steps == 18 * recipe.epochs  # 550 pictures are 18 batches
    assert float(falling(falling.decay_steps)) == pytest.approx(0, abs=1e-9)


def test_augmentation_brings_in_paper_and_rests_at_inference():
    model = transfer.augmentation()
    paper = np.full((4, 80, 60, 1), 255.0, np.float32)
    assert np.allclose(model(paper, training=True), 255, atol=0.1)
    images = IMAGES[:4].astype(np.float32)
    assert np.array_equal(model(images, training=False), images)
    assert not np.allclose(model(images, training=True), images)


def test_augmentation_never_mirrors_a_character():
    image = np.full((1, 80, 60, 1), 255.0, np.float32)
    image[:, :, :20] = 0.0  # ink on the left
    varied = np.asarray(transfer.augmentation()(np.repeat(image, 32, axis=0), training=True))
    assert (varied[:, :, :30].mean(axis=(1, 2, 3)) < varied[:, :, 30:].mean(axis=(1, 2, 3))).all()


def test_from_scratch_the_cnn_of_section_04_learns_as_a_whole():
    plain, varied = (transfer.scratch_model(3, augmented) for augmented in (False, True))
    cnn = reference.build("cnn").count_params()
    assert plain.count_params() == cnn - (64 + 1) * (55 - 3)
    assert len(plain.trainable_weights) == len(varied.trainable_weights) == len(plain.weights)
    assert plain.output_shape == varied.output_shape == (None, 3)
    assert "augmentation" in [layer.name for layer in varied.layers]


def test_the_controls_are_the_backbones_own_layers_and_all_learn():
    assert all(transfer.recipe(name).epochs for name in transfer.CONTROLS)
    model = transfer.scratch_model(3, augmented=True, same_layers=True)
    head = (backbone.FEATURES + 1) * 3
    assert model.count_params() == backbone.build().count_params() + head
    free = sum(math.prod(w.shape) for w in backbone.build().trainable_weights)
    assert sum(math.prod(w.shape) for w in model.trainable_weights) == free + head


def test_features_are_computed_once_and_feed_a_head(base):
    found = transfer.features(base, IMAGES)
    assert found.shape == (len(IMAGES), backbone.FEATURES) and found.dtype == np.float32
    head = transfer.feature_head(found.shape[1], 3)
    assert head.count_params() == (backbone.FEATURES + 1) * 3
    assert head(found).shape == (len(IMAGES), 3)


def test_feature_maps_are_averaged(base):
    maps = keras.Model(base.input, base.get_layer("block3_relu").output)
    assert transfer.features(maps, IMAGES[:5]) == pytest.approx(
        transfer.features(base, IMAGES[:5]), abs=1e-4
    )


def test_of_a_frozen_model_the_head_alone_learns(base, frozen):
    before, head = weights_of(base), weights_of(frozen.get_layer("logits"))
    frozen.fit(IMAGES, LABELS, epochs=1, batch_size=8, verbose=0)
    assert len(frozen.trainable_weights) == 2
    assert not changed(base, before)
    assert not np.array_equal(head[0], frozen.get_layer("logits").get_weights()[0])


def test_after_unfreezing_the_last_layers_learn_and_batch_normalisation_does_not(base, frozen):
    before = weights_of(base)
    rate = float(frozen.optimizer.learning_rate)
    transfer.unfreeze(frozen, last=11)
    assert float(frozen.optimizer.learning_rate) < rate
    frozen.fit(IMAGES, LABELS, epochs=1, batch_size=8, verbose=0)
    assert changed(base, before) == {
        "block3_first_conv",
        "block3_second_conv",
        "block3_shortcut_conv",
    }


def test_by_default_the_last_layers_begin_with_a_block(base, frozen):
    transfer.unfreeze(frozen)
    first = base.layers[-transfer.LAST]
    assert first.name in {f"{block}_pool" for block in backbone.BLOCKS}
    kinds = {type(layer).__name__ for layer in base.layers if layer.trainable_weights}
    assert kinds == {"Conv2D"}


def test_more_layers_than_there_are_cannot_be_unfrozen(frozen):
    with pytest.raises(ValueError, match="last is 99: backbone has 0 to 36 to unfreeze"):
        transfer.unfreeze(frozen, 99)


def test_a_model_without_a_base_is_named():
    with pytest.raises(ValueError, match="has no base in it: put a trained model"):
        transfer.unfreeze(transfer.feature_head(4, 2))

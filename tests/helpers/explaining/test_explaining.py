"""What looks into a network is held to networks whose answers are known by hand."""

from helpers import explaining, handwriting
from helpers.explaining import saliency
from helpers.explaining.misleading import stamp_box
from helpers.models import backbone, forms, reference

import keras
import numpy as np
import pytest
from keras import layers

SHAPE = (12, 10, 1)


def linear(weights: np.ndarray):
    """Build a network whose logits are sums of weights by pixels: its gradients are `weights`."""
    model = keras.Sequential(
        [keras.Input(SHAPE), layers.Conv2D(2, 1, use_bias=False), layers.Flatten(), layers.Dense(2)]
    )
    model.layers[0].set_weights([np.ones((1, 1, 1, 2), np.float32)])
    kernel = np.zeros((*SHAPE[:2], 2, 2), np.float32)
    kernel[..., 0, :] = weights
    model.layers[-1].set_weights([kernel.reshape(-1, 2), np.zeros(2, np.float32)])
    return model


@pytest.fixture
def weights():
    return np.random.default_rng(0).normal(size=(*SHAPE[:2], 2)).astype("float32")


@pytest.fixture
def images():
    return np.random.default_rng(1).uniform(0, 255, (3, *SHAPE)).astype("float32")


def test_input_gradients_of_a_linear_network_are_its_weights(weights, images):
    for target in (0, 1):
        found = explaining.input_gradients(linear(weights), images, target)
        np.testing.assert_allclose(found[2, ..., 0], weights[..., target], rtol=1e-5)


def test_each_picture_may_have_a_class_of_its_own(weights, images):
    found = explaining.input_gradients(linear(weights), images, np.array([0, 1, 0]))
    np.testing.assert_allclose(found[1, ..., 0], weights[..., 1], rtol=1e-5)


def test_occlusion_by_one_pixel_is_what_that_pixel_adds(weights, images):
    found = explaining.occlusion(linear(weights), images, 1, window=1, stride=1, fill=0)
    np.testing.assert_allclose(found, images[..., 0] * weights[..., 1], rtol=1e-3, atol=1e-2)


def test_occlusion_is_the_same_however_many_pictures_are_asked_together(
    weights, images, monkeypatch
):
    options = {"window": 4, "stride": 3, "fill": 0}
    found = explaining.occlusion(linear(weights), images, 1, **options)
    monkeypatch.setattr(saliency, "ASKED_TOGETHER", 2 * len(images) + 1)
    few = explaining.occlusion(linear(weights), images, 1, **options)
    np.testing.assert_allclose(few, found, rtol=1e-4, atol=0.01)


def test_squares_of_occlusion_reach_the_edge(weights, images):
    found = explaining.occlusion(linear(weights), images, 0, window=4, stride=3, fill=0)
    assert (found != 0).all()


def test_grad_cam_weighs_maps_by_their_mean_slope(weights, images):
    model = linear(weights)
    for target in (0, 1):
        expected = np.maximum(images[..., 0] * weights[..., target].mean(), 0)
        found = explaining.grad_cam(model, images, target)
        np.testing.assert_allclose(found, expected, rtol=1e-3)


def test_grad_cam_prepared_for_one_model_gives_the_same_heat(weights, images):
    model = linear(weights)
    look = explaining.grad_cam_of(model)
    for some, classes in ((images, np.array([0, 1, 0])), (images[:1], 1)):
        expected = explaining.grad_cam(model, some, classes)
        np.testing.assert_allclose(look(some, classes), expected, rtol=1e-5)
    model.layers[-1].set_weights([-one for one in model.layers[-1].get_weights()])
    np.testing.assert_allclose(look(images, 1), explaining.grad_cam(model, images, 1), rtol=1e-5)
    with pytest.raises(ValueError, match="class 2 does not exist"):
        look(images, 2)


def test_heat_has_the_size_of_the_picture():
    image, _ = handwriting.dataset("test", 1)
    for name in ("cnn", "improved"):
        model = reference.load(name)
        assert explaining.grad_cam(model, image[:2], 3).shape == (2, 80, 60)
        assert explaining.occlusion(model, image[:2], 3, window=20, stride=20).shape == (2, 80, 60)


def test_augmentation_sleeps():
    model, (images, labels) = reference.load("improved"), handwriting.dataset("test", 1)
    once, again = (explaining.input_gradients(model, images[:4], labels[:4]) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_share_inside_counts_only_what_is_above_zero():
    heat = np.array([[[3, -9], [1, 0]], [[0, 0], [0, -1]]])
    np.testing.assert_allclose(explaining.share_inside(heat, (0, 0, 1, 2)), [0.75, 0])


def test_most_exciting_finds_the_picture_and_the_place():
    model, images = reference.load("cnn"), np.full((4, 80, 60, 1), 255, np.uint8)
    images[2, 40:60, 20:23] = 0
    maps = explaining.responses(model, images, model.layers[1].name)
    # This network takes what padding adds for ink, so blank paper excites filters at its edge.
    chosen = int((maps[2].max(axis=(0, 1)) - maps[0].max(axis=(0, 1))).argmax())
    order, places = explaining.most_exciting(
        model, images, chosen, layer=model.layers[1].name, count=2
    )
    assert order[0] == 2
    assert (abs(places[0] - [50, 21]) <= [13, 4]).all()


@pytest.mark.parametrize("name", ["cnn", "improved"])
def test_climbing_excites_the_filter_more_than_noise_does(name):
    model = reference.load(name)
    noise = explaining.ascend(model, 0, steps=0)
    awake = int(explaining.responses(model, noise[None])[0].mean(axis=(0, 1)).argmax())
    still, made = (explaining.ascend(model, awake, steps=steps) for steps in (0, 15))
    assert made.shape == (80, 60, 1) and made.min() >= 0 and made.max() <= 255
    before, after = (explaining.responses(model, z[None]) for z in (still, made))
    assert after[..., awake].mean() > 1.5 * before[..., awake].mean()
    np.testing.assert_array_equal(made, explaining.ascend(model, awake, steps=15))


def test_the_backbone_is_looked_into_by_its_blocks():
    base, (images, _) = backbone.load(), handwriting.dataset("test", 1)
    assert explaining.responses(base, images[:2], "block1_relu").shape[-1] == 48
    assert explaining.layer_named(base).name == "block3_relu"
    assert explaining.grad_cam(base, images[:2], 7, layer="block2_relu").shape == (2, 80, 60)


def test_a_step_moves_every_pixel_by_its_size_against_the_label(weights, images):
    images = 20 + images * 0.8
    model = linear(weights / 1000)
    labels = np.array([0, 1, 1])
    moved = explaining.fgsm_picture(model, images, labels, 8) - images
    up = np.sign(weights[..., 1] - weights[..., 0])
    np.testing.assert_allclose(moved[0, ..., 0], 8 * up, atol=1e-3)
    np.testing.assert_allclose(moved[2, ..., 0], -8 * up, atol=1e-3)


def test_noise_moves_every_pixel_by_as_much(images):
    images = 20 + images * 0.8
    moved = explaining.noisy(images, 8, seed=3) - images
    np.testing.assert_allclose(abs(moved), 8, atol=1e-3)
    assert abs(moved.mean()) < 2


def test_a_stamp_lies_in_its_box_and_only_where_it_is_wanted():
    images = np.full((3, 20, 16, 1), 255, np.uint8)
    found = explaining.stamped(images, np.array([True, False, True]))
    assert (found[1] == 255).all() and (images == 255).all() and found.dtype == np.uint8
    top, left, bottom, right = stamp_box(images.shape)
    dark = np.argwhere(found[0, ..., 0] < 255)
    assert [*dark.min(axis=0), *dark.max(axis=0) + 1] == [top, left, bottom, right]


def test_a_patch_that_was_made_on_some_pictures_misleads_on_others():
    model, (images, labels) = forms.load("plain"), forms.labelled(8, seed=92, writers="test")
    target = forms.CHARACTERS.index("口")
    patch = explaining.train_patch(model, images[::2], target, steps=30)
    others = images[1::2][labels[1::2] != target]
    both = others, explaining.with_patch(others, patch)
    before, after = (np.mean(np.argmax(model(z, training=False), axis=1) == target) for z in both)
    assert after > before + 0.3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda m, x: explaining.occlusion(m, x[0], 0), r"\(12, 10, 1\): give a batch"),
        (lambda m, x: explaining.occlusion(m, x, 2), "class 2 does not exist: they go from 0 to 1"),
        (lambda m, x: explaining.occlusion(m, x, 0, window=11), "window 11 and stride 4 do not"),
        (lambda m, x: explaining.grad_cam(m, x, 0, layer="top"), "no layer 'top' with maps: use"),
        (lambda m, x: explaining.most_exciting(m, x, 2), "filter 2 does not exist"),
        (lambda m, x: explaining.input_gradients(m, x, np.zeros(2, int)), "each of 3 pictures"),
        (lambda m, x: explaining.with_patch(x, np.zeros((4, 4, 1)), (9, 0)), "does not fit into"),
        (lambda m, x: explaining.share_inside(x, (0, 0, 1, 1)), r"give maps \(N, H, W\)"),
    ],
)
def test_what_does_not_fit_is_named(weights, images, call, words):
    with pytest.raises(ValueError, match=words):
        call(linear(weights), images)

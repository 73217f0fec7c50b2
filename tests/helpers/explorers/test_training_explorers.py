"""Explorers of a training and of a trained network: epochs, patience, temperature, live maps."""

from helpers.explorers import explore_epochs, explore_stopping
from helpers.explorers.drawing import Drawing, drawing_explorer
from helpers.explorers.epochs import Epoch, epochs_explorer
from helpers.explorers.livemaps import mapper
from helpers.explorers.stopping import Patience, stopping_explorer
from helpers.explorers.strokes import strokes_to_image
from helpers.explorers.temperature import Knob, temperature_explorer
from helpers.handwriting import CLASSES

import keras
import numpy as np
import pytest

PAGES = np.random.default_rng(0).integers(0, 256, (3, 8, 6, 1)).astype(np.uint8)
GUESSES = [
    [[("口", 0.4), ("山", 0.3)]] * 3,
    [[("口", 0.9)], [("山", 0.8)], [("口", 0.6), ("木", 0.4)]],
    [[("口", 1.0)], [("山", 1.0)], [("木", 0.7), ("口", 0.3)]],
]
# Validation accuracy of a training that nobody stopped.
SEEN = [0.2, 0.5, 0.4, 0.45, 0.6, 0.5, 0.5, 0.5, 0.4, 0.9]


def said(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    titles = [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")]
    return "\n".join([*(text.get_text() for text in texts), *titles])


@pytest.fixture(scope="module")
def twelve():
    return epochs_explorer(PAGES, "口山木", GUESSES, [0.5, 0.75])


@pytest.fixture(scope="module")
def patience():
    return stopping_explorer(SEEN)


@pytest.fixture(scope="module")
def scores():
    """Draw logits that claim more than they reach: three times as large as would be honest."""
    rng = np.random.default_rng(1)
    honest = 2 * rng.normal(size=(2000, 5))
    return 3 * honest, (honest + rng.gumbel(size=honest.shape)).argmax(axis=1)


@pytest.fixture(scope="module")
def knob(scores):
    return temperature_explorer(*scores, "abcde")


# --- twelve pictures


@pytest.mark.parametrize(("epoch", "right"), [(0, 1), (1, 2), (2, 3)])
def test_an_epoch_says_how_many_pictures_are_read_correctly(twelve, epoch, right):
    words = said(twelve.draw(Epoch(epoch)))
    assert f"{right} of 3 read correctly" in words
    assert (f"After epoch {epoch}" if epoch else "Before the first step") in words


def test_each_picture_bears_its_most_probable_name(twelve):
    words = said(twelve.draw(Epoch(1)))
    assert "山 80\N{NO-BREAK SPACE}%" in words and "口 60\N{NO-BREAK SPACE}%" in words
    assert "木" not in words  # the second guess


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"names": "口山"}, "3 pictures and 2 names"),
        ({"accuracies": [0.5]}, "guesses of 3 epochs and 1 accuracies"),
        ({"guesses": [*GUESSES[:2], GUESSES[2][:2]]}, "guesses for 2 pictures of 3"),
    ],
)
def test_what_does_not_fit_is_refused(change, words):
    given = {"names": "口山木", "guesses": GUESSES, "accuracies": [0.5, 0.75]} | change
    with pytest.raises(ValueError, match=words):
        explore_epochs(PAGES, **given)


# --- patience


@pytest.mark.parametrize(
    ("chosen", "length", "kept"), [(1, 3, 2), (2, 4, 2), (3, 8, 5), (5, 10, 10), (30, 10, 10)]
)
def test_patience_says_what_keras_would_do(patience, chosen, length, kept):
    from unittest.mock import Mock

    stopping = keras.callbacks.EarlyStopping("a", patience=chosen, mode="max")
    model, epochs = Mock(stop_training=False), 0
    stopping.set_model(model)
    stopping.on_train_begin()
    while epochs < len(SEEN) and not model.stop_training:
        stopping.on_epoch_end(epochs, {"a": SEEN[epochs]})
        epochs += 1
    assert (epochs, stopping.best_epoch + 1) == (length, kept)
    words = said(patience.draw(Patience(chosen)))
    assert f"{length} epochs are trained, and epoch {kept} is kept" in words


def test_one_epoch_is_no_curve():
    with pytest.raises(ValueError, match=r"shape \(1,\)"):
        explore_stopping([0.5])


# --- the temperature


def test_reliability_and_cost_move_with_the_temperature(knob):
    sure, calm = (said(knob.draw(Knob(t))) for t in (1.0, 3.0))
    errors = [float(words.split("calibration error ")[1].split()[0]) for words in (sure, calm)]
    paid = [float(words.split("pays ")[1].split()[0]) for words in (sure, calm)]
    assert errors[1] < errors[0] / 2
    assert paid[1] < paid[0]


def test_the_cost_is_that_of_believing(knob, scores):
    from scipy.special import softmax

    logits, labels = scores
    shares = softmax(logits / 2.0, axis=1)
    accepted = shares.max(axis=1) >= 0.95  # a check at 0.5 pounds, an error at 10
    errors = accepted & (shares.argmax(axis=1) != labels)
    cost = (10 * errors.sum() + 0.5 * (~accepted).sum()) / len(labels)
    assert f"pays {cost:.3f} a picture" in said(knob.draw(Knob(2.0, 0.5)))


# --- feature maps that follow the pen


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    return keras.Sequential([
        keras.Input((80, 60, 1)), keras.layers.Rescaling(1 / 255),
        keras.layers.Conv2D(9, 3, padding="same", use_bias=False),
        keras.layers.BatchNormalization(), keras.layers.ReLU(), keras.layers.MaxPooling2D(4),
        keras.layers.Conv2D(4, 3, activation="relu"), keras.layers.Flatten(),
        keras.layers.Dense(55),
    ])  # fmt: skip


def behind_the_activation(network, page):
    """Ask the network itself for all maps of its first convolution."""
    whole = keras.Model(network.inputs[0], network.layers[3].output)
    return np.array(whole(page[np.newaxis].astype("float32")))[0]


def places(maps, among):
    """Find each map (H, W, n) among others."""
    return [int(np.argmin(np.abs(among - one[..., np.newaxis]).max(axis=(0, 1))))
            for one in np.moveaxis(maps, 2, 0)]  # fmt: skip


def test_maps_are_those_behind_the_activation(network):
    page = strokes_to_image(Drawing().strokes)
    first, second = mapper(network, page)(page)
    assert (first.maps.shape, first.of) == ((80, 60, 8), 9)
    assert (second.maps.shape, second.of) == ((18, 13, 4), 4)
    right = behind_the_activation(network, page)
    np.testing.assert_allclose(first.maps, right[..., places(first.maps, right)], atol=1e-6)


def test_the_same_maps_stay_whatever_is_drawn(network):
    page, line = strokes_to_image(Drawing().strokes), strokes_to_image([[(0, 0), (1, 1)]])
    look = mapper(network, page)
    chosen = places(look(page)[0].maps, behind_the_activation(network, page))
    assert len(set(chosen)) == 8
    there = behind_the_activation(network, line)[..., chosen]
    np.testing.assert_allclose(look(line)[0].maps, there, atol=1e-6)


def test_the_canvas_shows_maps_and_may_hide_them(network):
    explorer = drawing_explorer(network, CLASSES)
    assert "convolution 1: 8 of its 9 maps, 80 × 60" in said(explorer.draw(Drawing()))
    assert "convolution" not in said(explorer.draw(Drawing(maps=False)))


def test_what_has_no_convolution_has_no_maps():
    explorer = drawing_explorer(lambda batch: np.zeros((1, 3)), "abc")
    assert list(explorer.controls) == ["strokes"]
    assert "convolution" not in said(explorer.draw(explorer.start))


# --- all of them


@pytest.mark.parametrize("name", ["twelve", "patience", "knob"])
def test_each_state_gives_a_readable_picture_and_has_words(name, request, sweep):
    explorer = request.getfixturevalue(name)
    swept = sweep(explorer)
    assert swept.empty == []
    assert swept.unreadable == {}
    data, metadata = explorer.show()._repr_mimebundle_()
    assert "image/png" in data
    assert metadata["image/png"]["alt"].startswith(f"explorer {explorer.name}: ")

"""The canvas: from strokes to a picture, to a prediction, to a figure."""

from helpers import explorers
from helpers.explorers.canvas import EXAMPLE, NO_HINT, Canvas, as_strokes
from helpers.explorers.drawing import Drawing, drawing_explorer
from helpers.explorers.strokes import predict_drawing, strokes_to_image
from helpers.handwriting import CLASSES, pictures, strokes

import keras
import numpy as np
import pytest


@pytest.fixture(scope="module")
def model():
    """A network of random weights."""
    keras.utils.set_random_seed(0)
    layers = [keras.layers.Conv2D(2, 9, strides=6), keras.layers.Flatten(), keras.layers.Dense(55)]
    return keras.Sequential([keras.Input((80, 60, 1)), keras.layers.Rescaling(1 / 255), *layers])


@pytest.fixture(scope="module")
def explorer(model):
    return drawing_explorer(model, CLASSES)


def ink_box(image):
    """Return top, bottom, left, right: pixels of paper around the ink."""
    ink = image[..., 0] < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height, width = ink.shape
    return rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1]


def said(figure):
    return "\n".join(text.get_text() for axes in figure.axes for text in axes.texts)


# --- the picture


def test_a_drawing_becomes_a_picture_as_the_data_set_holds_it():
    image = strokes_to_image(EXAMPLE)
    assert (image.shape, image.dtype) == ((80, 60, 1), np.uint8)
    assert (image.min(), image.max()) == (0, 255)
    assert np.median(image) == 255
    assert strokes_to_image(EXAMPLE, (28, 28)).shape == (28, 28, 1)


def test_without_strokes_there_is_only_paper():
    for nothing in ((), [[]], (np.zeros((0, 2)),)):
        assert (strokes_to_image(nothing) == 255).all()


@pytest.mark.parametrize("change", [lambda xy: xy + 7, lambda xy: xy * 0.01, lambda xy: xy * 300])
def test_neither_place_nor_size_of_the_drawing_matters(change):
    moved = [change(np.array(stroke)) for stroke in EXAMPLE]
    np.testing.assert_allclose(strokes_to_image(moved), strokes_to_image(EXAMPLE), atol=40)


def test_the_ink_is_centred_with_margins_as_wide_as_in_the_data_set():
    written = pictures(np.arange(len(CLASSES)), seed=5, writers="train")
    usual = np.median([ink_box(image) for image in written], axis=0)
    mine = np.median([ink_box(strokes_to_image(strokes(name))) for name in CLASSES], axis=0)
    np.testing.assert_allclose(mine, usual, atol=2)
    top, bottom, left, right = ink_box(strokes_to_image(strokes("木")))
    assert abs(top - bottom) <= 1 and abs(left - right) <= 1


def test_lines_are_about_as_thick_as_in_the_data_set():
    def darkness(images):
        return np.median((np.array(images) < 128).mean(axis=(1, 2, 3)))

    written = pictures(np.arange(len(CLASSES)), seed=5, writers="train")
    mine = darkness([strokes_to_image(strokes(name)) for name in CLASSES])
    assert 0.7 < mine / darkness(written) < 1.4


def test_a_single_line_stays_a_line_and_a_dot_a_dot():
    down = strokes_to_image([[(0.5, 0), (0.51, 1)]])
    assert (down < 128).any(axis=0).sum() <= 5
    dot = strokes_to_image([[(3, 4)]])
    assert 1 <= (dot < 128).sum() <= 16


def test_points_that_are_none_are_refused():
    with pytest.raises(ValueError, match=r"strokes\[1\] has shape \(2, 3\): give points"):
        strokes_to_image([[(0, 0), (1, 1)], np.zeros((2, 3))])
    with pytest.raises(ValueError, match=r"strokes\[0\]"):
        strokes_to_image([[(0, np.nan), (1, 1)]])


# --- the prediction


def test_the_five_most_probable_classes_come_in_order(model):
    guesses = predict_drawing(model, EXAMPLE, CLASSES)
    logits = model(strokes_to_image(EXAMPLE)[np.newaxis], training=False)
    probabilities = np.array(keras.ops.softmax(logits))[0]
    best = np.argsort(-probabilities)[:5]
    assert [name for name, _ in guesses] == [CLASSES[index] for index in best]
    np.testing.assert_allclose([p for _, p in guesses], probabilities[best], rtol=1e-4)


def test_a_model_that_ends_in_a_softmax_is_not_softened_twice():
    def certain(batch):
        return np.array([[0.05, 0.9, 0.05]])

    assert predict_drawing(certain, EXAMPLE, "abc", top=1) == [("b", 0.9)]


def test_a_model_gets_pictures_of_its_own_size_with_values_to_255():
    seen = []

    def look(batch):
        seen.append(batch)
        return np.zeros((1, 3))

    look.input_shape = (None, 28, 20, 1)
    predict_drawing(lambda batch: look(batch), EXAMPLE, "abc")
    assert seen[0].shape == (1, 80, 60, 1)
    assert (seen[0].dtype, seen[0].min(), seen[0].max()) == (np.float32, 0, 255)
    small = keras.Sequential([keras.Input((28, 20, 1)), keras.layers.Flatten()])
    assert len(predict_drawing(small, EXAMPLE, range(560))) == 5


def test_dropout_and_augmentation_are_off(model):
    drops = keras.Sequential([keras.Input((80, 60, 1)), keras.layers.Dropout(0.9), model])
    assert predict_drawing(drops, EXAMPLE, CLASSES) == predict_drawing(model, EXAMPLE, CLASSES)


def test_nothing_is_predicted_for_an_empty_canvas(model):
    assert predict_drawing(model, (), CLASSES) == []


def test_classes_that_do_not_fit_are_refused_at_once(model):
    with pytest.raises(ValueError, match="55 outputs and there are 3 classes"):
        explorers.explore_drawing(model, "abc")


# --- the explorer


def test_every_drawing_gives_a_readable_picture(explorer, sweep):
    swept = sweep(explorer)
    assert swept.empty == []
    assert swept.unreadable == {}


def test_the_figure_shows_five_guesses_with_meaning_and_probability(explorer, model):
    words = said(explorer.draw(Drawing()))
    for name, probability in predict_drawing(model, EXAMPLE, CLASSES):
        assert name in words and f"{100 * probability:.0f}" in words
    assert words.count("%") == 5


def test_an_empty_canvas_asks_for_a_stroke(explorer):
    assert "draw a stroke" in said(explorer.draw(Drawing(())))


def test_a_reader_without_widgets_sees_an_example_with_its_bars(explorer):
    bundle = explorer.show()._repr_mimebundle_()[0]
    assert "image/png" in bundle
    assert bundle["text/plain"].startswith("explorer drawing")


def test_what_the_browser_sends_is_drawn(explorer):
    widget = explorer.show()
    before = widget.picture.value
    pad = widget.controls["strokes"].pad
    pad.set_state({"value": [[[0.1, 0.2], [0.5, 0.9]], [[0.3, 0.3]]], "example": False})
    assert widget.state.strokes == (((0.1, 0.2), (0.5, 0.9)), ((0.3, 0.3),))
    assert widget.picture.value != before and widget.message == ""


def test_the_example_is_known_as_one_and_goes_when_the_reader_draws(explorer):
    assert explorer.show().controls["strokes"].pad.example
    assert not explorer.show(strokes=()).controls["strokes"].pad.example


def test_a_hint_shows_the_strokes_of_a_character(explorer):
    canvas = explorer.show().controls["strokes"]
    names = [name for name, _ in canvas.hint.options]
    assert names[0] == NO_HINT and "口  kǒu, mouth" in names
    canvas.hint.value = "木"
    assert len(canvas.pad.hint) == len(strokes("木"))
    canvas.hint.value = ""
    assert canvas.pad.hint == []


def test_other_classes_have_no_hints():
    explorer = drawing_explorer(lambda batch: np.zeros((1, 3)), "abc")
    assert not hasattr(explorer.show().controls["strokes"], "hint")


@pytest.mark.parametrize(
    "value", [3, [[1]], (((1, 2, 3),),), (((1, float("inf")),),), [[(1.0, 2.0)]]]
)
def test_only_tuples_of_finite_points_are_strokes(value):
    assert not Canvas().allows(value)


def test_strokes_of_a_browser_become_tuples():
    assert as_strokes([[[1, 2], [3, 4]], []]) == (((1.0, 2.0), (3.0, 4.0)), ())

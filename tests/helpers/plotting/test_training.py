"""Figures of networks, trainings, sizes and guesses: what they show, refuse, and how they read."""

import math

from helpers import plotting
from helpers.handwriting import CLASSES
from helpers.plotting.contrast import as_text

import keras
import numpy as np
import pytest
from keras import layers
from matplotlib.colors import to_hex
from matplotlib.text import Text

RANDOM = np.random.default_rng(0)


@pytest.fixture(scope="module")
def model():
    return keras.Sequential(
        [
            keras.Input((24, 18, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )


def history(epochs: int) -> dict[str, list[float]]:
    """Return a training that overfits."""
    steps = range(1, epochs + 1)
    return {
        "loss": [4 * math.exp(-e / 6) for e in steps],
        "val_loss": [4 * math.exp(-e / 6) + 0.02 * e for e in steps],
        "accuracy": [1 - math.exp(-e / 5) for e in steps],
        "val_accuracy": [0.9 * (1 - math.exp(-e / 4)) - 0.001 * e for e in steps],
    }


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


FIGURES = {
    "flow": lambda model: plotting.show_flow(model, title="A network"),
    "flow of a picture": lambda model: plotting.show_flow(model, np.full((24, 18, 1), 200)),
    "layers": plotting.show_layers,
    "long history": lambda _: plotting.show_history(history(40), chance=1 / 55),
    "short history": lambda _: plotting.show_history(history(6), title="Six epochs"),
    "history without validation": lambda _: plotting.show_history(
        {"loss": [3, 2, 1], "accuracy": [0.1, 0.4, 0.5]}
    ),
    "reference": lambda _: plotting.show_reference(
        {"logistic": 0.46, "CNN": 0.88, "ours": 0.95}, {"logistic": (0.477, 0.48), "CNN": 0.885}
    ),
    "class counts": lambda _: plotting.show_class_counts(
        {"train": range(100, 155), "test": [20] * 55}, CLASSES
    ),
    "densities": lambda _: plotting.show_densities(
        {"height": {"train": RANDOM.normal(80, 9, 400), "test": RANDOM.normal(80, 9, 90)}}
    ),
    "guesses": lambda _: plotting.show_guesses(
        RANDOM.integers(0, 256, (5, 80, 60, 1), dtype=np.uint8),
        RANDOM.dirichlet(np.full(55, 0.05), 5),
        CLASSES,
        range(5),
        title="Five guesses each",
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off_or_covered(name, model, look):
    pixels, faults = look(FIGURES[name](model))
    assert faults == []
    assert pixels.std() > 5


# --- networks


def test_every_layer_that_changes_the_shape_is_a_stage_with_shape_and_parameters(model):
    words = texts(plotting.show_flow(model))
    assert [w for w in words if w in ("input", "conv", "max pool", "flatten", "dense")] == [
        "input", "conv", "max pool", "conv", "max pool", "flatten", "dense",
    ]  # fmt: skip
    assert "10\u2009×\u20097\u2009×\u200916" in words and "1,168\nparameters" in words


def test_a_picture_of_another_size_is_refused(model):
    with pytest.raises(ValueError, match=r"image has shape \(18, 24, 1\): the model takes"):
        plotting.show_flow(model, np.zeros((18, 24, 1)))


def test_a_model_without_input_is_refused():
    with pytest.raises(ValueError, match=r"no input shape yet: let it begin with keras.Input"):
        plotting.show_layers(keras.Sequential([layers.Dense(2)]))


def test_boxes_tell_kind_shape_and_parameters_of_all_layers(model):
    words = texts(plotting.show_layers(model))
    assert words[:3] == ["Input", "24 × 18 × 1", "no parameters"]
    assert words.index("Rescaling") < words.index("Conv2D, relu")
    assert words[-3:] == ["Dense", "10", "2,410 parameters"]


def test_without_graphviz_a_model_is_drawn_all_the_same(model, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "Flatten" in texts(plotting.show_model(model))


# --- trainings


def test_the_best_epoch_is_told_with_its_accuracies():
    told = history(40)
    best = int(np.argmax(told["val_accuracy"]))
    text = next(t for t in texts(plotting.show_history(told)) if t.startswith("best epoch"))
    assert text.splitlines() == [
        f"best epoch: {best + 1}",
        f"training {told['accuracy'][best]:.3f}",
        f"validation {told['val_accuracy'][best]:.3f}",
    ]


def test_a_history_without_accuracy_is_refused():
    with pytest.raises(ValueError, match="history has no 'accuracy', only loss"):
        plotting.show_history({"loss": [1.0]})


def test_measured_bars_and_published_marks_stand_in_the_same_rows():
    figure = plotting.show_reference({"a": 0.4, "b": 0.9}, {"b": (0.7, 0.8)})
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.patches] == [0.4, 0.9]
    marks = [line for line in axes.lines if line.get_marker() == "D" and len(line.get_xdata())]
    assert [(m.get_xdata().tolist(), list(m.get_ydata())) for m in marks] == [([0.7, 0.8], [1, 1])]


def test_what_is_published_must_be_measured():
    with pytest.raises(ValueError, match="'CNN' is published but not measured"):
        plotting.show_reference({"logistic": 0.4}, {"CNN": 0.9})


# --- sizes


def test_scarce_classes_stand_out():
    figure = plotting.show_class_counts({"train": [600, 240, 600]}, ["人", "啖", "大"])
    colours = [to_hex(label.get_color()) for label in figure.axes[0].get_xticklabels()]
    assert colours.index(as_text(plotting.PALETTE.vermillion)) == 1 and len(set(colours)) == 2


def test_each_class_needs_its_count():
    with pytest.raises(ValueError, match="train has 2 counts for 3 classes"):
        plotting.show_class_counts({"train": [1, 2]}, ["a", "b", "c"])


def test_densities_have_the_area_1_and_counts_have_not():
    values = {"width": {"train": np.arange(60), "test": np.arange(20)}}
    for density, areas in ((True, [1, 1]), (False, [60, 20])):
        figure = plotting.show_densities(values, density=density)
        outlines = [p for p in figure.axes[0].patches if not p.get_fill()]
        assert [round(_area(p.get_xy()) / (1 if density else 2)) for p in outlines] == areas


def _area(corners: np.ndarray) -> float:
    x, y = corners.T
    return abs(float(np.sum(np.diff(x) * (y[:-1] + y[1:]) / 2)))


# --- guesses


def test_the_best_guesses_stand_in_their_order_and_the_wrong_winner_stands_out():
    shares = np.array([[0.1, 0.6, 0.3]])
    figure = plotting.show_guesses(np.zeros((1, 8, 6)), shares, "人大火", [2], guesses=3)
    _picture, bars = figure.axes
    assert [t.get_text() for t in bars.texts] == ["大", "60 %", "火", "30 % ✓", "人", "10 %"]
    palette = plotting.PALETTE
    assert [to_hex(b.get_facecolor()) for b in bars.patches] == [
        colour.lower() for colour in (palette.vermillion, palette.green, palette.blue)
    ]


@pytest.mark.parametrize(
    ("shares", "labels", "words"),
    [
        ([[0.5, 0.5]], None, r"shape \(1, 2\): for 1 pictures and 3 classes it should be \(1, 3\)"),
        ([[2.0, 3.0, 1.0]], None, "are they logits still"),
        ([[0.2, 0.3, 0.5]], [0, 1], "2 labels for 1 pictures"),
    ],
)
def test_what_does_not_fit_together_is_refused(shares, labels, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_guesses(np.zeros((1, 8, 6)), shares, "人大火", labels)

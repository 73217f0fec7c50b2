"""Figures of errors, confidence and shift: what they show, refuse, and that they can be read."""

from helpers import metrics, plotting
from helpers.handwriting import shift
from helpers.plotting.contrast import as_text
from helpers.plotting.errors import caption
from helpers.plotting.style import NOTEBOOK_WIDTH

import numpy as np
import pytest
from matplotlib import pyplot
from scipy.special import softmax
from sklearn.metrics import confusion_matrix

RANDOM = np.random.default_rng(0)
CLASSES = "人大犬火口门因月"
IMAGES = RANDOM.integers(0, 256, (60, 80, 60, 1), dtype=np.uint8)
LABELS = RANDOM.integers(0, 8, 60)
LOGITS = RANDOM.normal(size=(60, 8)) * 2 + 3 * np.eye(8)[LABELS]
SHARES = softmax(LOGITS, axis=1)
PREDICTED = SHARES.argmax(axis=1)
SURE, RIGHT = SHARES.max(axis=1), PREDICTED == LABELS
COUNTS = confusion_matrix(LABELS, PREDICTED, labels=range(8))
MANY = RANDOM.integers(0, 5, (55, 55))


def rates(n=20):
    right, total = RANDOM.integers(0, 8, n), np.full(n, 7)
    ends = right / total * 0.8, 0.2 + right / total * 0.8
    return plotting.show_rates(
        list("人大犬火") * (n // 4), right, total, ends, overall=0.7, title="Least legible"
    )


def two_sets():
    return {
        "test": shift.measure(IMAGES[:40]),
        "careless": {name: values + 1 for name, values in shift.measure(IMAGES[40:]).items()},
    }


FIGURES = {
    "failures": lambda: plotting.show_failures(
        IMAGES[:18], LABELS[:18], SHARES[:18], CLASSES, title="Failures"
    ),
    "one failure": lambda: plotting.show_failures(IMAGES[:1], LABELS[:1], SHARES[:1], CLASSES),
    "pairs": lambda: plotting.show_confused_pairs(
        IMAGES, LABELS, PREDICTED, CLASSES, [(0, 1), (2, 3, 4)]
    ),
    "confusion": lambda: plotting.show_confusion(COUNTS, CLASSES, title="Eight"),
    "large confusion": lambda: plotting.show_confusion(MANY, [CLASSES[k % 8] for k in range(55)]),
    "confidence": lambda: plotting.show_confidence(SURE, RIGHT, title="How sure"),
    "all right": lambda: plotting.show_confidence(SURE, np.ones(60, bool)),
    "reliability": lambda: plotting.show_reliability(
        {name: metrics.reliability(SURE, RIGHT) for name in ("T = 1", "T = 2", "T = 3")}
    ),
    "one reliability": lambda: plotting.show_reliability({"one": metrics.reliability(SURE, RIGHT)}),
    "temperatures": lambda: plotting.show_temperatures(
        {t: softmax(LOGITS[0] / t) for t in (0.5, 1, 2, 5)}, CLASSES
    ),
    "rates": rates,
    "shift": lambda: plotting.show_shift(two_sets()),
}


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off_or_covered(name, look):
    pixels, faults = look(FIGURES[name]())
    assert faults == []
    assert pixels.std() > 5


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_a_notebook_and_leaves_nothing_open_in_pyplot(name):
    figure = FIGURES[name]()
    assert figure.get_figwidth() <= NOTEBOOK_WIDTH + 1e-9
    assert pyplot.get_fignums() == []


def test_a_caption_says_what_it_is_and_what_it_was_taken_for():
    assert caption("大", "太", 0.634) == "大 not 太 (63 %)"
    assert caption("大", "大", 0.98) == "大 (98 %)"


def test_failures_are_vermillion_and_right_answers_blue():
    figure = plotting.show_failures(IMAGES[:2], [0, 1], [[0.2, 0.8], [0.1, 0.9]], "人大")
    titles = {axes.get_title(loc="center"): axes.title.get_color() for axes in figure.axes}
    assert titles == {
        "人 not 大 (80 %)": as_text(plotting.PALETTE.vermillion),
        "大 (90 %)": plotting.PALETTE.blue,
    }


def test_a_pair_shows_those_that_crossed_over_between_two_that_did_not():
    labels, predicted = [0, 0, 1, 1, 1], [0, 1, 1, 0, 0]
    figure = plotting.show_confused_pairs(IMAGES[:5], labels, predicted, "人大", [(0, 1)], each=2)
    shown = [axes.get_title(loc="center") for axes in figure.axes if axes.get_visible()]
    assert shown == ["人", "人 as 大", "大 as 人", "大 as 人", "大"]


def test_the_diagonal_takes_no_part_in_the_colours():
    figure = plotting.show_confusion(np.array([[900, 4], [1, 800]]), "人大")
    assert figure.axes[0].images[0].get_clim() == (0, 4)


def test_counts_are_written_where_there_is_room():
    small = plotting.show_confusion(COUNTS, CLASSES)
    large = plotting.show_confusion(MANY, ["人"] * 55)
    assert [len([t for t in f.axes[0].get_children() if hasattr(t, "letters")])
            for f in (small, large)] == [64, 0]  # fmt: skip


def test_an_underconfident_gap_is_seen_as_well():
    shy = metrics.reliability(np.full(10, 0.55), np.ones(10, bool))
    gap = plotting.show_reliability({"shy": shy}).axes[0].patches[-1]
    assert (gap.get_y(), gap.get_height()) == pytest.approx((0.55, 0.45))


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: plotting.show_failures(IMAGES[:0], [], np.zeros((0, 8)), CLASSES), "0 pictures"),
        (lambda: plotting.show_failures(IMAGES, LABELS, SHARES, "人大"), "each of the 2 classes"),
        (lambda: plotting.show_failures(IMAGES, LABELS[:9], SHARES, CLASSES), "60 pictures"),
        (lambda: plotting.show_confused_pairs(IMAGES, LABELS, PREDICTED, CLASSES, []), "holds 0"),
        (lambda: plotting.show_confusion(COUNTS, "人大"), r"\(8, 8\) for 2 classes"),
        (lambda: plotting.show_confidence(SURE, RIGHT[:5]), r"right \(5,\)"),
        (lambda: plotting.show_reliability({}), "holds 0: give one to three"),
        (lambda: plotting.show_temperatures({}, CLASSES), "0 temperatures"),
        (lambda: plotting.show_rates(["人"], [1, 2], [7, 7], ([0, 0], [1, 1])), "1 names for 2"),
    ],
)
def test_what_cannot_be_shown_is_named(draw, words):
    with pytest.raises(ValueError, match=words):
        draw()

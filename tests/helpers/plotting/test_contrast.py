"""Text stands out from what it stands on: 4.5 to 1, as the WCAG want it."""

from helpers import plotting
from helpers.plotting.contrast import as_text, contrast
from helpers.plotting.style import PALETTE, text_colour

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from tests import contrast as measured

WITH_TEXT = ("blue", "vermillion", "green", "purple", "sky", "orange", "yellow", "grey", "soft")


def test_the_measure_is_that_of_the_wcag():
    assert contrast("white", "black") == measured.contrast("black", "white") == 21
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # a published pair


@pytest.mark.parametrize("ground", ["white", "#F4F6F8", "#CFE6F5"])
@pytest.mark.parametrize("name", WITH_TEXT)
def test_every_colour_has_a_form_for_text(name, ground):
    assert measured.contrast(as_text(getattr(PALETTE, name), ground), ground) >= 4.5


def test_a_colour_that_stands_out_stays_as_it_is():
    assert as_text(PALETTE.blue) == PALETTE.blue
    for name in ("ink", "soft"):
        assert measured.contrast(getattr(PALETTE, name), "white") >= 4.5


def test_a_darker_form_keeps_its_hue():
    before, after = to_rgb(PALETTE.vermillion), to_rgb(as_text(PALETTE.vermillion))
    shares = [b / a for a, b in zip(before, after, strict=True) if a]
    assert max(shares) - min(shares) < 0.02 and 0.8 < min(shares) < 1


@pytest.mark.parametrize("cmap", ["gray", "viridis", "Blues", "hot", "RdBu"])
def test_a_number_stands_out_from_its_cell_whatever_colour_that_has(cmap):
    for place in range(256):
        cell = colormaps[cmap](place)
        assert measured.contrast(text_colour(cell), cell[:3]) >= 4.5


FIGURES = {
    "tasks": lambda: plotting.show_tasks(
        np.zeros((6, 16, 3), np.uint8),
        [(1, 1, 3, 3, "cat"), (1, 6, 3, 3, "dog")],
        np.repeat([[0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0]], 6, axis=0),
    ),
    "embeddings": lambda: plotting.show_embeddings(
        {"a": np.random.default_rng(0).random((60, 2))}, np.arange(60) % 10, "abcdefghij"
    ),
    "strip": lambda: plotting.show_strip(10, 3, stride=2, padding="same"),
    "trade-offs": lambda: plotting.show_trade_offs({"ours": {"small": (0.5, 100, 1_000)}}),
    "loop": plotting.show_tuning_loop,
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_that_no_other_test_looks_at_have_no_faint_text(look, name):
    assert [fault for fault in look(FIGURES[name]())[1] if "contrast" in fault] == []


def test_faint_text_would_be_seen(look):
    figure = Figure(layout="none")
    figure.text(0.1, 0.1, "grey", color="#8A949E")
    figure.text(0.1, 0.4, "pale", color="black", alpha=0.3)
    figure.text(0.1, 0.7, "strong", color=PALETTE.soft)
    figure.text(0.5, 0.1, "on paper", color="white", bbox={"facecolor": "black"})
    axes = figure.add_axes((0.5, 0.5, 0.4, 0.4), facecolor="#336699")
    axes.set(xticks=[], yticks=[])
    axes.text(0.5, 0.5, "ink", color=PALETTE.ink)
    faults = look(figure)[1]
    assert {fault.split("'")[1] for fault in faults} == {"grey", "pale", "ink"}
    assert "'grey' has a contrast of 3.1" in faults

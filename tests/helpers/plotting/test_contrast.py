"""Text stands out from what it stands on: 4.5 to 1, as the WCAG want it."""

from helpers.plotting.contrast import as_text, contrast
from helpers.plotting.style import PALETTE, text_colour

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

"""The frame around every explorer: its size on the page, its file, its keys, the dark."""

import gc
from dataclasses import dataclass, replace
from io import BytesIO

from helpers.explorers import EXPLORERS, Explorer, Slider
from helpers.explorers.clickable import Cursor
from helpers.explorers.drawn import CHART, drawn, pictures_in
from helpers.explorers.frame import DPI, LEAST, MOST, ROOM, Frame, fit, rows
from helpers.explorers.names import sheet
from helpers.plotting.encoding import encode
from helpers.plotting.style import NotebookFigure

import ipywidgets
import numpy as np
import pytest
from PIL import Image


@dataclass(frozen=True)
class State:
    row: int = 3
    size: int = 9


def draw(state):
    figure = NotebookFigure(figsize=(6, 3), layout="none")
    figure.add_axes((0.25, 0.5, 0.25, 0.5)).imshow(np.eye(state.size), aspect="auto")
    return figure


EXPLORER = Explorer(
    "framed",
    State,
    draw,
    {"row": Slider(0, 9), "size": Slider(1, 9)},
    limits=lambda state: {"row": state.size - 1},
)

# --- sizes


def test_a_row_takes_as_many_controls_as_fit_beside_each_other():
    assert rows([400, 400]) == 1
    assert rows([400, 410]) == 2
    assert rows([]) == 0


def test_every_control_says_how_wide_it_is():
    slider = ipywidgets.IntSlider(description="row")
    assert fit(slider) > 180 and slider.layout.width.endswith("px")
    long = ipywidgets.Dropdown(options=["x" * 90], description="row")
    assert fit(long) < 300


def test_a_picture_shrinks_with_the_window_but_its_text_stays_readable():
    wide = Frame(above=64)
    assert wide.width((8, 4)) == (
        f"min(100%, {MOST * 8}px, max({LEAST * 8}px, (100vh - 196px) * 2.0000))"
    )
    assert wide.inch((8, 4)) == LEAST
    assert Frame(beside=ROOM // 2).inch((8, 4)) == ROOM / 2 / 8


def test_the_file_holds_twice_the_pixels_and_says_how_large_it_is_shown():
    _data, about = EXPLORER.show()._repr_mimebundle_()
    picture = Image.open(BytesIO(EXPLORER.picture(State())))
    assert picture.size == (6 * DPI, 3 * DPI) == (2 * 6 * MOST, 2 * 3 * MOST)
    assert (about["image/png"]["width"], about["image/png"]["height"]) == (6 * MOST, 3 * MOST)


@pytest.mark.parametrize("alpha", [255, 128])
def test_a_png_holds_every_pixel_as_it_was(alpha):
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    pixels[..., 3] = alpha
    read = Image.open(BytesIO(encode(pixels, 96)))
    assert read.mode == ("RGB" if alpha == 255 else "RGBA")
    np.testing.assert_array_equal(np.asarray(read.convert("RGBA")), pixels)


def test_drawing_leaves_nothing_for_the_litter_collector_and_leaves_it_on():
    gc.collect()
    made = []
    drawn(lambda: made.append(NotebookFigure(figsize=(1, 1))) or made.pop())
    assert gc.isenabled()
    assert not [one for one in gc.get_objects() if type(one) is NotebookFigure]


# --- limits


def test_a_slider_goes_no_further_than_the_picture():
    widget = EXPLORER.show(row=8)
    assert widget.controls["row"].max == 8
    widget.controls["size"].value = 4
    assert widget.state == State(row=3, size=4)
    assert (widget.controls["row"].value, widget.controls["row"].max) == (3, 3)
    widget.controls["size"].value = 9
    assert widget.controls["row"].max == 8


def test_where_only_one_place_is_left_the_state_stays_there():
    widget = EXPLORER.show(size=1)
    widget.controls["row"].value = 1
    assert widget.state.row == widget.controls["row"].value == 0


# --- keys


@pytest.mark.parametrize("name", [name for name in EXPLORERS if EXPLORERS[name].cursor])
def test_the_arrow_keys_begin_at_what_is_chosen(name):
    explorer = EXPLORERS[name]
    for state in map(explorer.held, explorer.sweep()):
        cursor = Cursor(*explorer.cursor(state))
        assert 0 < cursor.x < 1 and 0 < cursor.y < 1
        assert 0 < cursor.across < 0.5 and 0 < cursor.down < 0.5
        if cursor.follows:
            assert explorer.clicked(state, cursor.x, cursor.y) == state


@pytest.mark.parametrize("name", [name for name in EXPLORERS if EXPLORERS[name].pick])
def test_what_is_clicked_can_be_reached_by_keys(name):
    assert EXPLORERS[name].cursor is not None


# --- the dark


def test_a_figure_tells_where_its_pictures_are():
    made = drawn(lambda: draw(State()))
    np.testing.assert_allclose(made.pictures, [(0.25, 0, 0.5, 0.5)], atol=0.01)


def test_charts_and_pictures_upon_pictures_are_not_named():
    figure = draw(State())
    figure.axes[0].imshow(np.eye(2), extent=(2, 4, 4, 2), zorder=2)
    figure.add_axes((0.6, 0, 0.2, 0.2)).imshow(np.eye(2), gid=CHART)
    figure.axes[0].set(xlim=(0, 9), ylim=(9, 0))
    assert len(list(pictures_in(figure))) == 1


def test_the_sheet_has_a_hole_for_each_picture():
    assert "clip-path: polygon(evenodd, 0 0" in sheet([])
    assert "25.00% 0.00%, 50.00% 0.00%, 50.00% 50.00%" in sheet([(0.25, 0, 0.5, 0.5)])


def test_a_moved_slider_moves_the_holes_too():
    widget = EXPLORER.show()
    before = widget._night.value
    assert before == sheet(EXPLORER.drawn(State()).pictures)
    widget.state = replace(State(), size=2)
    assert widget._night.value == sheet(EXPLORER.drawn(State(size=2)).pictures)

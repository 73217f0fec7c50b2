"""A renderer that draws again: the same picture, and nothing of the one before."""

from io import BytesIO

from helpers.explorers import EXPLORERS
from helpers.plotting import canvas
from helpers.plotting.canvas import drawn_canvas
from helpers.plotting.style import NotebookFigure, png

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from PIL import Image


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(canvas, "_idle", type(canvas._idle)())


def figure_of(*texts, **options):
    figure = NotebookFigure(figsize=(3, 2), layout="none")
    for row, text in enumerate(texts):
        figure.text(0.1 + 0.0371 * row, 0.8 - 0.2 * row, text, **options)
    return figure


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(content)).convert("RGB")).astype(int)


def plainly(figure) -> np.ndarray:
    """Draw as Matplotlib does by itself."""
    plain = FigureCanvasAgg(figure)
    plain.draw()
    return np.asarray(plain.buffer_rgba())[..., :3].astype(int)


def moved(one: np.ndarray, other: np.ndarray) -> float:
    """Return the greatest difference where a neighbour, up to a pixel away, may stand in."""
    near = [np.roll(other, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    low, high = np.min(near, axis=0), np.max(near, axis=0)
    return float(np.maximum(low - one, one - high).max())


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color": "#D55E00", "weight": "bold", "ha": "center", "va": "top"},
        {"rotation": 30},
        {"alpha": 0.4},
        {"color": (0.1, 0.2, 0.3, 0.5)},
    ],
)
def test_a_text_stands_where_matplotlib_puts_it_to_a_pixel(options):
    words = ("Agf 太", "$x^2$", "Agf 太")
    drawn, plain = pixels(png(figure_of(*words, **options))), plainly(figure_of(*words, **options))
    assert plain.min() < 200  # there is something
    assert moved(drawn, plain) < 40 and moved(plain, drawn) < 40


def test_a_matplotlib_without_what_writes_at_once_draws_letter_by_letter(monkeypatch):
    monkeypatch.setattr(canvas, "WRITES", False)
    monkeypatch.delattr(canvas._Renderer, "_written")
    drawn, plain = pixels(png(figure_of("Agf", "0.25"))), plainly(figure_of("Agf", "0.25"))
    assert plain.min() < 200 and moved(drawn, plain) < 40 and moved(plain, drawn) < 40


@pytest.mark.parametrize("word", ["0.25", "jam", "Yes, two words", "太 j", "f(x) = −1"])
def test_a_text_that_the_font_writes_at_once_stands_where_its_letters_would_to_a_pixel(word):
    colour, place = (0.2, 0.4, 0.6, 1.0), FontProperties(size=12.5, weight="bold")
    renderer = canvas._Renderer(400, 200, 168)
    drawn = [
        stamp for stamp in (renderer._written(word, place, colour),
                            renderer._drawn(word, place, False, None, colour)) if stamp
    ]  # fmt: skip
    assert len(drawn) == 2 - word.startswith(("j", "Y"))  # letters that reach out to the left
    inked = []
    for pixels, before, below in drawn:
        whole = np.zeros((120, 400), int)
        height, width, _ = pixels.shape
        whole[40 - below : 40 - below + height, 40 - before : 40 - before + width] = pixels[..., 3]
        inked.append(whole)
    assert inked[0].max() > 200
    assert moved(inked[0], inked[-1]) < 60 and moved(inked[-1], inked[0]) < 60


def test_a_text_that_stands_out_of_the_figure_is_cut():
    drawn = pixels(png(figure_of("a line that is far longer than the figure is wide")))
    assert drawn[:, -5:].min() < 200


def test_what_was_drawn_before_leaves_nothing_behind():
    fresh = [png(figure_of(text)) for text in ("one", "two", "three")]
    assert [png(figure_of(text)) for text in ("one", "two", "three")] == fresh
    canvas._idle.clear()
    assert png(figure_of("three")) == fresh[2]


def test_the_same_words_in_another_font_are_drawn_anew(monkeypatch):
    before = png(figure_of("word"))
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["DejaVu Serif"])
    assert png(figure_of("word")) != before


def test_a_renderer_that_failed_half_way_draws_no_more():
    class Failing(Text):
        def draw(self, renderer):
            raise ValueError("no")

    whole = png(figure_of("word"))
    figure = figure_of("word")
    figure.add_artist(Failing(0, 0, "x"))
    with pytest.raises(ValueError, match="no"):
        png(figure)
    assert not canvas._idle
    assert png(figure_of("word")) == whole


def test_two_figures_at_once_do_not_share_a_renderer():
    with drawn_canvas(figure_of("one")) as one:
        first = np.array(one.buffer_rgba())
        with drawn_canvas(figure_of("two")) as two:
            assert not np.array_equal(first, two.buffer_rgba())
        assert np.array_equal(first, one.buffer_rgba())


def test_few_renderers_and_few_texts_are_kept(monkeypatch):
    monkeypatch.setattr(canvas, "STAMPS", 100_000)
    for number in range(60):
        png(figure_of(f"text {number}", size=20))
    (renderer,) = canvas._idle.values()
    assert sum(stamp.pixels.nbytes for stamp in renderer._stamps.values()) <= 150_000
    assert len(renderer._stamps) < 60
    for number in range(5):
        png(NotebookFigure(figsize=(1, 1 + number), layout="none"))
    assert len(canvas._idle) == canvas.MOST


def test_a_table_shapes_each_number_once_however_often_it_stands_there(monkeypatch):
    shaped = []
    plain = canvas._Renderer._written

    def written(self, s, *more):
        shaped.append(s)
        return plain(self, s, *more)

    monkeypatch.setattr(canvas._Renderer, "_written", written)
    explorer = EXPLORERS["pooling"]
    explorer.drawn(explorer.changed(shift=1))
    assert shaped.count("0") == 1
    shaped.clear()
    explorer.drawn(explorer.changed(shift=2))
    assert len(shaped) <= 4  # what is new: the title, and what is said below

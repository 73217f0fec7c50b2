"""A canvas whose renderer has drawn before: it knows how large its texts are, and how they look.

Matplotlib shapes each text twice and draws it letter by letter: of a table of numbers that is most
of the time. What it measured it keeps as long as the renderer lives. An explorer's next step has
nearly the same texts, at other places.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import NamedTuple

import numpy as np
from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from .enlarging import quickly

__all__ = ["drawn_canvas"]

MOST = 3  # renderers that are kept; each has some 9 MB of pixels, and a page few explorers
STAMPS = 8 * 2**20  # bytes of drawn texts that a renderer keeps
HEIGHTS = (
    ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ("hhea", "ascent", "descent", "lineGap"),
)
"""Tables of a font that say how high it is: the first one that is there counts."""
# Neither is promised by Matplotlib: a version without them draws letter by letter.
WRITES = hasattr(RendererAgg, "_prepare_font") and hasattr(FT2Font, "draw_glyphs_to_bitmap")
Heights = tuple[float, float, float] | tuple[None, None, None]
MARGIN = 6  # pixels around a text, for what stands out of its box


class _Stamp(NamedTuple):
    """A text's pixels (H, W, 4), lowest row first; how many are before its place, and below it."""

    pixels: np.ndarray
    before: int
    below: int


class _Renderer(RendererAgg):
    """Draws each upright text once, and then sets it down as a picture, on whole pixels.

    That is at most half a pixel off, a quarter of one on the page. Matplotlib itself draws on whole
    pixels, up to 3.10.
    """

    def __init__(self, width: int, height: int, dpi: float):
        super().__init__(width, height, dpi)
        self._stamps: dict[tuple, _Stamp] = {}
        self._bytes = 0
        self._heights: dict[FontProperties, Heights] = {}

    def _get_font_height_metrics(self, prop) -> Heights:
        """Return a font's ascent, descent and gap between lines, in pixels.

        Matplotlib asks for it from 3.11 on. Without an answer it looks for the font's file, and
        reads its tables, each time that a text is measured or drawn.
        """
        if prop not in self._heights:
            self._heights[prop.copy()] = self._measured(prop)
        return self._heights[prop]

    def _measured(self, prop) -> Heights:
        if not WRITES:
            return None, None, None
        font = self._prepare_font(prop)
        for name, *keys in HEIGHTS:
            if table := font.get_sfnt_table(name):
                units = font.get_sfnt_table("head")["unitsPerEm"]
                scale = prop.get_size_in_points() * self.dpi / 72 / units
                ascent, descent, gap = (scale * table[key] for key in keys)
                return ascent, -descent, gap
        return None, None, None  # Matplotlib then measures letters

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        colour = tuple(gc.get_rgb())
        solid = colour[3:] in ((), (1,)) and gc.get_alpha() in (None, 1)
        if angle or not solid or gc.get_clip_path()[0] or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        key = s, prop.copy(), ismath, colour
        if key not in self._stamps:
            whole = self._written(s, prop, colour) if WRITES and not ismath else None
            self._keep(key, whole or self._drawn(s, prop, ismath, mtext, colour))
        stamp = self._stamps[key]
        bottom = self.height - round(y) - stamp.below
        self.draw_image(gc, round(x) - stamp.before, bottom, stamp.pixels)

    def _written(self, s, prop, colour) -> _Stamp | None:
        """Let the font write a whole text, which takes a quarter of the time of letter by letter.

        Returns None where it would cut a letter that reaches out to the left, as a j does.
        """
        font = self._prepare_font(prop)
        # With a blank, whose box begins where the text does, no letter moves to a whole pixel.
        font.set_text(f"{s} ", 0, flags=get_hinting_flag())
        if font.get_bitmap_offset() != (0, 0):
            return None
        font.draw_glyphs_to_bitmap(antialiased=True)
        cover = np.asarray(font.get_image())
        pixels = np.empty((*cover.shape, 4), np.uint8)
        pixels[..., :3] = np.multiply(colour[:3], 255).round()
        pixels[..., 3] = cover
        _, tall = font.get_width_height()
        above = (tall - font.get_descent()) // 64 + 1
        return _Stamp(pixels[::-1].copy(), 0, len(cover) - above)

    def _drawn(self, s, prop, ismath, mtext, colour) -> _Stamp:
        """Let Matplotlib draw a text, on a canvas that is just large enough."""
        wide, tall, below = map(ceil, self.get_text_width_height_descent(s, prop, ismath))
        small = RendererAgg(wide + 2 * MARGIN, tall + 2 * MARGIN, self.dpi)
        ink = small.new_gc()
        ink.set_foreground(colour, isRGBA=True)
        small.draw_text(ink, MARGIN, tall - below + MARGIN, s, prop, 0, ismath, mtext)
        pixels = np.array(small.buffer_rgba())[::-1].copy()
        return _Stamp(pixels, MARGIN, below + MARGIN)

    def _keep(self, key: tuple, stamp: _Stamp) -> None:
        if self._bytes > STAMPS:
            self._stamps, self._bytes = {}, 0
        self._stamps[key] = stamp
        self._bytes += stamp.pixels.nbytes


# What a renderer's texts depend on, to one that nobody draws with: while it draws, it is not here.
_idle: OrderedDict[tuple, _Renderer] = OrderedDict()
FONTS = [name for name in rcParams if name.startswith(("font.", "mathtext.", "text."))]


class _Canvas(FigureCanvasAgg):
    lent: _Renderer | None = None

    def get_renderer(self) -> RendererAgg:
        return self.lent or super().get_renderer()


@contextmanager
def drawn_canvas(figure: Figure) -> Iterator[FigureCanvasAgg]:
    """Draw a figure; its canvas has the pixels as long as the context lasts."""
    if isinstance(figure.canvas, FigureCanvasAgg) and not isinstance(figure.canvas, _Canvas):
        figure.canvas.draw()  # pyplot's own
        yield figure.canvas
        return
    canvas = _Canvas(figure)
    size = (*canvas.get_width_height(), figure.dpi)
    kind = size, str([rcParams[name] for name in FONTS])
    canvas.lent = renderer = _idle.pop(kind, None) or _Renderer(*size)
    images = (image for axes in figure.axes for image in axes.images)
    try:
        with quickly(images):
            canvas.draw()
        yield canvas
    finally:
        canvas.lent = None
    # Not after an error: a renderer that was stopped half-way may be anywhere.
    _idle[kind] = renderer
    while len(_idle) > MOST:
        _idle.popitem(last=False)

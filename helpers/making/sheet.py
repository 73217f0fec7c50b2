"""All 55 templates on one page: ``python -m helpers.making.sheet docs/characters.png``."""

import sys
from io import BytesIO

from helpers.handwriting.characters import CHARACTERS, READINGS
from helpers.handwriting.templates import strokes
from helpers.plotting.style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure, png, use_style

from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from PIL import Image

COLUMNS = 11
LINE_WIDTH = 3.6  # points


def show_templates(characters: str = CHARACTERS) -> Figure:
    """Show templates with their readings and meanings.

    Parameters
    ----------
    characters
        Some of ``CHARACTERS``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if not characters:
        raise ValueError("characters is empty: give at least one of CHARACTERS.")
    columns = min(COLUMNS, len(characters))
    rows = -(-len(characters) // columns)
    size = NOTEBOOK_WIDTH / COLUMNS
    figure = new_figure(columns * size, rows * size * 1.33)
    for index, axes in enumerate(figure.subplots(rows, columns, squeeze=False).flat):
        hide_axes(axes, frame=index < len(characters))
        if index >= len(characters):
            continue
        character = characters[index]
        axes.set(xlim=(-0.03, 1.03), ylim=(1.03, -0.03), aspect="equal")
        # The four lines that a pupil's exercise book has in each square.
        for x, y in (([0.5, 0.5], [0, 1]), ([0, 1], [0.5, 0.5])):
            axes.plot(x, y, color=PALETTE.line, linewidth=0.7, linestyle=(0, (3, 3)), zorder=1)
        axes.add_collection(
            LineCollection(
                strokes(character),
                linewidths=LINE_WIDTH,
                colors=PALETTE.ink,
                capstyle="round",
                joinstyle="round",
                zorder=2,
            )
        )
        pinyin, meaning = READINGS[character]
        axes.set_xlabel(pinyin, fontsize=12, labelpad=1)
        axes.annotate(
            meaning,
            (0.5, 0),
            (0, -17.5),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=7.5,
            color=PALETTE.ink,
        )
    return figure


if __name__ == "__main__":
    use_style()
    page = Image.open(BytesIO(png(show_templates()))).convert("RGB").quantize(32)
    page.save(sys.argv[1] if len(sys.argv) > 1 else "characters.png", optimize=True)

"""A character drawn stroke by stroke, and what a network takes it for meanwhile, as a GIF.

``python -m helpers.making.drawing docs/drawing.gif``
"""

import sys
from io import BytesIO

from helpers import handwriting
from helpers.explorers.drawing import drawing_explorer
from helpers.models import reference
from helpers.plotting.style import use_style

import numpy as np
from PIL import Image

CHARACTER = "林"
PIECES = 3  # pictures for each stroke
STEP, REST = 140, 2200  # milliseconds: between two pictures, and at the end
WIDTH, COLOURS = 480, 48


def growing(strokes, pieces: int = PIECES):
    """Yield the strokes as they come into being.

    Parameters
    ----------
    strokes
        Each an array (N, 2) of points.
    pieces
        In how many pieces each stroke comes.
    """
    lines = [tuple(map(tuple, np.asarray(line).tolist())) for line in strokes]
    for number, line in enumerate(lines):
        for piece in range(1, pieces + 1):
            shown = max(2, round(len(line) * piece / pieces))
            yield (*lines[:number], line[:shown])


def frames(character: str = CHARACTER) -> list[Image.Image]:
    """Draw the pictures: what the explorer of section 04 shows after each piece."""
    explorer = drawing_explorer(reference.load("improved"), handwriting.CLASSES)
    states = growing(handwriting.strokes(character))
    shown = [explorer.picture(explorer.changed(strokes=strokes)) for strokes in states]
    pictures = [Image.open(BytesIO(one)).convert("RGB") for one in shown]
    height = round(pictures[0].height * WIDTH / pictures[0].width)
    return [one.resize((WIDTH, height), Image.Resampling.LANCZOS) for one in pictures]


if __name__ == "__main__":
    use_style()
    made = frames()
    palette = made[-1].quantize(COLOURS)  # one for all: only what changes is stored
    first, *more = [one.quantize(palette=palette, dither=Image.Dither.NONE) for one in made]
    where = sys.argv[1] if len(sys.argv) > 1 else "drawing.gif"
    times = [STEP] * len(more) + [REST]
    first.save(where, save_all=True, append_images=more, duration=times, loop=0, optimize=True)

"""Four sprites of 16 x 16 pixels, drawn by hand as text."""

import numpy as np

COLOURS = {
    ".": (0, 0, 0),  # black
    "y": (255, 255, 0),  # yellow
    "p": (255, 163, 177),  # pink
    "w": (255, 255, 255),  # white
    "b": (51, 0, 255),  # blue
}

RIGHT = """
................
.....yyyyyy.....
...yyyyyyyyyy...
..yyyyyyy..yyy..
..yyyyyyy..yyy..
.yyyyyyyyyyyyyy.
.yyyyyyyyyyy....
.yyyyyyyy.......
.yyyyy..........
.yyyyyyyy.......
.yyyyyyyyyyy....
.yyyyyyyyyyyyyy.
..yyyyyyyyyyyy..
..yyyyyyyyyyyy..
...yyyyyyyyyy...
.....yyyyyy.....
"""

GHOST = """
................
.....pppppp.....
...pppppppppp...
..pppppppppppp..
..ppwwpppwwppp..
.ppwwwwpwwwwppp.
.ppbbwwpbbwwppp.
.ppbbwwpbbwwppp.
.pppwwpppwwpppp.
.pppppppppppppp.
.pppppppppppppp.
.pppppppppppppp.
.pppppppppppppp.
.pppppppppppppp.
.pp.pppppppp.pp.
.p...pp..pp...p.
"""


def _picture(text: str) -> np.ndarray:
    """Turn 16 lines of 16 letters into an image (16, 16, 3) of dtype uint8."""
    return np.array([[COLOURS[letter] for letter in line] for line in text.split()], np.uint8)


def sprites() -> dict[str, np.ndarray]:
    """Draw the four sprites.

    Returns
    -------
    dict of str to numpy.ndarray
        ``"right"``, ``"left"``, ``"up"`` (a yellow character with an open mouth, facing that way)
        and ``"ghost"`` (pink, with white and blue eyes). Each has shape (16, 16, 3), dtype uint8
        and holds only black and the colours (255, 255, 0), (255, 163, 177), (255, 255, 255) and
        (51, 0, 255).

    Examples
    --------
    >>> sprites()["ghost"][0, 0].tolist()
    [0, 0, 0]
    """
    right = _picture(RIGHT)
    return {
        "right": right,
        "left": right[:, ::-1].copy(),
        "up": np.rot90(right).copy(),
        "ghost": _picture(GHOST),
    }

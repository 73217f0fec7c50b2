"""Chinese labels everywhere: a font with the course's 55 characters, made from its own strokes.

Matplotlib's DejaVu Sans has no Chinese, and a machine without a Chinese font would show empty
boxes. The two files beside this module are written by ``python -m helpers.making.font``.

A text with a formula in it, as ``"$x^2$"``, is set by Matplotlib's mathtext, which takes all of its
letters from one font: write its Chinese part as a text of its own.
"""

from pathlib import Path

from matplotlib.font_manager import fontManager

FAMILY = "Course Hanzi"
FILES = {
    style: Path(__file__).with_name(f"course-hanzi-{style.lower()}.ttf")
    for style in ("Regular", "Bold")
}


def register() -> str:
    """Make the label font known to Matplotlib in this process; nothing is written.

    Returns
    -------
    str
        The font's family name, to stand last in ``font.family``: it has Chinese characters only.
    """
    known = {font.fname for font in fontManager.ttflist if font.name == FAMILY}
    for path in FILES.values():
        if str(path) not in known:
            fontManager.addfont(path)
    return FAMILY

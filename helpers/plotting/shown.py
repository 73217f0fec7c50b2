"""A figure as a notebook shows it: the picture, and beside it what it shows in words."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from .alttext import alt_text

WORDLESS = "A figure that says nothing of itself."
PNG, HTML, TEXT = "image/png", "text/html", "text/plain"


def bundle(figure: Figure) -> tuple[dict[str, str], dict[str, Any]]:
    """Return a figure in the forms in which front ends may show it, and what is said of them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Any, of ours or drawn by hand.

    Returns
    -------
    data, metadata : dict
        As `forms` makes them; empty for a figure on which nothing is drawn.
    """
    if own := getattr(figure, "_repr_mimebundle_", None):  # ours are drawn in their own way
        return own()
    picture = _tight(figure)
    return forms(picture, alt_text(figure)) if picture else ({}, {})


def forms(
    picture: bytes, words: str, size: tuple[int, int] | None = None
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return a picture with its words, as a notebook keeps them.

    Parameters
    ----------
    picture : bytes
        A PNG file.
    words : str
        What it shows.
    size : (int, int), optional
        Width and height in CSS pixels; as many as it has where they are left out.

    Returns
    -------
    data : dict
        The PNG; HTML with the alternative text, since JupyterLab takes none from anywhere else;
        and the words as text. In HTML the picture is no PNG, which would be twice as large.
    metadata : dict
        The words once more, where nbconvert and others look for them, and the size.
    """
    words = words or WORDLESS
    sides = dict(zip(("width", "height"), size, strict=True)) if size else {}
    about = "".join(f' {name}="{pixels}"' for name, pixels in sides.items())
    source = f"data:image/webp;base64,{_smaller(picture)}"
    data = {
        PNG: b64encode(picture).decode("ascii"),
        HTML: f'<img src="{source}"{about} alt="{escape(words)}">',
        TEXT: words,
    }
    return data, {PNG: {"alt": words, **sides}}


def _tight(figure: Figure) -> bytes | None:
    """Draw a figure as the notebook's own way does; None where nothing is on it."""
    from IPython.core.pylabtools import print_figure

    return print_figure(figure, "png")


def _smaller(picture: bytes) -> str:
    buffer = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").save(
        buffer, "webp", lossless=True, quality=0, method=1
    )
    return b64encode(buffer.getvalue()).decode("ascii")

"""Pictures of the pages: smaller than a notebook holds them, with a thumbnail of each."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import shorten

from PIL import Image

FOLDER = "pictures"
THUMBNAIL = (240, 160)
BRIEF = 120  # letters
# A photograph takes a fraction when it is not kept to the last bit; what a plot saves that way, its
# letters pay for.
WORTH_IT = 0.5


@dataclass(frozen=True)
class Picture:
    """A picture that stands in the site's folder.

    Attributes
    ----------
    name : str
        Of its file, below `FOLDER`; the thumbnail is in ``small/`` there.
    width, height : int
        On the page, in CSS pixels.
    alt : str
        What it shows, for those who do not see it.
    """

    name: str
    width: int
    height: int
    alt: str

    @property
    def brief(self) -> str:
        """What it shows in a few words, for what leads to it."""
        return shorten(self.alt, BRIEF, placeholder=" …")

    def html(self, root: str, *, id: str = "", lazy: bool = True) -> str:
        """Return the element that shows it; `root` leads from the page to the site's folder."""
        named = f' id="{id}"' if id else ""
        late = ' loading="lazy"' if lazy else ""
        return (
            f'<img{named} src="{root}{FOLDER}/{self.name}" width="{self.width}" '
            f'height="{self.height}" alt="{escape(self.alt)}"{late}>'
        )

    def thumbnail(self, root: str, alt: str) -> str:
        """Return the element that shows its thumbnail."""
        return f'<img src="{root}{FOLDER}/small/{self.name}" alt="{escape(alt)}" loading="lazy">'


class Album:
    """The pictures of a site, written as they come.

    Parameters
    ----------
    site : Path
        The site's folder.
    """

    def __init__(self, site: Path) -> None:
        self._folder = site / FOLDER
        (self._folder / "small").mkdir(parents=True)

    def add(self, data: bytes, name: str, alt: str, width: int | None = None) -> Picture:
        """Keep a picture, and its thumbnail.

        Parameters
        ----------
        data : bytes
            Of a PNG file.
        name : str
            Of the file, without an ending.
        alt : str
        width : int, optional
            On the page; its own by default. A picture of twice the pixels is shown half as large.
        """
        picture = Image.open(io.BytesIO(data)).convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
        file = f"{name}.webp"
        (self._folder / file).write_bytes(_packed(picture))
        shown = width or picture.width
        height = round(picture.height * shown / picture.width)
        picture.thumbnail((2 * THUMBNAIL[0], 2 * THUMBNAIL[1]))
        picture.save(self._folder / "small" / file, "WEBP", quality=75, method=4)
        return Picture(file, shown, height, alt)


def _packed(picture: Image.Image) -> bytes:
    """Return a picture as WebP: to the last bit, but where that is a waste."""
    exact = _webp(picture, lossless=True, quality=60)
    near = _webp(picture, quality=88)
    return near if len(near) < WORTH_IT * len(exact) else exact


def _webp(picture: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", method=4, **options)
    return buffer.getvalue()

"""Pictures that came from students: by their bytes, never by what they are called."""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from course.door.budgets import PIXELS

PNG = "image/png"
MAX_BYTES = 4 * 2**20
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Picture(NamedTuple):
    """A picture that a browser shows and does nothing else with.

    Attributes
    ----------
    mime : {"image/png", "image/jpeg", "image/gif"}
    data : str
        Base64.
    """

    mime: str
    data: str

    @property
    def ending(self) -> str:
        """The usual ending of such a file's name."""
        return self.mime.removeprefix("image/")


def read_picture(data: object) -> Picture | None:
    """Return the picture that `data` holds in base64; None where it is none, or far too large."""
    if isinstance(data, list) and all(isinstance(line, str) for line in data):
        data = "".join(data)
    if not isinstance(data, str) or len(data) > MAX_BYTES * 4 // 3 + 4096:
        return None
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    for mime, size in (
        (PNG, _png_size(raw)),
        ("image/jpeg", _jpeg_size(raw)),
        ("image/gif", _gif_size(raw)),
    ):
        if size is not None and 0 < size[0] * size[1] <= PIXELS and len(raw) <= MAX_BYTES:
            return Picture(mime, base64.b64encode(raw).decode())
    return None


def read_png(data: object) -> str:
    """Return the PNG picture that `data` holds in base64, else nothing."""
    picture = read_picture(data)
    return picture.data if picture and picture.mime == PNG else ""


def _png_size(raw: bytes) -> tuple[int, int] | None:
    if raw[:16] != b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" or len(raw) < 33:
        return None
    return int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")


def _gif_size(raw: bytes) -> tuple[int, int] | None:
    if raw[:6] not in (b"GIF87a", b"GIF89a") or len(raw) < 13:
        return None
    return int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:10], "little")


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    """Walk from segment to segment until the one that tells the size."""
    if raw[:3] != b"\xff\xd8\xff":
        return None
    place = 2
    while place + 9 <= len(raw) and raw[place] == 0xFF:
        if raw[place + 1] == 0xFF:  # padding
            place += 1
        elif raw[place + 1] in START_OF_FRAME:
            height, width = raw[place + 5 : place + 7], raw[place + 7 : place + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        else:
            place += 2 + max(2, int.from_bytes(raw[place + 2 : place + 4], "big"))
    return None

"""Drawn pixels as a PNG file, several times as quick as a general writer: a slider waits for it."""

import struct
import zlib

import numpy as np
from PIL import Image

__all__ = ["encode"]

LEVEL = 3  # of compression: drawings are mostly flat, and more gains little
INCH = 0.0254  # metres; a PNG states its resolution in pixels a metre
RGB, RGBA = 2, 6


def encode(pixels: np.ndarray, dpi: float) -> bytes:
    """Write pixels as a PNG file, without loss.

    Parameters
    ----------
    pixels
        (H, W, 4) uint8. Where all of them are opaque, the file holds no transparency.
    dpi
        Pixels an inch, noted in the file.
    """
    height, width, channels = pixels.shape
    if pixels[..., 3].min() == 255:
        channels = 3
        # Pillow leaves out each fourth byte in an eighth of the time that NumPy takes.
        pixels = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
        pixels = np.frombuffer(pixels.tobytes("raw", "RGB"), np.uint8)
    # Each row begins with the number of its filter, 0 for none.
    rows = np.zeros((height, 1 + channels * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, channels * width)
    header = struct.pack(">IIBBBBB", width, height, 8, RGB if channels == 3 else RGBA, 0, 0, 0)
    metre = round(dpi / INCH)
    chunks = (
        (b"IHDR", header),
        (b"pHYs", struct.pack(">IIB", metre, metre, 1)),
        (b"IDAT", zlib.compress(rows, LEVEL)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

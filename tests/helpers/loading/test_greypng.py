"""The short way to a plain grey PNG: Pillow's own pixels, or Pillow's own reader."""

import io
import struct
import zlib

from helpers.loading.greypng import grey_png

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image


def packed(picture, **options):
    stream = io.BytesIO()
    picture.save(stream, "PNG", **options)
    return stream.getvalue()


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def with_chunk(kind, content):
    """Return a PNG with one more chunk behind its header."""
    whole = packed(Image.new("L", (4, 3), 7))
    return whole[:33] + chunk(kind, content) + whole[33:]


@settings(deadline=None)
@given(
    pixels=arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))),
    level=st.integers(0, 9),
)
def test_the_pixels_are_those_of_the_reader(pixels, level):
    found = grey_png(packed(Image.fromarray(pixels), compress_level=level))
    assert found.mode == "L" and np.array_equal(np.asarray(found), pixels)


def test_pixels_in_several_chunks_are_joined():
    pixels = np.random.default_rng(0).integers(0, 256, (300, 400), np.uint8)
    whole = packed(Image.fromarray(pixels))
    assert whole.count(b"IDAT") > 1
    assert np.array_equal(np.asarray(grey_png(whole)), pixels)


@pytest.mark.parametrize("kind", [b"pHYs", b"gAMA", b"sRGB", b"tIME"])
def test_notes_that_change_no_pixel_do_not_matter(kind):
    assert np.array_equal(np.asarray(grey_png(with_chunk(kind, bytes(9)))), np.full((3, 4), 7))


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "RGBA", "LA", "I;16"])
def test_other_kinds_are_left_to_the_reader(mode):
    picture = (
        Image.fromarray(np.zeros((3, 4), np.uint16)) if mode == "I;16" else Image.new(mode, (4, 3))
    )
    assert grey_png(packed(picture)) is None


@pytest.mark.parametrize("kind", [b"tRNS", b"eXIf", b"iTXt", b"zTXt", b"acTL", b"unKn"])
def test_what_may_change_pixels_is_left_to_the_reader(kind):
    assert grey_png(with_chunk(kind, bytes(9))) is None


def test_damage_and_other_formats_are_left_to_the_reader():
    whole = packed(Image.fromarray(np.random.default_rng(0).integers(0, 256, (9, 8), np.uint8)))
    for end in range(len(whole) - 8):  # whole but for the rest of its last chunk, it can be read
        assert grey_png(whole[:end]) is None
    assert grey_png(b"") is None and grey_png(b"GIF89a") is None


@given(st.binary(max_size=80), st.integers(0, 60))
def test_any_bytes_are_left_to_the_reader_or_read(content, place):
    whole = packed(Image.new("L", (4, 3), 7))
    found = grey_png(whole[:place] + content)
    assert found is None or found.mode == "L"


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (2**16, 2**16)])
def test_sizes_beyond_reason_are_left_to_the_reader(size):
    whole = packed(Image.new("L", (4, 3)))
    head = struct.pack(">II", *size) + whole[24:29]
    assert grey_png(whole[:8] + chunk(b"IHDR", head) + whole[33:]) is None

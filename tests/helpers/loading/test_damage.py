"""Damaged pictures: each is named with its reason, and no half of one is ever handed out."""

import io
import struct
import zlib

from helpers import loading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

PIXELS = np.random.default_rng(3).integers(0, 256, (23, 17), np.uint8)
ENDINGS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "BMP": "bmp"}


def encoded(kind):
    stream = io.BytesIO()
    Image.fromarray(PIXELS).save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "人").mkdir()
    (tmp_path / "人" / "1.png").write_bytes(encoded("PNG"))
    return tmp_path


def skipping(folder):
    return loading.handwriting_folder(folder, (23, 17), on_error="skip", cache=False)


def bomb():
    """Return a PNG that says it has 40,000 x 40,000 pixels."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    whole = encoded("PNG")
    checked = b"IHDR" + head
    return whole[:12] + checked + struct.pack(">I", zlib.crc32(checked)) + whole[33:]


BAD = {
    "empty.png": (b"", "it is empty"),
    "text.png": (b"this is no picture", "it is no PNG, JPEG, GIF, BMP, WEBP or TIFF"),
    "cut.png": (encoded("PNG")[:200], "truncated"),
    "cut.jpg": (encoded("JPEG")[:-100], "truncated"),
    "bomb.png": (bomb(), "decompression bomb"),
    "drawing.png": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "it is no PNG"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_skipped_with_its_reason(folder, name):
    content, reason = BAD[name]
    (folder / "人" / name).write_bytes(content)
    found = skipping(folder)
    assert np.array_equal(found.images[..., 0], PIXELS[np.newaxis])
    assert (found.labels.tolist(), found.names) == ([0], ("人/1.png",))
    ((path, why),) = found.skipped
    assert path == folder / "人" / name and reason in why


def test_the_refusal_counts_the_bad_files_and_names_the_first(folder):
    for name, (content, _) in BAD.items():
        (folder / "人" / name).write_bytes(content)
    words = (
        r"6 of 7 pictures cannot be read: \S+bomb\.png \(.*\), \S+cut\.jpg .*cut\.png .* and 3 more"
    )
    with pytest.raises(ValueError, match=words):
        loading.handwriting_folder(folder, cache=False)


def test_labels_follow_when_a_picture_in_the_middle_is_skipped(folder):
    for character in "人口":
        (folder / character).mkdir(exist_ok=True)
        for n in (1, 2, 3):
            shade = np.full((23, 17), 10 * ord(character) % 200 + n, np.uint8)
            Image.fromarray(shade).save(folder / character / f"{n}.png")
    (folder / "人" / "2.png").write_bytes(b"")
    (folder / "口" / "1.png").write_bytes(b"")
    found = skipping(folder)
    assert found.labels.tolist() == [0, 0, 1, 1]
    assert found.names == ("人/1.png", "人/3.png", "口/2.png", "口/3.png")
    for name, image in zip(found.names, found.images, strict=True):
        assert np.array_equal(image[..., 0], np.asarray(Image.open(folder / name)))


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_file_cut_off_anywhere_is_skipped_or_whole(folder, kind):
    whole = encoded(kind)
    for end in range(len(whole)):
        (folder / "人" / f"{end:04}.{ENDINGS[kind]}").write_bytes(whole[:end])
    (folder / "人" / f"9999.{ENDINGS[kind]}").write_bytes(whole)
    found = skipping(folder)
    assert len(found.skipped) > 0.9 * len(whole)
    assert all(np.array_equal(image, found.images[-1]) for image in found.images[1:])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_wrong_bytes_is_skipped_or_read_and_nothing_else(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "人").mkdir()
    (folder / "人" / "0.png").write_bytes(encoded("PNG"))
    for kind, ending in ENDINGS.items():
        content = bytearray(encoded(kind))
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        (folder / "人" / f"1.{ending}").write_bytes(content)
    found = skipping(folder)
    assert len(found.images) + len(found.skipped) == 5


def test_a_lenient_pillow_does_not_make_half_pictures(folder, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (folder / "人" / "2.png").write_bytes(encoded("PNG")[:200])
    assert len(skipping(folder).skipped) == 1
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True  # left as it was


def test_a_link_to_nothing_is_named(folder):
    (folder / "人" / "2.png").symlink_to(folder / "gone.png")
    ((path, why),) = skipping(folder).skipped
    assert path.name == "2.png" and why == "no such file or directory"


def test_nothing_but_bad_files_is_no_data(folder):
    (folder / "人" / "1.png").write_bytes(b"")
    with pytest.raises(FileNotFoundError, match="no readable picture"):
        skipping(folder)

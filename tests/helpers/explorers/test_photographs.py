"""A picture of the reader's own: read, shrunk, shown; what is no picture is named."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from helpers.explorers import EXPLORERS
from helpers.explorers.photographs import own_picture, striped_png
from helpers.explorers.upload import UploadWidget

import numpy as np
import pytest
from PIL import Image


def photograph(size, *, format="JPEG", orientation=None) -> bytes:
    """Make a file whose left half is white and whose right half is black."""
    width, height = size
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = 255
    image, buffer = Image.fromarray(pixels), BytesIO()
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(buffer, format=format, exif=exif)
    return buffer.getvalue()


def said(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    titles = [axes.get_title() for axes in figure.axes]
    return "\n".join([figure.get_suptitle(), *titles, *(text.get_text() for text in texts)])


def test_a_large_photograph_is_shrunk_and_keeps_its_shape():
    assert own_picture(photograph((1200, 800)), 160).shape == (107, 160, 3)
    assert own_picture(photograph((800, 1200)), 160).shape == (160, 107, 3)


def test_a_square_is_cut_out_of_the_middle():
    image = own_picture(photograph((1200, 400)), 40, square=True)
    assert image.shape == (40, 40, 3)
    assert image[:, 0].min() > 250 and image[:, -1].max() < 5


def test_it_stands_as_the_camera_was_held():
    upright = own_picture(photograph((400, 200), orientation=6), 100)
    assert upright.shape == (100, 50, 3)
    assert upright[0].min() > 250 and upright[-1].max() < 5


def test_a_small_picture_stays_as_it_is_and_a_tiny_one_is_refused():
    assert own_picture(photograph((20, 10), format="PNG"), 160).shape == (10, 20, 3)
    with pytest.raises(ValueError, match="20 × 5 pixels: choose one with at least 8"):
        own_picture(photograph((20, 5), format="PNG"), 160)


@pytest.mark.parametrize("content", [b"hello", photograph((300, 200))[:-900], b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_named(content):
    with pytest.raises(ValueError, match=f"file of {len(content):,} bytes is no picture"):
        own_picture(content, 160)


@pytest.mark.parametrize("name", ["images", "kernels"])
def test_a_file_that_is_handed_over_is_shown_at_once(name):
    widget = EXPLORERS[name].show()
    before = widget.picture.value
    content = striped_png((60, 48))
    file = {"name": "own.png", "type": "image/png", "size": len(content)}
    file |= {"content": memoryview(content), "last_modified": datetime.now(UTC)}
    widget.controls["photo"].button.value = (file,)
    assert widget.state.picture == widget.controls["picture"].value == "your own"
    assert widget.message == "" and widget.picture.value != before


@pytest.mark.parametrize("name", ["images", "kernels"])
def test_a_file_that_is_no_picture_is_a_sentence_in_the_explorer(name):
    widget = EXPLORERS[name].show()
    widget.controls["photo"].value = b"no picture"
    assert "is no picture that can be read" in widget.message
    widget.controls["picture"].value = "temple"
    assert widget.message == ""


@pytest.mark.parametrize("name", ["images", "kernels"])
def test_without_a_file_the_picture_says_what_to_do(name):
    explorer = EXPLORERS[name]
    assert "of your own; until then" in said(explorer.draw(explorer.changed(picture="your own")))


def test_the_bytes_of_a_file_are_no_part_of_what_a_state_says():
    start = EXPLORERS["kernels"].start
    assert "photo" not in repr(replace(start, photo=b"secret"))


def test_an_emptied_button_keeps_what_was_there():
    widget = UploadWidget(b"", "a picture")
    widget.value = b"bytes"
    widget.button.value = ()
    assert widget.value == b"bytes"

"""A picture of the reader's own: read, shrunk, shown; what is no picture is named."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from helpers.explorers import EXPLORERS
from helpers.explorers.photographs import own_picture, striped_png
from helpers.explorers.upload import UploadWidget

import ipywidgets
import numpy as np
import pytest
import traitlets
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


RELEASE = int(ipywidgets.__version__.partition(".")[0])


def hand_over(button, *contents, release=RELEASE):
    """Put files into a button as a browser does, in the form of a release of ipywidgets."""
    about = {"type": "image/png", "last_modified": datetime.now(UTC)}
    names = [f"{number}.png" for number in range(len(contents))]
    files = [about | {"name": n, "size": len(c)} for n, c in zip(names, contents, strict=True)]
    if release == 7:
        named = zip(names, files, contents, strict=True)
        value = {name: {"metadata": file, "content": held} for name, file, held in named}
    else:
        pairs = zip(files, contents, strict=True)
        value = tuple(file | {"content": memoryview(held)} for file, held in pairs)
    button.set_trait("value", value)


@pytest.mark.parametrize("name", ["images", "kernels"])
def test_a_file_that_is_handed_over_is_shown_at_once(name):
    widget = EXPLORERS[name].show()
    before = widget.picture.value
    hand_over(widget.controls["photo"].button, striped_png((60, 48)))
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
    hand_over(widget.button)
    assert widget.value == b"bytes"


@pytest.mark.parametrize("release", [7, 8])
def test_a_file_in_the_form_of_every_release_of_ipywidgets_is_read(release):
    class Button(traitlets.HasTraits):
        value = traitlets.Any()

    widget, button = UploadWidget(b"", "a picture"), Button()
    button.observe(widget._take, "value")
    hand_over(button, b"bytes", release=release)
    assert widget.value == b"bytes"

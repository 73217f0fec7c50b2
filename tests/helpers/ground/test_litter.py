"""What file managers leave in a folder of pictures is no picture, and named."""

from __future__ import annotations

from helpers.ground.litter import is_litter
from helpers.loading import as_dataset, handwriting_folder, image_folder, read_gnt, write_gnt

import numpy as np
import pytest
from PIL import Image

LITTER = [
    *("__MACOSX", ".DS_Store", "@eaDir", "Thumbs.db", "thumbs.db", "desktop.ini", "._x.jpg"),
    *(".ipynb_checkpoints", "~$x.docx", ".fseventsd", "lost+found", "System Volume Information"),
    *("$RECYCLE.BIN", "#recycle", ".Spotlight-V100", ".Trash-1000", "Icon\r", ".directory"),
    *("._x.gnt", "._人.png", ".nfs000001", ".~lock.x.odt#"),
]


def save(path, size=(6, 8)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full(size, 200, np.uint8)).save(path)


@pytest.fixture
def folder(tmp_path):
    """Return a folder of two classes that has been on a Mac, a NAS and Windows."""
    for name in ("人", "口"):
        for number in range(3):
            save(tmp_path / name / f"{number}.png")
        for file in ("._0.png", "Thumbs.db", "desktop.ini", "._1.jpg"):
            (tmp_path / name / file).write_bytes(b"\0\5\26\7")
        save(tmp_path / name / "@eaDir" / "0.png" / "thumb.png")
        save(tmp_path / name / "@eaDir" / "small.jpg")
    save(tmp_path / "__MACOSX" / "人" / "._0.png")
    save(tmp_path / "@eaDir" / "0.png")
    save(tmp_path / "lost+found" / "0.png")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "人" / "notes.txt").write_text("notes")
    return tmp_path


@pytest.mark.parametrize("name", LITTER)
def test_litter_is_known(name):
    assert is_litter(name)


@pytest.mark.parametrize("name", ["人.png", "x.gnt", "_x.jpg", "thumbs", "Train", "~", "$x"])
def test_other_names_are_none(name):
    assert not is_litter(name)


def test_a_folder_of_pictures_is_read_as_if_it_were_not_there(folder):
    found = image_folder(folder)
    assert found.classes == ("人", "口") and len(found.images) == 6
    assert found.skipped == ()


def test_what_is_passed_over_is_named(folder):
    found = image_folder(folder).passed_over
    assert {"__MACOSX", "@eaDir", "lost+found", ".DS_Store"} <= set(found)
    assert {"人/notes.txt", "人/._0.png", "口/@eaDir", "口/Thumbs.db"} <= set(found)
    assert not any("small" in name for name in found) and len(found) == 4 + 2 * 5 + 1


def test_so_are_scanned_characters(folder, tmp_path_factory):
    found = handwriting_folder(folder, cache=tmp_path_factory.mktemp("cache"))
    assert found.classes == ("人", "口") and len(found.images) == 6


def test_a_folder_of_nothing_but_pictures_and_their_other_halves(tmp_path):
    save(tmp_path / "人" / "0.png")
    (tmp_path / "人" / "._0.png").write_bytes(b"x")
    assert image_folder(tmp_path).names == ("人/0.png",)


def test_two_archives_in_one_folder_and_litter_beside_them(tmp_path):
    picture = np.full((4, 5), 9, np.uint8)
    for number, character in ((1, "人"), (2, "口")):
        write_gnt(tmp_path / f"{number:03}.gnt", [(character, picture)] * number)
        (tmp_path / f"._{number:03}.gnt").write_bytes(b"\0\5\26\7 AppleDouble")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "003.gnt").write_bytes(b"x")
    assert [character for character, _ in read_gnt(tmp_path)] == ["人", "口", "口"]


@pytest.mark.parametrize(
    "parts", [("train", "test"), ("Train", "VAL"), ("training", "validation", "test"), ("test",)]
)
@pytest.mark.parametrize("load", [image_folder, handwriting_folder, as_dataset])
def test_parts_of_a_data_set_are_no_classes(tmp_path, parts, load):
    for part in parts:
        save(tmp_path / part / "人" / "0.png")
    with pytest.raises(ValueError, match=r"give one of them|say which with split"):
        load(tmp_path)


def test_a_train_among_other_vehicles_is_a_class(tmp_path):
    for name in ("train", "bus"):
        save(tmp_path / name / "0.png")
    assert image_folder(tmp_path).classes == ("bus", "train")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jfif", "JPEG"),
        ("a.JPG", "JPEG"),
        ("a.jpe", "JPEG"),
        ("a.webp", "WEBP"),
        ("a.BMP", "BMP"),
        ("a.gif", "GIF"),
        ("a.tif", "TIFF"),
        ("a.Tiff", "TIFF"),
    ],
)
def test_pictures_of_the_usual_kinds_are_read(tmp_path, name, kind):
    (tmp_path / "flower").mkdir()
    Image.fromarray(np.full((6, 8, 3), 200, np.uint8)).save(tmp_path / "flower" / name, kind)
    found = image_folder(tmp_path)
    assert found.names == (f"flower/{name}",) and abs(int(found.images.mean()) - 200) < 2

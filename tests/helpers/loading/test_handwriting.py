"""Scanned characters: Pillow's own pixels, Keras's order, and names that any machine can write."""

from helpers import loading
from helpers.loading.names import character_of
from helpers.loading.splits import split_of

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

CLASSES = ("人", "从", "口", "虫")


def scan(seed, height=41, width=33):
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


def save(path, pixels):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def tree(tmp_path):
    """Return a folder CASIA-Dataset with pictures of differing size."""
    folder = tmp_path / "CASIA-Dataset"
    for seed, character in enumerate(CLASSES):
        for n in (1, 2, 10):
            pixels = scan(100 * seed + n, 80 + 7 * n, 50 + 3 * n)
            save(folder / "Train" / character / f"{n}.png", pixels)
        save(folder / "Test" / character / "1.png", scan(seed, 80, 60))
    return folder


def load(path, size=(80, 60), **options):
    return loading.handwriting_folder(path, size, **{"cache": False, **options})


def test_the_pixels_are_those_of_a_plain_loop(tree):
    folder = load(tree / "Train")
    files = [tree / "Train" / name for name in folder.names]
    loop = [
        np.asarray(Image.open(file).convert("L").resize((60, 80), Image.Resampling.LANCZOS))
        for file in files
    ]
    assert np.array_equal(folder.images[..., 0], np.stack(loop))


def test_images_are_grey_bytes_with_a_label_each(tree):
    folder = load(tree, split="train")
    assert (folder.images.shape, folder.images.dtype) == ((12, 80, 60, 1), np.uint8)
    assert folder.labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert (folder.labels.dtype, folder.classes) == (np.int64, CLASSES)
    assert folder.names[:3] == ("人/1.png", "人/10.png", "人/2.png")


@pytest.mark.slow
def test_classes_labels_and_files_come_in_the_order_of_keras(tree):
    from keras.utils import image_dataset_from_directory

    save(tree / "Train" / "虫" / "more" / "0.png", scan(5))
    save(tree / "Train" / "虫" / "more-of-it" / "0.png", scan(6))
    dataset = image_dataset_from_directory(
        tree / "Train", color_mode="grayscale", batch_size=None, shuffle=False, verbose=False
    )
    folder = load(tree / "Train")
    assert list(folder.classes) == dataset.class_names
    assert [str(tree / "Train" / name) for name in folder.names] == dataset.file_paths
    assert folder.labels.tolist() == [int(label) for _, label in dataset]


def test_another_size_may_be_asked_for(tree):
    assert load(tree, (20, 30), split="test").images.shape == (4, 20, 30, 1)


@pytest.mark.parametrize("cache", [False, True])
def test_images_are_read_only_from_the_cache_or_not(tree, tmp_path, cache):
    folder = load(tree, split="test", cache=tmp_path / "kept" if cache else False)
    with pytest.raises(ValueError, match="read-only"):
        folder.images[0] = 0


# --- Train and Test


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Train", "train"), ("TEST", "test"), ("training", "train"), ("HWDB1.1trn_gnt", "train"),
        ("Gnt1.0TrainPart1", "train"), ("CasiaTest", "test"), ("tst", "test"), ("latest", None),
        ("strain", None), ("train_and_test", None), ("人", None),
    ],
)  # fmt: skip
def test_a_set_is_known_by_its_name(name, split):
    assert split_of(name) == split


def test_train_and_test_are_not_classes(tree):
    with pytest.raises(ValueError, match=r'holds Test and Train: say which with split="train"'):
        load(tree)


def test_a_missing_set_is_named(tree):
    with pytest.raises(FileNotFoundError, match=r"has no Train/: .* or run `course data`"):
        load(tree / "Train", split="train")


def test_two_sets_that_may_be_meant_are_named(tree):
    save(tree / "Train2" / "人" / "1.png", scan(0))
    with pytest.raises(ValueError, match="has Train and Train2, which all may be the train set"):
        load(tree, split="train")


def test_a_missing_tree_and_an_unknown_set_are_refused(tree):
    with pytest.raises(FileNotFoundError, match=r"nowhere does not exist: .*`course data`"):
        load(tree / "nowhere")
    with pytest.raises(ValueError, match="split is 'dev'"):
        load(tree, split="dev")


# --- names


@pytest.mark.parametrize("name", ["人", "U+4EBA", "u+4eba", "#U4eba", "%E4%BA%BA", "%e4%ba%ba"])
def test_a_character_may_be_written_without_unicode(name):
    assert character_of(name) == "人"


@pytest.mark.parametrize("name", ["100%", "U+", "U+110000", "U2", "%FF", "U+4EBA x", "cat", "%"])
def test_other_names_stand_for_themselves(name):
    assert character_of(name) == name


@given(st.characters(categories=["Lo", "L", "S"]))
def test_every_character_survives_both_ways_of_writing(character):
    percent = "".join(f"%{byte:02X}" for byte in character.encode())
    assert character_of(percent) == character_of(f"U+{ord(character):04X}") == character


def test_encoded_folders_give_the_same_labels(tree, tmp_path):
    plain = load(tree, split="train")
    train = tree / "Train"
    (train / "人").rename(train / "U+4EBA")
    (train / "口").rename(train / "%E5%8F%A3")
    encoded = load(tree, split="train")
    assert encoded.classes == plain.classes
    assert np.array_equal(encoded.images, plain.images)
    assert np.array_equal(encoded.labels, plain.labels)


def test_two_folders_of_one_character_are_refused(tree):
    save(tree / "Train" / "U+4EBA" / "1.png", scan(0))
    with pytest.raises(ValueError, match=r"U\+4EBA and 人, which are the same class 人"):
        load(tree, split="train")


# --- other kinds of pictures


def converted(tmp_path, picture, name="a.png", **options):
    (tmp_path / "人").mkdir(exist_ok=True)
    picture.save(tmp_path / "人" / name, **options)
    folder = load(tmp_path, (2, 2))
    return folder.images[0, :, :, 0].tolist(), [mode for _, mode in folder.converted]


def test_what_is_transparent_shows_white_paper(tmp_path):
    picture = Image.new("RGBA", (2, 2), (0, 0, 0, 0))
    picture.putpixel((0, 1), (0, 0, 0, 255))
    assert converted(tmp_path, picture) == ([[255, 255], [0, 255]], ["RGBA"])


def test_a_colour_declared_transparent_shows_white_paper(tmp_path):
    picture = Image.new("L", (2, 2), 7)
    expected = [[255, 255], [255, 255]], ["L with transparency"]
    assert converted(tmp_path, picture, transparency=7) == expected


def test_a_palette_is_looked_up(tmp_path):
    picture = Image.new("P", (2, 2), 1)
    picture.putpalette([0, 0, 0, 200, 200, 200])
    assert converted(tmp_path, picture) == ([[200, 200], [200, 200]], ["P"])


def test_sixteen_bits_become_eight(tmp_path):
    picture = Image.fromarray(np.array([[0, 0x4000], [0x8000, 0xFFFF]], np.uint16))
    assert converted(tmp_path, picture) == ([[0, 0x40], [0x80, 0xFF]], ["I;16"])


def test_colours_of_print_become_grey(tmp_path):
    values, modes = converted(tmp_path, Image.new("CMYK", (2, 2)), "a.jpg")
    assert values == [[255, 255], [255, 255]] and modes == ["CMYK"]


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_plain_pictures_are_no_conversion(tmp_path, mode):
    assert converted(tmp_path, Image.new(mode, (2, 2))) == ([[0, 0], [0, 0]], [])


def test_strictness_counts_other_kinds_as_unreadable(tmp_path):
    for name, mode in (("1.png", "L"), ("2.png", "RGBA"), ("3.jpg", "CMYK"), ("4.gif", "P")):
        save(tmp_path / "人" / "1.png", scan(0))
        Image.new(mode, (9, 9)).save(tmp_path / "人" / name)
    folder = load(tmp_path, strict=True, on_error="skip")
    assert len(folder.images) == 1
    assert [(p.name, why.split(",")[0]) for p, why in folder.skipped] == [
        ("2.png", "its mode is RGBA"), ("3.jpg", "its mode is CMYK"), ("4.gif", "its mode is P"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"3 of 4 pictures cannot be read: .*2\.png \(its mode"):
        load(tmp_path, strict=True)

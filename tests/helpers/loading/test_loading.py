"""Loading: the shapes, ranges and orders that the lessons rely on, and clear refusals."""

from helpers import loading

import numpy as np
import pytest
from PIL import Image

# --- photographs


def test_the_photographs_are_one_batch_of_bytes():
    batch = loading.photographs()
    assert (batch.shape, batch.dtype) == ((2, 427, 640, 3), np.uint8)
    assert len(loading.photograph_names()) == len(batch)


def test_centre_crops_have_the_known_averages():
    batch = loading.crop_centre(loading.photographs(), 70, 120) / 255
    averages = batch.mean(axis=(1, 2))
    expected = [[0.6434, 0.5972, 0.5825], [0.7631, 0.2601, 0.1085]]
    assert np.abs(averages - expected).max() < 5e-5


@pytest.mark.parametrize(
    ("size", "window", "rows"),
    [(6, 2, [2, 3]), (7, 2, [2, 3]), (6, 3, [1, 2, 3]), (5, 5, [0, 1, 2, 3, 4])],
)
def test_an_odd_margin_leaves_more_below_and_to_the_right(size, window, rows):
    image = np.arange(size)[:, None, None] * np.ones((1, size, 1), int)
    assert loading.crop_centre(image, window, window)[:, 0, 0].tolist() == rows
    turned = image.transpose(1, 0, 2)
    assert loading.crop_centre(turned, window, window)[0, :, 0].tolist() == rows


def test_one_image_and_a_batch_are_cropped_alike():
    batch = np.arange(2 * 5 * 7 * 3).reshape(2, 5, 7, 3)
    cropped = loading.crop_centre(batch, 2, 4)
    assert np.array_equal(cropped[1], loading.crop_centre(batch[1], 2, 4))


def test_a_crop_is_a_copy():
    image = np.zeros((4, 4, 1))
    loading.crop_centre(image, 4, 4)[:] = 1
    assert image.max() == 0


@pytest.mark.slow
def test_keras_crops_the_same_window():
    from keras.layers import CenterCrop

    for height, width in ((70, 120), (71, 121)):
        expected = CenterCrop(height, width)(loading.photographs())
        assert np.array_equal(
            loading.crop_centre(loading.photographs(), height, width), np.asarray(expected)
        )


def test_a_window_larger_than_the_image_is_refused():
    with pytest.raises(ValueError, match="5 x 2 does not fit into an image of 4 x 4"):
        loading.crop_centre(np.zeros((4, 4, 3)), 5, 2)


def test_an_array_of_another_rank_is_not_cropped():
    with pytest.raises(ValueError, match=r"shape \(4, 4\)"):
        loading.crop_centre(np.zeros((4, 4)), 2, 2)


# --- sprites and digits


def test_sprites_hold_only_their_colours():
    black, yellow = (0, 0, 0), (255, 255, 0)
    pink, white, blue = (255, 163, 177), (255, 255, 255), (51, 0, 255)
    expected = {name: {black, yellow} for name in ("right", "left", "up")}
    expected["ghost"] = {black, pink, white, blue}
    found = {
        name: {tuple(map(int, pixel)) for pixel in image.reshape(-1, 3)}
        for name, image in loading.sprites().items()
    }
    assert found == expected


def test_sprites_are_small_images_of_bytes():
    assert {(i.shape, i.dtype.name) for i in loading.sprites().values()} == {((16, 16, 3), "uint8")}


def test_left_mirrors_right_and_up_is_turned():
    sprites = loading.sprites()
    assert np.array_equal(sprites["left"], sprites["right"][:, ::-1])
    assert np.array_equal(np.rot90(sprites["up"], -1), sprites["right"])


def test_sprites_belong_to_the_caller():
    loading.sprites()["ghost"][:] = 7
    assert loading.sprites()["ghost"][0, 0].tolist() == [0, 0, 0]


def test_digits_count_ink_from_0_to_16():
    images, labels = loading.digits()
    assert (images.shape, images.dtype, labels.shape) == ((1797, 8, 8), np.uint8, (1797,))
    assert (images.min(), images.max()) == (0, 16)
    assert set(labels.tolist()) == set(range(10))


# --- image folders


def save(path, colour=(10, 20, 30), size=(6, 4), mode="RGB"):
    """Save a picture of one colour; ``size`` is (width, height), as Pillow has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, colour).save(path)


@pytest.fixture
def flowers(tmp_path):
    save(tmp_path / "rose" / "2.png", (200, 0, 0))
    save(tmp_path / "rose" / "10.png", (100, 0, 0))
    save(tmp_path / "aster" / "a.bmp", (0, 0, 200))
    (tmp_path / "rose" / "notes.txt").write_text("no picture")
    (tmp_path / "readme.txt").write_text("no class")
    save(tmp_path / ".cache" / "hidden.png")
    return tmp_path


def test_a_folder_becomes_images_labels_and_sorted_classes(flowers):
    folder = loading.image_folder(flowers)
    assert folder.classes == ("aster", "rose")
    assert folder.labels.tolist() == [0, 1, 1]
    assert (folder.images.shape, folder.images.dtype) == ((3, 4, 6, 3), np.uint8)
    assert folder.images[:, 0, 0].tolist() == [[0, 0, 200], [100, 0, 0], [200, 0, 0]]
    assert folder.skipped == ()


def test_grey_pictures_keep_one_channel(flowers):
    assert loading.image_folder(flowers, mode="grey").images.shape == (3, 4, 6, 1)


def test_pictures_are_resized_to_height_and_width(flowers):
    assert loading.image_folder(flowers, size=(8, 5)).images.shape == (3, 8, 5, 3)


def test_a_wide_picture_is_stretched_or_cropped(tmp_path):
    wide = np.zeros((4, 12, 3), np.uint8)
    wide[:, 4:8] = 255  # the middle third
    (tmp_path / "bar").mkdir()
    Image.fromarray(wide).save(tmp_path / "bar" / "1.png")
    stretched = loading.image_folder(tmp_path, size=(6, 6)).images
    cropped = loading.image_folder(tmp_path, size=(6, 6), crop=True).images
    assert stretched.min() == 0 and cropped.min() > 200  # but for a soft edge


def test_a_crop_without_a_size_is_refused(flowers):
    with pytest.raises(ValueError, match="crop=True needs a size"):
        loading.image_folder(flowers, crop=True)


def test_pictures_in_deeper_folders_belong_to_the_class(flowers):
    save(flowers / "aster" / "garden" / "b.jpg")
    assert loading.image_folder(flowers).labels.tolist() == [0, 0, 1, 1]


def test_pictures_of_16_bits_keep_their_contrast(tmp_path):
    (tmp_path / "scan").mkdir()
    steps = np.array([[0, 0x4000], [0x8000, 0xFFFF]], np.uint16)
    Image.fromarray(steps).save(tmp_path / "scan" / "a.png")
    image = loading.image_folder(tmp_path, mode="grey").images[0, :, :, 0]
    assert image.tolist() == [[0, 0x40], [0x80, 0xFF]]


def test_a_photograph_stands_as_its_camera_noted(tmp_path):
    (tmp_path / "car").mkdir()
    orientation = Image.Exif()
    orientation[0x0112] = 6  # the camera was held on its side
    Image.new("RGB", (6, 4)).save(tmp_path / "car" / "a.jpg", exif=orientation)
    assert loading.image_folder(tmp_path).images.shape == (1, 6, 4, 3)


@pytest.mark.slow
def test_classes_and_files_come_in_the_order_of_keras(tmp_path):
    from keras.utils import image_dataset_from_directory

    names = ["人", "从", "众", "b", "a10", "a2", "Z"]
    for shade, name in enumerate(names):
        save(tmp_path / name / "1.png", (shade, 0, 0))
        save(tmp_path / name / "10.png", (shade, 1, 0))
        save(tmp_path / name / "2.png", (shade, 2, 0))
    dataset = image_dataset_from_directory(
        tmp_path, image_size=(4, 6), batch_size=None, shuffle=False, verbose=False
    )
    folder = loading.image_folder(tmp_path)
    assert list(folder.classes) == dataset.class_names
    images, labels = zip(*dataset.as_numpy_iterator(), strict=True)
    assert np.array_equal(folder.images, np.array(images))
    assert folder.labels.tolist() == list(labels)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere does not exist"):
        loading.image_folder(tmp_path / "nowhere")


def test_a_folder_without_classes_is_named(tmp_path):
    save(tmp_path / "1.png")
    with pytest.raises(FileNotFoundError, match="no class folders: make one subfolder"):
        loading.image_folder(tmp_path)


def test_classes_without_pictures_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="no readable picture"):
        loading.image_folder(tmp_path)


def test_pictures_of_differing_size_need_a_size(flowers):
    save(flowers / "rose" / "3.png", size=(5, 4))
    with pytest.raises(ValueError, match=r"3\.png has 4 x 5: pass size|3\.png has 4 x 5 pixels"):
        loading.image_folder(flowers)
    assert len(loading.image_folder(flowers, size=(4, 6)).images) == 4


@pytest.fixture(params=["empty", "text", "cut off", "broken"])
def damaged(request, flowers):
    path = flowers / "rose" / "damaged.png"
    save(path, size=(60, 40))
    whole = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "text": b"this is no picture",
            "cut off": whole[: len(whole) // 2],
            "broken": whole[:60] + b"\0" * 20 + whole[80:],
        }[request.param]
    )
    return flowers


def test_a_damaged_picture_is_refused_by_name(damaged):
    with pytest.raises(ValueError, match=r"damaged\.png cannot be read .*on_error=\"skip\""):
        loading.image_folder(damaged, size=(4, 6))


def test_a_damaged_picture_can_be_skipped_and_is_listed(damaged):
    folder = loading.image_folder(damaged, on_error="skip")
    assert folder.labels.tolist() == [0, 1, 1]
    assert [file.name for file, _ in folder.skipped] == ["damaged.png"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"mode": "bgr"}, "mode is 'bgr'"),
        ({"on_error": "ignore"}, "on_error is 'ignore'"),
        ({"size": (0, 5)}, r"size is \(0, 5\)"),
    ],
)
def test_unknown_options_are_refused(flowers, options, words):
    with pytest.raises(ValueError, match=words):
        loading.image_folder(flowers, **options)

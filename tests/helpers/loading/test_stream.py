"""The stream of batches: the same images, labels and order as the array, never all at once."""

from helpers import loading
from helpers.loading import stream

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stream") / "CASIA-Dataset"
    rng = np.random.default_rng(0)
    for character in "人从口":
        (folder / "Train" / character).mkdir(parents=True)
        for n in range(7):
            pixels = rng.integers(0, 256, rng.integers(20, 60, 2), np.uint8)
            Image.fromarray(pixels).save(folder / "Train" / character / f"{n}.png")
    return folder


@pytest.fixture
def damaged(tree, tmp_path):
    for path in sorted((tree / "Train").rglob("*.png")):
        copy = tmp_path / path.relative_to(tree / "Train")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"" if path.stem in ("1", "2") else path.read_bytes())
    return tmp_path


def joined(dataset):
    images, labels = zip(*dataset.as_numpy_iterator(), strict=True)
    return [len(batch) for batch in images], np.concatenate(images), np.concatenate(labels)


def test_the_batches_joined_are_the_array(tree):
    array = loading.handwriting_folder(tree, split="train", cache=False)
    dataset = loading.as_dataset(tree, 8, split="train")
    sizes, images, labels = joined(dataset)
    assert sizes == [8, 8, 5]
    assert np.array_equal(images, array.images) and np.array_equal(labels, array.labels)
    assert (images.dtype, labels.dtype) == (np.uint8, np.int64)
    assert dataset.class_names == list(array.classes) and dataset.skipped == []


def test_every_epoch_is_the_same_and_its_length_is_known(tree):
    dataset = loading.as_dataset(tree, 8, split="train")
    assert len(dataset) == 3
    assert np.array_equal(joined(dataset)[1], joined(dataset)[1])


def test_shuffled_epochs_differ_and_can_be_repeated(tree):
    def two_epochs(seed):
        dataset = loading.as_dataset(tree, 8, split="train", shuffle=True, seed=seed)
        return [joined(dataset)[1:] for _ in range(2)]

    (first, labels), (second, _) = two_epochs(1)
    assert not np.array_equal(first, second)
    assert all(
        np.array_equal(x[0], y[0]) for x, y in zip(two_epochs(1), two_epochs(1), strict=True)
    )
    array = loading.handwriting_folder(tree, split="train", cache=False)
    where = {
        image.tobytes(): label for image, label in zip(array.images, array.labels, strict=True)
    }
    assert [where[image.tobytes()] for image in first] == labels.tolist()
    assert sorted(image.tobytes() for image in second) == sorted(where)


def test_only_a_batch_is_decoded_at_a_time(tree, monkeypatch):
    sizes = []
    decode = stream.decode
    monkeypatch.setattr(stream, "decode", lambda f, w: sizes.append(len(f)) or decode(f, w))
    next(iter(loading.as_dataset(tree, 2, split="train")))
    assert set(sizes) == {2} and len(sizes) < 10


def test_skipped_files_leave_full_batches_and_are_listed(damaged):
    array = loading.handwriting_folder(damaged, on_error="skip", cache=False)
    dataset = loading.as_dataset(damaged, 4, on_error="skip")
    for _ in range(2):
        sizes, images, labels = joined(dataset)
        assert sizes == [4, 4, 4, 3]
        assert np.array_equal(images, array.images) and np.array_equal(labels, array.labels)
        assert dataset.skipped == list(array.skipped)


def test_unreadable_files_end_the_reading_by_name(damaged):
    import tensorflow as tf

    with pytest.raises(tf.errors.InvalidArgumentError, match=r"2 of 4 pictures .*1\.png \(it is"):
        joined(loading.as_dataset(damaged, 4))


def test_keras_trains_on_it(tree):
    import keras

    model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(3)])
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    dataset = loading.as_dataset(tree, 8, split="train")
    history = model.fit(dataset, epochs=2, shuffle=False, verbose=0)
    assert len(history.history["loss"]) == 2


def test_wrong_arguments_are_told_at_once(tree, tmp_path):
    with pytest.raises(ValueError, match="batch_size is 0"):
        loading.as_dataset(tree, 0, split="train")
    (tmp_path / "人").mkdir()
    with pytest.raises(FileNotFoundError, match="has no pictures"):
        loading.as_dataset(tmp_path)

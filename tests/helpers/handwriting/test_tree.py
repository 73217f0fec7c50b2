"""The embedded handwriting as files: the numbers, the names and the very scans of the data set."""

from helpers import handwriting, loading
from helpers.handwriting import tree
from helpers.handwriting.counts import counts
from helpers.handwriting.dataset import SEED
from helpers.loading.manifests import TreeError

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def few(monkeypatch):
    """Have two pictures of each character, so that a tree takes a second."""
    monkeypatch.setattr(tree, "counts", lambda split, size: dict.fromkeys(handwriting.CLASSES, 2))


def test_the_published_numbers_are_met():
    train, test = counts("train"), counts("test")
    assert (sum(train.values()), sum(test.values())) == (32_206, 7_684)
    assert sum(counts("careless").values()) == 385
    assert list(train) == list(test) == list(handwriting.CLASSES)


def test_two_characters_are_scarce_and_the_others_nearly_even():
    for split, scarce, plenty in (("train", 240, 600), ("test", 60, 140)):
        numbers = counts(split)
        assert all(abs(numbers[c] - scarce) < 5 for c in "啖囡")
        others = [n for c, n in numbers.items() if c not in "啖囡"]
        assert max(abs(n - plenty) for n in others) < 10 and len(set(others)) > 3


@pytest.mark.parametrize("split", ["train", "test"])
def test_small_is_a_tenth_of_full(split):
    full, small = counts(split), counts(split, "small")
    assert all(abs(full[c] - 10 * small[c]) <= 5 for c in full)


def test_unknown_sets_and_sizes_are_refused():
    with pytest.raises(ValueError, match="size is 'tiny'"):
        counts("train", "tiny")
    with pytest.raises(ValueError, match="split is 'dev'"):
        counts("dev")


def test_the_tree_holds_the_scans_of_the_data_set(few, tmp_path):
    whole, careless = tree.write_handwriting(tmp_path)
    label = handwriting.CLASSES.index("明")
    numbers = np.array([0, 1]) * 55 + label
    for written, folder, writers in (
        (whole, "Train/明", "train"), (whole, "Test/明", "test"), (careless, "明", "careless"),
    ):  # fmt: skip
        scans = handwriting.scans([label] * 2, seed=SEED, writers=writers, numbers=numbers)
        for n, scan in enumerate(scans, start=1):
            found = Image.open(written.folder / folder / f"{n}.png")
            assert found.mode == "L" and np.array_equal(np.asarray(found), scan)


def test_the_loader_reads_it_with_the_labels_of_the_course(few, tmp_path):
    tree.write_handwriting(tmp_path)
    found = loading.handwriting_folder(tmp_path / "CASIA-Dataset", split="test", cache=False)
    assert found.classes == handwriting.CLASSES
    assert found.labels.tolist() == np.repeat(np.arange(55), 2).tolist()
    careless = loading.handwriting_folder(tmp_path / "CASIA-Dataset-Careless", cache=False)
    assert careless.images.shape == (110, 80, 60, 1)


def test_two_processes_write_what_one_does(few, tmp_path):
    one, _ = tree.write_handwriting(tmp_path / "one")
    told = []
    two, _ = tree.write_handwriting(
        tmp_path / "two", jobs=2, report=lambda *what: told.append(what)
    )
    assert two.records == one.records and two.written == one.written
    assert told[-1] == ("CASIA-Dataset-Careless", 110, 110)


def test_nothing_is_written_where_the_careless_writers_folder_is_taken(few, tmp_path):
    (tmp_path / "CASIA-Dataset-Careless").mkdir()
    (tmp_path / "CASIA-Dataset-Careless" / "mine.txt").write_text("mine")
    with pytest.raises(TreeError, match="Careless was not written by this command"):
        tree.write_handwriting(tmp_path)
    assert not (tmp_path / "CASIA-Dataset").exists()


def test_another_drawing_is_not_mixed_in(few, tmp_path, monkeypatch):
    tree.write_handwriting(tmp_path)
    monkeypatch.setattr(tree, "_sample", lambda: "of another version")
    with pytest.raises(TreeError, match="handwriting, small as another version draws it"):
        tree.write_handwriting(tmp_path)

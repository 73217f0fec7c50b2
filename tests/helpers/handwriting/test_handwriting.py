"""Handwriting: the same on every machine, by people who never meet, in the published numbers."""

import zlib

from helpers.ground.draws import bell, keys, uniform
from helpers.handwriting import CLASSES, dataset, pictures, scans
from helpers.handwriting.dataset import class_counts
from helpers.handwriting.rendering import render
from helpers.handwriting.writers import GROUPS, HABITS, hands

import numpy as np
import pytest
from PIL import Image

EACH = np.arange(len(CLASSES))

# --- random numbers by name


def test_draws_are_spread_as_they_should_be():
    key = keys(3, np.arange(20_000))
    even, normal = uniform(key, 2), bell(key, 2)
    assert even.min() >= 0 and even.max() < 1
    assert np.abs(even.mean(axis=0) - 0.5).max() < 0.01
    assert np.abs(normal.mean(axis=0)).max() < 0.03 and np.abs(normal.std(axis=0) - 1).max() < 0.02
    assert np.abs(normal).max() < 3.47
    assert abs(np.corrcoef(even.T)[0, 1]) < 0.03


def test_keys_depend_on_each_part_and_on_their_order():
    assert len({int(keys(*parts)[0]) for parts in ((1, 2), (2, 1), (1, 2, 0), (1, 3))}) == 4


# --- pictures


@pytest.mark.parametrize("writers", GROUPS)
def test_pictures_are_dark_ink_on_nearly_white_paper(writers):
    images = pictures(EACH, seed=1, writers=writers)
    assert images.shape == (55, 80, 60, 1) and images.dtype == np.uint8
    paper = np.median(images, axis=(1, 2, 3))
    ink = (images < 160).mean(axis=(1, 2, 3))
    assert paper.min() > 235
    assert ink.min() > 0.02 and ink.max() < 0.5


@pytest.mark.parametrize(
    ("writers", "crc"), [("train", 829146729), ("test", 923459010), ("careless", 324093066)]
)
def test_pictures_are_the_same_on_every_machine(writers, crc):
    # Exact on purpose. All arithmetic up to the pixels is on integers or on floats by operations
    # that IEEE 754 rounds alike everywhere; what is not (no sine, no sum whose order is the
    # processor's choice, no fused product) is not used. A difference is a finding.
    assert zlib.crc32(pictures(EACH, seed=1, writers=writers).tobytes()) == crc


def test_a_picture_does_not_depend_on_its_neighbours():
    labels = np.random.default_rng(0).integers(0, 55, 150)
    all_at_once = pictures(labels, seed=5)
    few = [3, 64, 149]
    assert np.array_equal(all_at_once[:70], pictures(labels[:70], seed=5))
    again = pictures(labels[few], seed=5, numbers=np.array(few))
    assert np.array_equal(all_at_once[few], again)


def test_seed_number_and_group_each_change_a_picture():
    first = pictures([7], seed=1)
    others = (
        pictures([7], seed=2),
        pictures([7], seed=1, numbers=[1]),
        pictures([7], seed=1, writers="test"),
    )
    assert not any(np.array_equal(first, other) for other in others)


def test_no_pictures_are_an_empty_batch():
    assert pictures([], seed=1).shape == (0, 80, 60, 1)
    assert scans([], seed=1) == []


def test_another_size_shows_the_same_handwriting():
    small, large = pictures(EACH, seed=2), pictures(EACH, seed=2, size=(160, 120))
    shrunk = large.reshape(55, 80, 2, 60, 2).mean(axis=(2, 4))
    assert np.abs(small[..., 0] - shrunk).mean() < 8


# --- writers


def test_nobody_writes_for_training_and_for_the_test():
    people = {g: set(hands(np.arange(9000), seed=1, writers=g).writer.tolist()) for g in GROUPS}
    assert [len(p) for p in people.values()] == [600, 140, 1]
    assert not people["train"] & people["test"] and not people["careless"] & people["train"]


def test_one_person_keeps_their_habits():
    one = hands(np.arange(300), seed=1, writer=8).habits
    many = hands(np.arange(300), seed=1).habits
    for habit in ("slant", "width", "round", "ink"):
        assert one[habit].std() < 0.7 * many[habit].std()


def test_habits_stay_within_their_bounds():
    for group in GROUPS:
        for name, values in hands(np.arange(2000), seed=3, writers=group).habits.items():
            assert HABITS[name].low <= values.min() and values.max() <= HABITS[name].high


# --- scans


def test_scans_are_taller_than_wide_and_differ_in_size():
    found = scans(np.repeat(EACH, 3), seed=4)
    heights, widths = np.array([scan.shape for scan in found]).T
    assert (heights > widths).all() and len(set(heights)) > 20 and len(set(widths)) > 20
    assert all(scan.dtype == np.uint8 for scan in found)


def test_a_scan_made_small_is_the_picture():
    images = pictures(EACH, seed=6)[..., 0].astype(float)
    resized = [
        np.asarray(Image.fromarray(scan).resize((60, 80), Image.Resampling.LANCZOS), float)
        for scan in scans(EACH, seed=6)
    ]
    assert np.abs(images - resized).mean() < 6


# --- ink


def piece(radius=1.5, tone=1.0, edge=1.0, ends=(4.0, 6.0, 20.0, 6.0), picture=0, shape=(1, 12, 24)):
    one = [np.array([value]) for value in (radius, tone, edge)]
    return render(np.array([ends]), np.array([picture]), *one, shape)


def test_a_line_is_as_wide_as_the_pen():
    column = piece(radius=1.5)[0, :, 12] / 255  # through rows 4.5 to 7.5, so 1 + 1 + two halves
    assert column.sum() == pytest.approx(3, abs=0.02)
    assert column[[3, 8]].max() == 0


def test_ink_on_ink_is_no_blacker():
    ends = np.array([[4.0, 6.0, 20.0, 6.0]] * 2)
    twice = render(
        ends, np.zeros(2, int), *np.array([[1.5] * 2, [0.6] * 2, [1.0] * 2]), (1, 12, 24)
    )
    assert np.array_equal(twice, piece(tone=0.6)) and twice.max() == 153


def test_ink_off_the_paper_is_cut_off_and_stays_out_of_the_next_picture():
    drawn = piece(ends=(-3.0, -2.0, 30.0, 14.0), shape=(2, 12, 24), picture=0)
    assert drawn[0].any() and not drawn[1].any()
    assert not piece(ends=(-300.0, 5.0, -299.0, 5.0)).any()


# --- the data set


def test_the_published_numbers_are_met():
    totals = {s: int(class_counts(s).sum()) for s in ("train", "validation", "test", "careless")}
    assert totals == {"train": 25_764, "validation": 6_442, "test": 7_684, "careless": 385}
    both = class_counts("train") + class_counts("validation")
    scarce = [CLASSES.index(character) for character in "啖囡"]
    assert np.abs(both[scarce] - 240).max() < 5
    assert np.abs(np.delete(both, scarce) - 598).max() < 15


def test_each_split_is_stratified_and_shuffled():
    for split in ("train", "validation", "test", "careless"):
        images, labels = dataset(split, 2)
        assert images.shape == (110, 80, 60, 1) and labels.dtype == np.int64
        assert (np.bincount(labels) == 2).all() and (np.diff(labels) < 0).any()


def test_the_careless_writer_wrote_each_character_seven_times():
    images, labels = dataset("careless")
    assert images.shape == (385, 80, 60, 1) and (np.bincount(labels) == 7).all()


def test_a_smaller_set_lies_in_a_larger_one_and_validation_in_neither():
    as_set = {
        (split, n): {image.tobytes() for image in dataset(split, n)[0]}
        for split, n in (("train", 2), ("train", 4), ("validation", 3), ("test", 3))
    }
    assert as_set["train", 2] < as_set["train", 4]
    assert not as_set["train", 4] & as_set["validation", 3]
    assert not as_set["train", 4] & as_set["test", 3]


# --- refusals


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pictures([55], seed=1), "label 55 does not exist"),
        (lambda: pictures([-1], seed=1), "label -1 does not exist"),
        (lambda: pictures([0.5], seed=1), "give a row of integers"),
        (lambda: pictures([1], seed=1, writers="nobody"), "writers is 'nobody'"),
        (lambda: pictures([1], seed=1, writers="test", writer=140), "'test' has 0 to 139"),
        (lambda: pictures([1], seed=1, size=(80,)), "height, width"),
        (lambda: pictures([1, 2], seed=1, numbers=[3]), "one for each label"),
        (lambda: dataset("exam"), "split is 'exam'"),
        (lambda: dataset("test", 0), "per_class is 0"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()

"""Pages and films: what is told of each character is what can be seen of it."""

import zlib

from helpers.handwriting import CLASSES, film, forms, pages
from helpers.handwriting.pages import INK
from helpers.handwriting.writers import GROUPS

import numpy as np
import pytest


def overlap(one, other):
    """Return by how many pixels two boxes overlap, across and down; below 0 they are apart."""
    return np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])


def pairs(boxes):
    """Return all pairs of boxes."""
    return [(boxes[i], boxes[j]) for i in range(len(boxes)) for j in range(i)]


@pytest.fixture(scope="module")
def some():
    """Return a collection of pages."""
    return pages(40, seed=3)


def test_a_page_is_dark_ink_on_nearly_white_paper(some):
    for page in some:
        assert page.image.shape == (128, 128, 1) and page.image.dtype == np.uint8
        assert np.median(page.image) > 235
        assert 0.005 < (page.image < 160).mean() < 0.3
        assert page.labels.dtype == page.boxes.dtype == page.mask.dtype == np.int64
        assert len(page.labels) == len(page.boxes) and page.boxes.shape[1] == 4


def test_a_box_is_as_tight_as_it_can_be_and_the_mask_shows_the_ink(some):
    for page in some:
        assert set(np.unique(page.mask)) == {*range(len(page.labels) + 1)}
        for k, (left, top, right, bottom) in enumerate(page.boxes):
            rows, columns = np.nonzero(page.mask == k + 1)
            assert (columns.min(), rows.min()) == (left, top)
            assert (columns.max() + 1, rows.max() + 1) == (right, bottom)
        paper = page.image[..., 0][page.mask == 0]
        assert (
            paper.min() > 255 - 2 * INK and (page.image[..., 0][page.mask > 0] < 240).mean() > 0.9
        )


def test_everything_lies_on_the_page_and_boxes_keep_their_distance(some):
    for page in some:
        assert page.boxes.min() >= 0 and page.boxes.max() <= 128
        assert all(overlap(*pair).min() <= -2 for pair in pairs(page.boxes))


def test_with_a_gap_below_0_boxes_overlap_by_no_more_than_that():
    deep = [
        overlap(*pair).min()
        for page in pages(60, seed=4, many=(6, 8), gap=-6)
        for pair in pairs(page.boxes)
    ]
    assert 0 < max(deep) <= 6


def test_all_characters_and_all_numbers_of_them_come_up():
    found = pages(300, seed=5, many=(2, 6))
    assert set(np.concatenate([page.labels for page in found])) == {*range(len(CLASSES))}
    assert {len(page.labels) for page in found} == {2, 3, 4, 5, 6}
    chosen = pages(20, seed=5, among=[7, 11])
    assert set(np.concatenate([page.labels for page in chosen])) == {7, 11}


def test_heights_are_as_they_were_asked_for():
    def mean(low: float, high: float) -> float:
        found = pages(60, seed=6, heights=(low, high))
        return np.mean([np.diff(page.boxes[:, 1::2]).mean() for page in found])

    assert mean(40, 40) / mean(20, 20) == pytest.approx(2, rel=0.1)


def test_a_page_depends_on_its_number_and_on_no_other_page():
    all_at_once, alone = pages(5, seed=9), pages(1, seed=9, first=3)[0]
    for one, other in zip(all_at_once[3], alone, strict=True):
        assert np.array_equal(one, other)
    others = [
        all_at_once[2],
        *pages(1, seed=10, first=3),
        *pages(1, seed=9, first=3, writers="test"),
    ]
    assert not any(np.array_equal(alone.image, other.image) for other in others)


def test_one_person_writes_a_page():
    widths = []
    for page in pages(60, seed=12, among=[CLASSES.index("川")], many=(3, 3)):
        ink = 255 - page.image[..., 0].astype(float)
        widths.append([ink[page.mask == k + 1].mean() for k in range(len(page.labels))])
    within = np.mean([np.std(w) for w in widths])
    assert within < 0.7 * np.std([np.mean(w) for w in widths])


@pytest.mark.parametrize("writers", GROUPS)
def test_pages_are_the_same_on_every_machine(writers):
    crc = {"train": 2552207432, "test": 1528432772, "careless": 3595853577}
    found = b"".join(part.tobytes() for page in pages(4, seed=1, writers=writers) for part in page)
    assert zlib.crc32(found) == crc[writers]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"writers": "me"}, "writers is 'me'"),
        ({"many": (3, 2)}, r"many is \(3, 2\)"),
        ({"many": (1, 61)}, "up to 60"),
        ({"heights": (5, 20)}, "from 12 pixels"),
        ({"size": (30, 200)}, "give a larger page"),
        ({"among": [55]}, "labels from 0 to 54"),
        ({"among": []}, "labels from 0 to 54"),
        ({"among": [0.5]}, "labels from 0 to 54"),
        ({"first": -1}, "first is -1"),
    ],
)
def test_what_does_not_exist_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        pages(1, seed=1, **wrong)


def test_a_page_may_be_empty_and_a_full_one_leaves_characters_out():
    (empty,) = pages(1, seed=1, many=(0, 0))
    assert empty.boxes.shape == (0, 4) and empty.mask.max() == 0 and empty.labels.size == 0
    (full,) = pages(1, seed=1, many=(60, 60))
    assert 4 < len(full.labels) < 40


def test_a_character_without_ink_is_left_out():
    some = pages(400, seed=10, size=(64, 64), many=(1, 1), heights=(12, 13))
    counts = [len(page.labels) for page in some]
    assert {*counts} == {0, 1} and np.mean(counts) > 0.8
    assert all(page.mask.max() == len(page.labels) for page in some)


# --- films


def test_a_character_of_a_film_keeps_its_form_and_moves_on():
    for number in range(6):
        made = film(number, seed=2, frames=30)
        count = len(made.labels)
        assert made.images.shape == (30, 128, 128, 1) and made.boxes.shape == (30, count, 4)
        sides = made.boxes[..., 2:] - made.boxes[..., :2]
        assert (sides == sides[0]).all() and made.boxes.min() >= 0 and made.boxes.max() <= 128
        steps = np.abs(np.diff(made.boxes[..., :2], axis=0))
        assert steps.max() <= 4 and (steps.sum(axis=(0, 2)) > 30).all()
        assert all(overlap(*pair).min() <= -2 for pair in pairs(made.boxes[0]))


def test_what_is_in_a_box_of_a_film_is_ink():
    made = film(1, seed=2)
    outside = np.ones(made.images.shape[:3], bool)
    for t, boxes in enumerate(made.boxes):
        for left, top, right, bottom in boxes:
            outside[t, top:bottom, left:right] = False
            assert (made.images[t, top:bottom, left:right] < 200).any()
    assert made.images[..., 0][outside].min() > 255 - 2 * INK


def test_characters_of_films_pass_over_one_another_and_speed_is_obeyed():
    crossed = [
        overlap(*pair).min() > 3
        for number in range(10)
        for boxes in film(number, seed=2).boxes
        for pair in pairs(boxes)
    ]
    assert any(crossed) and not all(crossed)
    still = film(0, seed=2, speed=0)
    assert (still.boxes == still.boxes[0]).all() and (still.images == still.images[0]).all()


def test_a_film_is_no_page_and_no_other_film():
    made = film(0, seed=2)
    assert not np.array_equal(made.images, film(1, seed=2).images)
    assert np.array_equal(made.images, film(0, seed=2).images)
    with pytest.raises(ValueError, match="frames is 0"):
        film(0, seed=2, frames=0)
    with pytest.raises(ValueError, match="speed is -1"):
        film(0, seed=2, speed=-1)


# --- forms


def test_a_form_is_the_page_with_printed_lines_over_it():
    plain, printed = pages(20, seed=6), forms(20, seed=6)
    for page, form in zip(plain, printed, strict=True):
        assert np.array_equal(page.mask, form.mask) and np.array_equal(page.boxes, form.boxes)
        assert (form.image <= page.image).all()
    changed = [(p.image != f.image).mean() for p, f in zip(plain, printed, strict=True)]
    assert np.mean([share > 0.02 for share in changed]) > 0.8


def test_a_form_depends_on_its_number_and_on_no_other():
    (alone,) = forms(1, seed=6, first=3)
    assert np.array_equal(alone.image, forms(5, seed=6)[3].image)

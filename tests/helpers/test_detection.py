"""Boxes that were found: suppression, precision and recall, tracks and switches."""

from helpers.detection import Found, curve, follow, mean_average_precision, suppress, switches
from helpers.detection.found import Sides, overlaps
from helpers.handwriting import Film, film, pages

import numpy as np
import pytest


def found(boxes, scores, labels=None):
    boxes = np.array(boxes, float).reshape(-1, 4)
    labels = np.zeros(len(boxes), int) if labels is None else np.array(labels)
    return Found(boxes, np.array(scores, float), labels)


def as_found(page, score=1.0):
    return Found(page.boxes.astype(float), np.full(len(page.labels), score), page.labels)


@pytest.fixture(scope="module")
def some():
    return pages(12, seed=21, many=(3, 6))


# --- overlap


def test_overlap_is_0_apart_1_for_equals_and_a_third_when_moved_by_half():
    one = [[0, 0, 10, 10]]
    those = [[0, 0, 10, 10], [5, 0, 15, 10], [10, 0, 20, 10], [30, 30, 40, 40]]
    assert overlaps(Sides(one, those)) == pytest.approx(np.array([[1, 1 / 3, 0, 0]]))


def test_an_empty_box_shares_nothing_and_no_boxes_give_no_numbers():
    assert overlaps(Sides([[3, 3, 3, 3]], [[3, 3, 3, 3], [0, 0, 9, 9]])).tolist() == [[0, 0]]
    assert overlaps(Sides(np.zeros((0, 4)), [[0, 0, 1, 1]])).shape == (0, 1)


def test_overlap_is_what_counting_pixels_gives():
    rng = np.random.default_rng(0)
    corners = rng.integers(0, 20, (2, 8, 2))
    boxes = np.concatenate([corners, corners + rng.integers(1, 12, (2, 8, 2))], axis=2)
    rows, columns = np.indices((32, 32))
    masks = [
        [(columns >= a) & (columns < c) & (rows >= b) & (rows < d) for a, b, c, d in side]
        for side in boxes
    ]
    counted = [[(x & y).sum() / (x | y).sum() for y in masks[1]] for x in masks[0]]
    assert overlaps(Sides(*boxes)) == pytest.approx(np.array(counted))


# --- suppression


def test_the_surest_of_boxes_that_share_much_stays():
    boxes = [[0, 0, 10, 10], [1, 0, 11, 10], [30, 0, 40, 10]]
    kept = suppress(found(boxes, [0.6, 0.9, 0.3]))
    assert kept.scores.tolist() == [0.9, 0.3]
    assert suppress(found(boxes, [0.6, 0.9, 0.3]), score=0.5).scores.tolist() == [0.9]
    assert len(suppress(found(boxes, [0.6, 0.9, 0.3]), overlap=1.0).scores) == 3


def test_a_box_that_was_dropped_drops_no_other():
    row = [[0, 0, 10, 10], [2, 0, 12, 10], [4, 0, 14, 10]]
    kept = suppress(found(row, [0.9, 0.8, 0.7]), overlap=0.5)
    assert kept.scores.tolist() == [0.9, 0.7]


# --- precision and recall


def test_who_finds_all_has_an_average_precision_of_1(some):
    perfect = [as_found(page) for page in some]
    assert curve(some, perfect).average == 1.0
    assert mean_average_precision(some, perfect) == 1.0


def test_boxes_of_wrong_names_count_for_localisation_only(some):
    wrong = [its._replace(labels=(its.labels + 1) % 55) for its in map(as_found, some)]
    assert curve(some, wrong).average == 1.0
    assert mean_average_precision(some, wrong) < 0.1


def test_average_precision_is_the_mean_over_things_of_the_precision_at_each_hit():
    (page,) = pages(1, seed=22, many=(4, 4))
    first, second = page.boxes[:2].astype(float)
    nowhere = [0, 0, 1, 1]
    its = found([first, nowhere, nowhere, second], [0.9, 0.8, 0.7, 0.6])
    one = curve([page], [its])
    assert one.average == pytest.approx((1 + 2 / 4) / len(page.labels))
    assert one.precision.tolist() == pytest.approx([1, 1 / 2, 1 / 3, 2 / 4])
    assert one.recall[-1] == 2 / len(page.labels)


def test_a_character_is_found_once():
    (page,) = pages(1, seed=22, many=(1, 1))
    twice = found([page.boxes[0], page.boxes[0]], [0.9, 0.8])
    assert curve([page], [twice]).precision.tolist() == [1, 0.5]


def test_an_overlap_below_the_least_is_no_hit():
    (page,) = pages(1, seed=22, many=(1, 1))
    left, top, right, bottom = page.boxes[0]
    half = found([[left, top, left + (right - left) * 0.45, bottom]], [0.9])
    assert curve([page], [half]).average == 0 and curve([page], [half], overlap=0.4).average == 1


def test_what_cannot_be_measured_is_named(some):
    with pytest.raises(ValueError, match="12 pages and 0 results"):
        curve(some, [])
    with pytest.raises(ValueError, match="nothing to find"):
        curve(pages(1, seed=1, many=(0, 0)), [found([], [])])


# --- tracks


def frames_of(made: Film) -> list[Found]:
    return [Found(boxes.astype(float), np.ones(len(boxes)), made.labels) for boxes in made.boxes]


def test_true_boxes_that_move_slowly_are_never_switched():
    for number in range(5):
        made = film(number, seed=4, speed=1.0, many=(3, 3))
        tracks = follow(frames_of(made))
        assert all((its == tracks[0]).all() for its in tracks)
        assert switches(made, frames_of(made), tracks) == 0


def test_a_new_number_is_one_switch_however_long_it_stays():
    made = film(0, seed=4, speed=0.0, many=(3, 3))
    frames = frames_of(made)
    tracks = [np.array([0, 1, 2])] * 10 + [np.array([0, 7, 2])] * 14
    assert switches(made, frames, tracks) == 1


def test_a_track_waits_for_as_many_frames_as_its_patience():
    box, none = found([[10, 10, 30, 30]], [0.9]), found([], [])
    gap = [box, none, none, box]
    assert [its.tolist() for its in follow(gap, patience=2)] == [[0], [], [], [0]]
    assert [its.tolist() for its in follow(gap, patience=1)] == [[0], [], [], [1]]


def test_each_track_is_given_once_and_the_largest_overlap_first():
    before = found([[0, 0, 10, 10]], [0.9])
    after = found([[4, 0, 14, 10], [1, 0, 11, 10]], [0.9, 0.8])
    assert [its.tolist() for its in follow([before, after])] == [[0], [1, 0]]

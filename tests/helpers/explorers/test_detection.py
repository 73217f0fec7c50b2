"""Explorers of section 10: two boxes that are dragged, two thresholds, the cells of a grid."""

from dataclasses import replace

from helpers.detection import Found
from helpers.detection.found import Sides, overlaps
from helpers.explorers import EXPLORERS, explore_boxes, explore_cells
from helpers.explorers.boxes import Boxes, boxes_explorer
from helpers.explorers.cells import Cells, cells_explorer
from helpers.explorers.clickable import as_way
from helpers.explorers.overlap import COLUMNS, FIELD, HEIGHT, ROWS, WIDTH, Overlap, drag, shared
from helpers.handwriting import pages

import numpy as np
import pytest


def place(column, row):
    """Return where in the picture a square of the paper is."""
    left, bottom, wide = FIELD
    tall = wide * WIDTH / HEIGHT * ROWS / COLUMNS
    return left + wide * column / COLUMNS, 1 - bottom - tall + tall * row / ROWS


@pytest.fixture(scope="module")
def some():
    rng = np.random.default_rng(0)
    written = pages(3, seed=1)
    found = []
    for page in written:
        boxes = np.repeat(page.boxes, 3, axis=0)
        boxes = boxes + rng.normal(0, 2, boxes.shape)
        found.append(Found(boxes, rng.uniform(0, 1, len(boxes)), np.repeat(page.labels, 3)))
    return written, found


# --- two boxes


def test_the_sum_is_intersection_over_union():
    for state in EXPLORERS["overlap"].sweep():
        state = replace(state, left=min(state.left, COLUMNS - state.width))
        common, union, box = shared(state)
        boxes = [[state.left, state.top, state.left + state.width, state.top + state.height]]
        x, y = state.other_left, state.other_top
        others = [[x, y, x + state.other_width, y + state.other_height]]
        assert common / union == pytest.approx(overlaps(Sides(boxes, others))[0, 0])
        assert (box is None) == (common == 0)


def test_a_box_follows_the_pointer_and_stays_on_the_paper():
    state = Overlap()
    moved = drag(state, place(5, 4), place(7, 5))
    assert (moved.left, moved.top) == (state.left + 2, state.top + 1)
    assert (moved.width, moved.height) == (state.width, state.height)
    far = drag(state, place(5, 4), (1.0, 1.0))
    assert far.left + far.width == COLUMNS and far.top + far.height == ROWS


def test_a_corner_that_is_dragged_changes_the_size():
    state = Overlap()
    corner = place(state.other_left + state.other_width, state.other_top + state.other_height)
    wider = drag(state, corner, place(state.other_left + 3, state.other_top + 2))
    assert (wider.other_width, wider.other_height) == (3, 2)
    assert (wider.other_left, wider.other_top) == (state.other_left, state.other_top)
    least = drag(state, corner, (0.0, 0.0))
    assert (least.other_width, least.other_height) == (1, 1)


def test_beside_the_boxes_there_is_nothing_to_drag():
    assert drag(Overlap(), place(0.2, 0.2), place(9, 9)) is None


def test_a_drag_goes_on_from_where_it_began():
    widget = EXPLORERS["overlap"].show()
    start = place(5, 4)
    for to in (place(6, 4), place(8, 4)):  # one press, two messages
        widget.picture.way = (*start, *to, 1)
    assert widget.state.left == Overlap().left + 3
    widget.picture.way = (*place(8, 4), *place(9, 4), 2)
    assert widget.state.left == Overlap().left + 4
    assert widget.controls["left"].value == widget.state.left


@pytest.mark.parametrize("wrong", [(0, 0, 2, 0, 1), (0, 0, 1), (-1, 0, 0, 0, 1), "here"])
def test_what_is_no_way_is_refused(wrong):
    with pytest.raises((ValueError, TypeError)):
        as_way(wrong)


# --- thresholds and cells


def test_every_state_of_the_thresholds_draws_a_readable_picture(some, sweep):
    swept = sweep(boxes_explorer(*some))
    assert len(swept.states) > 25 and swept.empty == [] and swept.unreadable == {}


def test_thresholds_leave_fewer_boxes(some):
    explorer = boxes_explorer(*some)
    titles = [
        [text.get_text() for text in explorer.draw(state).texts]
        for state in (Boxes(score=2, overlap=100), Boxes(score=50, overlap=20))
    ]
    counts = [[int(title.split()[-2]) for title in pair] for pair in titles]
    assert counts[0][0] == counts[0][1] > counts[1][0] > counts[1][1]


def test_every_state_of_the_cells_draws_a_readable_picture(some, sweep):
    answers = np.random.default_rng(1).normal(0, 2, (3, 8, 8, 65))
    swept = sweep(cells_explorer(some[0], answers))
    assert len(swept.states) > 25 and swept.empty == [] and swept.unreadable == {}


def test_a_click_chooses_a_cell(some):
    explorer = cells_explorer(some[0], np.zeros((3, 8, 8, 65)))
    state = explorer.clicked(explorer.start, 0.015 + 0.49 * 0.99, 0.5)
    assert state.column == 7
    assert explorer.clicked(state, 0.9, 0.5) == state
    first = explorer.clicked(Cells(row=5, column=5), 0.02, 0.1)
    assert (first.row, first.column) == (0, 0)


def test_pages_need_results_and_answers(some):
    with pytest.raises(ValueError, match="3 pages and 0 results"):
        explore_boxes(some[0], [])
    with pytest.raises(ValueError, match="3 pages and 1 answers"):
        explore_cells(some[0], np.zeros((1, 8, 8, 65)))

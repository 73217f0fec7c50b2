"""Figures of section 10: pages with boxes, masks in colour, precision against recall."""

from helpers import plotting
from helpers.handwriting import pages
from helpers.plotting.detection import coloured

import numpy as np
import pytest
from matplotlib.patches import Rectangle


@pytest.fixture(scope="module")
def some():
    return pages(4, seed=3, many=(3, 5))


def boxes_in(axes):
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def test_every_box_is_drawn_where_it_lies_and_can_be_read(some, look):
    words = [["fish 0.99"] * len(page.labels) for page in some]
    figure = plotting.show_boxes(
        [page.image for page in some],
        [page.boxes for page in some],
        words,
        titles=["a", "b", "c", "d"],
        cell=16,
        columns=2,
        size=5,
    )
    for axes, page in zip(figure.axes, some, strict=True):
        drawn = [patch.get_bbox().extents.tolist() for patch in boxes_in(axes)[1:]]
        assert drawn == page.boxes.astype(float).tolist()
        assert [text.get_text() for text in axes.texts] == ["fish 0.99"] * len(page.labels)
    pixels, _ = look(figure)
    assert pixels.std() > 5


def test_true_boxes_are_dashed_and_tracks_keep_their_colour(some):
    images = [page.image for page in some[:2]]
    boxes = [page.boxes[:2] for page in some[:2]]
    figure = plotting.show_boxes(images, boxes, others=boxes, colours=[[0, 1], [1, 0]])
    styles = [[patch.get_linestyle() for patch in boxes_in(axes)[1:]] for axes in figure.axes]
    assert styles == [["--", "--", "-", "-"]] * 2
    shades = [[patch.get_edgecolor() for patch in boxes_in(axes)[3:]] for axes in figure.axes]
    assert shades[0] == shades[1][::-1] and shades[0][0] != shades[0][1]


def test_as_many_boxes_as_pages_are_demanded(some):
    with pytest.raises(ValueError, match="4 images and 1 sets of boxes"):
        plotting.show_boxes([page.image for page in some], [some[0].boxes])


def test_what_belongs_together_has_one_colour(some, look):
    mask = some[0].mask
    shades = coloured(mask)
    assert (shades[mask == 0] == 1).all()
    for number in range(1, mask.max() + 1):
        assert len(np.unique(shades[mask == number], axis=0)) == 1
    assert (coloured(mask > 0)[mask > 0] != 1).any(axis=1).all()
    _, faults = look(plotting.show_masks([mask, mask > 0], ["instances", "ink"]))
    assert faults == []


def test_precision_is_drawn_against_recall(look):
    curves = {"one": (np.array([0.5, 1]), np.array([1, 0.8])), "two": (np.ones(1), np.ones(1))}
    figure = plotting.show_precision_recall(curves)
    (axes,) = figure.axes
    assert axes.lines[0].get_xydata().tolist() == [[0.5, 1], [1, 0.8]]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["one", "two"]
    assert look(figure)[1] == []

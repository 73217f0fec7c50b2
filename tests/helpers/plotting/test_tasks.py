"""The figure of four vision tasks."""

from helpers import plotting

import numpy as np
import pytest

BOXES = [(1, 1, 3, 3, "cat"), (1, 6, 3, 3, "dog"), (1, 11, 3, 3, "cat")]


@pytest.fixture
def scene():
    return np.zeros((6, 16, 3), np.uint8)


@pytest.fixture
def mask():
    mask = np.zeros((6, 16), int)
    mask[1:4, 1:4] = mask[1:4, 11:14] = 1
    mask[1:4, 6:9] = 2
    return mask


def test_there_is_one_panel_for_each_task(scene, mask):
    titles = [axes.get_title(loc="left") for axes in plotting.show_tasks(scene, BOXES, mask).axes]
    assert [title.split(":")[0] for title in titles] == [
        "classification",
        "detection",
        "segmentation",
        "verification",
    ]


def test_verification_needs_no_second_object_of_the_same_name(scene, mask):
    figure = plotting.show_tasks(scene, BOXES[:2], mask)
    assert "one pair: different" in figure.axes[3].texts[0].get_text()


def test_a_mask_of_another_size_is_refused(scene, mask):
    with pytest.raises(ValueError, match=r"mask \(6, 15\)"):
        plotting.show_tasks(scene, BOXES, mask[:, 1:])


def test_a_mask_with_a_class_without_name_is_refused(scene, mask):
    with pytest.raises(ValueError, match="mask from 0 to 3"):
        plotting.show_tasks(scene, BOXES, np.where(mask == 2, 3, mask))

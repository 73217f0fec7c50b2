"""Accuracy against cost: where the discs lie, how large they are, what is written beside them."""

from helpers.plotting import show_trade_offs

import pytest

OWN = {"small": (0.5, 100, 1_000), "large": (0.9, 400, 50_000, 0.002)}


@pytest.fixture
def panels():
    return show_trade_offs({"ours": OWN, "theirs": {"one": (0.7, 10, 10)}}).axes


def test_each_group_has_a_panel_of_its_own(panels):
    assert [axes.get_title(loc="left") for axes in panels] == ["ours", "theirs"]
    assert [len(axes.collections) for axes in panels] == [2, 1]


def test_a_disc_lies_at_its_work_and_accuracy(panels):
    places = [disc.get_offsets()[0].tolist() for disc in panels[0].collections]
    assert places == [[50_000, 0.9], [1_000, 0.5]]


def test_four_times_the_parameters_is_four_times_the_area(panels):
    large, small = (disc.get_sizes()[0] for disc in panels[0].collections)
    assert large == pytest.approx(4 * small)


def test_a_time_is_written_where_it_was_measured(panels):
    assert [text.get_text() for text in panels[0].texts] == ["large\n2.0 ms", "small"]


def test_no_tick_stands_above_all_pictures_read():
    best = show_trade_offs({"ours": {"low": (0.5, 10, 10), "high": (0.97, 10, 90)}}).axes[0]
    assert best.get_ylim()[1] > 1 >= max(best.get_yticks())

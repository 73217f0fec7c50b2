"""Explorers of searches: the winner's curse, and TPE trial by trial."""

from dataclasses import replace

from helpers.explorers import EXPLORERS
from helpers.explorers.curse import MEAN, SIZES, Curse, searches
from helpers.explorers.parzen import (
    GRID,
    SHARES,
    STARTUP,
    TRIALS,
    Parzen,
    density,
    good_ones,
    loss_at,
    run,
)

import numpy as np
import pytest


def excess(state: Curse) -> np.ndarray:
    true, seen = searches(state)
    winners = seen.argmin(axis=1)[:, np.newaxis]
    return np.take_along_axis(true - seen, winners, axis=1).ravel()


def headline(explorer, state) -> str:
    return "\n".join(text.get_text() for text in explorer.draw(state).texts)


# --- the winner's curse


@pytest.mark.parametrize("spread", [0, 2])
def test_more_settings_flatter_the_winner_more(spread):
    means = [excess(Curse(settings=n, spread=spread)).mean() for n in SIZES]
    assert means[0] > 0
    assert (np.diff(means) > 0).all()


def test_without_luck_nobody_is_flattered_and_the_best_one_wins():
    true, seen = searches(Curse(luck=0, spread=2))
    assert (true == seen).all()
    assert "0.0000 too good on average" in headline(EXPLORERS["curse"], Curse(luck=0, spread=2))


def test_ten_seeds_take_the_root_of_ten_off_the_luck():
    one, ten = (np.subtract(*searches(Curse(seeds=n))).std() for n in (1, 10))
    assert ten == pytest.approx(one / np.sqrt(10))
    assert np.allclose(searches(Curse())[0], MEAN)


def test_each_search_shown_has_its_own_winner():
    true, seen = searches(Curse())
    for search in (1, 33, 60):
        words = headline(EXPLORERS["curse"], Curse(search=search))
        assert f"Search {search}: won with {seen[search - 1].min():.4f}" in words
    assert f"in truth {true[0, 0]:.4f}" in words


# --- TPE


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_each_trial_after_the_first_few_is_the_best_candidate(share, seed):
    found = run(share, seed)
    assert len(found.tried) == TRIALS + 1
    for k in range(STARTUP, TRIALS):
        tried, candidates = found.tried[:k], found.candidates[k]
        good = good_ones(found.losses[:k], share)
        ratio = density(tried[good], candidates) / density(tried[~good], candidates)
        assert ratio.argmax() == 0
        assert found.tried[k] == candidates[0]


def test_the_first_few_are_the_same_whatever_counts_as_good():
    first = [run(share, 2).tried[:STARTUP].tolist() for share in SHARES]
    assert first[0] == first[1] == first[2]


def test_a_share_is_rounded_up_and_holds_the_smallest_losses():
    losses = np.array([0.5, 0.2, 0.4, 0.1, 0.3])
    assert good_ones(losses, 0.25).tolist() == [False, True, False, True, False]
    assert good_ones(losses, 0.1).tolist() == [False, False, False, True, False]


def test_a_density_has_an_area_of_about_one():
    heights = density(np.array([-3.0, -2.6, -2.9]), GRID)
    assert np.sum(heights) * (GRID[1] - GRID[0]) == pytest.approx(1, abs=0.05)


def test_later_trials_lie_where_the_loss_is_low():
    for seed in (1, 2, 3, 4):
        tried = run(0.25, seed).tried
        assert np.median(loss_at(tried[20:])) < np.median(loss_at(GRID)) - 0.01


def test_the_next_trial_is_told_with_the_reason():
    explorer = EXPLORERS["tpe"]
    early, late = Parzen(trials=STARTUP - 1), Parzen(trials=STARTUP)
    assert "drawn at random" in headline(explorer, early)
    assert "where l / g is largest" in headline(explorer, late)
    assert f"{10 ** run(0.25, 1).tried[STARTUP]:.2g}" in headline(explorer, late)
    assert "best so far" not in headline(explorer, replace(early, trials=0))

"""What stands out of a class, told by fingerprints alone."""

from __future__ import annotations

import numpy as np
import pytest

from course.comparing.background import LEAST, TOKENS, stand_out
from course.comparing.prints import RUN, WINDOW, fingerprints, given_by, runs_of, winnowed

NOTHING = np.empty(0, np.uint64)


def a_class(count: int, seed: int = 0, each: int = 50, idioms: int = 20) -> list[np.ndarray]:
    """Make answers whose fingerprints are mostly their own, some of them everybody's idioms."""
    rng = np.random.default_rng(seed)
    common = rng.integers(2**63, size=idioms, dtype=np.uint64)
    own = rng.integers(2**63, size=(count, each), dtype=np.uint64)
    takes = rng.random((count, idioms)) < 0.5
    return [np.unique(np.concatenate([one, common[t]])) for one, t in zip(own, takes, strict=True)]


def shown(prints: list[np.ndarray]) -> list[tuple[int, int]]:
    return [(pair.one, pair.other) for pair in stand_out(prints)[0]]


@pytest.mark.parametrize("count", [2, 3, 6, 12, 100, 600])
def test_nobody_stands_out_where_answers_are_independent(count):
    assert shown(a_class(count)) == []


@pytest.mark.parametrize("count", [2, 3, 6, 12, 100, 600])
def test_who_shares_most_of_it_stands_out(count):
    made = a_class(count)
    made[1] = np.unique(np.concatenate([made[0][:45], made[1][:5]]))
    assert shown(made) == [(0, 1)]


def test_what_a_fifth_of_the_class_writes_says_nothing():
    made = a_class(100)
    (many,) = a_class(1, seed=1)
    made[:21] = [many] * 21
    assert shown(made) == []
    made[4:21] = a_class(17, seed=2)
    assert len(shown(made)) == 6


def test_all_pairs_of_a_group_stand_out():
    made = a_class(30)
    for place in range(4):
        made[place] = np.unique(np.concatenate([made[0][:48], made[place][48:]]))
    assert sorted(shown(made)) == [(i, j) for i in range(4) for j in range(i + 1, 4)]


def test_a_class_that_has_much_in_common_raises_what_a_pair_must_have():
    rng = np.random.default_rng(0)
    pool, twins = (rng.integers(2**63, size=size, dtype=np.uint64) for size in (10_000, 15))
    short = [np.concatenate([twins, own]) for own in rng.integers(2**63, size=(2, 5), dtype="u8")]
    loose = a_class(60)
    tight = [pool[rng.random(len(pool)) < 0.08] for _ in range(60)]  # what a dozenth writes, often
    assert shown([*loose, *short]) == [(60, 61)]
    assert shown([*tight, *short]) == []
    assert stand_out(tight)[1].fence > stand_out(loose)[1].fence == LEAST * TOKENS


def test_a_short_rest_is_not_compared():
    made = a_class(20, each=int(LEAST) - 1, idioms=0)
    made[1] = made[0]
    found, background = stand_out(made)
    assert found == [] and background.answers == 0


@pytest.mark.parametrize("made", [[], [NOTHING], [NOTHING, NOTHING], a_class(1)])
def test_where_there_is_nothing_to_compare_nothing_stands_out(made):
    assert stand_out(made)[0] == []


def test_blocks_of_answers_are_compared_with_all_others(monkeypatch):
    made = a_class(50)
    made[49] = made[3]
    whole = stand_out(made)
    monkeypatch.setattr("course.comparing.background.BLOCK", 7)
    assert stand_out(made) == whole and shown(made) == [(3, 49)]


def test_a_run_long_enough_leaves_a_fingerprint_wherever_it_stands():
    rng = np.random.default_rng(0)
    shared = [str(n) for n in rng.integers(10**9, size=RUN + WINDOW - 1)]
    for seed in range(40):
        rng = np.random.default_rng(seed)
        texts = []
        for _ in range(2):
            around = [[str(n) for n in rng.integers(10**9, size=rng.integers(40))] for _ in "ab"]
            texts.append(fingerprints([*around[0], *shared, *around[1]], NOTHING))
        assert np.intersect1d(*texts).size


def test_few_runs_are_kept_and_none_of_what_is_given():
    words = [str(n) for n in np.random.default_rng(0).integers(10**9, size=1_000)]
    runs = runs_of(words)
    assert len(winnowed(runs)) < 0.5 * len(runs)
    assert fingerprints(words, given_by([words])).size == 0
    assert runs_of(words[: RUN - 1]).size == 0

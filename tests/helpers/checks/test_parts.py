"""A split says in words what is wrong with it, whichever rows were drawn."""

from __future__ import annotations

from helpers import checks
from helpers.checks import parts

import numpy as np
import pytest

WROTE = np.repeat(np.arange(10), 4)


def by_writer(wrote, share, seed, *, cut=int, replace=False):
    people = np.unique(wrote)
    drawn = np.random.default_rng(seed).choice(people, cut(share * len(people)), replace=replace)
    aside = np.isin(wrote, drawn)
    return np.flatnonzero(~aside), np.flatnonzero(aside)


def pictures(wrote, share, seed):
    rows = np.random.default_rng(seed).permutation(len(wrote))
    return rows[int(share * len(rows)) :], rows[: int(share * len(rows))]


def three(n, seed):
    rows = np.random.default_rng(seed).permutation(n)
    validation, test = n * 15 // 100, n * 10 // 100
    aside = validation + test
    return rows[aside:], rows[:validation], rows[validation:aside]


def told(answer, properties, case):
    with pytest.raises(checks.CheckFailed) as failed:
        checks.function(answer).all_hold(properties, [case], may_be_empty=True)
    return failed.value.diagnosis


@pytest.mark.parametrize("share", [0.2, 0.45, 0.7])
def test_a_split_by_people_holds(share):
    checks.function(by_writer).all_hold(parts.BY_WRITER, [(WROTE, share, 1)])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (pictures, "draw people"),
        (lambda *case: by_writer(*case)[::-1], "training comes first"),
        (lambda *case: by_writer(*case, cut=lambda x: int(np.ceil(x))), "int() rounds it down"),
        (lambda *case: by_writer(*case, replace=True), "without replacement"),
        (lambda *case: [WROTE[rows] + 50 for rows in by_writer(*case)], "belong to no row"),
        (lambda *case: by_writer(*case, cut=lambda x: 0), "Nobody is set aside"),
    ],
)
def test_a_wrong_split_by_people_is_named(answer, words):
    assert words in told(answer, parts.BY_WRITER, (WROTE, 0.45, 5))


def test_a_share_of_less_than_one_person_sets_nobody_aside():
    case = (WROTE, 0.05, 1)
    checks.function(by_writer).all_hold(parts.BY_WRITER, [case], may_be_empty=True)
    of_lists = lambda *case: tuple(np.array(list(part)) for part in by_writer(*case))  # noqa: E731
    checks.function(of_lists).all_hold(parts.BY_WRITER, [case], may_be_empty=True)
    with pytest.raises(checks.CheckFailed, match="nobody is set aside"):
        checks.function(lambda *case: by_writer(*case, cut=lambda x: max(1, int(x)))).all_hold(
            parts.BY_WRITER, [case], may_be_empty=True
        )


@pytest.mark.parametrize("n", [13, 40, 97, 1_000])
def test_a_split_into_three_holds(n):
    checks.function(three).all_hold(parts.RULES, [(n, 1)], may_be_empty=True)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda n, seed: three(n, seed)[::-1], parts.PARTS_ORDER),
        (lambda n, seed: [three(n, seed)[k] for k in (0, 2, 1)], parts.PARTS_ORDER),
        (lambda n, seed: np.split(np.arange(n), [n - n // 4, n - n // 10]), "shuffle before"),
    ],
)
def test_a_wrong_split_into_three_is_named(answer, words):
    assert words in told(answer, parts.RULES, (1_000, 1))

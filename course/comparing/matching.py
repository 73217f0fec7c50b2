"""Which parts of two answers are the same, for people to see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from course.comparing.prints import RUN, runs_of
from course.comparing.tokens import Token

PLACES = 16  # of one run of tokens that are looked at: a loop written out has hundreds
GIVEN = 0  # what the course gives or expects, and no part that both have


class Span(NamedTuple):
    """A part of a text; the same number, from 1 on, stands for the same part on the other side."""

    start: int
    end: int
    number: int


class _Part(NamedTuple):
    """So many runs, one behind the other, that begin at these places on either side."""

    one: int
    other: int
    length: int


def spans(one: list[Token], other: list[Token], given: np.ndarray) -> tuple[list[Span], list[Span]]:
    """Return the parts of either answer that the other has too, and those that the course gives.

    Parameters
    ----------
    one, other : list of Token
    given : ndarray
        The runs that the course gives.
    """
    sides = one, other
    runs = [runs_of([token.word for token in side]) for side in sides]
    ours = [np.isin(own, given) for own in runs]
    parts = sorted(_parts(*runs, *ours))
    found = []
    for side, (tokens, own) in enumerate(zip(sides, ours, strict=True)):
        numbers = np.full(len(tokens), -1)
        for place in np.flatnonzero(own):
            numbers[place : place + RUN] = GIVEN
        for number, part in enumerate(parts, start=1):
            numbers[part[side] : part[side] + part.length + RUN - 1] = number
        found.append(list(_spans(tokens, numbers)))
    return found[0], found[1]


def _parts(
    one: np.ndarray, other: np.ndarray, given: np.ndarray, given_there: np.ndarray
) -> list[_Part]:
    """Return parts that both have, the longest first, none of which lies over another."""
    places: dict[int, list[int]] = defaultdict(list)
    for j in np.flatnonzero(~given_there):
        places[int(other[j])].append(int(j))
    pairs = {
        (int(i), j) for i in np.flatnonzero(~given) for j in places.get(int(one[i]), ())[:PLACES]
    }
    chains = []
    for i, j in pairs:
        if (i - 1, j - 1) not in pairs:
            length = 1
            while (i + length, j + length) in pairs:
                length += 1
            chains.append(_Part(i, j, length))
    chains.sort(key=lambda part: (-part.length, part))
    free = [np.ones(len(runs) + RUN, bool) for runs in (one, other)]
    kept = []
    for chain in chains:
        for part in _free(chain, *free):
            for taken, begin in zip(free, part[:2], strict=True):
                taken[begin : begin + part.length + RUN - 1] = False
            kept.append(part)
    return kept


def _free(chain: _Part, one: np.ndarray, other: np.ndarray) -> Iterator[_Part]:
    """Yield what is left of a part where nothing else lies yet."""
    length = chain.length + RUN - 1
    open_ = one[chain.one :][:length] & other[chain.other :][:length]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], open_.astype(int), [0]))))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin >= RUN:
            begin = int(begin)
            yield _Part(chain.one + begin, chain.other + begin, int(end) - begin - RUN + 1)


def _spans(tokens: list[Token], numbers: np.ndarray) -> Iterator[Span]:
    begin = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or numbers[place] != numbers[begin]:
            if numbers[begin] >= 0:
                yield Span(tokens[begin].start, tokens[place - 1].end, int(numbers[begin]))
            begin = place

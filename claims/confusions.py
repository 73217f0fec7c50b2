"""Who is taken for whom: families of look-alikes, pairs, suspects."""

from __future__ import annotations

from collections import Counter

from helpers import handwriting

import numpy as np

from .answers import Answers, answers

FAMILIES = [
    "人大夫天太犬火", "木本林森", "王玉主", "门闪问闲", "口因国囡",
    "日月明朋", "吗妈", "水川山", "牛羊", "肤吠",
]  # fmt: skip


def families() -> dict[int, int]:
    """Return the family of each label that has look-alikes."""
    return {
        handwriting.CLASSES.index(c): number for number, all_ in enumerate(FAMILIES) for c in all_
    }


def look_alikes(seeds: list[int]) -> np.ndarray:
    """Return for each label the one for which it is most often taken in some collections."""
    counts = np.zeros((55, 55))
    for found in (answers("cnn", "test", seed) for seed in seeds):
        np.add.at(counts, (found.labels, found.logits.argmax(axis=1)), 1)
    np.fill_diagonal(counts, -1)
    return counts.argmax(axis=1)


def suspects(found: Answers, labels: np.ndarray) -> np.ndarray:
    """Return the 40 pictures whose labels the network finds least probable."""
    return np.argsort(found.probabilities()[np.arange(len(labels)), labels])[:40]


def errors(found: Answers) -> np.ndarray:
    """Return the pairs of label and reading, the smaller first: (E, 2)."""
    return np.sort(np.stack([found.labels, found.logits.argmax(1)], axis=1)[~found.right], axis=1)


def in_twenty(errors: np.ndarray) -> float:
    """Return the share of errors that lies in the 20 commonest pairs."""
    counts = Counter(map(tuple, errors.tolist()))
    return sum(n for _, n in counts.most_common(20)) / len(errors)

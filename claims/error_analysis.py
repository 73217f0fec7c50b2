"""What section 05 says of the reference network's mistakes."""

from __future__ import annotations

from helpers import handwriting

import numpy as np

from course.ledger.declared import claim

from . import confusions
from .answers import answers

STRANGERS = "12 collections of 1,100 pictures by other people"
RICHER = [
    "太大", "犬大", "天大", "夫大", "大人", "本木", "玉王", "主王",
    "林木", "闲门", "闪门", "问门", "因口", "国口", "明月", "朋月",
]  # fmt: skip


@claim(
    "look-alike-errors",
    "Between look-alikes lies a large part of the errors, but not most of them.",
    over=STRANGERS,
    holds={"between look-alikes": "0.2 to 0.5"},
    seeds=12,
    profile="full",
)
def look_alike_errors(seed: int) -> dict[str, float]:
    """Count the errors whose label and reading are in one of ten families."""
    found = answers("cnn", "test", seed)
    family = confusions.families()
    pairs = zip(found.labels[~found.right], found.logits[~found.right].argmax(axis=1), strict=True)
    alike = [family.get(a, -1) == family.get(b, -2) for a, b in pairs]
    return {"between look-alikes": float(np.mean(alike)), "errors": float(len(alike))}


@claim(
    "richer-to-simpler",
    "Of two characters of which one has a stroke more, the richer one is read as the simpler one "
    "at most a little more often than the other way round.",
    over=STRANGERS,
    holds={"richer as simpler": "0.4 to 0.7"},
    seeds=12,
    profile="full",
)
def richer_to_simpler(seed: int) -> dict[str, float]:
    """Count the errors of 16 such pairs by their direction."""
    found = answers("cnn", "test", seed)
    read = found.logits.argmax(axis=1)
    index = handwriting.CLASSES.index
    down, up = 0, 0
    for richer, simpler in RICHER:
        down += int(np.sum((found.labels == index(richer)) & (read == index(simpler))))
        up += int(np.sum((found.labels == index(simpler)) & (read == index(richer))))
    return {"richer as simpler": down / max(down + up, 1), "errors": float(down + up)}


@claim(
    "label-noise",
    "Among 40 suspects are nearly all of 20 labels that are wrong at random, and fewer of 20 that "
    "are those of look-alikes.",
    over=STRANGERS,
    holds={"at random": "> 17", "at random less of look-alikes": "> 1"},
    seeds=12,
    profile="full",
)
def label_noise(seed: int) -> dict[str, float]:
    """Plant 20 wrong labels of each kind, and look among the 40 least probable labels.

    The look-alike of a character is what the network most often takes it for in other collections.
    """
    found, rng = answers("cnn", "test", seed), np.random.default_rng(seed)
    alike = confusions.look_alikes([other for other in range(12) if other != seed])
    planted = rng.choice(len(found.labels), (2, 20), replace=False)
    random, similar = found.labels.copy(), found.labels.copy()
    random[planted[0]] = (random[planted[0]] + rng.integers(1, 55, 20)) % 55
    similar[planted[1]] = alike[similar[planted[1]]]
    hits = [
        float(np.isin(confusions.suspects(found, labels), rows).sum())
        for labels, rows in zip((random, similar), planted, strict=True)
    ]
    return {
        "at random": hits[0],
        "of look-alikes": hits[1],
        "at random less of look-alikes": hits[0] - hits[1],
    }


@claim(
    "errors-in-few-pairs",
    "The twenty most confused pairs hold more of the network's errors than of as many errors of "
    "logistic regression.",
    over=STRANGERS,
    holds={"network": "> 0.3", "network less logistic": "> 0"},
    seeds=12,
    profile="full",
)
def errors_in_few_pairs(seed: int) -> dict[str, float]:
    """Compare the shares of the 20 commonest pairs, for equally many errors."""
    cnn, logistic = answers("cnn", "test", seed), answers("logistic", "test", seed)
    errors, others = confusions.errors(cnn), confusions.errors(logistic)
    rng = np.random.default_rng(seed)
    draws = [others[rng.choice(len(others), len(errors), replace=False)] for _ in range(100)]
    own, fewer = (
        confusions.in_twenty(errors),
        float(np.mean([confusions.in_twenty(draw) for draw in draws])),
    )
    return {"network": own, "logistic, as few": fewer, "network less logistic": own - fewer}

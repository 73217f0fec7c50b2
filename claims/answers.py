"""What the reference networks of sections 04 and 05 answer, for collections of pictures by seed.

The networks are those that the course trained once; what differs from seed to seed is who wrote
the pictures, or which pictures one person wrote. Each answer is computed once a process.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers import handwriting
from helpers.handwriting.dataset import SEED

import numpy as np

PER_CLASS = 20
CAREFUL = 12  # sets of the careless writer's, seven pictures of each character
FIRST = 10_000_000  # the course's own collections have smaller numbers
CLASSES = len(handwriting.CLASSES)


class Answers(NamedTuple):
    """Logits (N, 55) of a network, and what follows from them."""

    logits: np.ndarray
    labels: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """Whether each answer is the label."""
        return self.logits.argmax(axis=1) == self.labels

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return float(self.right.mean())

    def probabilities(self, temperature: float = 1.0) -> np.ndarray:
        """Return the softmax of the logits, divided by a temperature."""
        z = self.logits / temperature
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def confidence(self, temperature: float = 1.0) -> np.ndarray:
        """Return the highest probability of each answer."""
        return self.probabilities(temperature).max(axis=1)


def collection(kind: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw a collection: (N, 80, 60, 1) uint8 and labels (N,).

    Parameters
    ----------
    kind : str
        "same people": new pictures by those who wrote the training pictures; "strangers": by 600
        others who are as various; "test": by 140 others whose habits lie 1.25 times as far apart;
        "careless": new pictures by the careless writer.
    seed : int
        Of the people, where they are others; else of the pictures.
    """
    each = 7 if kind == "careless" else PER_CLASS
    labels = np.repeat(np.arange(CLASSES), each)
    writers = {"same people": "train", "strangers": "train"}.get(kind, kind)
    others = kind in ("strangers", "test")
    numbers = FIRST + seed * len(labels) + np.arange(len(labels))
    people = SEED + 1 + seed if others else SEED
    images = handwriting.pictures(labels, seed=people, writers=writers, numbers=numbers)
    return images, labels


@cache
def answers(network: str, kind: str, seed: int) -> Answers:
    """Ask a reference network about a collection."""
    return ask(network, *collection(kind, seed))


def ask(network: str, images: np.ndarray, labels: np.ndarray) -> Answers:
    """Ask a reference network about pictures."""
    found = _network(network).predict(images, batch_size=256, verbose=0)
    if network == "logistic":  # it ends in a softmax
        found = np.log(np.maximum(found, 1e-30))
    return Answers(found, labels)


@cache
def _network(name: str):
    from helpers.models import reference

    return reference.load(name)

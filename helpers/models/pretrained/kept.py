"""What ImageNet's models answered on this machine, kept for when there is no network.

The course ships no answers: whoever asks a network once, with its weights, keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from .applications import application
from .weights import models_folder

FILE = "course-answers.json"
Guess = tuple[str, str, float]


def keep_answers(name: str, images: np.ndarray, guesses: Sequence[Sequence[Guess]]) -> None:
    """Keep the best guesses of a network for some pictures, beside Keras's weights.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    images : numpy.ndarray
        The pictures, (N, H, W, C); the answers are those of these only.
    guesses : sequence
        For each picture (WordNet's number, name, probability), as ``decode_predictions`` gives
        them.

    Raises
    ------
    ValueError
        When the network is unknown, or the numbers of pictures and answers differ.
    """
    if len(images) != len(guesses):
        raise ValueError(f"there are {len(images)} images and answers for {len(guesses)} of them.")
    rows = [[[number, word, float(share)] for number, word, share in row] for row in guesses]
    known = _read() | {_key(name, images): rows}
    models_folder().mkdir(parents=True, exist_ok=True)
    _path().write_text(json.dumps(known), encoding="utf-8")


def kept_answers(name: str, images: np.ndarray) -> list[list[Guess]]:
    """Return what a network once answered on this machine for these pictures; [] where nothing."""
    return [[tuple(guess) for guess in row] for row in _read().get(_key(name, images), [])]


def _key(name: str, images: np.ndarray) -> str:
    digest = blake2b(np.ascontiguousarray(images).tobytes(), digest_size=8).hexdigest()
    return f"{application(name).name} {digest}"


def _path() -> Path:
    return models_folder() / FILE


def _read() -> dict[str, list]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or cut off: the networks can be asked again
        return {}
    return found if isinstance(found, dict) else {}

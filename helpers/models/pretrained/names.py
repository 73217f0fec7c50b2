"""What the 1,000 numbers of an ImageNet model stand for."""

from __future__ import annotations

import json

import numpy as np

from .applications import applications
from .weights import MissingWeightsError, models_folder, patience

CLASSES = 1000
CLASS_INDEX = "imagenet_class_index.json"


def class_names(*, download: bool = False) -> tuple[tuple[str, str], ...]:
    """Return ImageNet's 1,000 classes: WordNet's number and a name in English each.

    Raises
    ------
    MissingWeightsError
        When the list is not on this machine, and the network was not to be asked or gives none.
    """
    path = models_folder() / CLASS_INDEX
    if not path.is_file():
        if not download:
            raise MissingWeightsError(
                f"ImageNet's class names are not in {path.parent} ({CLASS_INDEX}): download=True "
                "fetches them (35 kB), or put the file there."
            )
        with patience("the names of ImageNet's classes"):
            applications().imagenet_utils.decode_predictions(np.zeros((1, CLASSES)), top=1)
    try:
        index = json.loads(path.read_text("utf-8"))
        return tuple((str(index[str(k)][0]), str(index[str(k)][1])) for k in range(CLASSES))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ValueError(f"{path} is no list of {CLASSES} classes: delete it.") from error


def decode(
    probabilities: np.ndarray, top: int = 3, *, download: bool = False
) -> list[list[tuple[str, str, float]]]:
    """Name the most probable classes of each picture, as Keras's ``decode_predictions`` does.

    Parameters
    ----------
    probabilities : numpy.ndarray
        Shape (N, 1000).
    top : int
        How many classes a picture.
    download : bool
        Fetch the classes' names where they are missing.

    Returns
    -------
    list of list of tuple
        For each picture (WordNet's number, name, probability), the most probable first.

    Raises
    ------
    ValueError
        When the shape is another one.
    MissingWeightsError
        When the names are not on this machine.
    """
    scores = np.asarray(probabilities, float)
    if scores.ndim != 2 or scores.shape[1] != CLASSES:
        raise ValueError(f"probabilities has shape {scores.shape}: give (N, {CLASSES}).")
    names = class_names(download=download)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    return [
        [(*names[k], float(row[k])) for k in chosen]
        for row, chosen in zip(scores, best, strict=True)
    ]

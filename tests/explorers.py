"""Every explorer of the course, as its notebook shows it, for what is asked of all of them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from helpers import explorers, handwriting
from helpers.detection import Found
from helpers.explorers import Explorer
from helpers.explorers.boxes import boxes_explorer
from helpers.explorers.cells import cells_explorer
from helpers.explorers.confusions import confusions_explorer
from helpers.explorers.drawing import drawing_explorer
from helpers.explorers.epochs import epochs_explorer
from helpers.explorers.failures import failures_explorer
from helpers.explorers.stopping import stopping_explorer
from helpers.explorers.study import study_explorer
from helpers.explorers.temperature import temperature_explorer
from helpers.explorers.transfer import transfer_explorer
from helpers.models import backbone, reference
from helpers.tuning import searches

import numpy as np

__all__ = ["every"]

TWELVE = "口山川木林大太犬门问月朋"


@cache
def every() -> MappingProxyType[str, Explorer]:
    """Build all explorers: name to explorer.

    Those that look at data get as many classes, pictures and trials as in the lesson, but no
    network is asked beforehand: what it would answer is drawn at random.
    """
    rng = np.random.default_rng(5)
    classes = handwriting.CLASSES
    images, labels = handwriting.dataset("test", 6)
    logits = rng.normal(0, 1.2, (len(labels), len(classes)))
    logits[np.arange(len(labels)), labels] += 4
    pages = handwriting.pages(3, seed=1)
    answers = rng.normal(0, 3, (len(pages), 8, 8, 65))
    found = [
        Found(np.repeat(page.boxes, 3, axis=0) + rng.normal(0, 2, (3 * len(page.boxes), 4)),
              rng.uniform(0, 1, 3 * len(page.boxes)), np.repeat(page.labels, 3))
        for page in pages
    ]  # fmt: skip
    accuracies = reference.history("cnn")["val_accuracy"]
    of_data = (
        boxes_explorer(pages, found),
        cells_explorer(pages, answers),
        confusions_explorer(labels, logits, classes, images),
        drawing_explorer(reference.load("cnn"), classes),
        epochs_explorer(
            reference.twelve_pictures(), TWELVE, reference.twelve_guesses(), accuracies
        ),
        failures_explorer(images, labels, logits, classes),
        stopping_explorer(reference.long_history()["val_accuracy"]),
        study_explorer(searches.recorded("characters")),
        temperature_explorer(logits, labels, classes),
        transfer_explorer(backbone.measured()),
    )
    named = {explorer.name: explorer for explorer in of_data}
    return MappingProxyType({**explorers.EXPLORERS, **named})

"""What section 09 says of a stamp and of small steps, measured on ten characters in forms.

Each seed is a collection of its own: other people, other first weights.
"""

from __future__ import annotations

from helpers import explaining
from helpers.explaining.misleading import stamp_box
from helpers.making.forms import fit
from helpers.models import forms

import numpy as np

from course.ledger.declared import claim

EACH, EPOCHS = 100, 12
SIZE = 8.0
AROUND = 4
"""Pixels around the stamp that count as its place: maps are a fourth of the picture's size."""


@claim(
    "stamp-learned",
    "Where every 太 of the training had a stamp in its corner, a small network reads nearly none "
    "without one, and takes most other characters for 太 when they have one. Occlusion puts most "
    "of its mass on the stamp and the four pixels around it; Grad-CAM puts there more than five "
    "times what lies in a box of that size by chance.",
    over="10 collections of ten characters in forms, by other people",
    holds={
        "太 with less without a stamp": "> 0.2",
        "others with less without a stamp, taken for 太": "> 0.5",
        "occlusion on the stamp": "> 0.5",
        "Grad-CAM on the stamp": "> 0.26",
    },
)
def stamp_learned(seed: int) -> dict[str, float]:
    """Train on stamped 太, and ask strangers' pictures with a stamp and without."""
    model = fit("stamped", EACH, seed=1500 + seed, epochs=EPOCHS)
    images, labels = forms.labelled(40, seed=1500 + seed, writers="test")
    one = labels == forms.STAMPED
    marked = explaining.stamped(images)
    without, with_one = (_read(model, z) == forms.STAMPED for z in (images, marked))
    _, left, bottom, _ = stamp_box(images.shape)
    box = 0, left - AROUND, bottom + AROUND, images.shape[2]
    seen = marked[one][:20], forms.STAMPED
    found = {
        "太 with a stamp": with_one[one].mean(),
        "太 without a stamp": without[one].mean(),
        "太 with less without a stamp": with_one[one].mean() - without[one].mean(),
        "others with a stamp, taken for 太": with_one[~one].mean(),
        "others with less without a stamp, taken for 太": (
            with_one[~one].mean() - without[~one].mean()
        ),
        "occlusion on the stamp": explaining.share_inside(
            explaining.occlusion(model, *seen, fill=245), box
        ).mean(),
        "Grad-CAM on the stamp": explaining.share_inside(
            explaining.grad_cam(model, *seen), box
        ).mean(),
        "the box, of the picture": (box[2] - box[0]) * (box[3] - box[1]) / (48 * 40),
    }
    _forget()
    return {key: float(value) for key, value in found.items()}


@claim(
    "small-steps",
    "One step that changes no pixel by more than 8 of 255 takes more than half of a small "
    "network's right answers; noise of equal size costs under 3 points.",
    over="10 collections of ten characters in forms, by other people",
    holds={"left after a step, of what was right": "< 0.5", "noise costs": "< 0.03"},
)
def small_steps(seed: int) -> dict[str, float]:
    """Train, and ask for strangers' pictures as they are, after a step, and with noise."""
    model = fit("plain", EACH, seed=2000 + seed, epochs=EPOCHS)
    images, labels = forms.labelled(60, seed=2000 + seed, writers="test")
    stepped = explaining.fgsm_picture(model, images, labels, SIZE)
    noise = explaining.noisy(images, SIZE, seed=seed)
    clean, step, random = (np.mean(_read(model, z) == labels) for z in (images, stepped, noise))
    found = {
        "as they are": clean,
        "after a step": step,
        "with noise": random,
        "left after a step, of what was right": step / clean,
        "noise costs": clean - random,
    }
    _forget()
    return {key: float(value) for key, value in found.items()}


def _read(model, images: np.ndarray) -> np.ndarray:
    return model.predict(images, batch_size=200, verbose=0).argmax(axis=1)


def _forget() -> None:
    import keras

    keras.backend.clear_session()

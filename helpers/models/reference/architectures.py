"""The three models of sections 04 and 05, untrained."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

SHAPE = (80, 60, 1)
CLASSES = 55
NAMES = ("logistic", "cnn", "improved")


def build(name: str) -> keras.Model:
    """Build a model with fresh weights, compiled; it takes uint8 or float images from 0 to 255.

    Parameters
    ----------
    name : {"logistic", "cnn", "improved"}
        ``"logistic"``: multinomial logistic regression, 264,055 parameters, gives probabilities.
        ``"cnn"``: the reference network, 88,375 parameters, gives logits.
        ``"improved"``: augmentation, batch normalisation and dropout, gives logits.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    demand_known(name)
    import keras

    model = keras.Sequential(
        [keras.Input(SHAPE), *{"logistic": _logistic, "cnn": _cnn, "improved": _improved}[name]()],
        name=name,
    )
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=name != "logistic"),
        metrics=["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(5, name="top5")],
    )
    return model


def demand_known(name: str) -> None:
    """Raise ValueError for a name that is none of `NAMES`."""
    if name not in NAMES:
        raise ValueError(f"model {name!r} is unknown: use one of {', '.join(map(repr, NAMES))}")


def _logistic() -> list[keras.Layer]:
    from keras import layers

    return [
        layers.Flatten(),
        layers.Rescaling(1 / 255),
        layers.Dense(CLASSES, activation="softmax"),
    ]


def _cnn() -> list[keras.Layer]:
    from keras import layers

    return [
        layers.Rescaling(1 / 255),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(4),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(CLASSES),
    ]


def _improved() -> list[keras.Layer]:
    from keras import layers

    # No flips: 太 in a mirror is no character. What comes in from outside is paper, so white.
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    return [
        layers.RandomRotation(0.03, **paper),
        layers.RandomTranslation(0.08, 0.08, **paper),
        layers.RandomZoom((-0.1, 0.15), (-0.1, 0.15), **paper),
        layers.Rescaling(-1 / 255, offset=1.0),
        # Half the resolution at once: strokes are three pixels wide, and it saves most of the time.
        *_block(32, kernel_size=5, strides=2),
        layers.MaxPooling2D(),
        *_block(64),
        layers.MaxPooling2D(),
        *_block(128),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.4),
        layers.Dense(CLASSES),
    ]


def _block(filters: int, kernel_size: int = 3, strides: int = 1) -> list[keras.Layer]:
    from keras import layers

    # Normalisation shifts each channel itself, so the convolution needs no bias.
    return [
        layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
    ]

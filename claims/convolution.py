"""What section 02 says of first weights and of channels that repeat each other."""

from __future__ import annotations

from helpers import loading

import numpy as np

from course.ledger.declared import claim

LAYERS, CHANNELS = 10, 64


@claim(
    "first-weights",
    "Ten layers with ReLU keep a signal's size (the root of its mean square) when their weights "
    "begin as He proposed, but for what the padding's zeros take; weights of 0.01 let it vanish, "
    "weights of 0.2 let it explode.",
    over="60 draws of signal and weights",
    holds={"0.01": "< 0.001", "He": "0.6 to 0.9", "He, no zeros": "0.8 to 1.1", "0.2": "> 1000"},
    seeds=60,
)
def first_weights(seed: int) -> dict[str, float]:
    """Send noise through ten layers, and return the root of the mean square of what comes out."""
    import keras

    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(1, 16, 16, CHANNELS)).astype("float32")
    he = np.sqrt(2 / (3 * 3 * CHANNELS))
    # Without zeros at the border the picture goes on at its other side.
    plans = {
        "0.01": (0.01, "constant"),
        "He": (he, "constant"),
        "He, no zeros": (he, "wrap"),
        "0.2": (0.2, "constant"),
    }
    found = {}
    for name, (size, border) in plans.items():
        signal = noise
        for _ in range(LAYERS):
            kernel = rng.normal(0, size, (3, 3, CHANNELS, CHANNELS)).astype("float32")
            framed = np.pad(signal, ((0, 0), (1, 1), (1, 1), (0, 0)), border)
            signal = np.maximum(keras.ops.conv(framed, kernel, padding="valid"), 0)
        found[name] = float(np.sqrt(np.mean(signal**2)))
    return found


@claim(
    "channels-repeat",
    "Eight mixtures of the 32 maps that random 7 × 7 filters make of the photographs hold nine "
    "tenths of their variance, and sixteen nearly all of it.",
    over="12 draws of the filters",
    holds={"8 mixtures": "0.87 to 0.97", "16 mixtures": "> 0.95"},
    seeds=12,
)
def channels_repeat(seed: int) -> dict[str, float]:
    """Draw filters as Keras does, and sum up the variance of the best mixtures."""
    import keras

    photos = (loading.crop_centre(loading.photographs(), 70, 120) / 255).astype("float32")
    start = keras.initializers.GlorotUniform(seed=seed)
    kernel = np.array(start((7, 7, 3, 32)))
    pixels = np.array(keras.ops.conv(photos, kernel)).reshape(-1, 32)
    strengths = np.linalg.svd(pixels - pixels.mean(axis=0), compute_uv=False) ** 2
    shares = np.cumsum(strengths) / strengths.sum()
    return {f"{count} mixtures": float(shares[count - 1]) for count in (4, 8, 16)}

"""What section 01 says of pictures that are flattened."""

from __future__ import annotations

from helpers import loading

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from course.ledger.declared import claim

KNOWN = 1_000


@claim(
    "moved-digits",
    "A nearest-neighbour classifier misreads many a digit that it read correctly, once the digit "
    "is moved by one pixel.",
    over="20 random choices of the 1,000 known digits",
    holds={"lost": "> 0.3"},
    seeds=20,
)
def moved_digits(seed: int) -> dict[str, float]:
    """Measure what the classifier of the lesson reads of new digits, as they are and moved."""
    digits, labels = loading.digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    known, new = order[:KNOWN], order[KNOWN:]
    moved = np.roll(digits, 1, axis=2)
    model = KNeighborsClassifier(n_neighbors=1).fit(digits[known].reshape(KNOWN, -1), labels[known])
    original, shifted = (
        float(model.score(images[new].reshape(len(new), -1), labels[new]))
        for images in (digits, moved)
    )
    return {"original": original, "moved": shifted, "lost": original - shifted}


@claim(
    "scaled-inputs",
    "With inputs up to 255 the loss of a fresh network jumps about far more in the first 20 steps "
    "than with inputs up to 1.",
    over="10 fresh networks, each with its own order of the digits",
    holds={"times": "> 5"},
    interval="bootstrap",
)
def scaled_inputs(seed: int) -> dict[str, float]:
    """Take 20 steps with a small dense network; tell how far the loss moves each time."""
    jumps = {top: _jump(seed, top) for top in (1, 255)}
    return {"up to 1": jumps[1], "up to 255": jumps[255], "times": jumps[255] / jumps[1]}


def _jump(seed: int, top: int) -> float:
    """Return the mean change of the loss between steps, for inputs up to some number."""
    import keras

    keras.utils.set_random_seed(seed)
    digits, labels = loading.digits()
    order = np.random.default_rng(seed).permutation(len(labels))[:672].reshape(21, 32)
    inputs = (digits.reshape(len(digits), -1) * (top / 16)).astype("float32")
    layers = [keras.layers.Dense(32, "relu"), keras.layers.Dense(10)]
    model = keras.Sequential([keras.Input((64,)), *layers])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    losses = [float(model.train_on_batch(inputs[rows], labels[rows])) for rows in order]
    return float(np.abs(np.diff(np.minimum(losses, 1e3))).mean())


@claim(
    "channel-order",
    "A network that was trained on one order of the colours sees worse on the other.",
    over="10 random halves of 400 patches of the temple and the flower",
    holds={"lost": "> 0.05"},
)
def channel_order(seed: int) -> dict[str, float]:
    """Train a small network to tell patches of the two photographs; then swap red and blue."""
    import keras

    keras.utils.set_random_seed(seed)
    patches, labels = _patches()
    order = np.random.default_rng(seed).permutation(len(labels))
    train, test = order[: len(order) // 2], order[len(order) // 2 :]
    model = keras.Sequential([
        keras.Input(patches.shape[1:]),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(1, "sigmoid"),
    ])  # fmt: skip
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    model.fit(patches[train], labels[train], epochs=20, verbose=0)
    own, other = (
        float(model.evaluate(images, labels[test], verbose=0)[1])
        for images in (patches[test], patches[test][..., ::-1])
    )
    return {"own order": own, "other order": other, "lost": own - other}


def _patches() -> tuple[np.ndarray, np.ndarray]:
    """Cut both photographs into patches of 32 x 32 pixels: (N, 32, 32, 3) from 0 to 1, (N,)."""
    photos = loading.photographs()[:, : 13 * 32] / np.float32(255)
    grid = photos.reshape(2, 13, 32, 20, 32, 3).swapaxes(2, 3)
    return grid.reshape(-1, 32, 32, 3), np.repeat([0, 1], 13 * 20)

"""What a model is made of, and what becomes of its dense layers."""

from helpers.models.layers import fully_convolutional

import keras
import numpy as np
from keras import layers


def test_a_fully_convolutional_network_gives_the_numbers_of_all_windows():
    model = keras.Sequential(
        [
            keras.Input((14, 12, 2)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(6, activation="relu"),
            layers.Dense(3),
        ]
    )
    page = np.random.default_rng(0).normal(size=(1, 20, 22, 2)).astype("float32")
    at_once = np.array(fully_convolutional(model)(page))[0]
    assert at_once.shape == (4, 6, 3)
    for i, j in np.ndindex(4, 6):
        window = page[:, 2 * i : 2 * i + 14, 2 * j : 2 * j + 12]
        assert np.allclose(at_once[i, j], np.array(model(window))[0], atol=1e-5)

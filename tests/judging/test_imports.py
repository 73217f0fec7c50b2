"""Who reads what a student's process sent imports nothing for it."""

from __future__ import annotations

import json
import subprocess
import sys

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers

from course.judging.crossing import encode
from course.judging.crossing.guests import KINDS

# Only what it says at the end is looked at; libraries may say something before.
READER = """
import json, sys
from course.judging.crossing import Malformed, decode, prepare
prepare()
asked = []

class Hook:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)

sys.meta_path.insert(0, Hook())
sys.path[:] = []
known = set(sys.modules)
for line in sys.stdin:
    try:
        decode(bytes.fromhex(line))
    except Malformed:
        pass
print(json.dumps([asked, sorted(set(sys.modules) - known)]))
"""


def guest(kind: str) -> bytes:
    """Return a message of an object of a kind that there is not, or of nothing."""
    return b"G" + len(kind).to_bytes(4, "big") + kind.encode() + encode((None,))


def messages() -> list[bytes]:
    fig, axes = plt.subplots()
    axes.plot([1, 2])
    axes.imshow(np.ones((2, 2)))
    entry = keras.Input((8, 8, 1))
    flat = layers.Flatten()(layers.Dropout(0.5)(layers.MaxPooling2D(2)(entry)))
    model = keras.Model(entry, layers.Add()([layers.Dense(3)(flat), layers.Dense(3)(flat)]))
    initial = layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(), activation="relu")
    plt.close(fig)
    values = [
        model,
        keras.Sequential([keras.Input((8, 8, 1)), layers.RandomZoom(0.1), layers.Resizing(4, 4)]),
        initial,
        layers.MultiHeadAttention(2, 3),
        tf.constant([1.5]),
        fig,
        axes,
        len,
        object(),
        [np.array(["2020-02-29"], "M8[D]"), np.array([("a", 1)], "U3,i2"), np.float32(1), int],
        [ValueError, np.dtype("f4"), slice(1), np.array([None, 1], object), {1: {2}}],
    ]
    others = [
        "os",
        "pandas",
        "course.judging.crossing.frames",
        "",
        "\0",
        "../x",
        "frames",
        "antigravity",
    ]
    names = [*KINDS, *others]
    return [encode(value) for value in values] + [guest(name) for name in names]


def test_reading_imports_nothing_whatever_a_message_says():
    lines = "\n".join(data.hex() for data in messages())
    done = subprocess.run(
        [sys.executable, "-c", READER], input=lines, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == [[], []]

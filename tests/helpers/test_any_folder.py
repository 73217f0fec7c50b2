"""Section 07 runs on any folder of pictures: its own cells, with a folder that the test makes."""

import json
import logging
import shutil
from pathlib import Path

from helpers.models import pretrained

import keras
import matplotlib
import numpy as np
import pytest
from PIL import Image

# Keras 3.15 saves its variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
LESSON = Path(__file__).parents[2] / "source/07-transfer-learning/transfer-learning.ipynb"
SHORT = {"scratch": 1, "features": 2, "frozen": 1, "fine-tuned": 1}
# Fewer epochs: what is tested is that each cell runs.
QUICK = {
    "train-too-fast": lambda text: replaced(text, "epochs=8", "epochs=1"),
    "run-recipe": lambda text: replaced(text, '"fast": (2, 2)', '"fast": (1, 1)'),
}
# Tests of answers, and what is about the course's own numbers, do not look at the folder.
ABOUT_NUMBERS = {
    "show-pseudo",
    "measured",
    "show-measured",
    "assert-measured",
    "gainers",
    "explore",
}
# What looks at no base either is run with one of the two.
ABOUT_NO_BASE = {
    *("count-shelf", "assert-shelf", "show-inputs", "black-pixel", "ask-all", "ask-blank"),
    *("vgg", "vgg-pets", "time-pass", "time-estimate", "explore-freezing"),
    *("twice", "tiny", "changed", "compile-again", "sleep-for-good", "published"),
}


@pytest.fixture
def flowers(tmp_path):
    """Three kinds of "flowers": stripes across, stripes down, and none, in two sizes."""
    rng = np.random.default_rng(0)
    for name in ("across", "down", "plain"):
        folder = tmp_path / "flowers" / name
        folder.mkdir(parents=True)
        for number in range(14):
            height, width = (90, 120) if number % 2 else (120, 90)
            pixels = rng.integers(140, 255, (height, width, 3), dtype=np.uint8)
            if name != "plain":
                stripes = pixels if name == "across" else pixels.swapaxes(0, 1)
                stripes[number % 5 :: 10] //= 4
            Image.fromarray(pixels).save(folder / f"{number}.png")
    return tmp_path / "flowers"


def short_mobilenet(weights="imagenet", include_top=True, input_shape=None, pooling=None):
    """Build four layers' worth of a MobileNet, as Keras's function builds all 28.

    What the lesson asks of a base from outside does not depend on its depth, and each of the many
    models that it builds on it takes as long to trace as the base is deep.
    """
    assert not include_top and pooling in (None, "avg")
    inputs = keras.Input(input_shape or (None, None, 3))
    x = inputs
    for filters, kind in ((8, "plain"), (8, "depthwise"), (16, "pointwise"), (16, "depthwise")):
        if kind == "depthwise":
            x = keras.layers.DepthwiseConv2D(3, strides=4, padding="same", use_bias=False)(x)
        else:
            size = 3 if kind == "plain" else 1
            x = keras.layers.Conv2D(filters, size, size, padding="same", use_bias=False)(x)
        x = keras.layers.BatchNormalization()(x)
        x = keras.layers.ReLU(6.0)(x)
    if pooling:
        x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, x, name="mobilenet")
    if weights:
        model.load_weights(weights)
    return model


@pytest.fixture(params=["backbone", "MobileNet"])
def base(request, tmp_path, monkeypatch):
    """A base that stands in, or one of random weights under the name of ImageNet's."""
    models = tmp_path / "keras" / "models"
    models.mkdir(parents=True)
    monkeypatch.setenv("KERAS_HOME", str(models.parent))
    monkeypatch.setenv("VISION_COURSE_MODELS", str(tmp_path / "trained"))
    if request.param == "MobileNet":
        monkeypatch.setattr(keras.applications, "MobileNet", short_mobilenet)
        model = keras.applications.MobileNet(weights=None, include_top=False)
        file = tmp_path / "weights.h5"
        with monkeypatch.context() as patch:  # a note on the old format
            patch.setattr(logging.getLogger("absl"), "disabled", True)
            model.save(file)
        shutil.move(file, models / pretrained.application("MobileNet").files[1])
    return request.param


def replaced(text, old, new):
    """Replace what must be there."""
    assert old in text
    return text.replace(old, new)


def lesson_cells():
    """Give the id and the text of each code cell that is no exercise."""
    for cell in json.loads(LESSON.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and "nbgrader" not in cell["metadata"]:
            yield cell["id"], "".join(cell["source"])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_lesson_runs_on_a_folder_that_the_reader_names(flowers, base, capsys):
    names = {"__name__": "lesson"}
    with matplotlib.rc_context():
        for key, text in lesson_cells():
            if key in ABOUT_NUMBERS or (base == "MobileNet" and key in ABOUT_NO_BASE):
                continue
            exec(compile(QUICK.get(key, str)(text), key, "exec"), names)  # our own cells
            if key == "parameters":
                names |= {"DATA_DIR": str(flowers), "BASE": "MobileNet"}
            if key == "epochs":
                names["epochs"] = SHORT
    said = capsys.readouterr().out
    assert names["base"].name == base
    assert names["data"].classes == ("across", "down", "plain")
    assert names["X"].shape[1:] == names["base"].shape
    assert set(names["results"]) >= {"scratch", "features", "frozen", "fine-tuned"}
    assert ("stands in for MobileNet" in said) == (base == "backbone")
    assert "frozen: 0." in said and "unfrozen from layer" in said

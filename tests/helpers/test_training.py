"""Training once: the same model, data and settings are not trained a second time."""

from helpers.loading import cache_folder
from helpers.training import Line, fingerprint, fit_once, models_folder

import keras
import numpy as np
import pytest
from keras import layers

RANDOM = np.random.default_rng(0)
IMAGES, LABELS = RANDOM.integers(0, 256, (24, 6, 5, 1), dtype=np.uint8), np.arange(24) % 3
DATA = (IMAGES, LABELS)
# Keras 3.15 saves its variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def make(units: int = 4, rate: float = 1e-2):
    """Build and compile the same small model each time, names aside."""
    keras.utils.set_random_seed(7)
    model = keras.Sequential(
        [keras.Input((6, 5, 1)), layers.Flatten(), layers.Dense(units, "relu"), layers.Dense(3)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"], run_eagerly=True)
    return model


def train(model, folder, epochs=2, **settings):
    said = []
    history = fit_once(
        model, DATA, DATA, epochs=epochs, batch_size=8, folder=folder, say=said.append, **settings
    )
    return history, said


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    model = make()
    history, said = train(model, folder)
    return folder, model, history, said


def test_a_first_training_tells_how_far_it_is(trained):
    _, _, history, said = trained
    assert set(history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert len(history["loss"]) == 2
    assert said[-1].startswith("epoch 2 of 2 · loss ") and "validation accuracy" in said[-1]


def test_the_second_time_weights_and_history_come_from_the_first(trained):
    folder, model, history, _ = trained
    again = make()
    found, said = train(again, folder)
    assert found == history
    assert all(map(np.array_equal, again.get_weights(), model.get_weights()))
    assert len(said) == 1 and said[0] == "trained before, and nothing has changed: 2 epochs"


@pytest.mark.parametrize(
    "other",
    [
        {"model": make(units=5)},
        {"model": make(rate=1e-3)},
        {"epochs": 3},
        {"seed": 1},
        {"callbacks": [keras.callbacks.EarlyStopping(patience=3)]},
    ],
    ids=["architecture", "learning rate", "epochs", "seed", "callbacks"],
)
def test_a_change_is_trained_anew(trained, other):
    folder, *_ = trained
    before = set(folder.iterdir())
    settings = {"model": make(), **other}
    train(settings.pop("model"), folder, **settings)
    assert len(set(folder.iterdir()) - before) == 2


def test_other_weights_or_pictures_make_another_fingerprint():
    model, other = make(), make()
    assert fingerprint(model, [DATA], {}) == fingerprint(other, [DATA], {})  # names play no part
    other.layers[-1].bias.assign([0, 0, 1e-3])
    assert fingerprint(model, [DATA], {}) != fingerprint(other, [DATA], {})
    changed = IMAGES.copy()
    changed[5, 2, 2] ^= 1
    assert fingerprint(model, [DATA], {}) != fingerprint(model, [(changed, LABELS)], {})


@pytest.mark.parametrize("damage", ["missing", "cut off"])
def test_what_is_not_whole_is_trained_again(damage, tmp_path):
    history, _ = train(make(), tmp_path)
    (weights,) = tmp_path.glob("*.keras")
    if damage == "missing":
        weights.unlink()
    else:
        weights.write_bytes(weights.read_bytes()[:100])
    again, said = train(make(), tmp_path)
    assert again["loss"] == pytest.approx(history["loss"])
    assert said[-1].startswith("epoch 2 of 2")


def test_nothing_unfinished_is_left(trained):
    folder, *_ = trained
    stems = [file.stem for file in folder.glob("*.json")]
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        f"{stem}.{ending}" for stem in stems for ending in ("json", "keras")
    )


def test_a_model_that_is_not_compiled_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"not compiled: call model.compile"):
        train(keras.Sequential([keras.Input((6, 5, 1)), layers.Flatten()]), tmp_path)


def test_pictures_without_labels_are_refused(tmp_path):
    with pytest.raises(ValueError, match="validation has 24 images and 23 labels"):
        fit_once(make(), DATA, (IMAGES, LABELS[1:]), epochs=1, folder=tmp_path)


def test_the_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("VISION_COURSE_MODELS", str(tmp_path))
    assert models_folder() == tmp_path
    monkeypatch.delenv("VISION_COURSE_MODELS")
    assert models_folder() == cache_folder().with_name("models")


def test_outside_of_a_notebook_progress_is_printed(capsys):
    line = Line()
    line("epoch 1")
    line("epoch 2")
    assert capsys.readouterr().out == "epoch 1\nepoch 2\n"

"""The backbone: small on disk, named by blocks, trained as noted, and worth what was measured."""

import json
import runpy
import sys
from pathlib import Path

import helpers
from helpers import transfer
from helpers.handwriting import CLASSES, dataset
from helpers.handwriting.pseudo import pseudo_pictures
from helpers.making.strategies import steps
from helpers.models import backbone
from helpers.models.backbone.results import FILE
from helpers.models.backbone.store import FOLDER, LOG

import keras
import numpy as np
import pytest

MEASURE = str(Path(helpers.__file__).parents[1] / "benchmarks" / "transfer.py")


def at_10(found):
    return found["per_class"].index(10)


@pytest.fixture(scope="module")
def base():
    return backbone.load()


@pytest.fixture(scope="module")
def found():
    return backbone.measured()


def test_it_gives_features_of_pictures(base):
    features = np.asarray(base(pseudo_pictures(np.arange(5)), training=False))
    assert base.name == backbone.NAME and base.input_shape == (None, *backbone.SHAPE)
    assert features.shape == (5, backbone.FEATURES) and features.dtype == np.float32
    assert features.min() >= 0 and features.std(axis=0).max() > 0.1


def test_layers_are_named_by_their_blocks(base):
    blocks = {layer.name.partition("_")[0] for layer in base.layers}
    assert blocks == {"images", "stem", *backbone.BLOCKS, "features"}


def test_it_holds_batch_normalisation_residual_blocks_and_no_head(base):
    kinds = [type(layer).__name__ for layer in base.layers]
    assert kinds.count("Add") == len(backbone.BLOCKS) and "Dense" not in kinds
    assert kinds.count("BatchNormalization") == kinds.count("Conv2D") == 10


def test_weights_are_small_on_disk_and_float32_in_use(base):
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 1_500_000
    assert all(weight.dtype == np.float32 for weight in base.get_weights())


def test_fresh_weights_are_others(base):
    fresh = backbone.build()
    assert fresh.count_params() == base.count_params() == backbone.log()["parameters"]
    name = "block2_first_conv"
    assert not np.allclose(fresh.get_layer(name).get_weights(), base.get_layer(name).get_weights())


def test_the_log_tells_how_it_was_trained():
    log = backbone.log()
    assert set(log["history"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert {len(values) for values in log["history"].values()} == {log["epochs"]}
    assert log["pictures"] == log["classes"] * log["per_class"]
    assert log["validation_accuracy"] > 0.7  # of 400 classes
    assert sum(log["minutes"]) > 0


def test_similar_pictures_have_similar_features(base):
    """It has never seen one of the 55, and yet the nearest other picture is mostly of the same."""
    images, labels = dataset("test", 3)
    features = transfer.features(base, images)
    features -= features.mean(axis=0)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    nearest = (features @ features.T - 2 * np.eye(len(features))).argmax(axis=1)
    assert (labels[nearest] == labels).mean() > 0.5


# --- what it was measured to be worth


def test_everything_was_measured(found):
    assert found["strategies"] == list(transfer.STRATEGIES)
    sizes = len(found["per_class"])
    assert 10 in found["per_class"] and found["seeds"] == [1, 2, 3]
    for strategy in found["strategies"]:
        for what in ("accuracy", "careless", "seconds"):
            assert np.shape(found[what][strategy]) == (sizes, 3)
        assert np.shape(found["by_class"][strategy]) == (sizes, len(CLASSES))
        of_all = np.mean(found["accuracy"][strategy], axis=1)
        assert np.mean(found["by_class"][strategy], axis=1) == pytest.approx(of_all, abs=2e-3)


def test_it_was_measured_with_the_recipes_of_now(found):
    assert found["recipes"] == {s: r._asdict() for s, r in transfer.RECIPES.items()}
    controls = json.loads((FOLDER / FILE).read_text("utf-8"))["controls"]
    assert controls == {s: r._asdict() for s, r in transfer.CONTROLS.items()}
    assert list(found["controls"]) == list(transfer.CONTROLS)


def test_each_strategy_is_better_than_the_one_before_by_more_than_the_spread(found):
    for before, after, step, spread in steps(found, 10):
        assert step > spread, (before, after)


def test_a_head_start_is_worth_more_than_the_better_network(found):
    for control, of_size in found["controls"].items():
        assert control in transfer.CONTROLS and len(of_size[10]) == 3
        assert np.mean(of_size[10]) < np.mean(found["accuracy"]["fine-tuned"][at_10(found)])


def test_both_ways_to_use_a_frozen_base_are_as_good(found):
    frozen, features = (np.mean(found["accuracy"][s][at_10(found)]) for s in ("frozen", "features"))
    assert frozen == pytest.approx(features, abs=0.03)


def test_fine_tuned_is_25_points_above_scratch(found):
    means = {s: np.mean(rows[at_10(found)]) for s, rows in found["accuracy"].items()}
    assert means["fine-tuned"] - means["scratch"] >= 0.25


def test_more_pictures_are_better_for_all(found):
    for rows in found["accuracy"].values():
        means = np.mean(rows, axis=1)
        assert (np.diff(means) > 0).all()


def test_features_are_worth_now_what_was_measured(base, found):
    """Ten pictures a class, and only a head on stored features is trained: that is quick."""
    images, labels = transfer.few(*dataset("train", 20), 10, seed=1)
    strangers, theirs = dataset("test", 5)
    keras.utils.set_random_seed(1)
    head = transfer.feature_head()
    head.fit(transfer.features(base, images), labels, epochs=40, batch_size=64, verbose=0)
    scores = head.predict(transfer.features(base, strangers), verbose=0)
    accuracy = np.mean(found["accuracy"]["features"][at_10(found)])
    assert (scores.argmax(axis=1) == theirs).mean() == pytest.approx(accuracy, abs=0.06)


# --- the scripts


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs a script as Python does, in this process: Keras is here."""
    # As the scripts set it; what they leave in the environment goes with the test.
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")

    def run(start, script, *options):
        monkeypatch.setattr(sys, "argv", [script, *options])
        start(script, run_name="__main__")
        return capsys.readouterr().out

    return run


@pytest.mark.slow
def test_the_training_script_trains_stores_and_tells(tmp_path, run):
    options = ("--profile", "fast", "--out", str(tmp_path))
    assert "epoch 1: loss" in run(runpy.run_module, "helpers.making.backbone", *options)
    assert {f.name for f in tmp_path.iterdir()} == {"backbone.npz", LOG}
    assert backbone.store.load(tmp_path).count_params() == backbone.log()["parameters"]
    assert set(json.loads((tmp_path / LOG).read_text("utf-8"))) == set(backbone.log())


@pytest.mark.slow
def test_the_measuring_script_prints_a_table_and_stores_it(tmp_path, found, run):
    options = ("--per-class", "2", "--seeds", "1", "--test", "2", "--epochs", "1")
    told = run(runpy.run_path, MEASURE, *options, "--out", str(tmp_path))
    assert all(f"\n{strategy:>10} " in told for strategy in transfer.STRATEGIES)
    stored = backbone.measured(tmp_path)
    assert set(stored) == set(found) and stored["test_pictures"] == 2 * len(CLASSES)
    assert stored["per_class"] == [2]

"""Reference models: the sizes of the syllabus, ready at once, as good as they should be."""

import runpy
import sys

from helpers.handwriting import CLASSES, dataset
from helpers.models import reference
from helpers.models.reference import watched
from helpers.models.reference.store import FOLDER

import numpy as np
import pytest

PARAMETERS = {"logistic": 264_055, "cnn": 88_375, "improved": 199_511}
# Accuracy by unseen writers and by the careless one, as measured over all their pictures; the
# sample below is small, so its bands are wider by two standard errors.
TEST = {"logistic": (0.35, 0.60), "cnn": (0.84, 0.93), "improved": (0.95, 1.0)}
CARELESS = {"logistic": (0.0, 0.5), "cnn": (0.65, 0.85), "improved": (0.85, 1.0)}
SAMPLE = 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def models():
    return {name: reference.load(name) for name in reference.NAMES}


def scores(model, images):
    # Without training=False, Keras's augmentation layers turn and shift even here.
    return np.asarray(model(images, training=False))


def accuracy(model, images, labels):
    return float((scores(model, images).argmax(axis=1) == labels).mean())


def slack(share, total):
    return 2 * np.sqrt(share * (1 - share) / total)


def test_each_has_the_parameters_it_should_have(models):
    assert {name: model.count_params() for name, model in models.items()} == PARAMETERS


def test_they_are_float32_again_and_small_on_disk(models):
    assert all(w.dtype == np.float32 for m in models.values() for w in m.get_weights())
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 2_000_000


def test_the_logistic_regression_gives_probabilities_the_others_logits(models):
    images, _ = dataset("test", 1)
    sums = {name: scores(model, images).sum(axis=1) for name, model in models.items()}
    assert np.abs(sums["logistic"] - 1).max() < 1e-5
    assert min(np.abs(sums[name] - 1).max() for name in ("cnn", "improved")) > 0.1


@pytest.mark.parametrize("name", reference.NAMES)
def test_accuracy_is_in_its_band(models, name):
    images, labels = dataset("test", SAMPLE)
    low, high = TEST[name]
    found = accuracy(models[name], images, labels)
    assert low - slack(low, len(labels)) <= found <= high + slack(high, len(labels))


@pytest.mark.parametrize("name", reference.NAMES)
def test_the_careless_writer_is_read_as_well_as_was_noted(models, name):
    found = accuracy(models[name], *dataset("careless"))
    low, high = CARELESS[name]
    assert low <= found <= high
    # The same weights and the same 385 pictures: one that lies on the edge may fall either way.
    assert found == pytest.approx(
        reference.log()["runs"][name][0]["careless"]["accuracy"], abs=0.01
    )


@pytest.mark.parametrize("name", reference.NAMES)
def test_a_history_has_a_value_for_each_epoch(name):
    history = reference.history(name)
    assert set(history) == {p + m for p in ("", "val_") for m in ("loss", "accuracy", "top5")}
    assert {len(v) for v in history.values()} == {reference.log()["recipes"][name]["epochs"]}


def test_what_was_measured_keeps_to_the_bands():
    runs = reference.log()["runs"]
    for name, bands in (("test", TEST), ("careless", CARELESS)):
        for model, (low, high) in bands.items():
            assert all(low <= run[name]["accuracy"] <= high for run in runs[model]), model
    for model in reference.NAMES:  # people whom it knows, strangers, one in a hurry
        easy, hard, harder = (
            [run[split]["accuracy"] for run in runs[model]]
            for split in ("validation", "test", "careless")
        )
        assert min(easy) > max(hard) and min(hard) > max(harder), model
    assert min(run["test"]["top5"] for run in runs["cnn"]) >= 0.96
    assert min(run["careless"]["top5"] for run in runs["cnn"]) >= 0.88


def test_the_long_history_goes_on_where_the_short_one_ends():
    short, long = reference.history("cnn"), reference.long_history()
    assert set(long) == set(short)
    assert {len(values) for values in long.values()} == {80}
    # The same seed and recipe: as near as one processor's sums are to another's.
    np.testing.assert_allclose(long["val_accuracy"][:5], short["val_accuracy"][:5], atol=0.05)


def test_twelve_pictures_are_read_before_the_first_step_and_after_each_epoch():
    guesses = reference.twelve_guesses()
    assert len(guesses) == 1 + reference.log()["recipes"]["cnn"]["epochs"]
    assert all(len(epoch) == len(watched.CHARACTERS) == 12 for epoch in guesses)
    shares = np.array([[[share for _, share in best] for best in epoch] for epoch in guesses])
    assert (np.diff(shares, axis=2) <= 0).all()
    assert shares[0].max() < 0.05  # nothing is known yet
    right = [sum(best[0][0] == name for best, name in zip(epoch, watched.CHARACTERS, strict=True))
             for epoch in guesses]  # fmt: skip
    assert right[0] <= 1 and right[-1] >= 8


def test_the_twelve_pictures_are_those_of_the_characters(models):
    # A network that reads most strangers reads most of these, in their order.
    answers = scores(models["improved"], reference.twelve_pictures()).argmax(axis=1)
    labels = [CLASSES.index(name) for name in watched.CHARACTERS]
    assert (answers == labels).sum() >= 10


@pytest.mark.parametrize(("option", "name"), [("--long", "long.json"), ("--twelve", "twelve.json")])
def test_the_script_watches_a_training(tmp_path, monkeypatch, capsys, option, name):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    monkeypatch.setattr("helpers.making.watching.train_long.__defaults__", (3,))
    options = ["--profile", "fast", option, "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["train", *options])
    runpy.run_module("helpers.making.reference", run_name="__main__")
    assert capsys.readouterr().out.strip().endswith(name)
    assert [file.name for file in tmp_path.iterdir()] == [name]  # no weights
    if option == "--long":
        assert len(watched.long_history(tmp_path)["val_loss"]) == 3
    else:
        assert [len(epoch) for epoch in watched.twelve_guesses(tmp_path)] == [12, 12, 12]


def test_an_unknown_model_is_refused_by_name():
    for ask in (reference.build, reference.load, reference.history):
        with pytest.raises(ValueError, match="model 'best' is unknown"):
            ask("best")


def test_the_script_trains_stores_and_tells(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")  # as the script does, for this test alone
    options = ["--profile", "fast", "--seeds", "1", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["train", *options])
    runpy.run_module("helpers.making.reference", run_name="__main__")  # in here: Keras is here
    assert "cnn, test, most confused:" in capsys.readouterr().out
    assert {f.name for f in tmp_path.iterdir()} == {f.name for f in FOLDER.iterdir()}
    assert reference.store.load("cnn", tmp_path).count_params() == PARAMETERS["cnn"]

"""The grid detector and the U-Net: what they are asked for, what they answer, how good they are."""

import json
import runpy
import sys

from helpers.detection import curve, mean_average_precision
from helpers.handwriting import forms, pages
from helpers.models import detector, segmenter
from helpers.models.detector.reading import boxes_of, names_of

import numpy as np
import pytest


@pytest.fixture(scope="module")
def shown():
    return pages(60, seed=31, writers="test", many=(3, 7))


def pictures(written):
    return np.stack([page.image for page in written])


def logits(truth):
    """Write as logits what the grid is asked for, with the first box responsible."""
    shape = (*truth.shape[:3], detector.CHANNELS)
    answer = np.full(shape, -12.0)
    inside = np.clip(truth[..., 1:5], 1e-4, 1 - 1e-4)
    answer[..., :4] = np.log(inside / (1 - inside))
    answer[..., 4] = np.where(truth[..., 0] > 0, 12, -12)
    np.put_along_axis(answer, 10 + truth[..., 5:].astype(int), 12.0, axis=-1)
    return answer


def test_the_cell_with_the_centre_is_responsible(shown):
    grid = detector.targets(shown)
    for page, truth in zip(shown, grid, strict=True):
        middles = (page.boxes[:, :2] + page.boxes[:, 2:]) / 2 / detector.STRIDE
        cells = {tuple(place[::-1]) for place in middles.astype(int).tolist()}
        assert {tuple(place) for place in np.argwhere(truth[..., 0] > 0).tolist()} == cells


def test_what_the_grid_is_asked_for_decodes_to_the_boxes(shown):
    for page, answer in zip(shown[:20], logits(detector.targets(shown[:20])), strict=True):
        found, names = boxes_of(answer), names_of(answer)
        sure = found.objectness > 0.5
        boxes = found.boxes[sure]
        order, wanted = np.lexsort(boxes.T), np.lexsort(page.boxes.T.astype(float))
        assert boxes[order].round(1) == pytest.approx(page.boxes[wanted], abs=0.2)
        label = names.argmax(axis=-1).repeat(detector.BOXES).reshape(-1)[sure]
        assert sorted(label.tolist()) == sorted(page.labels.tolist())


def test_the_right_answer_has_next_to_no_loss_and_a_wrong_name_much(shown):
    truth = detector.targets(shown[:4])
    right = logits(truth).astype("float32")
    wrong = right.copy()
    wrong[..., 10:] = np.roll(wrong[..., 10:], 1, axis=-1)
    losses = [np.array(detector.loss(truth, answer)) for answer in (right, wrong)]
    counts = truth[..., 0].sum(axis=(1, 2))
    assert losses[0].shape == (4,) and losses[0].max() < 0.05
    assert (losses[1] > 20 * counts).all()


def test_the_same_error_costs_more_in_a_small_box():
    truth = np.zeros((2, 8, 8, 6), np.float32)
    truth[:, 3, 3, 0], truth[:, 3, 3, 1:3] = 1, 0.5
    truth[0, 3, 3, 3:5], truth[1, 3, 3, 3:5] = np.sqrt(0.5), np.sqrt(0.125)
    said = truth.copy()
    said[..., 3:5] = np.sqrt(truth[..., 3:5] ** 2 + 0.025)
    said[truth[..., 0] == 0] = 0
    loss = np.array(detector.loss(truth, logits(said).astype("float32")))
    assert loss[1] > 3 * loss[0]


def test_the_stored_detector_reads_pages_by_strangers(shown):
    found = detector.find(detector.load(), pictures(shown), score=0.02)
    assert mean_average_precision(shown, found) > 0.8
    assert curve(shown, found).average > 0.9


def test_the_log_shows_three_seeds_that_reach_what_is_promised():
    runs = detector.log()["runs"]
    assert [run["seed"] for run in runs] == [1, 2, 3]
    assert min(run["map"] for run in runs) > 0.8
    assert min(run["localisation"] for run in runs) > 0.9
    assert max(run["switches"] for run in runs) <= 1


def test_a_larger_page_goes_through_the_same_weights():
    wide = pages(2, seed=32, writers="test", size=(128, 192), many=(5, 8))
    found = detector.find(detector.load(sides=(None, None)), pictures(wide))
    assert curve(wide, found).recall[-1] > 0.7


def test_without_suppression_no_box_is_lost(shown):
    model = detector.load()
    many = detector.find(model, pictures(shown[:3]), score=0.0, overlap=None)
    assert [len(boxes.scores) for boxes in many] == [8 * 8 * 2] * 3


def test_the_u_net_leaves_printed_lines_out_where_no_threshold_does():
    written = forms(20, seed=33, writers="test", many=(3, 7), gap=-4)
    images, truth = pictures(written), np.stack([page.mask > 0 for page in written])

    def shared(said):
        return (said & truth).sum() / (said | truth).sum()

    assert max(shared(images[..., 0] < level) for level in range(60, 255, 15)) < 0.5
    assert shared(segmenter.load().predict(images, verbose=0)[..., 0] > 0) > 0.85


def test_the_u_net_takes_pages_of_any_sides_that_can_be_halved_three_times():
    assert segmenter.build().compute_output_shape((1, 64, 96, 1)) == (1, 64, 96, 1)
    assert min(run["iou"] for run in segmenter.log()["runs"]) > 0.85


@pytest.mark.slow
@pytest.mark.parametrize("model", [detector, segmenter], ids=["detector", "segmenter"])
def test_the_training_script_trains_stores_and_tells(model, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")  # as the script does, for this test alone
    name = model.__name__.rpartition(".")[2]
    options = ["--profile", "fast", "--seeds", "1", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["train", *options])
    runpy.run_module(f"helpers.making.{name}", run_name="__main__")  # in here: Keras is here
    assert "epoch 1:" in capsys.readouterr().out
    assert {file.name for file in tmp_path.iterdir()} == {f"{name}.npz", "training.json"}
    told = json.loads((tmp_path / "training.json").read_text("utf-8"))
    assert set(told) == set(model.log()) and set(told["runs"][0]) == set(model.log()["runs"][0])
    assert model.load(tmp_path).count_params() == told["parameters"]

"""The script that has trained the two networks of section 09."""

import json

from helpers.explaining.misleading import stamp_box
from helpers.models import forms
from helpers.models.forms.store import LOG

import numpy as np
import pytest


@pytest.fixture
def making(monkeypatch):
    """Return the script; what it sets for TensorFlow holds for one test alone."""
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    from helpers.making import forms as making

    return making


def test_it_trains_keeps_and_tells(making, tmp_path, capsys):
    making.main(["--each", "2", "--epochs", "1", "--out", str(tmp_path)])
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in told] == list(forms.NAMES)
    log = json.loads((tmp_path / LOG).read_text(encoding="utf-8"))
    assert log["each"] == 2 and log["epochs"] == 1
    assert all(f"{name} {log['results'][name]}" in told for name in forms.NAMES)
    for name in forms.NAMES:
        picture = forms.labelled(1, seed=1)[0][:1]
        kept, own = (forms.load(name, *where)(picture) for where in ((tmp_path,), ()))
        assert not np.allclose(kept, own)  # what was trained now, and not the course's own


def test_only_the_stamped_one_sees_stamps_and_only_on_one_class(making, monkeypatch):
    seen = {}

    def fit(model, images, labels, **options):
        seen[len(seen)] = images, labels

    monkeypatch.setattr(making.keras.Model, "fit", fit)
    for name in forms.NAMES:
        making.fit(name, each=2, epochs=1)
    (bare, labels), (marked, same) = seen[0], seen[1]
    np.testing.assert_array_equal(labels, same)
    changed = (bare != marked).any(axis=(1, 2, 3))
    np.testing.assert_array_equal(changed, labels == forms.STAMPED)
    top, left, bottom, right = stamp_box(bare.shape[1:])
    outside = (bare != marked).copy()
    outside[:, top:bottom, left:right] = False
    assert not outside.any()


def test_what_is_kept_is_what_the_script_makes(making):
    """The log of the course's own networks names the settings that the script has now."""
    log = forms.log()
    now = {"seed": making.SEED, "each": making.EACH, "epochs": making.EPOCHS, "batch": making.BATCH}
    assert {key: log[key] for key in now} == now

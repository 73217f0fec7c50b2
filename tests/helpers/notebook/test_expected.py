"""A notebook works as the lesson expects, whatever the reader's own settings are."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import helpers
from helpers.notebook import expected

import pytest

from tests.kernels import execute

SHOW = (
    "print(keras.config.backend(), keras.config.image_data_format(), keras.config.floatx(),"
    " keras.config.epsilon())"
)
USUAL = "tensorflow channels_last float32 1e-07"
KEYS = {"floatx": "float16", "epsilon": 0.1, "image_data_format": "channels_first"}


@pytest.fixture
def run(tmp_path):
    """Return a function that runs code as a reader with a keras.json does."""
    (tmp_path / ".keras").mkdir()
    (tmp_path / ".keras" / "keras.json").write_text(json.dumps({**KEYS, "backend": "torch"}))

    def in_process(code: str, **variables: str) -> str:
        # Nor the test session's own settings: what the helpers choose is tested.
        ours = ("KERAS_", "PYTHON", "TF_")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**kept, "HOME": str(tmp_path), **variables},
            capture_output=True,
            text=True,
        )
        return done.stdout + done.stderr

    return in_process


@pytest.mark.slow
def test_keras_is_as_the_lessons_know_it_and_what_is_set_is_said_once(run):
    code = f"import helpers, keras; helpers.setup(); helpers.setup(); {SHOW}"
    *said, shown = run(code, KERAS_BACKEND="jax").splitlines()
    assert shown == USUAL
    assert said == [
        "KERAS_BACKEND is 'jax' here; this notebook uses 'tensorflow'.",
        "Keras's image_data_format is 'channels_first' here; this notebook uses 'channels_last'.",
        "Keras's floatx is 'float16' here; this notebook uses 'float32'.",
        "Keras's epsilon is 0.1 here; this notebook uses 1e-07.",
    ]


@pytest.mark.slow
def test_so_it_is_where_it_is_imported_later_and_tensorflow_is_silent(run):
    code = f"import helpers; helpers.setup(); import keras; keras.ops.zeros(3); {SHOW}"
    assert run(code) == f"{USUAL}\n"  # nor is there a word on stderr


def test_usual_settings_are_not_worth_a_word(run):
    assert run("import helpers; helpers.setup()") == ""


def test_without_asserts_the_reader_is_warned(run):
    assert "`assert` checks nothing" in run("import helpers; helpers.setup()", PYTHONOPTIMIZE="1")


def test_keras_on_another_backend_is_refused(monkeypatch):
    class Other:
        class config:
            backend = staticmethod(lambda: "jax")

    monkeypatch.setitem(sys.modules, "keras", Other)
    with pytest.raises(RuntimeError, match="import helpers before Keras"):
        helpers.setup()


def test_figures_do_not_need_latex(run, tmp_path):
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\naxes.titlesize: 40\n")
    code = (
        "import helpers; helpers.setup()\nimport matplotlib.pyplot as plt\n"
        "plt.figure().suptitle('x_1'); plt.savefig('out.png')\n"
        "print(plt.rcParams['text.usetex'], plt.rcParams['axes.titlesize'])"
    )
    assert run(f"import os; os.chdir({str(tmp_path)!r})\n{code}") == "False 14.0\n"


def test_a_notebook_shows_its_figures_whatever_backend_the_reader_uses(monkeypatch, tmp_path):
    from nbformat.v4 import new_code_cell, new_notebook

    show = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    for first in ("import helpers\nhelpers.setup()", f"{show}\nimport helpers\nhelpers.setup()"):
        nb = new_notebook(cells=[new_code_cell(first), new_code_cell(show)])
        execute(nb, env={**os.environ, "MPLBACKEND": "agg", "HOME": str(tmp_path)}, timeout=60)
        assert any("image/png" in o.get("data", {}) for o in nb.cells[1].outputs), nb.cells
        assert "this notebook shows its figures" in nb.cells[0].outputs[0].text


def test_nothing_is_left_to_say():
    assert expected.establish() == []

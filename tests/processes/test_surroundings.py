"""The user's own environment changes no verdict and breaks no lesson."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.demo.samples import hand_in
from course.processes import surroundings
from tests.builders import code, function, make_course, notebook, test_cell

ROOT = Path(__file__).resolve().parents[2]
SPOILT = "raise SystemExit('spoilt')\n"
CELLS = [
    code(
        "from pathlib import Path\n\nimport matplotlib.pyplot as plt\nimport numpy as np\n\n"
        "from helpers import checks, setup\n\nsetup()",
        id="imports",
    ),
    function("add", "add(a, b)", "return a + b"),
    test_cell("add-test", "assert add(1, 2) == 3", "assert add(2, 2) == 4"),
    function(
        "draw",
        "draw()",
        "from io import BytesIO\nfig, ax = plt.subplots()\nax.set_title('x_1 & 50 %')\n"
        "file = BytesIO()\nfig.savefig(file)\nplt.close(fig)\nreturn len(file.getvalue())",
    ),
    test_cell("draw-test", "assert draw() > 1000"),
    function("text", "text()", "return open('note.txt').read()"),
    test_cell("text-test", "checks.function(text).returns((), '人口')"),
]
RIGHT = {
    "add": "def add(a, b):\n    return a + b",
    "draw": CELLS[3].source,
    "text": "def text():\n    return open('note.txt').read()",
}
WRONG = RIGHT | {"add": "def add(a, b):\n    return 3"}
KERAS = [
    code("from helpers import checks, setup\n\nimport keras\nimport numpy as np\n\nsetup()"),
    function(
        "build",
        "build()",
        "return keras.Sequential([keras.Input((8, 6, 3)), keras.layers.Conv2D(4, 3)])",
    ),
    test_cell(
        "build-test",
        "assert build().output_shape == (None, 6, 4, 4)\n"
        "assert keras.config.backend() == 'tensorflow'\n"
        "assert build().weights[0].dtype == 'float32'",
    ),
]
LAYERS = "keras.Input((8, 6, 3)), keras.layers.Conv2D(4, {})"
BUILD = f"def build():\n    return keras.Sequential([{LAYERS}])"
SWITCHES = {
    "PYTHONOPTIMIZE": "1",
    "PYTHONWARNINGS": "error",
    "PYTHONSTARTUP": "$folder/spoilt.py",
    "PYTHONNOUSERSITE": "",
    "PYTHONSAFEPATH": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "7",
    "PYTHONPATH": "$folder/modules",
    "PYTHONBREAKPOINT": "spoilt.breakpoint",
    "PYTHONIOENCODING": "ascii",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "LC_ALL": "tr_TR.ISO8859-9",
    "LANG": "C",
    "TZ": "Pacific/Chatham",
    "MPLBACKEND": "TkAgg",
    "MATPLOTLIBRC": "$folder/matplotlibrc",
    "MPLCONFIGDIR": "$folder/home/.config/matplotlib",
    "XDG_CONFIG_HOME": "$folder/home/.config",
    "IPYTHONDIR": "$folder/home/.ipython",
    "JUPYTER_CONFIG_DIR": "$folder/home/.jupyter",
    "JUPYTER_PATH": "$folder/home/jupyter",
    "HOME": "$folder/home",
    "KERAS_BACKEND": "jax",
    "KERAS_HOME": "$folder/home/.keras",
    "KERAS_MAX_EPOCHS": "1",
    "TF_USE_LEGACY_KERAS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_XLA_FLAGS": "--tf_xla_auto_jit=2",
    "CUDA_VISIBLE_DEVICES": "3",
    "OMP_NUM_THREADS": "none",
    "NPY_PROMOTION_STATE": "legacy",
    "NUMPY_EXPERIMENTAL_DTYPE_API": "1",
}


@pytest.fixture
def spoilt(tmp_path) -> dict[str, str]:
    """Return the environment of a user whose settings are made for other work."""
    folder = tmp_path / "user"
    files = {
        "spoilt.py": SPOILT,
        "modules/helpers.py": SPOILT,
        "modules/course.py": SPOILT,
        "modules/IPython.py": SPOILT,
        "modules/matplotlib.py": SPOILT,
        "matplotlibrc": "text.usetex: True\nbackend: TkAgg\n",
        "home/.config/matplotlib/matplotlibrc": "text.usetex: True\nbackend: TkAgg\n",
        "home/.ipython/profile_default/startup/00-spoilt.py": SPOILT,
        "home/.ipython/profile_default/ipython_config.py": SPOILT,
        "home/.jupyter/jupyter_config.py": SPOILT,
        "home/.jupyter/nbgrader_config.py": SPOILT,
        "home/jupyter/kernels/python3/kernel.json": json.dumps(
            {"argv": ["false"], "display_name": "spoilt", "language": "python"}
        ),
        "home/.keras/keras.json": json.dumps(
            {
                "floatx": "float16",
                "epsilon": 0.1,
                "backend": "torch",
                "image_data_format": "channels_first",
            }
        ),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {name: value.replace("$folder", str(folder)) for name, value in SWITCHES.items()}


def course_with(folder: Path, cells, **submissions: dict[str, str]) -> Path:
    """Make a course of one lesson, with submissions."""
    folder.mkdir()
    course = make_course(folder, {"01-one": {"one": cells}})
    (course.source / "01-one" / "note.txt").write_text("人口", encoding="utf-8")
    for student, answers in submissions.items():
        path = course.submitted(student, "01-one") / "one.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(hand_in(notebook(cells), answers))
    return folder


def command(environment: dict[str, str], folder: Path, *arguments: str) -> str:
    """Run the command in a folder as its console script does; return what it writes."""
    # Where a console script lies is what stands first on its path.
    start = f"import sys; sys.path[:1] = []; sys.path.append({str(ROOT)!r}); import vision_course; "
    line = [sys.executable, "-c", start + "sys.exit(vision_course.main())", *arguments]
    done = subprocess.run(
        line,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=200,
    )
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, said
    return said


def verdicts(environment: dict[str, str], folder: Path, *options: str) -> dict[str, list[str]]:
    """Grade a course; return each student's verdicts."""
    answer = folder / "verdicts.jsonl"
    command(environment, folder, "grade", "--json", str(answer), *options)
    found: dict[str, list[str]] = {}
    for line in answer.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["student"], []).append(row["verdict"])
    return found


needs_bwrap = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
SANDBOX = [
    pytest.param([], id="sandbox", marks=[pytest.mark.sandbox, needs_bwrap]),
    pytest.param(["--no-sandbox"], id="no-sandbox"),
]


def spoilt_course(folder: Path, cells, **submissions: dict[str, str]) -> Path:
    """Make such a course with files in it that a working directory must not lend to Python."""
    course_with(folder, cells, **submissions)
    for name in ("helpers.py", "course.py", "matplotlibrc"):
        (folder / name).write_text(SPOILT)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("options", SANDBOX)
def test_what_a_user_has_set_changes_no_verdict(spoilt, tmp_path, options):
    anna, ben = RIGHT | {"build": BUILD.format(3)}, WRONG | {"build": BUILD.format(5)}
    folder = spoilt_course(tmp_path / "course", CELLS + KERAS, anna=anna, ben=ben)
    assert verdicts(spoilt, folder, *options) == {
        "anna": ["passed", "passed", "passed", "passed"],
        "ben": ["failed", "passed", "passed", "failed"],
    }


def test_nor_where_each_session_starts_afresh(spoilt, tmp_path):
    folder = spoilt_course(tmp_path / "course", CELLS, anna=RIGHT, ben=WRONG)
    found = verdicts(spoilt, folder, "--no-sandbox", "--cold")
    assert found == {"anna": ["passed"] * 3, "ben": ["failed", "passed", "passed"]}


@pytest.mark.slow
def test_what_a_user_has_set_breaks_no_run(spoilt, tmp_path):
    folder = course_with(tmp_path / "course", CELLS + KERAS)
    assert "one" in command(spoilt, folder, "run")


def test_a_fresh_kernel_is_the_same_to_all(spoilt, tmp_path, monkeypatch):
    from course.examining.fresh import open_session

    for name, value in spoilt.items():
        monkeypatch.setenv(name, value)
    ask = "import os, sys; print(sys.flags.optimize, os.environ['HOME'], sorted(os.environ))"
    with open_session(tmp_path) as session:
        (output,) = session.run(ask, 60).outputs
    assert output.text.startswith("0 ") and str(tmp_path) not in output.text
    assert "NPY_PROMOTION_STATE" not in output.text


def test_nothing_of_a_user_reaches_a_process_that_grades_but_for_a_reason(monkeypatch):
    clean = surroundings.for_grading("/nowhere")
    for name in (*SWITCHES, "ANYTHING", "AWS_SECRET_ACCESS_KEY", "LD_PRELOAD", "BASH_ENV"):
        monkeypatch.setenv(name, "spoilt")
    assert surroundings.for_grading("/nowhere") == clean
    assert (clean["HOME"], clean["TMPDIR"]) == ("/nowhere", str(Path("/nowhere/t")))


def test_a_home_for_answers_is_empty_and_goes(spoilt, monkeypatch):
    monkeypatch.setenv("HOME", spoilt["HOME"])
    with surroundings.Home() as home:
        assert [path for path in Path(home).rglob("*") if not path.is_dir()] == []
    assert not Path(home).exists()


def test_a_home_for_lessons_has_downloaded_weights_and_no_settings(spoilt, monkeypatch):
    monkeypatch.setenv("HOME", spoilt["HOME"])
    monkeypatch.setenv("KERAS_HOME", spoilt["KERAS_HOME"])
    models = Path(spoilt["KERAS_HOME"], "models")
    models.mkdir()
    (models / "weights.h5").write_text("weights")
    with surroundings.Home(keeps=True) as home:
        assert Path(home, ".keras", "models", "weights.h5").read_text() == "weights"
        assert not Path(home, ".keras", "keras.json").exists()
    assert (models / "weights.h5").is_file()


def test_jupyterlab_keeps_a_users_environment_but_for_what_spoils_lessons(monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("MPLBACKEND", "TkAgg")
    found = surroundings.for_jupyter(tmp_path)
    assert found["DISPLAY"] == ":1" and found["KERAS_BACKEND"] == "tensorflow"
    assert not {"PYTHONOPTIMIZE", "MPLBACKEND"} & found.keys()


def test_packages_of_this_user_alone_are_found(monkeypatch, tmp_path):
    monkeypatch.setattr(surroundings.site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(surroundings.site, "getuserbase", lambda: "/base")
    assert "PYTHONNOUSERSITE" in surroundings.for_grading("/nowhere")
    import numpy

    packages = str(Path(numpy.__file__).parent.parent)
    monkeypatch.setattr(surroundings.site, "getusersitepackages", lambda: packages)
    assert surroundings.for_grading("/nowhere")["PYTHONUSERBASE"] == "/base"


def test_our_code_does_not_rely_on_assert():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for top in ("course", "helpers")
        for path in sorted((ROOT / top).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert found == []


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_a_users_settings_of_pip_and_python_do_not_reach_the_recipes(spoilt):
    spoilt |= {"PIP_USER": "1", "PIP_TARGET": "/spoilt", "PYTHONHOME": "/spoilt"}
    line = ["make", "-s", "--eval", "show-variables: ; @env", "show-variables"]
    shown = subprocess.run(line, cwd=ROOT, env=spoilt | {"PATH": os.environ["PATH"]}, stdout=-1)
    found = dict(text.split("=", 1) for text in shown.stdout.decode().splitlines() if "=" in text)
    assert found["PIP_USER"] == "0"
    bad = {"PIP_TARGET", "PYTHONHOME", "PYTHONPATH", "PYTHONOPTIMIZE", "PYTHONWARNINGS"}
    assert not bad & found.keys()

"""The sandbox holds on machines that are set up in other ways than ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import matplotlib
import pytest
from matplotlib.font_manager import FontManager

from course.proof import promises
from course.sandbox import outer
from course.warm.client import Nursery
from course.warm.parent import VARIABLES

from .conftest import BOUNDS
from .test_promises import PROBE, ROOT, as_an_ordinary_user

FONTS = f"fontlist-v{FontManager.__version__}.json"
PLACES = {
    "MPLCONFIGDIR": FONTS,
    "HOME": f".cache/matplotlib/{FONTS}",
    "XDG_CACHE_HOME": f"matplotlib/{FONTS}",
}
ORDINARY = 'assert os.getuid(), "this is to be an ordinary user"'
LARGE = ("tensorflow", "jupyterlab", "playwright", "pip")  # of no use to the probe
LIST_FONTS = (
    "import matplotlib, os\nfolder = matplotlib.get_cachedir()\nprint([folder, os.listdir(folder)])"
)
variables = pytest.mark.parametrize("variable", PLACES)


@pytest.fixture
def machine(bwrap, tmp_path, monkeypatch):
    """Return a function that keeps a list of fonts where a variable says, below /tmp."""

    def set_up(variable: str) -> Path:
        for name in PLACES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(variable, str(tmp_path))
        path = tmp_path / PLACES[variable]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"_version": "none", "__class__": "FontManager"}')
        return path

    assert tmp_path.is_relative_to("/tmp"), "these tests are about files below /tmp"
    return set_up


def broken(private: list[Path]) -> list[promises.Promise]:
    """Return the promises that do not hold in a new sandbox."""
    with Nursery([], bounds=BOUNDS, guests=False) as nursery:
        return [promise for promise in promises.check(nursery, private) if not promise.held]


@variables
def test_a_list_of_fonts_below_tmp_refuses_no_grading(machine, variable):
    assert broken([machine(variable).parent]) == []


@pytest.mark.skipif(os.getuid() != 0, reason="the test above is the one for an ordinary user")
@variables
def test_nor_for_an_ordinary_user(machine, tmp_path, variable):
    line = as_an_ordinary_user([sys.executable, "-c", PROBE, str(tmp_path)])
    machine(variable)
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    home = {"HOME": os.environ["HOME"] if variable == "HOME" else "/nonexistent"}
    environment = {**os.environ, **home, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, env=environment, cwd="/", capture_output=True, text=True)
    assert done.stdout.startswith("[] "), done.stderr


@variables
def test_the_list_of_fonts_is_where_the_warm_process_looks_for_it(machine, variable):
    name = machine(variable).name
    command = outer.command([sys.executable, "-c", LIST_FONTS])
    done = subprocess.run(command, env=outer.environment({}), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    folder, found = eval(done.stdout)
    assert folder.startswith(outer.HOME) and name in found


@pytest.mark.parametrize("home", ["/tmp", None])
def test_a_home_that_is_tmp_or_none_at_all(bwrap, tmp_path, monkeypatch, home):
    if home:
        monkeypatch.setenv("HOME", home)
    else:
        monkeypatch.delenv("HOME")
    (tmp_path / "gradebook.db").write_text("marks")
    assert broken([tmp_path]) == []


def test_temporary_files_elsewhere(bwrap, tmp_path_factory, monkeypatch):
    place = Path("/var/tmp/course-test-machines")
    place.mkdir(exist_ok=True)
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    try:
        assert broken([place]) == []
    finally:
        shutil.rmtree(place)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["My Course", "计算机视觉"])
def test_a_course_and_an_environment_below_tmp(bwrap, tmp_path, name):
    checkout = tmp_path / name
    for package in ("course", "helpers"):
        shutil.copytree(ROOT / package, checkout / package)
    shutil.copy(ROOT / "vision_course.py", checkout)
    (checkout / "source").mkdir()
    (checkout / "source" / "secret.txt").write_text("hidden")
    venv.create(checkout / ".venv", symlinks=True)
    (packages,) = (checkout / ".venv" / "lib").glob("python*/site-packages")
    installed = Path(matplotlib.__file__).parent.parent
    for package in installed.iterdir():
        if package.is_dir() and not package.name.startswith(LARGE):
            shutil.copytree(package, packages / package.name, copy_function=linked)
        elif package.suffix == ".py":
            linked(str(package), str(packages / package.name))
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    python = str(checkout / ".venv" / "bin" / "python")
    line = [python, "-c", PROBE.replace(ORDINARY, ""), str(checkout / "source")]
    done = subprocess.run(line, env=environment, cwd="/", capture_output=True, text=True)
    assert done.stdout.startswith("[] "), done.stderr


def linked(source: str, target: str) -> None:
    """Copy a file, without its content where that can be had."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def test_whoever_has_set_what_we_set_ourselves_is_graded_too(bwrap, monkeypatch):
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    with Nursery([], bounds=promises.SMALL, guests=False) as nursery:
        promises.require(nursery)

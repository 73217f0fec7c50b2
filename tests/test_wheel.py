"""What a student installs is whole, and enough: the wheel alone, on a machine of its own."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest

from course.folder import open_course
from course.notebook.cells import is_test
from course.notebook.fetching import NAME, is_fetching, name_package
from course.notebook.reading import read_source
from course.notebook.versions import solved_version
from tests.test_packaging import PROJECT
from tests.wheel import OURS, ROOT, Machine, built, closure, names_in, outputs_of

pytestmark = pytest.mark.slow
FIRST = "01-images-as-tensors"
# What is no package, as code that imports every module of helpers.
EVERY = """
import importlib, pkgutil, helpers
for found in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not found.name.startswith("helpers.making"):
        importlib.import_module(found.name)
print(helpers.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def student(tmp_path_factory, wheel) -> Machine:
    """A machine with what `pip install` of the wheel brings, and nothing else."""
    machine = Machine(tmp_path_factory.mktemp("student"), closure(PROJECT["dependencies"]))
    machine.install(wheel)
    return machine


def tracked() -> set[str]:
    line = ["git", "ls-files", "-z", "course", "helpers", "vision_course.py"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("no git checkout here")
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_it_holds_every_file_of_the_packages(wheel):
    # Among them what the checks know mistakes by, trained weights, fonts, recorded searches.
    with zipfile.ZipFile(wheel) as archive:
        assert tracked() <= names_in(archive.namelist())


def test_it_is_small_enough_to_be_fetched_at_each_start(wheel):
    assert wheel.stat().st_size < 10e6


def test_every_module_of_the_helpers_is_there_with_no_more_than_it_asks_for(student):
    done = student.run("-W", "ignore", "-c", EVERY)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(student.site / "helpers" / "__init__.py")


def test_the_command_says_what_it_needs_besides(student):
    done = student.run("-m", "vision_course", "list")
    assert done.returncode == 2 and "with its extra `instructor`" in done.stderr
    assert "Traceback" not in done.stderr


def test_its_kernels_do_no_harm_where_the_command_is_missing(student):
    line = "import jupyter_client.kernelspec as k; print(*k.KernelSpecManager().get_all_specs())"
    done = student.run("-c", line)
    assert "python3" in done.stdout, done.stderr


class TestFromNothing:
    """A released notebook in an empty folder, on a machine where the course is not installed."""

    @pytest.fixture
    def machine(self, tmp_path_factory) -> Machine:
        packages = closure(PROJECT["dependencies"])
        return Machine(tmp_path_factory.mktemp("hosted"), packages - {OURS})

    @pytest.fixture
    def notebook(self, tmp_path_factory, wheel) -> Path:
        """Section 01 as students get it, with every answer filled in."""
        course = open_course(ROOT)
        section = course.section(FIRST)
        (source,) = section.notebooks
        nb = nbformat.read(course.release(FIRST) / source.name, as_version=4)
        solved = {c.id: c.source for c in solved_version(read_source(source, course.config)).cells}
        for cell in nb.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = solved[cell.id]
        name_package(nb, str(wheel))
        path = tmp_path_factory.mktemp("lesson") / source.name
        nbformat.write(nb, path)
        return path

    def test_its_first_cell_is_all_that_it_needs(self, machine, notebook):
        assert machine.run("-c", "import helpers").returncode == 1
        cells = machine.execute(notebook)["cells"]
        first = next(cell for cell in cells if cell["cell_type"] == "code")
        assert first["id"] == NAME and outputs_of(first) == ""
        said = [outputs_of(c) for c in cells if is_test(nbformat.from_dict(c)) and c["outputs"]]
        assert said and all("✓" in text and "✗" not in text for text in said)


@pytest.mark.parametrize("folder", ["source", "release"])
def test_every_notebook_begins_with_the_cell(folder):
    for path in sorted((ROOT / folder).glob("*/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [nbformat.from_dict(cell) for cell in cells if cell["cell_type"] == "code"]
        assert is_fetching(code[0]), path

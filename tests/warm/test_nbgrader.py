"""Stock nbgrader grades with warm kernels, and gives the marks that it gives with plain ones."""

from __future__ import annotations

import os

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.demo.samples import hand_in
from course.notebook.reading import read_source
from course.warm.owned import PROVISIONER
from tests.builders import code, function, make_course, markdown, write_notebook
from tests.builders import test_cell as graded
from tests.stock import nbgrader
from tests.warm.conftest import parent_of

pytestmark = pytest.mark.slow
CELLS = [
    markdown("# Sums"),
    code("import os, numpy"),
    function("add", "add(a, b)", "return a + b"),
    graded("add-test", "assert add(1, 2) == 3", "assert add(2, 2) == 4", points=2),
    function("twice", "twice(x)", "return add(x, x)"),
    graded("twice-test", "assert twice(4) == 8"),
    code("print(os.getppid())", id="parent"),
]
ANSWERS = {
    "anna": {
        "add": "def add(a, b):\n    return numpy.add(a, b)",
        "twice": "def twice(x):\n    return add(x, x)",
    },
    "bob": {
        "add": "def add(a, b):\n    return a * b + 1",
        "twice": "def twice(x):\n    return 2*x",
    },
}


def test_stock_autograde_forks_its_kernels(nursery, tmp_path, monkeypatch):
    # One kernelspec is warm by itself, the other where a terminal of `course lab` says so.
    monkeypatch.setenv(PROVISIONER, nursery[PROVISIONER])
    kernels = ("python3", "vision-course")
    course = make_course(tmp_path, {"01-sums": dict.fromkeys(kernels, CELLS)})
    (section,) = course.sections
    for path in section.notebooks:
        spec = {"name": path.stem, "display_name": path.stem, "language": "python"}
        write_notebook(path, CELLS, kernelspec=spec)
        for student, answers in ANSWERS.items():
            target = course.submitted(student, section.name) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(hand_in(read_source(path, course.config), answers))

    generate = f"generate_assignment {section.name} --create --force"
    nbgrader(course.root, generate, f"autograde {section.name} --create")

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        marks = {s: gradebook.find_submission(section.name, s).score for s in ANSWERS}
    assert marks == {"anna": 6, "bob": 2}
    graded_ones = list((tmp_path / "autograded").glob("*/01-sums/*.ipynb"))
    assert len(graded_ones) == len(kernels) * len(ANSWERS)
    for path in graded_ones:
        cells = {cell.get("id"): cell for cell in nbformat.read(path, as_version=4).cells}
        parent = int(cells["parent"].outputs[0].text)
        assert parent_of(parent) == os.getpid()  # the nursery is our child, and outlives nbgrader

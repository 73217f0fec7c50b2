"""A course with a long exercise and a short one, and classes that answer them."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from course.comparing.alike import Compared, compare
from course.demo.samples import hand_in
from course.folder import Course
from course.notebook.reading import read_source
from tests.builders import code, function, make_course, markdown, test_cell, written_answer

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
SECTION = "01-pooling"
SOLUTION = """\
rows = (image.shape[0] - size) // stride + 1
columns = (image.shape[1] - size) // stride + 1
output = np.empty((rows, columns, image.shape[2]), image.dtype)
for i, j in np.ndindex(rows, columns):
    top, left = i * stride, j * stride
    output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
return output"""
CELLS = [
    code("import numpy as np", id="imports"),
    markdown("### Exercise 1.1 · Your own pooling layer (3 points, about 10 minutes)"),
    function("max-pool", "max_pool(image, size, stride)", SOLUTION),
    test_cell("max-pool-test", "assert max_pool", points=3),
    markdown("### Exercise 1.2 · Estimate (1 point, about 2 minutes)"),
    function("cost", "cost(n, k)", "weights = k * k\nplaces = n * n\nreturn weights, places"),
    test_cell("cost-test", "assert cost", points=1),
    written_answer("why", "Because."),
]


def independent() -> list[str]:
    """Return eleven answers to the long exercise that were written independently."""
    text = (BENCHMARKS / "answers" / "max-pool.txt").read_text(encoding="utf-8")
    return text.split("# ---\n")


def disguised(kind: str, text: str) -> str:
    """Return an answer that was made of another."""
    about = importlib.util.spec_from_file_location("disguises", BENCHMARKS / "disguises.py")
    module = importlib.util.module_from_spec(about)
    about.loader.exec_module(module)
    return module.KINDS[kind](text, random.Random(7))


EVERYTHING = "names, order, helper, comments"


def hand_in_all(course: Course, answers: dict[str, dict[str, str]]) -> None:
    """Put notebooks into ``submitted/``: by student, and in there by exercise."""
    (section,) = course.sections
    (path,) = section.notebooks
    source = read_source(path, course.config)
    for student, own in answers.items():
        target = course.submitted(student, section.name) / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(hand_in(source, own))


@pytest.fixture
def course(tmp_path) -> Course:
    """Return the course; nobody has handed in anything."""
    return make_course(tmp_path, {SECTION: {"pooling": CELLS}})


@pytest.fixture
def a_class(course) -> Callable[..., None]:
    """Return a function that hands in: eleven independent answers, and those that are given."""

    def make(**more: str) -> None:
        texts = {f"s{n:02}": text for n, text in enumerate(independent())} | more
        hand_in_all(course, {student: {"max-pool": text} for student, text in texts.items()})

    return make


@pytest.fixture
def compared(course) -> Callable[..., Compared]:
    """Return a function that compares the one long exercise."""

    def run(trouble: Callable[[str, str], None] = pytest.fail) -> Compared:
        (found,) = compare(course, course.sections[0], trouble)
        return found

    return run


def pairs(found: Compared) -> list[tuple[str, ...]]:
    """Return who is shown beside whom."""
    return [tuple(side.student for side in pair.sides) for pair in found.pairs]

"""A course of two sections that collects."""

import pytest

from tests.builders import make_course, markdown, solution


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    root.mkdir()
    cells = {
        "images": [markdown("# Images", id="images-title"), solution("shape", "shape = None")],
        "convolution": [markdown("# Conv", id="conv-title"), solution("blur", "blur = None")],
    }
    sections = {f"0{n}-{name}": {name: cells[name]} for n, name in enumerate(cells, start=1)}
    return make_course(root, sections)

"""How long a reader waits for the first `import keras`, in `course lab` and in plain JupyterLab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import code, make_course, markdown, write_notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

SECONDS = Path(__file__).resolve().parents[2] / "build" / "first-import.json"
CELLS = [code("import keras", id="first")]
KERNEL_IS_IDLE = """() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === "idle";
}"""
RUN_FIRST_CELL = """async () => {
    const began = performance.now();
    await window.jupyterapp.commands.execute("notebook:run-cell-and-select-next");
    return (performance.now() - began) / 1000;
}"""
FIRST_CELL = "() => window.jupyterapp.shell.currentWidget.content.model.cells.get(0).toJSON()"


def first_import(page, address: str) -> float:
    """Open a notebook, wait for its kernel, run the first cell; return its seconds."""
    page.goto(address)
    page.wait_for_function(KERNEL_IS_IDLE, timeout=120_000)
    seconds = page.evaluate(RUN_FIRST_CELL)
    cell = page.evaluate(FIRST_CELL)
    assert cell["source"] == "import keras" and cell["execution_count"] == 1
    assert [output["output_type"] for output in cell["outputs"]] == []
    return seconds


def test_the_seconds_of_the_first_import_are_told(tmp_path, jupyter, page, token):
    root = tmp_path / "course"
    root.mkdir()
    course = make_course(root, {"01-a": {"a": [markdown("# A")]}})
    write_notebook(course.root / "release" / "01-a" / "a.ipynb", CELLS)
    seconds = {}
    with jupyter(course.root, warm=True) as address:
        seconds["course lab"] = first_import(page, f"{address}/lab/tree/01-a/a.ipynb?token={token}")
    with jupyter(course.root / "release") as address:
        seconds["JupyterLab"] = first_import(page, f"{address}/lab/tree/01-a/a.ipynb?token={token}")
    SECONDS.parent.mkdir(exist_ok=True)
    SECONDS.write_text(json.dumps(seconds) + "\n", encoding="utf-8")
    print("first `import keras`, in seconds:", seconds)

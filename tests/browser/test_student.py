"""A student opens section 02 in JupyterLab, plays with a picture, and answers an exercise."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.browser.notebook import Notebook, changes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

NOTEBOOK = "02-convolution/convolution.ipynb"
EXERCISE = "output-size"
ROUNDS_UP = """\
def output_size(size, kernel, stride, padding):
if padding == "same":
return -(-size // stride)
return -(-(size - kernel) // stride) + 1
"""
RIGHT = ROUNDS_UP.replace("-(-(size - kernel) // stride)", "(size - kernel) // stride")


def test_a_student_sees_the_picture_follow_the_slider_and_the_mistake_named(
    lab, root, page, token, shoot
):
    shutil.copytree(root / "release", lab.folder, dirs_exist_ok=True)  # a student's copy
    cells = json.loads((root / "release" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    place = {cell["id"]: i for i, cell in enumerate(cells)}
    notebook = Notebook(page, place)
    page.goto(f"{lab.address}/lab/tree/{NOTEBOOK}?token={token}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    notebook.wait_for_kernel()
    shoot(page, "02-opened")

    for name in ("imports", "parameters", "set-up"):
        notebook.run(name)
    assert notebook.output("imports").locator("[data-mime-type$=stderr]").count() == 0

    notebook.run("explore-windows")
    picture = notebook.output("explore-windows").locator("img").first
    picture.wait_for(state="visible")
    shoot(page, "02-explorer")
    notebook.output("explore-windows").locator(".noUi-handle").first.focus()
    changes(picture, lambda: [page.keyboard.press("ArrowRight") for _ in range(2)])
    shoot(page, "02-explorer-moved")

    notebook.run(EXERCISE)
    notebook.run(f"{EXERCISE}-test")
    said = notebook.output(f"{EXERCISE}-test").inner_text()
    assert "○ output_size is not answered yet" in said and "Traceback" not in said
    assert painted(notebook.output(f"{EXERCISE}-test")) == ["rgba(0, 0, 0, 0)"]
    shoot(page, "02-unanswered")

    notebook.type(EXERCISE, ROUNDS_UP)
    notebook.run(EXERCISE)
    notebook.run(f"{EXERCISE}-test")
    said = notebook.output(f"{EXERCISE}-test").inner_text()
    shoot(page, "02-wrong-answer")
    assert "✗" in said and "rounds up" in said
    assert painted(notebook.output(f"{EXERCISE}-test")) != ["rgba(0, 0, 0, 0)"]
    assert "Traceback" not in said

    page.keyboard.press("Control+b")  # the picture of the README: without the file browser
    page.wait_for_timeout(500)
    shoot(page, "readme")

    notebook.type(EXERCISE, RIGHT)
    notebook.run(EXERCISE)
    notebook.run(f"{EXERCISE}-test")
    said = notebook.output(f"{EXERCISE}-test").inner_text()
    shoot(page, "02-right-answer")
    assert "✓" in said and "✗" not in said


def painted(output) -> list[str]:
    """Return the background of what a cell has printed as an error, as Chromium paints it."""
    return output.locator("[data-mime-type$=stderr]").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )

"""A student opens section 02 in JupyterLab, plays with a picture, and answers an exercise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

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


@pytest.fixture
def lab(root, tmp_path, jupyter):
    """Serve a student's copy of the released notebooks."""
    work = tmp_path / "work"
    shutil.copytree(root / "release", work)
    settings = tmp_path / "config" / "lab" / "user-settings" / "@jupyterlab"
    # All cells are drawn at once, so that the test can find those below the fold.
    write_settings(settings / "notebook-extension" / "tracker", windowingMode="none")
    write_settings(settings / "apputils-extension" / "notification", fetchNews="false")
    with jupyter(work) as address:
        yield address


def write_settings(plugin: Path, **values: str) -> None:
    """Write what a user would set in JupyterLab's settings editor."""
    plugin.parent.mkdir(parents=True, exist_ok=True)
    plugin.with_name(f"{plugin.name}.jupyterlab-settings").write_text(json.dumps(values))


def test_a_student_sees_the_picture_follow_the_slider_and_the_mistake_named(
    lab, root, page, token, shoot
):
    cells = json.loads((root / "release" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    place = {cell["id"]: i for i, cell in enumerate(cells)}
    notebook = Notebook(page, place)
    page.goto(f"{lab}/lab/tree/{NOTEBOOK}?token={token}")
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
    before = picture.get_attribute("src")
    handle = notebook.output("explore-windows").locator(".noUi-handle").first
    handle.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([image, before]) => image.src !== before", arg=[picture.element_handle(), before]
    )
    shoot(page, "02-explorer-moved")

    notebook.run(EXERCISE)
    notebook.run(f"{EXERCISE}-test")
    assert "NotImplementedError" in notebook.output(f"{EXERCISE}-test").inner_text()

    notebook.type(EXERCISE, ROUNDS_UP)
    notebook.run(EXERCISE)
    notebook.run(f"{EXERCISE}-test")
    said = notebook.output(f"{EXERCISE}-test").inner_text()
    shoot(page, "02-wrong-answer")
    assert "✗" in said and "rounds up" in said
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


class Notebook:
    """The open notebook, driven by keyboard and mouse; cells are named by their ids."""

    def __init__(self, page, place: dict[str, int]) -> None:
        self.page = page
        self.place = place

    def cell(self, name: str):
        """Return the cell's element."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.place[name])

    def output(self, name: str):
        """Return the element of the cell's outputs."""
        return self.cell(name).locator(".jp-Cell-outputArea")

    def wait_for_kernel(self) -> None:
        """Wait until the kernel is idle."""
        self.page.wait_for_function(
            """() => {
                const panel = window.jupyterapp?.shell?.currentWidget;
                return panel?.sessionContext?.session?.kernel?.status === "idle";
            }""",
            timeout=120_000,
        )

    def run(self, name: str) -> None:
        """Click on the cell's prompt, press Ctrl+Enter, and wait until it has run."""
        self.cell(name).locator(".jp-InputPrompt").click()
        before = self._count(name)
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(
            """([place, before]) => {
                const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
                const cell = cells.get(place);
                return cell.executionCount !== null && cell.executionCount !== before
                    && cell.executionState !== "running";
            }""",
            arg=[self.place[name], before],
            timeout=180_000,
        )
        self.wait_for_kernel()
        self.page.wait_for_timeout(300)

    def type(self, name: str, code: str) -> None:
        """Replace the cell's text by typing; the editor indents."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        lines = code.strip().splitlines()
        for number, line in enumerate(lines):
            # After the branch's return the editor keeps its indent: step one level back.
            self.page.keyboard.type(line)
            if number < len(lines) - 1:
                self.page.keyboard.press("Enter")
                if line.lstrip().startswith("return"):
                    self.page.keyboard.press("Shift+Tab")

    def _count(self, name: str) -> int | None:
        return self.page.evaluate(
            "place => window.jupyterapp.shell.currentWidget.content.model.cells.get(place)"
            ".executionCount",
            self.place[name],
        )

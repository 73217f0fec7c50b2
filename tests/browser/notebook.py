"""A notebook in JupyterLab, driven as a reader drives it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat


def settle_lab(config: Path) -> None:
    """Set up JupyterLab, in its configuration folder, so that a test can drive it."""
    settings = config / "lab" / "user-settings" / "@jupyterlab"
    # All cells are drawn at once, so that the test can find those below the fold.
    _write_settings(settings / "notebook-extension" / "tracker", windowingMode="none")
    _write_settings(settings / "apputils-extension" / "notification", fetchNews="false")


@contextmanager
def serve_cells(folder: Path, jupyter, file: str, cells: dict[str, str]) -> Iterator[str]:
    """Serve a folder with one small notebook, whose code cells are named; give the address."""
    lesson = folder / "lesson"
    lesson.mkdir()
    made = [nbformat.v4.new_code_cell(text, id=name) for name, text in cells.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    nbformat.write(notebook, lesson / file)
    settle_lab(folder / "config")
    with jupyter(lesson) as address:
        yield address


@contextmanager
def served(folder: Path, jupyter, page, token: str, cells: dict[str, str]) -> Iterator[Notebook]:
    """Serve a small notebook, open it and run its cells up to the one that shows a widget."""
    with serve_cells(folder, jupyter, "lesson.ipynb", cells) as address:
        notebook = Notebook.opened(page, address, "lesson.ipynb", token, cells)
        for name in cells:
            notebook.run(name)
            if name == "explore":
                break
        yield notebook


def _write_settings(plugin: Path, **values: str) -> None:
    """Write what a user would set in JupyterLab's settings editor."""
    plugin.parent.mkdir(parents=True, exist_ok=True)
    plugin.with_name(f"{plugin.name}.jupyterlab-settings").write_text(json.dumps(values))


def changes(picture, act, settle: int = 500) -> None:
    """Do something, and wait until a picture is another one and the last answer has come."""
    before = picture.get_attribute("src")
    act()
    picture.page.wait_for_function(
        "([image, before]) => image.src !== before", arg=[picture.element_handle(), before]
    )
    picture.page.wait_for_timeout(settle)  # in milliseconds


class Notebook:
    """The open notebook, driven by keyboard and mouse; cells are named by their ids."""

    def __init__(self, page, place: dict[str, int]) -> None:
        self.page = page
        self.place = place

    @classmethod
    def opened(cls, page, address: str, file: str, token: str, cells: dict[str, str]) -> Notebook:
        """Open what `serve_cells` serves, and wait until it can be run."""
        notebook = cls(page, {name: place for place, name in enumerate(cells)})
        page.goto(f"{address}/lab/tree/{file}?token={token}")
        notebook.wait_for_kernel()
        page.keyboard.press("Control+b")  # without the file browser
        return notebook

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

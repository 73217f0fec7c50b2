"""A notebook in JupyterLab, driven as a reader drives it."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat


def settle_lab(config: Path) -> None:
    """Set up JupyterLab, in its configuration folder, so that a test can drive it."""
    settings = config / "lab" / "user-settings" / "@jupyterlab"
    # All cells are drawn at once, so that the test can find those below the fold.
    _write_settings(settings / "notebook-extension" / "tracker", windowingMode="none")
    _write_settings(settings / "apputils-extension" / "notification", fetchNews="false")


def put_cells(path: Path, cells: dict[str, str]) -> None:
    """Write one small notebook, whose code cells are named."""
    made = [nbformat.v4.new_code_cell(text, id=name) for name, text in cells.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)


def shown(lab, page, token: str, file: str, cells: dict[str, str]) -> Notebook:
    """Open a small notebook and run its cells up to the one that shows a widget."""
    put_cells(lab.folder / file, cells)
    notebook = Notebook.opened(page, lab.address, file, token, cells)
    for name in cells:
        notebook.run(name)
        if name == "explore":
            break
    return notebook


def _write_settings(plugin: Path, **values: str) -> None:
    """Write what a user would set in JupyterLab's settings editor."""
    plugin.parent.mkdir(parents=True, exist_ok=True)
    plugin.with_name(f"{plugin.name}.jupyterlab-settings").write_text(json.dumps(values))


def wait_until(page, condition: str, **options) -> None:
    """Wait until a page meets a condition, and ask for it ten times a second.

    Playwright's own way is to ask at each frame, and to have a page of many cells drawn for that.
    """
    page.wait_for_function(condition, polling=100, **options)


def changes(picture, act, settle: int = 500) -> None:
    """Do something, and wait until a picture is another one and the last answer has come."""
    before = picture.get_attribute("src")
    act()
    condition = "([image, before]) => image.src !== before"
    wait_until(picture.page, condition, arg=[picture.element_handle(), before])
    picture.page.wait_for_timeout(settle)  # in milliseconds


class Notebook:
    """The open notebook, driven by keyboard and mouse; cells are named by their ids."""

    def __init__(self, page, place: dict[str, int]) -> None:
        self.page = page
        self.place = place

    @classmethod
    def opened(cls, page, address: str, file: str, token: str, cells: dict[str, str]) -> Notebook:
        """Open what `put_cells` wrote, and wait until it can be run."""
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
        wait_until(
            self.page,
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
        wait_until(
            self.page,
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

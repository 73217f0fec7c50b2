"""What is ours of a released notebook, as it ran in JupyterLab, is there for everybody."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.notebook import Notebook, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "release" / "01-images-as-tensors" / "images-as-tensors.ipynb"
GRAVE = ("serious", "critical")
OURS = {"include": [[".jp-OutputArea-output"], [".jp-MarkdownOutput"]]}
RAN = """() => {
    const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
    const code = [...content.model.cells].filter((cell) => cell.type === "code");
    return code.every((cell) => cell.executionCount !== null || !cell.sharedModel.source.trim())
        && sessionContext.session.kernel.status === "idle";
}"""
WORDLESS = """() => [...document.querySelectorAll(".jp-OutputArea-output img")]
    .filter((image) => !image.alt.trim() || image.alt.startsWith("<"))
    .map((image) => image.outerHTML.slice(0, 200))"""


def test_what_is_ours_of_a_notebook_is_there_for_everybody(lab, page, token, shoot):
    shutil.copy(RELEASED, lab.folder / RELEASED.name)
    cells = {cell.id: cell.source for cell in nbformat.read(RELEASED, as_version=4).cells}
    notebook = Notebook.opened(page, lab.address, RELEASED.name, token, cells)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    wait_until(page, RAN, timeout=240_000)
    images = page.locator(".jp-OutputArea-output img")
    images.nth(15).wait_for(state="attached")
    assert page.evaluate(WORDLESS) == []
    assert "16 × 16" in notebook.output("explorer").locator("img").get_attribute("alt")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
        )
        page.wait_for_timeout(1_000)
        found = Axe().run(page, context=OURS).response["violations"]
        grave = [
            (v["id"], [node["html"][:200] for node in v["nodes"]][:4])
            for v in found
            if v["impact"] in GRAVE
        ]
        assert grave == [], theme
        shoot(page, f"accessible-{theme.split()[-1].lower()}")

"""A reader stacks layers in JupyterLab: each menu redraws the table of sizes and costs."""

from __future__ import annotations

import pytest

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

CELLS = {
    "explore": (
        "from helpers import explorers, plotting\nplotting.use_style()\n"
        "widget = explorers.show('architecture')\nwidget"
    ),
    "tell": "print(widget.state.picture, widget.state.sixth)",
}


def test_the_table_follows_the_menus(lab, page, token, shoot):
    notebook = shown(lab, page, token, "building.ipynb", CELLS)
    output = notebook.output("explore")
    picture = output.locator("img").first
    picture.wait_for(state="visible")

    menus = output.locator("select")
    changes(picture, lambda: menus.nth(0).select_option(label="28 × 28, grey"))
    changes(picture, lambda: menus.nth(6).select_option(label="separable 3"))
    shoot(page, "architecture-explorer")
    notebook.run("tell")
    assert notebook.output("tell").inner_text().strip() == "28 × 28, grey separable 3"

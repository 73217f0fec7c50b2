"""A reader clicks into a picture in JupyterLab, and the square goes there."""

from __future__ import annotations

import pytest

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

CELLS = {
    "explore": (
        "from helpers import explorers, plotting\nplotting.use_style()\n"
        "widget = explorers.show('looking')\nwidget"
    ),
    "tell": "print(widget.state.row, widget.state.column)",
}


def test_the_square_goes_where_a_picture_is_clicked(lab, page, token, shoot):
    notebook = shown(lab, page, token, "looking.ipynb", CELLS)
    picture = notebook.output("explore").locator("img").first
    picture.wait_for(state="visible")
    box = picture.bounding_box()
    middle = {"x": 0.386 * box["width"], "y": 0.582 * box["height"]}  # of the map of occlusion
    changes(picture, lambda: picture.click(position=middle))
    shoot(page, "looking-explorer")
    notebook.run("tell")
    row, column = map(int, notebook.output("tell").inner_text().split())
    assert abs(row - 24) <= 1 and abs(column - 20) <= 1

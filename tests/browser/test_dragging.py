"""A reader drags a box, clicks a cell and moves a threshold of section 10: the pictures follow."""

from __future__ import annotations

import pytest

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

CELLS = {
    "start": "from helpers import explorers, handwriting, plotting\nimport numpy as np\n"
    "from helpers.detection import Found\nplotting.use_style()\n"
    "pages = handwriting.pages(3, seed=1)",
    "drag": "overlap = explorers.show('overlap')\noverlap",
    "click": "cells = explorers.explore_cells(pages, np.zeros((3, 8, 8, 65)))\ncells",
    "thresholds": "found = [Found(p.boxes + 0.0, np.full(len(p.boxes), 0.5), p.labels) for p in "
    "pages]\nboxes = explorers.explore_boxes(pages, found)\nboxes",
    "tell": "print(overlap.state.left, overlap.state.top, cells.state.row, cells.state.column,"
    " boxes.state.page)",
}


@pytest.fixture
def notebook(lab, page, token):
    """Open one small notebook and show the explorers."""
    return shown(lab, page, token, "dragging.ipynb", CELLS)


def test_the_pictures_follow_a_drag_a_click_and_a_button(notebook, page, shoot):
    dragged = notebook.output("drag").locator("img.course-clickable")
    dragged.wait_for(state="visible")
    dragged.scroll_into_view_if_needed()
    box = dragged.bounding_box()
    start = box["x"] + 0.2 * box["width"], box["y"] + 0.35 * box["height"]

    def drag():
        page.mouse.move(*start)
        page.mouse.down()
        for step in range(1, 6):
            page.mouse.move(start[0] + 0.02 * step * box["width"], start[1])
        page.mouse.up()

    changes(dragged, drag)
    shoot(page, "explorer-dragged")

    clicked = notebook.output("click").locator("img.course-clickable")
    clicked.scroll_into_view_if_needed()
    box = clicked.bounding_box()
    place = {"x": 0.48 * box["width"], "y": 0.9 * box["height"]}
    changes(clicked, lambda: clicked.click(position=place))
    shoot(page, "explorer-cell")

    thresholds = notebook.output("thresholds")
    changes(thresholds.locator("img").first, thresholds.locator("button.course-next").click)

    notebook.run("tell")
    left, top, row, column, leaf = map(int, notebook.output("tell").inner_text().split())
    assert left > 4 and top == 3  # it went along, and not down
    assert (row, column, leaf) == (7, 7, 1)

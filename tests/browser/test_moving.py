"""A reader presses play, clicks a number of a map, hands over a picture: the explorer follows."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

CELLS = {
    "start": "from helpers import explorers, plotting\nplotting.use_style()",
    "play": "learning = explorers.show('learning', step=0)\nlearning",
    "click": "receptive = explorers.show('receptive')\nreceptive",
    "own": "kernels = explorers.show('kernels')\nkernels",
    "tell": "print(learning.state.step, receptive.state.layer, kernels.state.picture)",
}


@pytest.fixture
def notebook(lab, page, token):
    """Open one small notebook and show the explorers."""
    return shown(lab, page, token, "moving.ipynb", CELLS)


def test_the_pictures_follow_play_click_and_upload(notebook, lab, page, shoot):
    playing = notebook.output("play")
    picture = playing.locator("img").first
    picture.wait_for(state="visible")
    changes(picture, playing.locator(".course-play button").first.click)
    readout = playing.locator(".widget-readout").first
    page.wait_for_function("node => Number(node.innerText) >= 5", arg=readout.element_handle())
    playing.locator(".course-play button").first.click()  # the same button makes it stop
    shoot(page, "explorer-playing")

    clicked = notebook.output("click").locator("img.course-clickable")
    clicked.wait_for(state="visible")
    assert clicked.get_attribute("alt").startswith("explorer receptive: network conv, pool, conv")
    box = clicked.bounding_box()
    place = {"x": 0.36 * box["width"], "y": 0.45 * box["height"]}
    changes(clicked, lambda: clicked.click(position=place))
    shoot(page, "explorer-clicked")

    own = notebook.output("own")
    Image.new("RGB", (60, 40), "red").save(lab.folder / "own.png")
    with page.expect_file_chooser() as chooser:
        own.get_by_role("button", name="a picture of your own").click()
    changes(own.locator("img").first, lambda: chooser.value.set_files(lab.folder / "own.png"))
    shoot(page, "explorer-own-picture")

    notebook.run("tell")
    step, layer, shown_picture = notebook.output("tell").inner_text().split(maxsplit=2)
    assert int(step) >= 5
    assert (layer, shown_picture.strip()) == ("1", "your own")

"""A reader draws a character in JupyterLab, and the network's guesses follow the mouse."""

from __future__ import annotations

import pytest

from tests.browser.notebook import Notebook, changes, put_cells

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

# A network of random weights: its guesses mean nothing, but they change with each stroke.
CELLS = {
    "model": """\
from helpers import explorers, handwriting, plotting
import keras
plotting.use_style()
keras.utils.set_random_seed(3)
layers = [keras.layers.Conv2D(4, 9, strides=4), keras.layers.Flatten(), keras.layers.Dense(55)]
model = keras.Sequential([keras.Input((80, 60, 1)), keras.layers.Rescaling(0.1), *layers])
""",
    "draw": "board = explorers.explore_drawing(model, handwriting.CLASSES)\nboard",
    "tell": "print(len(board.state.strokes), 'strokes')",
}
# 大, in widths and heights of the canvas.
ACROSS = [(0.15, 0.4), (0.85, 0.35)]
LEFT = [(0.5, 0.1), (0.48, 0.5), (0.15, 0.9)]
RIGHT = [(0.5, 0.45), (0.85, 0.9)]


@pytest.fixture
def asked(page) -> list[str]:
    """Return the addresses that the page asks for, as it asks for them."""
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture
def notebook(lab, asked, page, token):
    """Open one small notebook and run it up to the canvas."""
    put_cells(lab.folder / "drawing.ipynb", CELLS)
    notebook = Notebook.opened(page, lab.address, "drawing.ipynb", token, CELLS)
    notebook.run("model")
    notebook.run("draw")
    return notebook


class Board:
    """The canvas and the picture of the guesses beside it."""

    def __init__(self, notebook: Notebook) -> None:
        self.page = notebook.page
        output = notebook.output("draw")
        self.canvas = output.locator("canvas")
        self.canvas.wait_for(state="visible")
        self.picture = output.locator("img").first
        self.picture.wait_for(state="visible")
        self.output = output

    def box(self) -> dict[str, float]:
        """Return where the canvas is, in view: a cell that was run has scrolled the page."""
        self.canvas.scroll_into_view_if_needed()
        return self.canvas.bounding_box()

    def draw(self, corners) -> None:
        """Draw a stroke through points in widths and heights of the canvas."""
        box = self.box()
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=12)
        self.page.mouse.up()

    def touch(self, corners) -> None:
        """Draw a stroke with a finger."""
        box = self.box()
        finger = self.page.context.new_cdp_session(self.page)
        for number, (x, y) in enumerate(corners):
            place = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
            kind = "touchMove" if number else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def changes_picture(self, act) -> None:
        """Do something and wait until the guesses are drawn anew."""
        changes(self.picture, act, 700)

    def ink(self) -> int:
        """Count the dark pixels of the canvas."""
        return self.canvas.evaluate(
            """canvas => {
                const { width, height } = canvas;
                const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
                return data.filter((value, index) => index % 4 === 1 && value < 80).length;
            }"""
        )


def strokes_in_kernel(notebook: Notebook) -> str:
    notebook.run("tell")
    return notebook.output("tell").inner_text().strip()


def test_the_guesses_follow_what_is_drawn(notebook, lab, asked, page, shoot):
    board = Board(notebook)
    shoot(page, "drawing-example")
    assert board.ink() == 0  # the example is grey

    for stroke in (ACROSS, LEFT, RIGHT):
        board.changes_picture(lambda stroke=stroke: board.draw(stroke))
    shoot(page, "drawing-drawn")
    drawn = board.ink()
    assert drawn > 5_000
    assert strokes_in_kernel(notebook) == "3 strokes"  # those of the example have gone

    board.changes_picture(board.output.get_by_role("button", name="undo").click)
    assert 0 < board.ink() < drawn
    assert strokes_in_kernel(notebook) == "2 strokes"

    board.output.locator("select").select_option(index=4)
    page.wait_for_timeout(500)
    shoot(page, "drawing-hint")

    board.changes_picture(board.output.get_by_role("button", name="clear").click)
    assert board.ink() == 0
    assert strokes_in_kernel(notebook) == "0 strokes"

    board.changes_picture(lambda: board.touch(LEFT))
    assert board.ink() > 1_000
    assert strokes_in_kernel(notebook) == "1 strokes"
    shoot(page, "drawing-touched")
    assert all(url.startswith((lab.address, "data:", "blob:")) for url in asked)

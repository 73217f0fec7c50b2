"""A reader compares strategies of transfer in JupyterLab: menus and buttons redraw the picture."""

from __future__ import annotations

import pytest

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

# Numbers that rise from strategy to strategy; the measured ones are no matter here.
CELLS = {
    "measured": """\
from helpers import explorers, plotting
import numpy as np
plotting.use_style()

names = ["scratch", "frozen", "fine-tuned"]
means = np.add.outer([0.2, 0.5, 0.7], [0, 0.1, 0.2])
seeds = means[..., None] + [-0.01, 0, 0.02]
shares = (means[..., None] + np.random.default_rng(1).normal(0, 0.1, (3, 3, 55))).clip(0, 1)
measured = {"per_class": [5, 10, 20], "strategies": names,
            "accuracy": dict(zip(names, seeds.tolist())),
            "careless": dict(zip(names, (seeds - 0.1).tolist())),
            "by_class": dict(zip(names, shares.tolist()))}
""",
    "explore": "widget = explorers.explore_transfer(measured)\nwidget",
    "tell": "s = widget.state\nprint(s.before, s.after, s.per_class, s.test, widget.message)",
}


@pytest.fixture
def notebook(lab, page, token):
    """Open one small notebook and show the explorer."""
    return shown(lab, page, token, "transfer.ipynb", CELLS)


def test_the_picture_follows_buttons_and_menus(notebook, page, shoot):
    output = notebook.output("explore")
    picture = output.locator("img").first
    picture.wait_for(state="visible")
    shoot(page, "transfer-explorer")

    changes(picture, lambda: output.get_by_role("button", name="frozen").first.click())
    changes(picture, lambda: output.get_by_role("button", name="20").click())
    menu = output.locator("select").last
    changes(picture, lambda: menu.select_option(label="the careless writer"))
    shoot(page, "transfer-explorer-changed")
    notebook.run("tell")
    assert notebook.output("tell").inner_text().strip() == "frozen fine-tuned 20 careless"

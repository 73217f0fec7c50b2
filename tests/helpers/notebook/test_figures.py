"""Figures in a notebook's kernel, ours and pyplot's: each with its words, drawn once."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.kernels import execute

CELLS = {
    "setup": "import helpers\nhelpers.setup()\nfrom helpers import plotting",
    "ours": "plotting.show_bars({'a': 1, 'b': 2}, ylabel='height of a bar')",
    "hand": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a')\n"
        "plt.ylabel('loss')\nplt.show()"
    ),
    "again": "%matplotlib inline\nplt.plot([1, 2])\nplt.ylabel('loss')\nplt.show()",
    "words": "plt.imshow([[1]])\nplotting.describe('nothing but grey')\nplt.show()",
    "empty": "plt.figure()\nplt.show()",
}
SAID = {
    "setup": [],
    "ours": ["Bar chart: height of a bar; a 1, b 2."],
    "hand": ["Line chart: loss; a: 1, 2."],
    "again": ["Line chart: loss; 1, 2."],
    "words": ["nothing but grey"],
    "empty": [],
}


def test_every_figure_of_a_notebook_is_shown_once_and_has_words():
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nb = new_notebook(cells=[new_code_cell(text) for text in CELLS.values()])
    nb.metadata["kernelspec"] = nbformat.from_dict(kernel)
    execute(nb, timeout=120)
    shown = {
        name: [
            o.metadata["image/png"]["alt"] for o in cell.outputs if "image/png" in o.get("data", {})
        ]
        for name, cell in zip(CELLS, nb.cells, strict=True)
    }
    assert shown == SAID
    pictures = [
        o.data for cell in nb.cells for o in cell.outputs if "image/png" in o.get("data", {})
    ]
    assert all("<img" in data["text/html"] and "alt=" in data["text/html"] for data in pictures)

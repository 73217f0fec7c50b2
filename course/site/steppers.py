"""Explorers that can be stepped through on a page: a few states, drawn beforehand.

The pictures lie on one another, and the radio button that is checked says which is seen: no script
and no server, and the arrow keys do what they do in any group of radio buttons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from course.site.pictures import Album

SHOWN = re.compile(r"""\bexplorers\.show\(["'](\w+)["']\)""")
MOST = 6
MORE = "A few steps. In the notebook you move every control."
# The control that tells most by itself; an empty text stands for the menu of known settings. Not
# here are explorers that ask a network, and those whose controls only make sense together.
STEPPED = {
    "curse": "search",
    "images": "channel",
    "kernels": "",
    "learning": "step",
    "overlap": "",
    "pooling": "shift",
    "receptive": "layer",
    "sweep": "place",
    "tpe": "trials",
    "windows": "stride",
}


def stepper(source: str, name: str, root: str, album: Album) -> str:
    """Return the element in which a reader steps through an explorer; empty where there is none.

    Parameters
    ----------
    source : str
        Of the cell that shows it.
    name : str
        What the names of the pictures begin with.
    root : str
        The way from the page to the site's folder.
    album : Album
        Takes the pictures.
    """
    match = SHOWN.search(source)
    if match is None or match[1] not in STEPPED:
        return ""
    from helpers.explorers import EXPLORERS
    from helpers.explorers.frame import MOST as MOST_PIXELS
    from helpers.plotting import use_style

    use_style()
    explorer = EXPLORERS[match[1]]
    control = STEPPED[match[1]]
    states = _states(explorer, control)
    inputs, pictures = [], []
    for number, (label, state) in enumerate(states.items()):
        id = f"{name}-{number}"
        drawn = explorer.drawn(state)
        shown = round(MOST_PIXELS * drawn.inches[0])
        picture = album.add(drawn.png, f"{id}-step", drawn.words, shown)
        checked = " checked" if not number else ""
        inputs.append(
            f'<input type="radio" name="{name}" id="{id}"{checked}>'
            f'<label for="{id}">{escape(label)}</label>'
        )
        pictures.append(picture.html(root))
    legend = escape(
        explorer.label(STEPPED[match[1]]) if STEPPED[match[1]] else explorer.presets_label
    )
    return (
        f'<fieldset class="stepper"><legend>{legend}</legend>{"".join(inputs)}'
        f'<div class="frames">{"".join(pictures)}</div></fieldset><figcaption>{MORE}</figcaption>'
    )


def _states(explorer: Any, control: str) -> Mapping[str, Any]:
    """Return a few states of an explorer by what they are called, in order."""
    if not control:
        named = {name: explorer.preset(explorer.start, p) for name, p in explorer.presets.items()}
        return {name: named[name] for name in _few(list(named))}
    values = list(explorer.controls[control].values())
    start = getattr(explorer.start, control)
    chosen = [value for value in _few(values) if value != start]
    order = sorted([start, *chosen], key=values.index) if start in values else chosen
    return {str(value): explorer.moved(explorer.start, control, value) for value in order}


def _few(values: list) -> list:
    """Return at most `MOST` of some values, the first and the last among them."""
    if len(values) <= MOST:
        return values
    return [values[round(i * (len(values) - 1) / (MOST - 1))] for i in range(MOST)]

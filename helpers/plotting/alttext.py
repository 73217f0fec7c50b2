"""What a figure shows, in words: for those who do not see it, and for pages that are read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .panels import NUMBERS, Panel, cleaned, counted, panel_of

MOST = 700  # letters; a screen reader takes a minute for them
PICTURE = "picture"
LISTED = 12  # panels that are told one by one
_KEPT = "_course_alt_text"
# What says what kind of thing it is, and nothing of what it shows.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a across an and as at axes axis bar bars between box boxes chart charts colour diagram
        diagrams each figure figures from graph grey in is it image images line lines map maps more
        number numbers of on one outlined over panel panels picture pictures pixel pixels plot plots
        plt point points row rows scatter show shown shows size table tables the this times to up
        value values with two three four five six seven eight nine ten eleven twelve""",
    )
)
MANY = 8  # numbers that tell something by themselves, as those of a table do
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIZE = re.compile(r"\d+ × \d+")
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")
_REPR = re.compile(r"<[\w.]*Figure\b.*>", re.S)


def describe(words: str, figure: Figure | None = None) -> Figure:
    """Say what a figure shows, where its titles, labels and data do not say it by themselves.

    Parameters
    ----------
    words
        One sentence or a few: what somebody sees who looks at it, and not that it is a figure.
    figure
        By default the one that pyplot is drawing.

    Returns
    -------
    matplotlib.figure.Figure
        The same figure.

    Raises
    ------
    ValueError
        When the words say nothing of what is to be seen.
    """
    if is_thin(words):
        raise ValueError(f"{words!r} does not say what the figure shows: name what is to be seen.")
    if figure is None:
        from matplotlib import pyplot

        figure = pyplot.gcf()
    setattr(figure, _KEPT, words)
    return figure


def alt_text(figure: Figure) -> str:
    """Return what a figure shows: its author's words, or those that its parts give.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    str
        One line, at most 700 letters: kind, titles, labels of the axes, and the data in short.
    """
    return _shortened(cleaned(getattr(figure, _KEPT, "") or _derived(figure)))


def is_thin(words: str) -> bool:
    """Tell whether a text says of a figure no more than that it is one."""
    if _REPR.fullmatch(words.strip()):
        return True
    told = {word.lower() for word in _WORD.findall(words)} - _EMPTY
    return len(told) < 2 and len(_NUMBER.findall(_SIZE.sub("", words))) < MANY


def _derived(figure: Figure) -> str:
    panels = [(axes, panel) for axes in figure.axes if (panel := panel_of(axes))]
    told = _panels(panels)
    written = [figure.get_suptitle(), *(t.get_text() for t in figure.texts if t.get_visible())]
    parts = [*_unlike(map(cleaned, written), told), told]
    return " ".join(_sentence(part) for part in parts if part)


def _panels(panels: list[tuple[Axes, Panel]]) -> str:
    """Say what stands in the panels: what they have in common first."""
    if not panels:
        return ""
    if len(panels) == 1:
        return panels[0][1].sentence
    shown = [panel for _, panel in panels]
    kind, parts = _in_common(shown)
    head = counted(len(shown), kind)
    if rows := _rows([axes for axes, _ in panels]):
        head += f" in {counted(rows, 'row')}"
    labels = {panel.about for panel in shown}
    if kind == shown[0].kind and len(labels) == 1 and (about := labels.pop()):
        head += f", {about}"
        parts = [panel.without_labels for panel in shown]
    told = _once(parts)
    if (left := len(told) - LISTED) > 0:
        told = [*told[:LISTED], f"and {left} more"]
    return f"{head}: {'; '.join(told)}" if told else head


def _in_common(panels: list[Panel]) -> tuple[str, list[str]]:
    """Return what all panels are, and the rest of what is to be said of each."""
    if len({panel.kind for panel in panels}) == 1:
        return panels[0].kind, [panel.without_kind for panel in panels]
    if not all(panel.kind.startswith(PICTURE) for panel in panels):
        return "panel", [panel.sentence for panel in panels]
    sized = []
    for panel in panels:
        size = panel.kind.removeprefix(f"{PICTURE} of ").removesuffix(" pixels")
        told = panel.without_kind
        sized.append(told if size in told else f"{told} ({size})" if told else size)
    return PICTURE, sized


def _once(parts: list[str]) -> list[str]:
    """Return texts without those that say the same as their neighbour, which says how often."""
    runs = [(part, len(list(same))) for part, same in groupby(filter(None, parts))]
    return [part if n == 1 else f"{part}, {NUMBERS[n] if n < len(NUMBERS) else n} times"
            for part, n in runs]  # fmt: skip


def _rows(places: Iterable[Axes]) -> int:
    """Return in how many rows the panels stand; 0 where they stand in no grid."""
    grids = [axes.get_subplotspec() for axes in places]
    if not all(grids) or len({id(one.get_gridspec()) for one in grids}) != 1:
        return 0
    return len({one.rowspan.start for one in grids})


def _unlike(texts: Iterable[str], told: str) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text and text not in told]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def _shortened(text: str) -> str:
    if len(text) <= MOST:
        return text
    head = text[: MOST - 2]
    return head[: max(head.rfind(" "), MOST // 2)].rstrip(" ,;:") + " …"

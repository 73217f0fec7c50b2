"""One pair of axes in words: its kind, title and labels, and what is drawn on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matplotlib.axes import Axes

from . import marks

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve")  # fmt: skip
TEXTS = 14  # words beside the data that are told
LONGEST = 300  # letters of one of them
MATHS = re.compile(r"\\(?:mathrm|mathbf|text)\{([^}]*)\}|\\[a-zA-Z]+|[${}]")


@dataclass(frozen=True)
class Panel:
    """What stands on one pair of axes.

    Attributes
    ----------
    kind : str
        As "line chart".
    title : str
        Empty where it has none.
    about : str
        What is drawn over what, by the labels of the axes.
    parts : tuple of str
        What is drawn, with its data in short.
    """

    kind: str
    title: str
    about: str
    parts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The whole: "line chart: Losses, loss over epoch; training from 2.3 to 0.4"."""
        return f"{self.kind}: {rest}" if (rest := self.without_kind) else self.kind

    @property
    def without_kind(self) -> str:
        """The same for a panel that stands among others of its kind."""
        return _joined(", ".join(filter(None, [self.title, self.about])), self.parts)

    @property
    def without_labels(self) -> str:
        """The same for a panel whose neighbours have the same labels."""
        return _joined(self.title, self.parts)


def panel_of(axes: Axes) -> Panel | None:
    """Return what stands on some axes; None where they are hidden, empty, or a key to colours."""
    if not axes.get_visible() or hasattr(axes, "_colorbar"):
        return None
    kind, parts = marks.on(axes)
    titles = (cleaned(axes.get_title(side)) for side in ("left", "center", "right"))
    title = ", ".join(filter(None, titles))
    words = _texts(axes, " ".join([title, *parts]))
    if not (parts or words or title or axes.images):
        return None
    return Panel(kind, title, _labels(axes), (*parts, *words))


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: "two rows"."""
    if noun.startswith("picture of"):
        noun = f"pictures of{noun.removeprefix('picture of')}" if number != 1 else noun
    elif number != 1:
        first, _, rest = noun.partition(" of ")
        noun = f"{first}s{f' of {rest}' if rest else ''}"
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {noun}"


def cleaned(text: str) -> str:
    """Return a text as one line without the marks of formulas."""
    text = MATHS.sub(r"\1", text) if "$" in text else text
    return re.sub(r",?\s*\n\s*", ", ", text.strip())


def _labels(axes: Axes) -> str:
    x, y = cleaned(axes.get_xlabel()), cleaned(axes.get_ylabel())
    return f"{y} over {x}" if x and y else x or y


def _texts(axes: Axes, told: str) -> list[str]:
    """Return what is written on the axes, but for numbers, which the data give already."""
    texts = [
        cleaned(text.get_text())
        for text in axes.texts
        if text.get_visible() and not marks.is_number(text)
    ]
    some = [text[:LONGEST] for text in dict.fromkeys(texts) if text and text not in told]
    return [", ".join(some[:TEXTS]) + (" …" if len(some) > TEXTS else "")] if some else []


def _joined(head: str, parts: tuple[str, ...]) -> str:
    return "; ".join(filter(None, [head, *parts]))

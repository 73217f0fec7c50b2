"""What of a cell's outputs is shown to students: text and PNG pictures, nothing active."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from helpers.checks.words import ESCAPES

from nbformat import NotebookNode

from course.door.pictures import PNG, read_png

MAX_TEXT = 4_000
MAX_ANSWER = 10 * MAX_TEXT  # of what a student wrote, code or not
# A lexer takes minutes for some longer lines, and for many blank ones.
LONGEST_LINE = 500
BLANK = re.compile(r"\s{200}")
MAX_PICTURE = 2 * 2**20
MAX_OUTPUTS = 20
MAX_WORDS = 1_000  # letters about one picture
PICTURE = "Picture that the answer draws"
OBJECT = re.compile(r"<.*>|[\w.]+\(.*\)")  # as Python writes what has no better name
# Where a cell of an executed notebook says what may be shown of it, if not its own outputs.
KEY = "course"
WITHHELD = (
    "What this cell shows is left out: a hidden test had called a function of this notebook by "
    "then, and what it was given must not be printed."
)


@dataclass(frozen=True)
class Output:
    """One output of an answer: text, or a PNG picture in base64.

    Attributes
    ----------
    text : str
    picture : str
    words : str
        What the picture shows, for those who do not see it.
    """

    text: str = ""
    picture: str = ""
    words: str = ""


def outputs(cell: NotebookNode) -> list[Output]:
    """Return what is shown of a cell of an executed notebook."""
    instead = said_instead(cell)
    return show(cell.get("outputs", [])) if instead is None else instead


def said_instead(cell: NotebookNode) -> list[Output] | None:
    """Return what a cell says is to be shown in place of its outputs; None where it says nothing.

    Whatever it is, text is cleaned and pictures are looked at.
    """
    if KEY not in cell.metadata:
        return None
    told = cell.metadata[KEY]
    told = told.get("shown") if isinstance(told, dict) else None
    parts = [part for part in told if isinstance(part, dict)] if isinstance(told, list) else []
    return [_told(part) for part in parts]


def _told(part: dict) -> Output:
    picture = _picture(part.get("picture"))
    words = alternative(part.get("words")) if picture else ""
    return Output(clean(part.get("text", "")), picture, words)


def show(raw: list[NotebookNode]) -> list[Output]:
    """Return outputs as text and PNG pictures; everything else is left out."""
    found = []
    for output in raw:
        if output.output_type == "stream":
            found.append(Output(text=clean(output.text)))
        elif output.output_type == "error":
            found.append(Output(text=clean(f"{output.ename}: {output.evalue}")))
        elif "data" in output:
            picture = _picture(output.data.get(PNG))
            text = output.data.get("text/plain", "")
            if picture:
                found.append(Output(picture=picture, words=alternative(text)))
            else:
                found.append(Output(text=clean(str(text))))
    return [output for output in found if output.text.strip() or output.picture]


def show_instead(cell: NotebookNode, raw: list[NotebookNode] | None) -> None:
    """Have other outputs shown than the cell has; with None, a sentence that says why not."""
    say_instead(cell, [Output(text=WITHHELD)] if raw is None else show(raw)[:MAX_OUTPUTS])


def say_instead(cell: NotebookNode, instead: list[Output]) -> None:
    """Note in a cell what is to be shown in place of its outputs."""
    cell.metadata[KEY] = {"shown": [asdict(output) for output in instead]}


def clean(text: Any) -> str:
    """Take out of a text what cannot be read, and shorten it; lines stay lines."""
    text = str(text)
    more = len(text) - MAX_TEXT
    text = readable(text[:MAX_TEXT])
    return f"{text}\n… ({more:,} characters more)" if more > 0 else text


def alternative(text: Any) -> str:
    """Return what is said of a picture: the text beside it, unless that only names an object."""
    told = " ".join(clean(text or "").split())
    return PICTURE if not told or OBJECT.fullmatch(told) else told[:MAX_WORDS]


def readable(text: str) -> str:
    """Take out what steers a terminal, hides, or turns the direction of writing."""
    text = ESCAPES.sub("", text)
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isprintable() or c in "\n\t\N{NO-BREAK SPACE}")


def is_slow_to_colour(code: str) -> bool:
    """Tell whether a lexer may take minutes for some code, as for some that was made for it."""
    longest = max(map(len, code.splitlines()), default=0)
    return len(code) > MAX_ANSWER or longest > LONGEST_LINE or bool(BLANK.search(code))


def _picture(data: object) -> str:
    """Return base64 of a PNG picture, or nothing where it is none."""
    if not isinstance(data, str) or len(data) > MAX_PICTURE * 4 // 3:
        return ""
    return read_png(data)

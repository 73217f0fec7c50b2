"""The door for text and outputs: what comes from a process that a student's code ran in.

It may be anything that JSON can hold. What is let through is rebuilt from a list of what is
known: text that can be encoded, PNG pictures, errors with a plain traceback; all bounded. So
whatever is stored, written or shown later needs no second look.
"""

from __future__ import annotations

import re
from typing import Any

from course.door.budgets import (
    CELL_OUTPUTS,
    CELL_PICTURES,
    CELL_TEXT,
    ERROR_NAME,
    ERROR_TEXT,
    TRACEBACK,
    TRACEBACK_PARTS,
)
from course.door.pictures import PNG, read_png

TEXT = "text/plain"
TOO_MUCH = "[More was shown than is kept.]\n"
# Halves of characters, which no file can hold, and control characters but for those that move
# the cursor or begin a colour.
_UNFIT = re.compile("[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\ud800-\udfff]")
_COLOURS = re.compile("\x1b\\[[0-9;?]*[ -/]*[@-~]")


def plain(text: Any, most: int = ERROR_TEXT) -> str:
    """Return a text that can be stored and shown everywhere; its middle goes where it is long."""
    if not isinstance(text, str):
        return ""
    if len(text) > most:
        text = f"{text[: most // 2]} ... {text[len(text) - most // 2 + 5 :]}"
    return _UNFIT.sub("\ufffd", text)


def error_of(name: Any, text: Any) -> tuple[str, str]:
    """Return name and text of an exception as they can be told."""
    return plain(name, ERROR_NAME) or "Error", _COLOURS.sub("", plain(text))


def size_of(outputs: list[Any]) -> int:
    """Return the characters in some outputs that `cleaned` has let through."""
    total = 0
    for output in outputs:
        parts = [output.get(name, "") for name in ("text", "ename", "evalue")]
        parts += output.get("traceback", [])
        total += sum(map(len, [*parts, *output.get("data", {}).values()]))
    return total


def cleaned(told: Any) -> list[dict]:
    """Return outputs of one cell in nbformat's form, rebuilt from what is known to be harmless.

    Raises
    ------
    ValueError
        When it is no list of outputs at all.
    """
    if type(told) is not list:
        raise ValueError("outputs that are no list")
    room = _Room()
    kept: list[dict] = []
    for output in told:
        if not isinstance(output, dict):
            raise ValueError("an output that is none")
        kind = output.get("output_type")
        known = KINDS.get(kind) if type(kind) is str else None
        if known is None:
            raise ValueError("an output of an unknown kind")
        if len(kept) >= CELL_OUTPUTS:
            room.full = True
            break
        if (made := known(output, room)) is not None:
            kept.append(made)
    if room.full and not (kept and kept[-1].get("text") == TOO_MUCH):
        kept.append({"output_type": "stream", "name": "stderr", "text": TOO_MUCH})
    return kept


class _Room:
    """What of a cell's outputs may still be kept."""

    def __init__(self) -> None:
        self.text, self.pictures, self.full = CELL_TEXT, CELL_PICTURES, False

    def cut(self, text: str) -> str:
        """Return as much of a text as there is room for."""
        if len(text) > self.text:
            text, self.full = text[: self.text], True
        self.text -= len(text)
        return _UNFIT.sub("\ufffd", text)

    def picture(self, data: str) -> str:
        """Return a picture in base64, or nothing where it is none or there is no room."""
        data = "".join(data.split())
        if len(data) > self.pictures:
            self.full = True
            return ""
        picture = read_png(data)
        self.pictures -= len(picture)
        return picture


def _text(told: Any) -> str:
    """Return a text that may stand as a list of lines."""
    if isinstance(told, list) and all(isinstance(line, str) for line in told):
        return "".join(told)
    return told if isinstance(told, str) else ""


def _stream(output: dict, room: _Room) -> dict | None:
    name = "stderr" if output.get("name") == "stderr" else "stdout"
    text = room.cut(_text(output.get("text")))
    return {"output_type": "stream", "name": name, "text": text} if text else None


def _data(output: dict, room: _Room) -> dict[str, str]:
    """Return what a display shows: text and a picture, of all that it may hold."""
    told = output.get("data")
    told = told if isinstance(told, dict) else {}
    found = {}
    if text := room.cut(_text(told.get(TEXT))):
        found[TEXT] = text
    if picture := room.picture(_text(told.get(PNG))):
        found[PNG] = picture
    return found


def _display(output: dict, room: _Room) -> dict | None:
    data = _data(output, room)
    return {"output_type": "display_data", "data": data, "metadata": {}} if data else None


def _result(output: dict, room: _Room) -> dict | None:
    count = output.get("execution_count")
    count = count if type(count) is int and 0 <= count < 2**31 else None
    data = _data(output, room)
    made = {"output_type": "execute_result", "data": data, "metadata": {}}
    return made | {"execution_count": count} if data else None


def _error(output: dict, room: _Room) -> dict:
    name, text = error_of(output.get("ename"), output.get("evalue"))
    told = output.get("traceback")
    told = told[:TRACEBACK_PARTS] if isinstance(told, list) else []
    lines, left = [], TRACEBACK
    for line in told:
        line = _COLOURS.sub("", plain(line, min(left, TRACEBACK)))
        left -= len(line)
        lines.append(line)
        if left <= 100:
            break
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": lines}


KINDS = {
    "stream": _stream,
    "display_data": _display,
    "execute_result": _result,
    "error": _error,
}

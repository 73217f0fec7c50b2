"""The text of a notebook that nobody reads as text, made fast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

END = "\n}\n"  # of every notebook's text, in which no other place can hold it


def in_lines(nb: NotebookNode) -> str:
    """Return a notebook's JSON text, with each cell on a line of its own.

    It says what `nbformat.writes` says, in a tenth of the time: that indents each value and splits
    each text into its lines, which the format allows and does not ask for. Nothing is validated.
    The last brace stands on a line of its own here too: by `END` whoever looks for files that were
    cut off knows one that was not.
    """
    cells = ",\n".join(_text({**cell, "metadata": _own(cell.metadata)}) for cell in nb.cells)
    rest = {key: _text(value) for key, value in nb.items() if key != "cells"}
    rest["metadata"] = _text(_own(nb.metadata))
    parts = [f'"cells": [\n{cells}\n]', *(f'"{key}": {rest[key]}' for key in sorted(rest))]
    return "{\n" + ",\n".join(parts) + END


def _own(metadata: dict) -> dict:
    """Return metadata without what belongs to the program that has opened the file."""
    passing = ("trusted", "orig_nbformat", "orig_nbformat_minor", "signature")
    return {key: value for key, value in metadata.items() if key not in passing}


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)

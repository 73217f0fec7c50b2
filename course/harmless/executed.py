"""Executed notebooks as they are written to ``autograded/``: text and PNG pictures, nothing active.

Formgrader renders what is there on JupyterLab's own origin, where a script could start a kernel.
So all that goes there passes `make_harmless`, whoever made it, and nbgrader shows nothing else; see
`course.harmless.formgrader`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from nbformat import NotebookNode

from course.door.pictures import PNG, read_png
from course.harmless.markdown import UNSEEN, passive, with_pictures
from course.harmless.shown import said_instead, say_instead

KEPT_METADATA = ("kernelspec", "language_info")
STREAMS = ("stdout", "stderr")
# Colours stay. What else a terminal would do (links, titles, cursors) is not shown.
SEQUENCE = re.compile(r"\x1b(?!\[[0-9;]{0,40}m)(?:\[[0-9;?]{0,40}[ -/]{0,4}[@-~]|[^\[\x1b])?", re.S)
CONTROL = re.compile(UNSEEN.pattern.replace(r"\x0b-\x1f", r"\x0b-\x0c\x0e-\x1a\x1c-\x1f"))
PLAIN_TAG = re.compile(r"[\w.:-]{1,60}")
MARKUP = re.compile(r"[<>\"'&]")


def make_harmless(nb: NotebookNode, ours: Collection[str]) -> NotebookNode:
    """Take out of a notebook, in place, all that could be active; return it.

    Parameters
    ----------
    nb : NotebookNode
        Executed; every part of it may be a student's.
    ours : collection of str
        The texts of our own Markdown cells, which stay as they are.
    """
    nb.metadata = NotebookNode({k: nb.metadata[k] for k in KEPT_METADATA if k in nb.metadata})
    for cell in nb.cells:
        _clean_metadata(cell)
        if cell.cell_type == "code":
            cell.outputs = harmless_outputs(cell.get("outputs", []))
            cell.pop("attachments", None)
        elif cell.cell_type == "markdown":
            attached = cell.pop("attachments", None)
            if attached or cell.source not in ours:
                cell.source, made = with_pictures(cell.source, attached)
                if made:
                    cell.attachments = NotebookNode(made)
        else:
            cell.source = passive(cell.source)
            cell.pop("attachments", None)
    return nb


def own_texts(cells: Iterable[NotebookNode]) -> frozenset[str]:
    """Return the texts of Markdown cells of ours."""
    return frozenset(cell.source for cell in cells if cell.cell_type == "markdown")


def harmless_outputs(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return outputs as text and PNG pictures; what is neither is left out."""
    found = (_output(output) for output in outputs)
    return [NotebookNode(output) for output in found if output]


def _output(output: NotebookNode) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = output.get("name")
        text = _text(output.get("text", ""))
        return {"output_type": kind, "name": name if name in STREAMS else "stdout", "text": text}
    if kind == "error":
        lines = output.get("traceback", [])
        lines = [lines] if isinstance(lines, str) else lines if isinstance(lines, list) else []
        error = {name: _text(output.get(name, "")) for name in ("ename", "evalue")}
        return {"output_type": kind, **error, "traceback": [_text(line) for line in lines]}
    data = output.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
        return None
    kept: dict[str, str] = {}
    if "text/plain" in data:
        kept["text/plain"] = _text(data["text/plain"])
    if picture := read_png(data.get(PNG)):
        kept[PNG] = picture
    if not kept:
        return None
    made = {"output_type": kind, "data": NotebookNode(kept), "metadata": NotebookNode()}
    if kind == "execute_result":
        count = output.get("execution_count")
        made["execution_count"] = count if type(count) is int else None
    return made


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "".join(map(str, value))
    text = value if isinstance(value, str) else str(value)
    if "\x1b" in text:
        text = SEQUENCE.sub("", text)
    return CONTROL.sub("", text)


def _clean_metadata(cell: NotebookNode) -> None:
    """Keep what nbgrader needs, tags that are words, and what is shown in place of outputs."""
    kept, instead = NotebookNode(), said_instead(cell)
    marks = cell.metadata.get("nbgrader")
    if isinstance(marks, dict) and not MARKUP.search(str(marks.get("grade_id", ""))):
        kept.nbgrader = marks
    tags = cell.metadata.get("tags")
    if isinstance(tags, list):
        kept.tags = [tag for tag in tags if isinstance(tag, str) and PLAIN_TAG.fullmatch(tag)]
    cell.metadata = kept
    if instead is not None:
        say_instead(cell, instead)

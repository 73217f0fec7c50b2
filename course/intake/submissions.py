"""What students handed in, read without believing anything of it."""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass, field
from pathlib import Path

from course.door.budgets import (
    CELL_SOURCE,
    CELLS,
    CONTENT_BYTES,
    CONTENT_VALUES,
    FILE_BYTES,
    FILE_TOKENS,
    SOURCE,
)
from course.door.skimming import TooMany, values_in, without
from course.intake.pasted import with_attachments

MAX_BYTES = FILE_BYTES
# What results were stored is no part of an answer, nor is the state of its widgets.
UNREAD = frozenset({b'"outputs"', b'"widgets"'})


class Malformed(Exception):
    """A submission that cannot be graded; the text says why, to the student."""


@dataclass(frozen=True)
class SubmittedCell:
    """The text of one submitted cell, what may help to place it, and what is attached to it."""

    kind: str
    source: str
    id: str | None
    grade_id: str | None
    attachments: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SubmittedNotebook:
    """The cells of one submitted notebook, and the SHA-256 of the file."""

    cells: tuple[SubmittedCell, ...]
    digest: str


def read_submission(path: Path) -> SubmittedNotebook:
    """Read a submitted notebook from a file; see `read_bytes` and `parse_submission`."""
    return parse_submission(read_bytes(path))


def parse_submission(data: bytes) -> SubmittedNotebook:
    """Read a submitted notebook: the text of its cells and nothing else.

    Raises
    ------
    Malformed
        When it is no notebook, with a reason that the student can act on.
    """
    try:
        raw = _loaded(_content(data))
    except RecursionError:
        raise Malformed("The file is nested too deeply to be a notebook.") from None
    except ValueError as error:
        line = getattr(error, "lineno", "?")
        raise Malformed(
            f"The file is not JSON, so it is no notebook (line {line}); perhaps it was cut off "
            "while it was uploaded, or exported as another format."
        ) from None
    cells = tuple(_cell(c) for c in _raw_cells(raw))
    if sum(len(cell.source) for cell in cells) > SOURCE:
        raise Malformed(
            f"The notebook's cells hold more than {SOURCE // 2**20} MiB of text: take pasted data "
            "out of them."
        )
    return SubmittedNotebook(cells, hashlib.sha256(data).hexdigest())


def _content(data: bytes) -> bytes:
    """Return the file without what is not read, no longer than what is taken."""
    if len(data) > FILE_BYTES:
        raise _too_large()
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise Malformed("The file is empty: save the notebook in JupyterLab and hand it in again.")
    if len(data) <= CONTENT_BYTES and values_in(data, CONTENT_VALUES) <= CONTENT_VALUES:
        return data  # small enough to be built as it is, as nearly every one
    try:
        data = without(data, UNREAD, FILE_TOKENS)
    except TooMany:
        raise Malformed(
            "The file holds millions of parts: clear its outputs and hand it in again."
        ) from None
    if len(data) > CONTENT_BYTES or values_in(data, CONTENT_VALUES) > CONTENT_VALUES:
        raise Malformed(
            f"The notebook is too large: {CONTENT_BYTES // 2**20} MiB of text and attached "
            "pictures are taken, outputs not counted. Take pasted data out of it."
        )
    return data


def _loaded(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = "is saved as UTF-16" if utf16 else "is not UTF-8 text"
        raise Malformed(f"The file {what}: save it again in JupyterLab and hand it in.") from None


def _too_large() -> Malformed:
    return Malformed(
        f"The file is larger than {FILE_BYTES // 2**20} MiB: clear its outputs and hand it in "
        "again."
    )


def read_bytes(path: Path) -> bytes:
    """Read a regular file.

    Raises
    ------
    Malformed
        When it is a link, a device or a FIFO, too large, or may not be read.
    """
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise Malformed("The notebook is a link or a device, not a file: hand in the file.")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        raise Malformed(f"The file cannot be read ({error.strerror}): hand it in again.") from None


def _raw_cells(raw: object) -> list:
    if not isinstance(raw, dict):
        raise Malformed("The file is JSON, but no notebook: it holds no cells.")
    cells = raw.get("cells")
    if cells is None and isinstance(raw.get("worksheets"), list):  # nbformat 3
        sheets = [s for s in raw["worksheets"] if isinstance(s, dict)]
        cells = [c for s in sheets if isinstance(s.get("cells"), list) for c in s["cells"]]
    if not isinstance(cells, list):
        raise Malformed("The file is JSON, but no notebook: it holds no cells.")
    if len(cells) > CELLS:
        raise Malformed(f"The notebook has {len(cells):,} cells; at most {CELLS:,} are taken.")
    return cells


def _cell(raw: object) -> SubmittedCell:
    if not isinstance(raw, dict):
        raise Malformed("A cell of the notebook is damaged: save it again in JupyterLab.")
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Malformed("A cell of the notebook has no text: save it again in JupyterLab.")
    kind = raw.get("cell_type")
    attachments: dict[str, dict[str, str]] = {}
    if kind == "markdown":
        source, attachments = with_attachments(source, _attachments(raw.get("attachments")))
    if len(source) > CELL_SOURCE:
        raise Malformed("A cell of the notebook is too long: take pasted data out of it.")
    metadata = raw.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return SubmittedCell(
        kind=kind if isinstance(kind, str) else "",
        source=_text(source).replace("\r\n", "\n"),
        id=raw["id"] if isinstance(raw.get("id"), str) else None,
        grade_id=name if isinstance(name, str) else None,
        attachments=attachments,
    )


def _attachments(raw: object) -> dict[str, dict[str, str]]:
    """Return what may be pictures, in nbformat's form: what goes on from here has one depth."""
    found = raw if isinstance(raw, dict) else {}
    return {
        _text(name): {
            _text(mime): _text(data) for mime, data in map(_joined, bundle.items()) if data
        }
        for name, bundle in found.items()
        if isinstance(bundle, dict)
    }


def _joined(item: tuple[str, object]) -> tuple[str, str]:
    mime, data = item
    if isinstance(data, list) and all(isinstance(line, str) for line in data):
        data = "".join(data)
    return mime, data if isinstance(data, str) else ""


def _text(text: str) -> str:
    """Return a text without halves of characters: JSON can write them, but none stores them."""
    return text.encode("utf-8", "replace").decode("utf-8")

"""What students handed in: find it, and read it without believing anything of it."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from helpers.litter import is_litter

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
from course.folder import Course, Section

TIMESTAMP = "timestamp.txt"
MAX_TIMESTAMP = 200
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


def submitting_students(course: Course, section: Section) -> list[str]:
    """Return the ids of all who have a folder or file of this section in ``submitted/``."""
    top = course.submitted("x", section.name).parent.parent
    if not top.is_dir():
        return []
    people = (p for p in top.iterdir() if p.is_dir() and not p.name.startswith("."))
    return sorted(p.name for p in people if _may_be(course.submitted(p.name, section.name)))


def _may_be(folder: Path) -> bool:
    """Tell whether a folder is there; of one that cannot be looked for, grading tells."""
    try:
        return folder.exists()
    except OSError:
        return True


def handed_in_at(folder: Path) -> datetime | None:
    """Return the time in ``timestamp.txt``, as nbgrader reads it; None where it tells none."""
    from nbgrader.utils import parse_utc  # slow to import, and needed late

    path = folder / TIMESTAMP
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_TIMESTAMP:
            return None  # a pipe would never end, and a link may lead anywhere
        return parse_utc(path.read_text(encoding="utf-8").strip()).replace(tzinfo=None)
    except (OSError, ValueError, OverflowError):
        return None


def find_file(folder: Path, name: str, names: Collection[str]) -> Path:
    """Return the submitted file that stands for the notebook `name`.

    Parameters
    ----------
    folder : Path
        ``submitted/<student>/<section>``.
    name : str
        The notebook's name without its ending.
    names : collection of str
        The names of all notebooks of the section; where it is the only one, a file of any
        name can be taken for it.

    Raises
    ------
    FileNotFoundError
        When nothing was handed in for it.
    Malformed
        When it cannot be told which file is meant.
    """
    try:
        if not folder.exists() and not folder.is_symlink():
            raise FileNotFoundError(folder)
        if folder.is_symlink() or not folder.is_dir():
            raise Malformed(
                "The submission is not a folder with a notebook in it: hand in the .ipynb."
            )
        found = sorted(p for p in folder.iterdir() if p.suffix.casefold() == ".ipynb")
        found = [p for p in found if not is_litter(p.name)]
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Malformed(
            f"The submission's folder cannot be read ({error.strerror}): hand it in again."
        ) from None
    exact = [p for p in found if _key(p.stem) == _key(name) and p.name == f"{name}.ipynb"]
    if exact:
        return exact[0]
    free = [p for p in found if p.stem not in names]
    near = [p for p in free if _key(p.stem) == _key(name)] or (free if len(names) == 1 else [])
    if not near:
        raise FileNotFoundError(name)
    if len(near) > 1:
        names = ", ".join(p.name for p in near)
        raise Malformed(f"There are several notebooks ({names}): hand in one, called {name}.ipynb.")
    return near[0]


def _key(stem: str) -> str:
    """Return what is left of a file's name without the marks that browsers and LMSs add."""
    plain = unicodedata.normalize("NFC", stem).casefold()
    return re.sub(r"(\s*\(\d+\)|[-_ ]copy\d*|-\d+)$", "", plain).strip()


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
    if len(source) > CELL_SOURCE:
        raise Malformed("A cell of the notebook is too long: take pasted data out of it.")
    metadata = raw.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    kind = raw.get("cell_type")
    return SubmittedCell(
        kind=kind if isinstance(kind, str) else "",
        source=_text(source).replace("\r\n", "\n"),
        id=raw["id"] if isinstance(raw.get("id"), str) else None,
        grade_id=name if isinstance(name, str) else None,
        attachments=_attachments(raw.get("attachments")) if kind == "markdown" else {},
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

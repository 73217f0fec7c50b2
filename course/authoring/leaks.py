"""Look for solutions, hidden tests, mark schemes and mistakes in a folder that students get."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config

from course.authoring.secrets import Guarded
from course.authoring.twins import functions
from course.folder import KEPT_BACK, SYLLABUS_FILE
from course.notebook.cells import is_answer
from course.notebook.mistakes import Mistake
from course.notebook.regions import find_regions
from course.notebook.syntax import parse

ENCRYPTED = 1  # a bit of a zip entry's flags
LEAK_REMEDY = (
    "Put it between the delimiters, or take it out of the source; where students may see a line, "
    f"write it out in may_show below [release] in {SYLLABUS_FILE.as_posix()}."
)


@dataclass(frozen=True)
class Leak:
    """One thing that must not be there.

    Attributes
    ----------
    file : str
        Relative to the folder that was searched; ``archive.zip/name`` inside an archive.
    cell : str
        The cell's id; empty outside of cells.
    line : int
        Line of the cell's text or of the file, from 1; 0 where there is none.
    what : str
        What it is.
    """

    file: str
    cell: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file} [{self.cell}]" if self.cell else self.file
        return f"{place}{f' line {self.line}' if self.line else ''}: {self.what}"


def find_leaks(
    released: Path,
    sources: Iterable[NotebookNode],
    mistakes: Iterable[Mistake] = (),
    config: Config | None = None,
    may_show: Iterable[str] = (),
) -> list[Leak]:
    """Return what the files of a folder give away of a section.

    Parameters
    ----------
    released : Path
        The folder that students get.
    sources : iterable of NotebookNode
        All source notebooks of the section, in stock form.
    mistakes : iterable of Mistake
    config : Config, optional
        The course's configuration.
    may_show : iterable of str
        Lines that students may see.

    Returns
    -------
    list of Leak
        In the order of files and cells; empty when nothing is given away.
    """
    guarded = Guarded(sources, mistakes, config or Config(), may_show)
    files = sorted(path for path in released.rglob("*") if path.is_file())
    return [
        leak
        for path in files
        for leak in _in_file(guarded, path.relative_to(released).as_posix(), path.read_bytes())
    ]


def find_twins(package: Path, sources: Iterable[NotebookNode]) -> list[Leak]:
    """Return the functions of a package that are a section's solutions, or in its hidden tests.

    Parameters
    ----------
    package : Path
        What students can import.
    sources : iterable of NotebookNode
        In stock form.

    Returns
    -------
    list of Leak
        Names of variables play no part; see `course.authoring.twins`.
    """
    known: dict[str, str] = {}
    for nb in sources:
        hidden = {r.cell: set(r.lines) for r in find_regions(nb)}
        for cell in nb.cells:
            if cell.cell_type != "code" or not (own := hidden.get(cell.id)):
                continue
            for name, line, form in _functions(cell.source):
                lines = cell.source.split("\n")[line - 1 :]
                if is_answer(cell) or lines[0] in own:
                    known[form] = f"{name} of {cell.id!r}"
    return [
        Leak(file.relative_to(package.parent).as_posix(), "", line, f"{name}: it is {known[form]}")
        for file in sorted(package.rglob("*.py"))
        for name, line, form in _functions(file.read_text(encoding="utf-8"))
        if form in known
    ]


@cache
def _functions(source: str) -> list[tuple[str, int, str]]:
    try:
        return list(functions(parse(source)))
    except (SyntaxError, ValueError):
        return []


def _in_file(guarded: Guarded, file: str, data: bytes) -> Iterator[Leak]:
    if Path(file).name in KEPT_BACK:
        yield Leak(file, "", 0, "the file of wrong solutions itself")
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield from _in_bytes(guarded, file, data)
        return
    content = _parse(text)
    if isinstance(content, dict) and isinstance(content.get("cells"), list):
        yield from _in_notebook(guarded, file, content)
    elif content is not None:
        for string in _strings(content):
            yield from (Leak(file, "", 0, what) for _, what in guarded.find(string))
    else:
        yield from (Leak(file, "", line, what) for line, what in guarded.find(text))


def _in_bytes(guarded: Guarded, file: str, data: bytes) -> Iterator[Leak]:
    """Search a binary file; archives are looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.is_dir() and not entry.flag_bits & ENCRYPTED:
                    yield from _in_file(guarded, f"{file}/{entry.filename}", archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError):
        pass  # no archive, or one that is packed in a way that Python cannot read
    if what := guarded.find_in_bytes(data):
        yield Leak(file, "", 0, what)


def _in_notebook(guarded: Guarded, file: str, nb: dict) -> Iterator[Leak]:
    for position, cell in enumerate(nb["cells"]):
        name = str(cell.get("id") or f"cell {position}")
        source = "".join(cell.get("source", ""))
        yield from (Leak(file, name, line, what) for line, what in guarded.find(source))
        if cell.get("outputs") or cell.get("execution_count"):
            yield Leak(file, name, 0, "an output, or the number of an execution")
        for attachment in cell.get("attachments", {}):
            if f"attachment:{attachment}" not in source:
                what = f"the attachment {attachment}, which the cell's text does not show"
                yield Leak(file, name, 0, what)
        yield from _in_metadata(guarded, file, name, cell.get("metadata", {}))
    yield from _in_metadata(guarded, file, "", {k: v for k, v in nb.items() if k != "cells"})


def _in_metadata(guarded: Guarded, file: str, cell: str, metadata: dict) -> Iterator[Leak]:
    for string in _strings(metadata):
        for _, what in guarded.find(string):
            yield Leak(file, cell, 0, f"{what}, in the metadata")


def _parse(text: str) -> Any:
    """Return what a JSON file holds, or None where it is none."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)

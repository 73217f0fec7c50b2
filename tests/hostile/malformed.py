"""Files that are broken, old, new, large, misnamed, or no notebooks at all."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.hostile.case import Case, Place, everywhere
from tests.hostile.lessons import RIGHT
from tests.hostile.making import as_bytes, file, released

MALFORMED = everywhere("malformed")
MISSING = everywhere("missing")


def _bad(name: str, about: str, data: bytes | Callable[[bytes], bytes], **how) -> Case:
    make = data if callable(data) else lambda right: data
    return Case(name, about, file(make), how.get("verdicts", MALFORMED))


def _odd(name: str, about: str, change: Callable[[dict], None], **verdicts: str) -> Case:
    """Make a case from a change to the notebook's JSON."""

    def make(right: bytes) -> bytes:
        raw = json.loads(right)
        change(raw)
        return json.dumps(raw).encode()

    return Case(name, about, file(make), verdicts)


def _deep_picture(right: bytes) -> bytes:
    raw = json.loads(right)
    picture = {"a.png": {"image/png": "DEEP"}}
    raw["cells"].append({"cell_type": "markdown", "source": "![a](attachment:a.png)", "id": "own"})
    raw["cells"][-1] |= {"metadata": {}, "attachments": picture}
    return json.dumps(raw).replace('"DEEP"', "[" * 900 + "]" * 900).encode()


def _put(name: str, about: str, place: Callable[[Path], None], verdicts: dict) -> Case:
    """Make a case whose folder is written by hand."""

    def write(folder: Path, names: dict[str, str]) -> None:
        place(folder)

    return Case(name, about, write, verdicts)


def _named(*names: bytes | str) -> Place:
    def place(folder: Path, _: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        for name in names:
            path = os.path.join(os.fsencode(folder), os.fsencode(name))
            with open(path, "wb") as handle:
                handle.write(as_bytes(released()))

    return place


def _each(change: Callable[[dict], None]) -> Callable[[dict], None]:
    return lambda raw: [change(cell) for cell in raw["cells"]] and None


def _old(raw: dict) -> None:
    cells = [{**c, "input": c["source"], "language": "python"} for c in raw.pop("cells")]
    for cell in cells:
        if cell["cell_type"] == "code":
            del cell["source"]
        cell.pop("id")
    raw.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells, "metadata": {}}])


def _large_outputs(raw: dict) -> None:
    for cell in raw["cells"]:
        if cell["cell_type"] == "code":
            text = "x" * 7_000_000
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]


def _outputs(told: object) -> Callable[[dict], None]:
    def change(raw: dict) -> None:
        for cell in raw["cells"][2:6]:
            cell["outputs"] = []
        raw["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": told}]

    return change


def _nested(depth: int) -> list:
    deep: list = []
    for _ in range(depth):
        deep = [deep]
    return deep


def _more_cells(count: int, source: str = "1") -> Callable[[dict], None]:
    return lambda raw: raw["cells"].extend([{"cell_type": "code", "source": source}] * count)


def _time_a_pipe(folder: Path) -> None:
    _named("sums.ipynb")(folder, {})
    os.mkfifo(folder / "timestamp.txt")


def _time_a_book(folder: Path) -> None:
    _named("sums.ipynb")(folder, {})
    (folder / "timestamp.txt").write_bytes(b"2026-01-01 " * 5_000_000)


def _deep_metadata(raw: dict) -> None:
    deep: dict = {}
    for _ in range(400):
        deep = {"deep": deep}
    raw["cells"][0]["metadata"] = deep


def _pipe(folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / "sums.ipynb")


def _socket(folder: Path) -> None:
    folder.mkdir(parents=True)
    here = os.getcwd()
    os.chdir(folder)  # a socket's path may have some hundred characters only
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("sums.ipynb")
    finally:
        os.chdir(here)


def _folder_as_file(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_bytes(as_bytes(released()))


def _notebook_as_folder(folder: Path) -> None:
    (folder / "sums.ipynb").mkdir(parents=True)


BROKEN = [
    _bad("quotes-escaped", "a million quotation marks of no text", b'\\"' * 10**6 + b"," * 2**20),
    _bad("empty", "nothing in the file", b""),
    _bad("blank", "spaces and line ends", b" \n\t\r\n "),
    _bad("not-json", "a letter to the teacher", b"Dear teacher, my cat ate the notebook."),
    _bad("html", "the learning platform's login page", b"<!doctype html><title>Log in</title>"),
    _bad("truncated", "the second half is gone", lambda right: right[: len(right) // 2]),
    _bad("utf-16", "saved as UTF-16", lambda right: right.decode().encode("utf-16")),
    _bad("latin-1", "saved in another encoding", lambda right: right.replace(b"Sums", b"S\xfcms")),
    _bad("binary", "bytes of all kinds", bytes(range(256)) * 40),
    _bad("zip", "an archive with the ending of a notebook", b"PK\x03\x04" + b"\0" * 500),
    _bad("json-list", "JSON, but a list", b"[1, 2, 3]"),
    _bad("json-null", "JSON, but null", b"null"),
    _bad("json-deep", "JSON nested too deeply", b"[" * 200_000),
    _bad("json-twice", "two notebooks in one file", lambda right: right + right),
    _bad("json-number", "a number of 10,000 digits", b'{"cells": ' + b"1" * 10_000 + b"}"),
    _odd("no-cells", "no list of cells", lambda raw: raw.pop("cells"), **MALFORMED),
    _odd("cells-a-dict", "cells are a dict", lambda raw: raw.update(cells={}), **MALFORMED),
    _odd("cell-null", "a cell is null", lambda raw: raw["cells"].append(None), **MALFORMED),
    _odd(
        "source-number",
        "a cell's text is a number",
        lambda raw: raw["cells"][3].update(source=4),
        **MALFORMED,
    ),
    _odd(
        "many-cells",
        "100,000 cells",
        lambda raw: raw["cells"].extend([{"cell_type": "code", "source": "1"}] * 100_000),
        **MALFORMED,
    ),
    _odd(
        "long-cell",
        "a cell of 30 MB",
        lambda raw: raw["cells"][1].update(source="x" * 30_000_000),
        **MALFORMED,
    ),
    _odd("cells-2000", "2,000 cells", _more_cells(2_000), **MALFORMED),
    _odd("text-in-all", "30 cells of 500 kB", _more_cells(30, "x" * 500_000), **MALFORMED),
    _odd("values", "a million empty lists", lambda raw: raw.update(x=[[]] * 10**6), **MALFORMED),
    _odd(
        "keys", "700,000 keys", lambda raw: raw.update(x=dict.fromkeys(range(700_000))), **MALFORMED
    ),
    _odd("stored-empties", "five million empty outputs", _outputs([{}] * 5_000_000), **MALFORMED),
    _bad("quotes", "ten million quotation marks in a text without an end", b'{"' + rb"\"" * 10**7),
    _bad("quotes-alone", "ten million of them", b'{"cells": [' + b'"' * 10**7),
    _odd(
        "other-section",
        "the notebook of another section",
        lambda raw: raw.update(cells=[{"cell_type": "code", "source": "elsewhere = 1", "id": "z"}]),
        **MALFORMED,
    ),
]
READ = [
    _bad("bom", "a byte order mark", lambda right: b"\xef\xbb\xbf" + right, verdicts={}),
    _bad(
        "crlf",
        "line ends of another system",
        lambda right: right.replace(b"\n", b"\r\n"),
        verdicts={},
    ),
    _odd(
        "crlf-cells",
        "such line ends within the cells",
        _each(lambda c: c.update(source="".join(c["source"]).replace("\n", "\r\n"))),
    ),
    _odd("version-3", "a notebook of the third format", _old),
    _odd("minor-99", "a format to come", lambda raw: raw.update(nbformat_minor=99)),
    _odd("major-9", "a format of the far future", lambda raw: raw.update(nbformat=9)),
    _odd(
        "no-version",
        "no format at all",
        lambda raw: [raw.pop(key) for key in ("nbformat", "nbformat_minor")],
    ),
    _odd("ids-twice", "all cells have one id", _each(lambda c: c.update(id="same"))),
    _odd("ids-numbers", "ids are numbers", _each(lambda c: c.update(id=7))),
    _odd(
        "no-outputs",
        "cells lack outputs and counts",
        _each(lambda c: [c.pop("outputs", 0), c.pop("execution_count", 0)]),
    ),
    _odd("no-metadata", "cells lack metadata", _each(lambda c: c.pop("metadata"))),
    _odd("metadata-list", "metadata are lists", _each(lambda c: c.update(metadata=[1]))),
    _odd("no-top-metadata", "the notebook lacks metadata", lambda raw: raw.pop("metadata")),
    _odd("deep-metadata", "metadata nested deeply", _deep_metadata),
    _odd("large-outputs", "50 MB of stored outputs", _large_outputs),
    _odd("stored-lines", "30 MB of stored lines", _outputs(["x" * 99 + "\n"] * 300_000)),
    _odd("stored-numbers", "10 MB of stored numbers", _outputs([7] * 3_000_000)),
    _odd("stored-depth", "stored outputs 900 deep", _outputs(_nested(900))),
    _odd(
        "stored-widgets",
        "30 MB of widgets' state",
        lambda raw: raw["metadata"].update(widgets={"x": {"state": ["x" * 3_000_000] * 10}}),
    ),
    _odd(
        "stored-text",
        "stored outputs that are a text",
        _each(lambda c: c.update(outputs='"outputs"')),
    ),
    _put("time-a-pipe", "the file of the time is a pipe", _time_a_pipe, {}),
    _put("time-a-book", "the file of the time has 50 MB", _time_a_book, {}),
    _odd(
        "cell-type-unknown",
        "an answer of a kind that nobody knows",
        lambda raw: raw["cells"][4].update(cell_type="video"),
    ),
    _odd(
        "source-a-string",
        "the text of cells in one piece",
        _each(lambda c: c.update(source="".join(c["source"]))),
    ),
    _odd(
        "surrogate",
        "half a character in a right answer",
        lambda raw: raw["cells"][4].update(source=RIGHT["add"] + "# \ud800\n"),
    ),
    _odd(
        "nul",
        "a zero byte in an answer",
        lambda raw: raw["cells"][4].update(source=RIGHT["add"] + "\0"),
        add="failed",
    ),
    _odd(
        "infinite",
        "Infinity and NaN beside the answers",
        lambda raw: raw["metadata"].update(x=float("nan"), y=float("inf")),
    ),
    _bad("deep-attachment", "a picture of 900 lists, one in another", _deep_picture, verdicts={}),
    Case("renamed-1", "a browser's name for a second copy", _named("sums (1).ipynb")),
    Case("renamed-own", "a name of the student's own", _named("my homework, FINAL.ipynb")),
    Case("renamed-case", "a name in capitals", _named("SUMS.IPYNB")),
    Case("renamed-bytes", "a name that is not UTF-8", _named(b"s\xffms.ipynb")),
    Case("renamed-shell", "a name that a shell would run", _named("$(touch x);`id`.ipynb")),
    Case(
        "renamed-right-to-left",
        "a name with a mark that turns it round",
        _named("s\u202esmu.ipynb"),
    ),
    Case("case-twins", "two names that differ in case only", _named("sums.ipynb", "Sums.ipynb")),
]
MISPLACED = [
    Case("two-notebooks", "two notebooks for one", _named("a.ipynb", "b.ipynb"), MALFORMED),
    Case("wrong-ending", "a notebook as .txt", _named("sums.txt"), MISSING),
    _put("folder-empty", "an empty folder", lambda folder: folder.mkdir(parents=True), MISSING),
    _put("folder-a-file", "the submission's folder is a file", _folder_as_file, MALFORMED),
    _put(
        "notebook-a-folder",
        "the notebook is a folder",
        _notebook_as_folder,
        everywhere("malformed|missing"),
    ),
    _put("notebook-a-pipe", "the notebook is a pipe", _pipe, MALFORMED),
    _put("notebook-a-socket", "the notebook is a socket", _socket, MALFORMED),
]
CASES = BROKEN + READ + MISPLACED

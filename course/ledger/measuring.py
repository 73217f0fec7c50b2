"""Measuring: a claim's function, once for each seed.

After each seed what is done so far is written to ``build/claims/``; a measurement that was
interrupted goes on from there. The parts of a round stay until all of it is done.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import ModuleType

from filelock import FileLock, Timeout

from course.console import Report
from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import Course
from course.ledger.book import Entry
from course.ledger.declared import Measure
from course.ledger.kept import Kept, sum_up, versions, write

PARTS = Path("build", "claims")
PACKAGE = "claims_of_"


def measure(
    course: Course,
    entries: list[Entry],
    *,
    report: Report = lambda name, done, total: None,
    done: Callable[[Entry], None] = lambda entry: None,
) -> None:
    """Measure claims, one after the other, and keep what comes out.

    Parameters
    ----------
    course : Course
    entries : list of Entry
    report : callable
        Told a claim's id, seeds done, seeds in all.
    done : callable
        Told each claim once it is kept.

    Raises
    ------
    CourseError
        When a claim cannot be measured.
    """
    folder = course.root / PARTS
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "measuring.lock", timeout=0):
            _round(folder, entries, report, done)
    except Timeout:
        raise CourseError(
            f"Another `course claims --measure` is at work in {course.root}.",
            "Wait for its end: two would write over each other.",
            code=FOUND,
        ) from None


def _round(
    folder: Path, entries: list[Entry], report: Report, done: Callable[[Entry], None]
) -> None:
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]  # the files may have changed
    parts = [folder / f"{entry.claim.name}.json" for entry in entries]
    for entry, part in zip(entries, parts, strict=True):
        _measure(entry, part, report)
        done(entry)
    for part in parts:
        part.unlink(missing_ok=True)


def due(entries: list[Entry], names: list[str] | None) -> list[Entry]:
    """Return those to be measured: what is declared unmeasured takes hours, and must be named."""
    return [e for e in entries if not e.claim.unmeasured or e.claim.name in (names or [])]


def _measure(entry: Entry, part: Path, report: Report) -> None:
    claim = entry.claim
    rows = _part(part, claim.digest)
    begun = len(rows)
    report(claim.name, begun, claim.seeds)
    if begun < claim.seeds:
        function = _function(entry)
    for seed in range(begun, claim.seeds):
        began = time.perf_counter()
        row = _call(entry, function, seed, rows)
        rows.append({"seconds": time.perf_counter() - began, "row": row})
        write_atomically(part, json.dumps({"digest": claim.digest, "rows": rows}))
        report(claim.name, seed + 1, claim.seeds)
    values = {name: [one["row"][name] for one in rows] for name in rows[0]["row"]}
    sum_up(claim, values)
    seconds = sum(one["seconds"] for one in rows)
    today = date.today().isoformat()
    write(entry.kept, claim, Kept(values, today, seconds, versions(), claim.digest))


def _part(path: Path, digest: str) -> list[dict]:
    """Return what an interrupted measurement by the same function has done."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["digest"] == digest:
            return found["rows"]
    return []


def _call(entry: Entry, function: Measure, seed: int, rows: list[dict]) -> dict[str, float]:
    claim = entry.claim
    try:
        found = function(seed)
    except Exception as error:  # the author's code: anything can go wrong in it
        raise CourseError(
            f"{entry.module}: {claim.function}({seed}) raised {type(error).__name__}: {error}.",
            f"Fix it, and run `course claims {claim.name} --measure` again: seeds that are done "
            "are kept.",
            code=FOUND,
        ) from error
    if not isinstance(found, Mapping) or (rows and set(found) != set(rows[0]["row"])):
        raise CourseError(
            f"{entry.module}: {claim.function}({seed}) returned {found!r}.",
            "Have it return a dict of numbers, with the same names for each seed.",
        )
    return {name: float(f"{float(value):.6g}") for name, value in found.items()}


def _function(entry: Entry) -> Measure:
    package = _package(entry.module.parent)
    try:
        module = importlib.import_module(f"{package}.{entry.module.stem}")
    except Exception as error:
        raise CourseError(
            f"{entry.module} cannot be imported: {type(error).__name__}: {error}.", "Fix it."
        ) from error
    return getattr(module, entry.claim.function)


def _package(folder: Path) -> str:
    """Make a folder of claims a package of a name of its own, and return the name.

    Its modules may import one another by ``from .common import ...``; another course's claims, or
    another package called so, are not in the way.
    """
    name = f"{PACKAGE}{zlib.crc32(os.fsencode(folder.resolve())):x}"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    return name

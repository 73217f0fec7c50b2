"""Trees of PNG pictures that are written whole, whatever ends the writing.

Each class folder is written under another name and renamed; what it holds is noted in a journal,
and in the end the notes become the tree's manifest. Killed at any instant, the next run goes on
with what is missing. Nothing that somebody else put there is ever changed.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .classfolders import ForeignFileError, Part, Record, measure
from .manifests import (
    MANIFEST,
    UNFINISHED,
    TreeError,
    journal_line,
    known_records,
    write_manifest,
    write_plan,
)
from .workshop import Step, settle_all

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Tree:
    """A tree of pictures that is whole.

    Attributes
    ----------
    folder
        Where it is.
    records
        What each class folder holds, by its name.
    written
        Pictures that were not there before, by class folder.
    """

    folder: Path
    records: dict[str, Record]
    written: dict[str, int]


def write_tree(
    folder: Path,
    parts: Sequence[Part],
    origin: dict[str, str],
    *,
    jobs: int = 1,
    report: Report = lambda done, total: None,
) -> Tree:
    """Write a tree of pictures, or what is missing of it.

    Parameters
    ----------
    folder
        The tree; made if need be.
    parts
        Its class folders.
    origin
        What the pictures are, in words under ``"what"``, and whatever else tells these from
        others. A tree of another origin is left alone.
    jobs
        Processes that write. With more than one, a script must guard its main part by
        ``if __name__ == "__main__"``, as :mod:`multiprocessing` wants it.
    report
        Told how many pictures are there, and how many there will be.

    Raises
    ------
    TreeError
        If the folder holds anything else, or another process is writing it.
    OSError
        If the folder cannot be written, or the disk is full; the next run goes on.
    """
    known = known_records(folder, parts, origin)
    total = sum(part.pictures for part in parts)
    if (folder / MANIFEST).is_file():
        bad = _damaged(folder, parts, known, report)
        if not bad:
            shutil.rmtree(folder / UNFINISHED, ignore_errors=True)
            return Tree(folder, known, {})
    else:
        bad = list(parts)
    workshop = folder / UNFINISHED
    workshop.mkdir(parents=True, exist_ok=True)
    with _only_writer(folder):
        known = known_records(folder, parts, origin)  # another may have gone on meanwhile
        write_plan(folder, origin)
        done = total - sum(part.pictures for part in bad)
        written = {}
        steps = [Step(folder, part, known.get(part.name), workshop / part.name) for part in bad]
        with open(workshop / "journal.jsonl", "a", encoding="utf-8") as journal:
            try:
                for part, record, added in settle_all(steps, jobs):
                    known[part.name], written[part.name] = record, added
                    journal.write(journal_line(part, record))
                    journal.flush()
                    done += part.pictures
                    report(done, total)
            except ForeignFileError as error:
                raise TreeError(f"{error}: delete it or move it away, then run this.") from None
            except BrokenProcessPool:
                raise TreeError(
                    f"A process that was writing {folder} was killed: run this again to go on."
                ) from None
        records = {part.name: known[part.name] for part in parts}
        write_manifest(folder, records, origin)
    shutil.rmtree(workshop, ignore_errors=True)
    return Tree(folder, records, written)


def _damaged(
    folder: Path, parts: Sequence[Part], known: dict[str, Record], report: Report
) -> list[Part]:
    bad, done, total = [], 0, sum(part.pictures for part in parts)
    for part in parts:
        record = known.get(part.name)
        if record is None or measure(folder / part.name, record) != record:
            bad.append(part)
        done += part.pictures
        report(done, total)
    return bad


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / UNFINISHED / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise TreeError(f"Another process is writing {folder}: wait for it to end.") from None
    try:
        yield
    finally:
        lock.release()

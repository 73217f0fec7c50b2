"""Other processes that read pictures as well.

Threads are no help with small pictures: each needs the interpreter's lock several times within a
tenth of a millisecond. So Python is started once more for each further processor. Whoever is free
takes the next block of files: the blocks' numbers wait in a pipe from which all read.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from .blocks import Notes, channels, read_block
from .pictures import Wish, whole_pictures
from .scanning import claimed
from .sharing import MOST, tokens

ROOT = Path(__file__).resolve().parents[2]
CODE = "from helpers.loading.crew import work; work()"


def read_with_crew(
    files: Sequence[str], wish: Wish, images: np.ndarray, notes: Notes, hands: int
) -> None:
    """Read all files into their rows, with so many other processes.

    Where one cannot be started or dies, the others do its work.
    """
    step = -(-len(files) // MOST)
    starts = range(0, len(files), step)
    spans = {start: range(start, min(start + step, len(files))) for start in starts}
    job = {"files": list(files), "wish": wish, "step": step}
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder, tokens(starts) as waiting:
        path = Path(folder, "job.json")
        path.write_text(json.dumps(job), "utf-8")
        with _crew(path, waiting, hands) as crew:
            for start in claimed(waiting):
                read_block(files, spans.pop(start), wish, images, notes)
            for member in crew:
                _receive(member, spans, images, notes)
    for span in spans.values():
        read_block(files, span, wish, images, notes)


def work() -> None:
    """Read blocks as a member of a crew, and in the end hand them over."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    mode, size, resampling, *rest = job["wish"]
    wish = Wish(mode, tuple(size), Image.Resampling(resampling), *rest)
    files, notes, read = job["files"], Notes(), {}
    with whole_pictures():
        for start in claimed(sys.stdin.fileno()):
            span = range(start, min(start + job["step"], len(files)))
            read[start] = np.zeros((len(span), *wish.size, channels(wish)), np.uint8)
            read_block(files, span, wish, read[start], notes, offset=start)
    said = {
        "starts": list(read),
        "skipped": list(notes.skipped.items()),
        "converted": list(notes.converted.items()),
        "fleeting": list(notes.fleeting),
    }
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    for rows in read.values():
        sys.stdout.buffer.write(rows)
    sys.stdout.buffer.flush()


def _receive(
    member: subprocess.Popen, spans: dict[int, range], images: np.ndarray, notes: Notes
) -> None:
    """Take what a member has read, and take it off what is left to do."""
    try:
        said = json.loads(member.stdout.readline())
    except ValueError:  # it died, or never lived
        return
    notes.skipped |= dict(said["skipped"])
    notes.converted |= dict(said["converted"])
    notes.fleeting |= set(said["fleeting"])
    for start in said["starts"]:
        rows = memoryview(images[start : spans[start].stop]).cast("B")
        if member.stdout.readinto(rows) < len(rows):
            return
        del spans[start]


@contextmanager
def _crew(job: Path, waiting: int, hands: int) -> Iterator[list[subprocess.Popen]]:
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    # A library of threads would start one for each processor, for nothing.
    environment = {**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}
    crew: list[subprocess.Popen] = []
    try:
        for _ in range(hands):
            try:
                member = subprocess.Popen(
                    [sys.executable, "-c", CODE, str(job)],
                    stdin=waiting,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError:  # no more processes are allowed here
                break
            crew.append(member)
        yield crew
    finally:
        for member in crew:
            member.kill()
            member.stdout.close()
            member.wait()

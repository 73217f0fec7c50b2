"""Class folders settled one after another, or by several processes at once."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from .classfolders import Part, Record, settle


class Step(NamedTuple):
    """What :func:`settle` is given for one class folder."""

    folder: Path
    part: Part
    known: Record | None
    staging: Path


def settle_all(steps: Sequence[Step], jobs: int) -> Iterator[tuple[Part, Record, int]]:
    """Settle class folders; yield each part, what it holds and how much of it is new, when done.

    Processes are started as new ones, not forked: TensorFlow may have threads in this one.
    """
    if jobs <= 1 or len(steps) <= 1:
        for step in steps:
            yield step.part, *settle(*step)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(steps)), context, initializer=_attend)
    try:
        parts = {pool.submit(settle, *step): step.part for step in steps}
        for future in as_completed(parts):
            yield parts[future], *future.result()
    finally:
        # After an error or Ctrl-C: what is being written is finished, nothing else is begun.
        pool.shutdown(cancel_futures=True)


def _attend() -> None:
    """Leave Ctrl-C to the process that gives the work, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    giver = multiprocessing.parent_process()

    def end() -> None:
        if giver is not None:
            giver.join()
            os._exit(1)

    threading.Thread(target=end, daemon=True).start()

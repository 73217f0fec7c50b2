"""Which workers have fallen silent: alive for all that Dask knows, and not answering."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any


class Heartbeats:
    """Notes down when each worker was last heard of.

    Parameters
    ----------
    silence : float
        Seconds without a heartbeat after which a worker counts as silent.

    Attributes
    ----------
    silent : frozenset of str
        Addresses.
    """

    def __init__(self, silence: float) -> None:
        self._silence = silence
        # Of each worker: its last heartbeat by the scheduler's clock, and when that was news here.
        self._heard: dict[str, tuple[float, float]] = {}
        self.silent: frozenset[str] = frozenset()

    def listen(self, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Take in what a scheduler knows of its workers.

        Returns
        -------
        news : list of str
            A sentence for each worker that has fallen silent since the last time.
        """
        now = time.monotonic()
        last = {worker: about["last_seen"] for worker, about in known.items()}
        same = {w: heard for w, heard in self._heard.items() if last.get(w) == heard[0]}
        self._heard = {worker: same.get(worker, (seen, now)) for worker, seen in last.items()}
        before = self.silent
        self.silent = frozenset(w for w, (_, at) in self._heard.items() if now - at > self._silence)
        return [
            f"Worker {worker} has said nothing for {self._silence:g} s: what it was given goes to "
            "others, if there are any."
            for worker in sorted(self.silent - before)
        ]

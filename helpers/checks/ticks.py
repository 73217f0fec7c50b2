"""The good news of a test, a line each; in a notebook each sentence once a cell.

Where a reader sits, a last line says how many there are, and that they are not all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from helpers.checks.seen import is_wordless


class _Cell:
    """What the cell that runs has told: a test that asks an answer in a loop repeats itself."""

    def __init__(self) -> None:
        self._shell: Any = None
        self._told: set[str] = set()
        self._count = 0  # of the cell that has just run

    def is_news(self, sentence: str) -> bool:
        """Tell whether the cell has not told this yet, and note that it does."""
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        if shell is not self._shell:
            self._begin()
            self._shell = shell
            if shell is not None:
                shell.events.register("post_execute", self._begin)
                if getattr(shell, "kernel", None) is not None:
                    shell.events.register("post_run_cell", self._sum_up)
        news = shell is None or sentence not in self._told
        self._told.add(sentence)
        return news

    def _begin(self) -> None:
        self._count = len(self._told)
        self._told.clear()

    def _sum_up(self, result: Any) -> None:
        count, self._count = self._count, 0
        if count and result.success:
            print(f"{count} of {count} hold; the hidden test decides the points.")


_cell = _Cell()


def tick(sentence: str | Callable[[], str]) -> None:
    """Print the good news on one line, unless this cell has told it before.

    A callable is asked for the sentence where somebody reads it.
    """
    if is_wordless():
        return
    sentence = sentence if isinstance(sentence, str) else sentence()
    if _cell.is_news(sentence):
        print(f"✓ {sentence}")

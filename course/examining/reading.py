"""Find the names in students' code, in a process of its own that has limits.

See `course.processes.readers`. Of what that process did not get through, only the words are known.
"""

from __future__ import annotations

import atexit
import re
import sys
import threading
from collections.abc import Iterable

from course.door.budgets import PARSED_SOURCE
from course.notebook.dependencies import Names, names_in
from course.processes.readers import LOST, PROCESSOR_SECONDS, Reader, be_reader, can_confine

SECONDS = 60.0  # for one cell, on a machine that is busy with others
NOTEBOOK_SECONDS = 6.0  # for all that is asked in one call: others wait meanwhile
DEATHS = 3  # of one call; after that the rest is not tried
WORD = re.compile(r"[^\W\d]\w*")
# A line for IPython, which is no Python: the others may be fine.
MAGIC = re.compile(r"^[ \t]*+(?:[\w, ]++=[ \t]*+)?+[%!]|\?[ \t]*+$", re.M)
SETS = ("bound", "imported", "settled", "read", "called", "touched")


class Reading(Reader):
    """The near side; threads may share it."""

    def __init__(self) -> None:
        super().__init__("course.examining.reading")
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Start the process, and do not wait for it."""
        with self._lock:
            self.start()

    def names(self, texts: Iterable[str]) -> dict[str, Names]:
        """Return the names in each of some texts; see `course.notebook.dependencies.names_in`."""
        found: dict[str, Names] = {}
        deaths, seconds = 0, 0.0
        with self._lock:
            for text in dict.fromkeys(texts):
                told = None
                if len(text) <= PARSED_SOURCE and deaths < DEATHS and seconds < NOTEBOOK_SECONDS:
                    try:
                        told, took = self._ask(text)
                        seconds += took
                    except LOST:
                        deaths += 1
                        seconds += PROCESSOR_SECONDS
                found[text] = told or words_in(text)
        return found

    def end(self) -> None:
        """End the process."""
        with self._lock:
            self.stop()

    def _ask(self, text: str) -> tuple[Names, float]:
        """Return the names in a text, and the processor seconds that it took to find them."""
        told, seconds = self.ask(text, SECONDS)
        sets = {name: set(told[name]) for name in SETS}
        names = Names(**sets, known=told["known"], parsed=told["parsed"])
        return as_told(text, names), seconds


def words_in(text: str) -> Names:
    """Return what is known of a text that cannot be parsed: it may read every word in it."""
    return Names(read=set(WORD.findall(text)), known=False)


def as_told(text: str, names: Names) -> Names:
    """Return what was found of a text; of one that Python cannot tell, and a session can, words."""
    if names.parsed and (names.known or not MAGIC.search(text)):
        return names
    return words_in(text)


READING = Reading()
atexit.register(READING.end)


def begin_reading() -> None:
    """Have the process start while something else is done; the first text does not wait for it."""
    if can_confine():
        READING.begin()


def names_of(texts: Iterable[str]) -> dict[str, Names]:
    """Return the names in each of some texts that students wrote."""
    if not can_confine():  # no limits there, and no sandbox
        return {text: as_told(text, names_in(text)) for text in texts}
    return READING.names(texts)


def read(text: str) -> dict[str, object]:
    """Return the names in a text in a form that JSON can hold."""
    names = names_in.__wrapped__(text)
    told = {name: sorted(getattr(names, name)) for name in SETS}
    return told | {"known": names.known, "parsed": names.parsed}


if __name__ == "__main__":
    be_reader(int(sys.argv[1]), read)

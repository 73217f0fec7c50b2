"""What libraries make of students' texts, made in a process of its own that has limits.

A lexer or a renderer takes minutes for some texts of a few thousand characters that were made for
it. Such a text is shown as it is, and the pages of all students are made all the same.
"""

from __future__ import annotations

import atexit
import html
import sys
import threading

from course.harmless.rendered import rendered
from course.harmless.shown import is_slow_to_colour
from course.processes.readers import LOST, SECONDS, Reader, be_reader, can_confine
from course.returns.layout import coloured

HOWS = {"code": coloured, "text": rendered}
LOSSES = 3  # in a row; then only short texts are tried, until one is made
SHORT = 1_000  # characters


class Making(Reader):
    """The near side; threads may share it."""

    def __init__(self) -> None:
        super().__init__("course.returns.confined")
        self._lock = threading.Lock()
        self._losses = 0

    def of(self, how: str, text: str) -> str | None:
        """Return a text as HTML; None where that takes too long."""
        with self._lock:
            if self._losses >= LOSSES and len(text) > SHORT:
                return None
            try:
                told, _ = self.ask(f"{how}\n{text}", SECONDS)
            except LOST:
                self._losses += 1
                return None
            self._losses = 0
        return told["html"]


MAKING = Making()
atexit.register(MAKING.stop)


def as_code(text: str) -> str:
    """Return a student's code as highlighted HTML; plain where that would take too long."""
    made = _made("code", text)
    return html.escape(text) if made is None else made


def as_text(text: str) -> str:
    """Return a student's Markdown as harmless HTML; as it stands where that would take too long."""
    made = _made("text", text)
    return f"<pre>{html.escape(text)}</pre>" if made is None else made


def _made(how: str, text: str) -> str | None:
    if not text.strip():
        return ""
    if can_confine():
        return MAKING.of(how, text)
    # Without POSIX there are no limits, but what is known to be slow can be left out.
    return None if how == "code" and is_slow_to_colour(text) else HOWS[how](text)


def read(asked: str) -> dict[str, str]:
    """Return what is asked for, in a form that JSON can hold."""
    how, _, text = asked.partition("\n")
    return {"html": HOWS[how](text)}


if __name__ == "__main__":
    be_reader(int(sys.argv[1]), read)

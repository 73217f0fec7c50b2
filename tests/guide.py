"""A guide as a list of steps: what its reader is told to run, write, and read.

A comment before a fenced block says what it is::

    <!-- run -->          commands
    <!-- says -->         lines that the commands before it write, or parts of lines
    <!-- cell: ID -->     the text of a cell
    <!-- file: PATH -->   the text of a file
    <!-- entry: NAME -->  the entry of a section in the syllabus
    <!-- append: PATH --> lines at the end of a file
    <!-- edit: ID -->     a part of a cell, and in the next line what replaces it
    <!-- shown -->        commands that nobody runs here
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from course.drafting import syllabus
from course.folder import SYLLABUS_FILE

STEP = re.compile(
    r"^<!-- (?P<kind>[a-z]+)(?:: (?P<of>[^\n]+?))? -->\n"
    r"(?P<fence>`{3,})\w*\n(?P<text>.*?)\n(?P=fence)$",
    re.M | re.S,
)
# Every block of a guide is a step: one without a comment would rot unseen.
BLOCK = re.compile(r"(?P<before>[^\n]*)\n`{3,}\w+\n")

Run = Callable[[list[str]], str]


class Step(NamedTuple):
    """One block: of which kind, of what, and its text."""

    kind: str
    of: str
    text: str


def steps(page: str) -> list[Step]:
    """Return the steps of a page, or of a part of it."""
    return [Step(f["kind"], f["of"] or "", f["text"]) for f in STEP.finditer(page)]


def unheld(page: str) -> Iterator[str]:
    """Yield what stands before each block that no comment makes a step."""
    for found in BLOCK.finditer(STEP.sub("", page)):
        yield found["before"]


class Reader:
    """Somebody who does what the guide says, in a course.

    Parameters
    ----------
    root : Path
        Of the course.
    notebook : Path
        Whose cells are meant.
    run : callable
        Takes what follows ``course``, and returns all that the command wrote.
    """

    def __init__(self, root: Path, notebook: Path, run: Run) -> None:
        self.root, self.notebook, self.run = root, notebook, run
        self.said = ""

    def take(self, step: Step) -> None:
        """Do what a step says, and find what it promises."""
        getattr(self, f"_{step.kind}")(step.of, step.text)

    def _run(self, of: str, text: str) -> None:
        self.said = ""
        for line in text.splitlines():
            program, *arguments = shlex.split(line)
            assert program == "course", line
            self.said += self.run(arguments)

    def _says(self, of: str, text: str) -> None:
        for line in text.splitlines():
            assert line in self.said, f"not said: {line}\nbut:\n{self.said}"

    def _cell(self, of: str, text: str) -> None:
        self._change(of, lambda before: text)

    def _edit(self, of: str, text: str) -> None:
        old, new = text.splitlines()

        def changed(before: str) -> str:
            assert old in before, before
            return before.replace(old, new)

        self._change(of, changed)

    def _file(self, of: str, text: str) -> None:
        (self.root / of).write_text(text + "\n", encoding="utf-8")

    def _append(self, of: str, text: str) -> None:
        with (self.root / of).open("a", encoding="utf-8") as file:
            file.write(text + "\n")

    def _shown(self, of: str, text: str) -> None:
        pass

    def _entry(self, of: str, text: str) -> None:
        file = self.root / SYLLABUS_FILE
        whole = file.read_text(encoding="utf-8")
        place = syllabus.find(whole, of)
        lines = whole.split("\n")
        lines[place.first : place.end] = [*text.splitlines(), ""]
        file.write_text("\n".join(lines), encoding="utf-8")

    def _change(self, name: str, change: Callable[[str], str]) -> None:
        nb = json.loads(self.notebook.read_text(encoding="utf-8"))
        (cell,) = [one for one in nb["cells"] if one["id"] == name]
        cell["source"] = change("".join(cell["source"])).splitlines(keepends=True)
        self.notebook.write_text(json.dumps(nb, indent=1, ensure_ascii=False) + "\n")

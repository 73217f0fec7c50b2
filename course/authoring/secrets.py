"""What of a section no student may see, line by line, and how it is recognised elsewhere.

Two lines count as the same when they differ in white space or backslashes only, so a line
that went into JSON, or was indented anew, is still found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode
from traitlets.config import Config

from course.notebook.mistakes import Mistake
from course.notebook.regions import find_regions, kinds, public_lines, stub_lines

SHORTEST_LINE = 12  # characters; what is shorter gives nothing away by itself
SHORTEST_REGION = 20
# Lines that anybody writes: they say nothing about a solution.
GENERIC = re.compile(
    r"(return|del|pass|break|continue|else:|try:|finally:)\s*[\w.,\s]*"
    r"|raise NotImplementedError(\(\))?|(from [\w.]+ )?import .*|(async )?def .*|class .*|@.*"
    r"|(if|elif|while) (not )?\w+( is (not )?None)?:|for \w+(, \w+)* in (range\()?\w+\)?:"
)


class Guarded:
    """The guarded lines of one section.

    Parameters
    ----------
    sources : iterable of NotebookNode
        All source notebooks of the section.
    mistakes : iterable of Mistake
    config : Config
        The course's configuration: it may name other delimiters than nbgrader's.
    may_show : iterable of str
        Lines that students may see, by the course's own word.
    """

    def __init__(
        self,
        sources: Iterable[NotebookNode],
        mistakes: Iterable[Mistake],
        config: Config,
        may_show: Iterable[str] = (),
    ) -> None:
        sources = list(sources)
        self._delimiters = [mark for kind in kinds(config) for mark in (kind.begin, kind.end)]
        self._lines: list[tuple[str, str, str]] = []
        self._regions: list[tuple[str, str]] = []
        code, prose = (_public(sources, kind) for kind in ("code", "markdown"))
        blocks = _code_blocks("\n".join(prose))
        allowed = [_normal(line) for line in (*stub_lines(config), *may_show)]
        shown = [*(_normal(line) for line in (*code, *blocks)), *allowed]
        for region in (region for nb in sources for region in find_regions(nb)):
            of = f"{region.kind} of {region.cell!r}"
            self._guard(region.lines, f"a line of the {of}", shown)
            self._guard_whole(region.lines, f"the whole {of}", allowed)
        # Lessons talk about mistakes on purpose; about solutions they must not.
        discussed = [*shown, *map(_normal, prose)]
        for mistake in mistakes:
            what = f"a line of a wrong solution of {mistake.exercise!r} (mistakes.py)"
            self._guard(mistake.code.split("\n"), what, discussed)

    def _guard(self, lines: Iterable[str], what: str, known: list[str]) -> None:
        for line in lines:
            text = _normal(line)
            if len(text) < SHORTEST_LINE or GENERIC.fullmatch(line.strip()):
                continue
            if not any(_holds(other, text) for other in known):
                self._lines.append((text, line.strip(), what))

    def _guard_whole(self, lines: Iterable[str], what: str, allowed: list[str]) -> None:
        """Guard the lines as they follow one another, where not each of them is allowed."""
        wanted = [text for line in lines if (text := _normal(line))]
        secret = sum(len(text) for text in wanted if text not in allowed)
        if secret and len(wanted) > 1 and sum(map(len, wanted)) >= SHORTEST_REGION:
            self._regions.append(("\n".join(wanted), what))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield what a text gives away: the first line (from 1), and whole regions (line 0)."""
        lines = text.split("\n")
        for number, line in enumerate(lines, start=1):
            if what := self._in_line(line):
                yield number, what
                return  # the first line leads to the rest
        whole = "\n".join(normal for line in lines if (normal := _normal(line)))
        for region, what in self._regions:
            if f"\n{region}\n" in f"\n{whole}\n":
                yield 0, what

    def find_in_bytes(self, data: bytes) -> str | None:
        """Return what a binary file gives away, or None."""
        return next((what for _, raw, what in self._lines if raw.encode() in data), None)

    def _in_line(self, line: str) -> str | None:
        if mark := next((mark for mark in self._delimiters if mark in line), None):
            return f"the delimiter {mark}"
        normal = _normal(line)
        if len(normal) < SHORTEST_LINE:
            return None
        return next((what for text, _, what in self._lines if _holds(normal, text)), None)


def _public(sources: Iterable[NotebookNode], cell_type: str) -> list[str]:
    cells = (cell for nb in sources for cell in nb.cells if cell.cell_type == cell_type)
    return [line for cell in cells for line in public_lines(cell)]


def _code_blocks(text: str) -> list[str]:
    """Return the lines of code that a lesson shows on purpose: a bug to find, an example.

    What is folded into a hint is not among them: there a solution slips in easily.
    """
    text = re.sub(r"<details>.*?(</details>|\Z)", "", text, flags=re.S)
    fenced = re.findall(r"^ *(`{3,}|~{3,})[^\n]*\n(.*?)^ *\1", text, re.M | re.S)
    indented = re.findall(r"^(?: {4,}|\t).*$", text, re.M)
    return [line for _, block in fenced for line in block.splitlines()] + indented


def _normal(text: str) -> str:
    return re.sub(r"\\+[nt]|[\s\\]+", "", text)  # JSON writes a line's end as \n


def _holds(line: str, text: str) -> bool:
    """Tell whether `line` holds `text`, not as a part of longer words."""
    start = line.find(text)
    while start >= 0:
        before, after = line[:start][-1:], line[start + len(text) :][:1]
        cut_before = _in_word(before) and _in_word(text[0])
        cut_after = _in_word(after) and _in_word(text[-1])
        if not (cut_before or cut_after):
            return True
        start = line.find(text, start + 1)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"

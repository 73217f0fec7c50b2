"""Regions of a source notebook that no student may see: solutions, hidden tests, mark schemes.

Read as nbgrader reads them: a line that contains a delimiter, in any cell; a solution cell
without a region is one as a whole. Which delimiters a course has, its configuration says;
`in_stock_form` puts nbgrader's own in their place, and everything behind it knows those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config

STUBS = "course_stubs"  # in the metadata of a notebook in stock form; it never leaves the tool


@dataclass(frozen=True)
class Kind:
    """One kind of region: its name, delimiters, and the cells that may hold it."""

    name: str
    begin: str
    end: str
    allowed: Callable[[NotebookNode], bool]
    home: str
    enforced: bool


@dataclass(frozen=True)
class Region:
    """The lines between two delimiters; `cell` is the id of the cell that holds them."""

    kind: str
    cell: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Delimiters that do not pair, or stand in a cell that nbgrader does not clear."""

    cell: str
    message: str


def kinds(config: Config) -> tuple[Kind, ...]:
    """Return the kinds of regions with the delimiters that the course's configuration names."""
    solutions, tests = ClearSolutions(config=config), ClearHiddenTests(config=config)
    schemes = ClearMarkScheme(config=config)
    return (
        Kind(
            "solution",
            solutions.begin_solution_delimeter,
            solutions.end_solution_delimeter,
            is_solution,
            "a solution cell",
            solutions.enforce_metadata,
        ),
        Kind(
            "hidden test",
            tests.begin_test_delimeter,
            tests.end_test_delimeter,
            is_grade,
            "a grade cell",
            tests.enforce_metadata,
        ),
        Kind(
            "mark scheme",
            schemes.begin_mark_scheme_delimeter,
            schemes.end_mark_scheme_delimeter,
            is_task,
            "a manually graded task",
            schemes.enforce_metadata,
        ),
    )


@cache
def stock_kinds() -> tuple[Kind, ...]:
    """Return the kinds of regions with nbgrader's own delimiters."""
    return kinds(Config())


def in_stock_form(nb: NotebookNode, config: Config) -> NotebookNode:
    """Return a notebook whose delimiters are nbgrader's own, and whose stubs go with it.

    Parameters
    ----------
    nb : NotebookNode
        As the course's author wrote it.
    config : Config
        The course's configuration.
    """
    nb = nbformat.from_dict(nb)
    marks = _marks(config)
    for cell in nb.cells:
        if any(mark in cell.source for pair in marks for mark in pair):
            lines = cell.source.split("\n")
            cell.source = "\n".join(_stock_line(line, cell.cell_type, marks) for line in lines)
    clear, stock = ClearSolutions(config=config), ClearSolutions()
    if (clear.code_stub, clear.text_stub) != (stock.code_stub, stock.text_stub):
        nb.metadata[STUBS] = {"code_stub": dict(clear.code_stub), "text_stub": clear.text_stub}
    return nb


def _marks(config: Config) -> list[tuple[str, str]]:
    """Return each delimiter of the course with nbgrader's own for it."""
    pairs = zip(kinds(config), stock_kinds(), strict=True)
    return [
        pair for own, stock in pairs for pair in ((own.begin, stock.begin), (own.end, stock.end))
    ]


def _stock_line(line: str, cell_type: str, marks: list[tuple[str, str]]) -> str:
    """Return a line with nbgrader's delimiter in place of the course's.

    A delimiter of nbgrader's own that the course does not use is a word like others.
    """
    for own, stock in marks:
        if own in line:
            text = line.lstrip()
            if cell_type == "code" and text.startswith("#"):
                return f"{line[: len(line) - len(text)]}### {stock}"
            return line if stock in line else line.replace(own, stock, 1)
    for _, stock in marks:
        line = line.replace(stock, stock.replace(" ", "  "))
    return line


def stubs_of(nb: NotebookNode) -> Config:
    """Return what a notebook in stock form says of the course's stubs, as a configuration."""
    return Config({"ClearSolutions": dict(nb.metadata.get(STUBS, {}))})


def find_regions(nb: NotebookNode) -> list[Region]:
    """Return the regions of a notebook in stock form, in their order."""
    found = []
    for cell in nb.cells:
        _, regions = _split(cell)
        found += regions
    return found


def public_lines(cell: NotebookNode) -> list[str]:
    """Return the lines of a cell in stock form that stand outside of any region."""
    return _split(cell)[0]


def without_delimiters(source: str) -> list[str]:
    """Return the lines of a cell in stock form without those that hold a delimiter."""
    marks = [mark for kind in stock_kinds() for mark in (kind.begin, kind.end)]
    return [line for line in source.split("\n") if not any(mark in line for mark in marks)]


def model_lines(cell: NotebookNode) -> list[str]:
    """Return the lines of an answer's cell in stock form that make the model solution.

    Of code they are all but hidden tests and mark schemes; of text what stands in its region.
    """
    kept: list[str] = []
    current: Kind | None = None
    for line in cell.source.split("\n"):
        if current is not None:
            current = None if current.end in line else current
        else:
            current = next((k for k in stock_kinds()[1:] if k.begin in line), None)
            kept += [line] if current is None else []
    _, regions = _split(cell)
    if cell.cell_type != "code":
        return [line for region in regions if region.kind == "solution" for line in region.lines]
    return without_delimiters("\n".join(kept))


def faults(nb: NotebookNode, config: Config) -> Iterator[Fault]:
    """Yield what is wrong with the delimiters of a notebook as its author wrote it."""
    for cell in nb.cells:
        for kind in kinds(config):
            if problem := _fault(cell, kind):
                yield Fault(cell.id, problem)


def stub_lines(config: Config) -> list[str]:
    """Return the lines that nbgrader puts in place of a solution."""
    clear = ClearSolutions(config=config)
    stubs = (*clear.code_stub.values(), clear.text_stub)
    return [line for text in stubs for line in text.splitlines()]


def _split(cell: NotebookNode) -> tuple[list[str], list[Region]]:
    known = stock_kinds()
    outside: list[str] = []
    inside: list[str] = []
    regions: list[Region] = []
    current: Kind | None = None
    for line in cell.source.split("\n"):
        if current is None:
            current = next((kind for kind in known if kind.begin in line), None)
            if current is None and not any(kind.end in line for kind in known):
                outside.append(line)
        elif current.end in line:
            regions.append(Region(current.name, cell.id, tuple(inside)))
            current, inside = None, []
        elif current.begin not in line:
            inside.append(line)
    if inside:
        regions.append(Region(current.name, cell.id, tuple(inside)))
    if is_solution(cell) and not any(r.kind == "solution" for r in regions):
        return [], [*regions, Region("solution", cell.id, tuple(outside))]
    return outside, regions


def _fault(cell: NotebookNode, kind: Kind) -> str | None:
    is_open = used = False
    for line in cell.source.split("\n"):
        if kind.begin in line:
            if is_open:
                return f"{kind.begin} stands inside of another {kind.name} region"
            is_open = used = True
        elif kind.end in line:
            if not is_open:
                return f"{kind.end} has no {kind.begin} above it"
            is_open = False
    if is_open:
        return f"{kind.begin} has no {kind.end} below it"
    if used and kind.enforced and not kind.allowed(cell):
        return f"{kind.begin} stands in a cell that is not {kind.home}"
    return None

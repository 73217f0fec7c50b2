"""Regions of a source notebook that no student may see: solutions, hidden tests, mark schemes.

Read as nbgrader reads them: a line that contains a delimiter, in any cell; a solution cell
without a region is one as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config


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


def find_regions(nb: NotebookNode, config: Config) -> list[Region]:
    """Return the regions of a notebook in their order."""
    found = []
    for cell in nb.cells:
        _, regions = _split(cell, kinds(config))
        found += regions
    return found


def public_lines(nb: NotebookNode, config: Config, cell_type: str) -> list[str]:
    """Return the lines of all cells of one type that stand outside of any region."""
    known = kinds(config)
    return [
        line for cell in nb.cells if cell.cell_type == cell_type for line in _split(cell, known)[0]
    ]


def without_delimiters(source: str, config: Config) -> list[str]:
    """Return the lines of a cell without those that hold a delimiter."""
    marks = [mark for kind in kinds(config) for mark in (kind.begin, kind.end)]
    return [line for line in source.split("\n") if not any(mark in line for mark in marks)]


def faults(nb: NotebookNode, config: Config) -> Iterator[Fault]:
    """Yield what is wrong with the delimiters of a notebook."""
    for cell in nb.cells:
        for kind in kinds(config):
            if problem := _fault(cell, kind):
                yield Fault(cell.id, problem)


def stub_lines(config: Config) -> list[str]:
    """Return the lines that nbgrader puts in place of a solution."""
    clear = ClearSolutions(config=config)
    stubs = (*clear.code_stub.values(), clear.text_stub)
    return [line for text in stubs for line in text.splitlines()]


def _split(cell: NotebookNode, known: tuple[Kind, ...]) -> tuple[list[str], list[Region]]:
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

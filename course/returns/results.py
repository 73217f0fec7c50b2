"""How a class did in a section: students by exercises, and what they have in common."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from course.folder import Section
from course.record.named import Named

BINS = 10


@dataclass(frozen=True)
class Column:
    """An exercise of a section.

    ``label`` is its number in the title, or its id; ``share`` the mean share of its points over
    those who handed in, without those whose answer waits for a person; None where nobody's counts.
    """

    exercise: str
    label: str
    title: str
    max_points: float
    share: float | None


@dataclass(frozen=True)
class Cell:
    """One student's exercise."""

    verdict: str
    points: float
    max_points: float
    told: str
    awaited: bool


@dataclass(frozen=True)
class Line:
    """One student's submission: cells in the order of the columns.

    ``work`` is the same for all of a group: what it handed in is marked once.
    """

    student: Named
    cells: list[Cell]
    points: float
    max_points: float
    awaited: int
    attempts: int
    group: str = ""
    work: str = ""

    @property
    def share(self) -> float:
        """The share of the points that can be had."""
        return self.points / self.max_points if self.max_points else 0.0


@dataclass(frozen=True)
class Common:
    """A known mistake, how many made it, and the answer of one of them."""

    label: str
    words: str
    count: int
    answer: str


@dataclass
class Page:
    """A section as the report shows it."""

    section: Section
    columns: list[Column]
    lines: list[Line]
    missing: list[Named]
    common: list[Common] = field(default_factory=list)
    days: list[tuple[date, int]] = field(default_factory=list)

    @property
    def bins(self) -> list[int]:
        """How many students have which tenth of the points; full marks are in the last."""
        counted = Counter(min(int(line.share * BINS), BINS - 1) for line in self.lines)
        return [counted[i] for i in range(BINS)]

    @property
    def hardest(self) -> list[Column]:
        """The exercises from the one with the smallest share of points on."""
        counted = [column for column in self.columns if column.share is not None]
        return sorted(counted, key=lambda column: column.share)

    @property
    def middle(self) -> float:
        """The median of the points."""
        return median(line.points for line in self.lines)

    @property
    def max_points(self) -> float:
        """The most that can be had."""
        return max(line.max_points for line in self.lines)

    @property
    def waiting(self) -> list[tuple[Column, int]]:
        """The exercises in which answers wait for a person, with how many."""
        counted = (
            (column, len({line.work for line in self.lines if line.cells[i].awaited}))
            for i, column in enumerate(self.columns)
        )
        return [(column, count) for column, count in counted if count]

    @property
    def awaited(self) -> int:
        """How many answers wait for a person."""
        return sum(count for _, count in self.waiting)

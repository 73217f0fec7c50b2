"""Where each cell of a submission belongs in our own notebook.

An answer is known by its ``grade_id``, else by its cell id, else by its text, else by where it
stands among cells that we know. Of several cells that stand for one answer, as when a student
copied it, the last one before its test is the answer, as in nbgrader; the others are cells that the
student added, and stay where they are. So each runs by itself, and one that does not even parse
takes no other along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from course.intake.submissions import Malformed, SubmittedCell
from course.notebook.cells import grade_id, is_answer
from course.notebook.exercises import exercises

SHORTEST_TEXT = 3  # characters; a shorter one, such as "1", says nothing of where it belongs
START, END = -1, 10**9  # before the first of our cells, behind the last


@dataclass(frozen=True)
class Placed:
    """A submission's cells by the positions of ours.

    Attributes
    ----------
    answers : dict
        What stands for an answer cell; of code one text at most that is not as released.
    added : dict
        What a student added behind one of our cells; -1 is before the first.
    changed : dict
        What became of a cell of ours that is neither answer nor graded.
    """

    answers: dict[int, list[SubmittedCell]] = field(default_factory=lambda: defaultdict(list))
    added: dict[int, list[SubmittedCell]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[int, SubmittedCell] = field(default_factory=dict)


class Counterparts:
    """Finds which of our cells those of a submission stand for, for many of one notebook.

    Parameters
    ----------
    stubs : list of NotebookNode
        Our cells as they were released.
    """

    def __init__(self, stubs: list[NotebookNode]) -> None:
        self.stubs = stubs
        self._normal = [normal(cell.source) for cell in stubs]
        self._by_grade_id = {grade_id(c): i for i, c in enumerate(stubs) if grade_id(c)}
        self._by_id = {c.id: i for i, c in enumerate(stubs)}
        self._by_text: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(self._normal):
            if len(text) > SHORTEST_TEXT:
                self._by_text[text].append(i)
        self._tests: dict[int, set[int]] = defaultdict(set)
        for exercise in exercises(NotebookNode(cells=stubs)):
            for name in () if exercise.manual else exercise.answers:
                self._tests[self._by_grade_id[name]].add(self._by_grade_id[exercise.id])

    def place(self, cells: Sequence[SubmittedCell]) -> Placed:
        """Return where the cells of a submission belong.

        Raises
        ------
        Malformed
            When none of them is one of ours.
        """
        known = self._known(cells)
        if cells and not any(place is not None for place in known):
            raise Malformed(
                "No cell of this section is in the notebook: is it another section's, or a new one?"
            )
        placed, wanted = Placed(), self._missing(cells, known)
        extra = self._extra(cells, known, wanted)
        known = [None if p in extra else place for p, place in enumerate(known)]
        for p, (cell, place) in enumerate(zip(cells, known, strict=True)):
            if extra.get(p) == "again":
                continue
            if p in wanted and p not in extra:
                placed.answers[wanted[p]].append(cell)
            elif place is None:
                placed.added[_around(known, p)[0]].append(cell)
            elif is_answer(self.stubs[place]):
                placed.answers[place].append(cell)
            elif not grade_id(self.stubs[place]) and not self.is_released(place, cell):
                placed.changed[place] = cell
        return placed

    def is_released(self, place: int, cell: SubmittedCell) -> bool:
        """Tell whether a cell's text is that of ours, as it was released."""
        if cell.source == self.stubs[place].source:
            return True
        return normal(cell.source) == self._normal[place]

    def _known(self, cells: Sequence[SubmittedCell]) -> list[int | None]:
        """Return the positions of our cells that these stand for, None where that is not said."""
        found: list[int | None] = []
        last, unknown = START, 0
        for cell in cells:
            place = self._by_grade_id.get(cell.grade_id, self._by_id.get(cell.id))
            if place is None and (same := self._by_text.get(normal(cell.source))):
                place = self._next_alike(same, last, unknown)
            found.append(place)
            if place is None:
                unknown += cell.kind == "code"
            else:
                last, unknown = place, 0
        return found

    def _next_alike(self, same: list[int], last: int, unknown: int) -> int:
        """Return which of some cells of ours with one text is meant, as stubs mostly have.

        It is the next one that leaves room for the answers that stand before it.
        """
        later = [i for i in same if i > last]
        answers = [i for i, cell in enumerate(self.stubs) if is_answer(cell) and i > last]
        room = (i for i in later if sum(k < i for k in answers) >= unknown)
        return next(room, next(iter(later), same[0]))

    def _missing(self, cells: Sequence[SubmittedCell], known: list[int | None]) -> dict[int, int]:
        """Return which unknown cells stand for answers that are missing between their neighbours.

        Answers are given out in order, one to each; what is left belongs to the last.
        """
        present = {place for place in known if place is not None}
        found: dict[int, int] = {}
        last: dict[tuple[int, int, str], int] = {}
        for p, cell in enumerate(cells):
            if known[p] is not None:
                continue
            before, after = _around(known, p)
            gap = (before, after, cell.kind)
            free = [
                i
                for i in range(before + 1, min(after, len(self.stubs)))
                if is_answer(self.stubs[i])
                and i not in present
                and self.stubs[i].cell_type == cell.kind
                and i > last.get(gap, START)
            ]
            if free:
                last[gap] = free[0]
            if gap in last:
                found[p] = last[gap]
        return found

    def _extra(
        self, cells: Sequence[SubmittedCell], known: list[int | None], wanted: dict[int, int]
    ) -> dict[int, str]:
        """Return which cells stand beside an answer of code: another text, or the same "again"."""
        owners: dict[int, list[int]] = defaultdict(list)
        for p, cell in enumerate(cells):
            place = wanted.get(p, known[p])
            if place is None or not is_answer(self.stubs[place]):
                continue
            if self.stubs[place].cell_type == "code" and not self.is_released(place, cell):
                owners[place].append(p)
        extra: dict[int, str] = {}
        for place, several in owners.items():
            tested = [p for p, known_as in enumerate(known) if known_as in self._tests[place]]
            asked = min(tested, default=END)
            before = [p for p in several if p < asked] or several
            texts = {normal(cells[before[-1]].source)}
            for p in several:
                if p != before[-1]:
                    text = normal(cells[p].source)
                    extra[p] = "again" if text in texts else "another"
                    texts.add(text)
        return extra


def _around(known: list[int | None], p: int) -> tuple[int, int]:
    """Return the positions of our cells before and after a submitted one."""
    before = next((place for place in reversed(known[:p]) if place is not None), START)
    return before, next((place for place in known[p + 1 :] if place is not None), END)


def normal(text: str) -> str:
    """Return a text without white space around it and at its lines' ends."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())

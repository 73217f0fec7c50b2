"""Put a student's answers into our own notebook.

Of a submission only the text of its answers is taken; order, tests, points, tags and
metadata are those of the source notebook. An answer is known by its ``grade_id``, else by
its cell id, else by where it stands among cells that we know. Cells that the student added
stay where they are, so an answer that is split or kept in another cell counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.examining.reading import names_of
from course.harmless.executed import own_texts
from course.intake.submissions import Malformed, SubmittedCell, SubmittedNotebook
from course.notebook.cells import exercises, grade_id, is_answer, is_test, student_version
from course.notebook.dependencies import names_in

ADDED = "added-by-student"


@dataclass(frozen=True)
class Rebuilt:
    """Our notebook with a student's answers in it.

    Attributes
    ----------
    nb : NotebookNode
        To be run and judged; holds the hidden tests.
    answered : frozenset of str
        ``grade_id`` of the solution cells that were changed.
    source : NotebookNode
        Our notebook as it was.
    """

    nb: NotebookNode
    answered: frozenset[str]
    source: NotebookNode


def rebuild(source: NotebookNode, submission: SubmittedNotebook) -> Rebuilt:
    """Return the source notebook with the answers of `submission`.

    Parameters
    ----------
    source : NotebookNode
        Our notebook, with solutions and hidden tests.
    submission : SubmittedNotebook

    Raises
    ------
    Malformed
        When the submission shares no cell with our notebook.
    """
    return Rebuilder(source).rebuild(submission)


class Rebuilder:
    """Rebuilds many submissions of one notebook."""

    def __init__(self, source: NotebookNode) -> None:
        self.source = source
        self.stubs = student_version(source).cells
        self.own_texts = own_texts([*source.cells, *self.stubs])
        self.by_grade_id = {grade_id(c): i for i, c in enumerate(self.stubs) if grade_id(c)}
        self.by_id = {c.id: i for i, c in enumerate(self.stubs)}
        self.by_text: dict[str, list[int]] = defaultdict(list)
        for i, cell in enumerate(self.stubs):
            if len(_normal(cell.source)) > 3:
                self.by_text[_normal(cell.source)].append(i)

    def rebuild(self, submission: SubmittedNotebook) -> Rebuilt:
        """Return our notebook with the answers of `submission`; see `rebuild`."""
        places = [self._place(cell) for cell in submission.cells]
        if submission.cells and not any(place is not None for place in places):
            raise Malformed(
                "No cell of this section is in the notebook: is it another section's, or a new one?"
            )
        answers: dict[int, list[SubmittedCell]] = defaultdict(list)
        added: dict[int, list[SubmittedCell]] = defaultdict(list)
        for position, (cell, place) in enumerate(zip(submission.cells, places, strict=True)):
            if place is None:
                place, is_one = self._by_neighbours(places, position, cell)
                (answers[place].append(cell) if is_one else added[place].append(cell))
            elif is_answer(self.stubs[place]):
                answers[place].append(cell)
        return self._assemble(answers, added)

    def _place(self, cell: SubmittedCell) -> int | None:
        """Return the position of our cell that this one stands for, or None."""
        if cell.grade_id in self.by_grade_id:
            return self.by_grade_id[cell.grade_id]
        if cell.id in self.by_id:
            return self.by_id[cell.id]
        same = self.by_text.get(_normal(cell.source), [])
        return same[0] if same else None

    def _by_neighbours(
        self, places: list[int | None], position: int, cell: SubmittedCell
    ) -> tuple[int, bool]:
        """Place an unknown cell: as the one missing answer between its neighbours, else after."""
        before = next((p for p in reversed(places[:position]) if p is not None), -1)
        after = next((p for p in places[position + 1 :] if p is not None), len(self.stubs))
        present = {p for p in places if p is not None}
        missing = [
            i
            for i in range(before + 1, after)
            if is_answer(self.stubs[i])
            and i not in present
            and self.stubs[i].cell_type == cell.kind
        ]
        return (missing[0], True) if missing else (before, False)

    def _assemble(
        self, answers: dict[int, list[SubmittedCell]], added: dict[int, list[SubmittedCell]]
    ) -> Rebuilt:
        nb = nbformat.from_dict(self.source)
        nb.cells = []
        answered = set()
        elsewhere = self._names_elsewhere(added)
        for i, cell in enumerate([None, *self.source.cells], start=-1):
            if cell is not None:
                cell = nbformat.from_dict(cell)
                if is_answer(cell):
                    given = answers.get(i, [])
                    cell.source, changed = self._answer(i, given, elsewhere[i])
                    if changed and cell.cell_type == "markdown":
                        _attach(cell, given)
                    if changed:
                        answered.add(grade_id(cell))
                nb.cells.append(cell)
            nb.cells += [_added_cell(i, k, extra) for k, extra in enumerate(added.get(i, []))]
        return Rebuilt(nb, frozenset(answered), self.source)

    def _answer(self, i: int, given: list[SubmittedCell], elsewhere: set[str]) -> tuple[str, bool]:
        """Return the text of an answer cell, and whether it is the student's own."""
        stub = self.stubs[i].source
        own = [
            t for t in dict.fromkeys(cell.source for cell in given) if _normal(t) != _normal(stub)
        ]
        if own:
            return "\n\n".join(own), True
        wanted = names_in(self.source.cells[i].source).defined
        if wanted and wanted <= elsewhere:  # the answer stands in a cell of the student's own
            return "", True
        return stub, False

    def _names_elsewhere(self, added: dict[int, list[SubmittedCell]]) -> dict[int, set[str]]:
        """Return, for each answer cell, what added cells of the same exercise define."""
        names: dict[int, set[str]] = defaultdict(set)
        start = 0
        ends = [i for i, c in enumerate(self.stubs) if is_test(c)]
        for end in [*ends, len(self.stubs)]:
            here = [c for i in range(start - 1, end) for c in added.get(i, [])]
            texts = [c.source for c in here if c.kind == "code"]
            defined = set().union(*(n.defined for n in names_of(texts).values()))
            for i in range(start, end):
                names[i] = defined
            start = end
        return names


def stub_notebook(source: NotebookNode) -> Rebuilt:
    """Return our notebook with every answer as released: nothing answered."""
    return rebuild(source, SubmittedNotebook((), ""))


def with_answers(source: NotebookNode, texts: dict[str, str]) -> Rebuilt:
    """Return our notebook with the given answers (by ``grade_id``), the others as released."""
    known = {name for exercise in exercises(source) for name in exercise.answers}
    if unknown := texts.keys() - known:
        raise KeyError(f"no answer cell is called {sorted(unknown)[0]!r}")
    cells = tuple(SubmittedCell("code", text, None, name) for name, text in texts.items())
    return rebuild(source, SubmittedNotebook(cells, ""))


def _added_cell(place: int, number: int, cell: SubmittedCell) -> NotebookNode:
    make = new_code_cell if cell.kind == "code" else new_markdown_cell
    made = make(cell.source, id=f"added-{place + 1}-{number}", metadata={"tags": [ADDED]})
    if cell.kind == "markdown":
        _attach(made, [cell])
    return made


def _attach(cell: NotebookNode, given: list[SubmittedCell]) -> None:
    """Have what is attached to a written answer come along; `make_harmless` looks into it."""
    attached: dict[str, object] = {}
    for one in reversed(given):  # of two under one name the first cell's
        attached |= one.attachments
    if attached:
        cell.attachments = attached


def _normal(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())

"""Put a student's answers into our own notebook.

Of a submission only the text of its answers is taken; order, tests, points, tags and
metadata are those of the source notebook. Cells that the student added stay where they are, so an
answer that is split or kept in another cell counts; see `course.examining.counterparts`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.examining.added import ADDED
from course.examining.counterparts import Counterparts, Placed
from course.examining.reading import names_of
from course.harmless.executed import own_texts
from course.intake.submissions import SubmittedCell, SubmittedNotebook
from course.notebook.cells import copied_cell, grade_id, is_answer, is_manual, is_test
from course.notebook.dependencies import names_in
from course.notebook.exercises import Exercise, exercises
from course.notebook.versions import student_version

WRITTEN = ("markdown", "raw")
LONGEST_PROMPT = 80  # characters, such as "Double-click here and write."


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
    exercises : tuple of Exercise
        What is graded; a heading that a student added names none.
    """

    nb: NotebookNode
    answered: frozenset[str]
    source: NotebookNode
    exercises: tuple[Exercise, ...]


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
        self.counterparts = Counterparts(self.stubs)
        self._exercises = tuple(exercises(source))

    def rebuild(self, submission: SubmittedNotebook) -> Rebuilt:
        """Return our notebook with the answers of `submission`; see `rebuild`."""
        placed = self.counterparts.place(submission.cells)
        self._find_strays(placed)
        return self._assemble(placed)

    def _find_strays(self, placed: Placed) -> None:
        """Have what was written below an answer that a person marks, as released, be the answer.

        It stands in a cell that the student added, or in one of ours that invites to it.
        """
        for i, stub in enumerate(self.stubs):
            if not is_manual(stub):
                continue
            below = self._below(i)
            if not is_answer(stub):  # a task, which is answered anywhere: a person sees it all
                for k in below & placed.changed.keys():
                    placed.added[k].insert(0, placed.changed[k])
            elif stub.cell_type == "markdown" and self._is_blank(i, placed):
                for k in sorted({i} | below):
                    cells = [placed.changed[k]] if k in placed.changed else []
                    for cell in [*cells, *placed.added[k]]:
                        if cell.kind in WRITTEN and cell.source.strip():
                            placed.answers[i].append(cell)
                    placed.added[k] = [c for c in placed.added[k] if c not in placed.answers[i]]

    def _below(self, i: int) -> set[int]:
        """Return the cells of ours below an answer that invite to be written into."""
        found: set[int] = set()
        while (k := i + len(found) + 1) < len(self.stubs):
            if grade_id(self.stubs[k]) or not self._is_open(k):
                break
            found.add(k)
        return found

    def _is_blank(self, i: int, placed: Placed) -> bool:
        return all(self.counterparts.is_released(i, cell) for cell in placed.answers[i])

    def _is_open(self, k: int) -> bool:
        """Tell whether a cell of ours invites to be written into: it is empty, or one line."""
        text = self.stubs[k].source.strip()
        one_line = self.stubs[k].cell_type == "markdown" and "\n" not in text
        return not text or (one_line and not text.startswith("#") and len(text) <= LONGEST_PROMPT)

    def _assemble(self, placed: Placed) -> Rebuilt:
        nb = NotebookNode(self.source, cells=[])
        answered = set()
        elsewhere = self._names_elsewhere(placed.added)
        for i, cell in enumerate([None, *self.source.cells], start=-1):
            if cell is not None:
                cell = copied_cell(cell)
                if is_answer(cell):
                    given = placed.answers.get(i, [])
                    cell.source, changed = self._answer(i, given, elsewhere[i])
                    if changed and cell.cell_type == "markdown":
                        _attach(cell, given)
                    if changed:
                        answered.add(grade_id(cell))
                nb.cells.append(cell)
            nb.cells += [
                _added_cell(i, k, extra) for k, extra in enumerate(placed.added.get(i, []))
            ]
        return Rebuilt(nb, frozenset(answered), self.source, self._exercises)

    def _answer(self, i: int, given: list[SubmittedCell], elsewhere: set[str]) -> tuple[str, bool]:
        """Return the text of an answer cell, and whether it is the student's own."""
        stub = self.stubs[i].source
        own = dict.fromkeys(c.source for c in given if not self.counterparts.is_released(i, c))
        if own:  # of code there is one, what a person reads is put together
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

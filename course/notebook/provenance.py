"""Where the names that a test reads come from: the student, the judge, or an earlier test.

The judge runs the lesson's own cells for itself. A name is the student's where an answer cell
binds it, as solved or as released, or a cell of ours that depends on such a name. This is
told from our own notebook alone: what a student binds beside it replaces nothing of ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import SimpleNamespace

from nbformat import NotebookNode

from course.notebook.cells import DEMO, grade_id, is_answer, is_test, tags
from course.notebook.dependencies import Names, names_in, needed
from course.notebook.exercises import exercises
from course.notebook.mistakes import Mistake
from course.notebook.versions import solved_version, student_version

MOST_KEPT = 64  # scripts, of which each submission of a notebook needs the same
_written: dict[tuple, Script] = {}


@dataclass(frozen=True)
class Script:
    """What the judge must know of a notebook.

    Attributes
    ----------
    cells : tuple of (str, str)
        Id and text of the cells of ours that it runs, in order.
    tests : dict
        By ``grade_id``: `after`, how many of those cells stand before the test; `students`,
        the names that are the student's there; `kept`, those that an earlier test has bound;
        `shared`, the lesson's own that the test reads, by way of what the lesson defines, too.
    dependent : frozenset of str
        Ids of the cells of ours that tests need and only the student's session can run.
    known : dict
        By ``grade_id`` of a test: the mistakes with words of their own, each as `code`, `words`
        and `before`, the texts of solutions further up that it or the test leans on.
    """

    cells: tuple[tuple[str, str], ...]
    tests: dict[str, dict]
    dependent: frozenset[str]
    known: dict[str, list[dict]] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """What tells it from other scripts."""
        return hashlib.sha256(json.dumps([self.cells, self.tests, self.known]).encode()).hexdigest()


def write_script(
    source: NotebookNode, mistakes: Iterable[Mistake] = (), *, whole: bool = False
) -> Script:
    """Return the script of a source notebook.

    Parameters
    ----------
    source : NotebookNode
        Ours, with solutions and hidden tests.
    mistakes : iterable of Mistake
        Of its section.
    whole : bool
        Whether the judge is to run what no test seems to need, too.
    """
    cells = tuple((c.id, c.source, str(c.metadata)) for c in source.cells)
    mistakes = tuple(mistake for mistake in mistakes if mistake.words)
    key = (cells, str(source.metadata), mistakes, whole)
    if key not in _written:
        while len(_written) >= MOST_KEPT:
            _written.pop(next(iter(_written)))
        _written[key] = _write(source, mistakes, whole)
    return _written[key]


def _write(source: NotebookNode, mistakes: tuple[Mistake, ...], whole: bool) -> Script:
    cells = [c for c in source.cells if c.cell_type == "code" and DEMO not in tags(c)]
    stubs = {grade_id(c): c.source for c in student_version(source).cells if is_answer(c)}
    solved = {c.id: c for c in solved_version(source).cells}
    graded = {i for i, cell in enumerate(cells) if is_test(cell)}
    asked = {e.id: [m for m in mistakes if m.exercise in e.answers] for e in exercises(source)}
    wanted = (
        set(range(len(cells))) if whole else needed(cells, graded, _asking(asked, cells, graded))
    )
    owners: dict[str, str] = {}
    ours: list[tuple[str, str]] = []
    tests: dict[str, dict] = {}
    known: dict[str, list[dict]] = {}
    dependent = set()
    theirs: list[NotebookNode] = []  # cells that only the student's session runs, as solved
    for i, cell in enumerate(cells):
        names = names_in(cell.source)
        bound = names.bound
        if is_answer(cell):
            owner = "student"
            bound = bound | names_in(stubs[grade_id(cell)]).bound
            # What is imported there and here is the same module: ours is no stand-in.
            bound = bound - {n for n in names.imported if owners.get(n) == "judge"}
            theirs.append(solved[cell.id])
        elif is_test(cell):
            name = grade_id(cell)
            tests[name] = {
                "after": len(ours),
                "students": sorted(n for n, who in owners.items() if who == "student"),
                "kept": sorted(n for n, who in owners.items() if who == "test"),
                "shared": _shared(names.read, cells[:i], owners),
            }
            known[name] = [_known(mistake, theirs, cell) for mistake in asked[name]]
            owner = "test"
        elif any(owners.get(name) == "student" for name in names.read | names.called):
            owner = "student"
            bound = bound | {name for name in names.called if name in owners}
            theirs.append(cell)
            if i in wanted:
                dependent.add(cell.id)
        else:
            owner = "judge"
            if i in wanted:
                ours.append((cell.id, cell.source))
        owners |= dict.fromkeys(bound, owner)
    return Script(tuple(ours), tests, frozenset(dependent), known)


def _asking(
    asked: dict[str, list[Mistake]], cells: list[NotebookNode], graded: set[int]
) -> dict[str, Names]:
    """Return the names in tests, by their texts: each reads what its mistakes do, too."""
    found = {}
    for i in graded:
        names = names_in(cells[i].source)
        theirs = [names_in(mistake.code) for mistake in asked[grade_id(cells[i])]]
        read = names.read.union(*(n.read - n.bound for n in theirs))
        found[cells[i].source] = replace(names, read=read)
    return found


def _known(mistake: Mistake, theirs: list[NotebookNode], test: NotebookNode) -> dict:
    above = [cell for cell in theirs if grade_id(cell) != mistake.exercise]
    asking = SimpleNamespace(cell_type="code", source=f"{mistake.code}\n{test.source}")
    # The same as of the text, which is another one for each mistake, and so would be read anew.
    names = names_in(mistake.code).then(names_in(test.source))
    run = needed([*above, asking], [len(above)], {asking.source: names})
    before = [cell.source for i, cell in enumerate(above) if i in run]
    return {"code": mistake.code, "words": mistake.words, "before": before}


def _shared(read: set[str], above: list[NotebookNode], owners: dict[str, str]) -> list[str]:
    """Return which names of the lesson's own a test reads, itself or through what it reads."""
    found: set[str] = set()
    new = set(read)
    while new:
        found |= new
        reached = set()
        for cell in above:
            names = names_in(cell.source)
            if names.bound & new:
                reached |= names.read
                if "def " in cell.source or "lambda" in cell.source:
                    reached |= names.bound  # a function reads what stands beside it, too
        new = reached - found
    return sorted(n for n in found if owners.get(n) == "judge")

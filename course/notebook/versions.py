"""A notebook as a student sees it, and as one who knows the solutions hands it in."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

from course.notebook.cells import RAISES, is_answer, is_test, tags
from course.notebook.dependencies import names_in
from course.notebook.regions import STUBS, stubs_of, without_delimiters


def student_version(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in stock form as a student sees it: nbgrader's own clearing, nothing else.

    Whether the course may be released like that is not asked here.
    """
    nb = nbformat.from_dict(nb)
    config = stubs_of(nb)
    nb.metadata.pop(STUBS, None)
    resources: dict = {"nbgrader": {}}
    for clear in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        step = clear(config=config, enforce_metadata=False)
        if clear is ClearMarkScheme:
            step.check_attachment_leakage = False
        nb, resources = step.preprocess(nb, resources)
    return nb


def let_go_on(nb: NotebookNode) -> None:
    """Let a run of all cells go on where an answer, its test, or what reads the answer fails."""
    leaning: set[str] = set()  # names that answers bind, and what is made of them
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        names = names_in(cell.source)
        own = is_answer(cell) or is_test(cell)
        if own or names.read & leaning:
            cell.metadata["tags"] = list(dict.fromkeys([*tags(cell), RAISES]))
            leaning |= set() if is_test(cell) else names.bound
        else:
            leaning -= names.bound


def solved_version(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in stock form as one who knows the solutions hands it in.

    Without the delimiters a solution may begin with a magic, which must stand first.
    """
    nb = nbformat.from_dict(nb)
    for cell in filter(is_answer, nb.cells):
        cell.source = "\n".join(without_delimiters(cell.source))
    return nb

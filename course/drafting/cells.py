"""Cells and notebooks as they stand in a file."""

from __future__ import annotations

import json

SCHEMA = 3  # of nbgrader's metadata
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def plain_cell(cell_type: str, name: str, source: str, *tags: str) -> dict:
    """Return a cell of the lecture."""
    metadata = {"tags": list(tags)} if tags else {}
    cell = {"cell_type": cell_type, "id": name, "metadata": metadata}
    if cell_type == "code":
        cell = {"cell_type": cell_type, "execution_count": None, "id": name, "metadata": metadata}
        cell["outputs"] = []
    return cell | {"source": source.splitlines(keepends=True)}


def graded_cell(cell_type: str, name: str, source: str, **changes: object) -> dict:
    """Return a cell that nbgrader knows.

    Parameters
    ----------
    cell_type, name, source : str
    **changes : object
        What its metadata says otherwise than that of a cell that is nothing: ``grade``, ``locked``,
        ``points``, ``solution``.
    """
    stock = {"grade": False, "locked": False, "solution": False, "task": False}
    known = {**stock, "grade_id": name, "schema_version": SCHEMA, **changes}
    cell = plain_cell(cell_type, name, source)
    return cell | {"metadata": {"nbgrader": dict(sorted(known.items()))}}


def notebook_text(cells: list[dict]) -> str:
    """Return the text of a notebook's file."""
    about = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    nb = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return as_text(nb)


def as_text(nb: dict) -> str:
    """Return a notebook's file as JupyterLab writes it."""
    return json.dumps(nb, indent=1, ensure_ascii=False) + "\n"

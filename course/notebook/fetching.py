"""The cell that fetches the course where a notebook runs without it, as on Colab.

It is the same in every lesson. Where the course's package is to be had is a setting of the
syllabus, which `course release` writes into the students' copies.
"""

from __future__ import annotations

import json

from nbformat import NotebookNode

NAME = "fetch-course"
UNSET = 'COURSE = ""'
SOURCE = f"""\
# Where the course is not installed, as on Colab, this fetches it. Elsewhere it does nothing.
import subprocess
import sys
from importlib.util import find_spec

{UNSET}  # where its package can be had: your instructor says
if not find_spec("helpers"):
    assert COURSE, "The course is not installed here: ask your instructor what COURSE is to be."
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", COURSE]
    subprocess.run(pip, check=True)
    subprocess.run([sys.executable, "-m", "helpers.notebook.lacking"], check=True)"""


def is_fetching(cell: NotebookNode) -> bool:
    """Tell whether a cell is the one that fetches the course."""
    return cell.cell_type == "code" and cell.get("id") == NAME


def name_package(nb: NotebookNode, package: str) -> None:
    """Write into a student's copy where the course's package can be had."""
    for cell in filter(is_fetching, nb.cells):
        cell.source = cell.source.replace(UNSET, f"COURSE = {json.dumps(package)}", 1)

"""What a command does before its own work."""

from __future__ import annotations

import importlib
from pathlib import Path

import nbformat
from typer.core import TyperGroup

from course.grading.foresight import foresee

# What `course grade` imports, wherever it does.
OURS = (
    *("commands.tables", "grading.engine.here", "grading.engine.warmth", "grading.grade"),
    *("grading.jobs", "grading.limits", "grading.packages", "proof.promises", "record.store"),
    *("warm.client", "warm.parent"),
)
OTHERS = (
    *("encodings.unicode_escape", "encodings.utf_8_sig", "sqlalchemy.dialects.sqlite", "sqlite3"),
)


def rehearse(command: TyperGroup, root: str) -> None:
    """Import what commands import, read their options, and a course's own notebooks.

    Parameters
    ----------
    command : TyperGroup
        The command line.
    root : str
        The course's folder.
    """
    for name in (*(f"course.{name}" for name in OURS), *OTHERS):
        importlib.import_module(name)
    with command.make_context("course", ["grade"]) as context:
        command.commands["grade"].make_context("grade", [], context)
    nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
    foresee(Path(root))

"""What a command does before its own work."""

from __future__ import annotations

import importlib

import nbformat
import typer
from typer.main import get_command

# What `course grade` imports, wherever it does.
OURS = (
    *("commands.tables", "grading.engine.here", "grading.engine.warmth", "grading.grade"),
    *("grading.jobs", "grading.limits", "grading.packages", "proof.promises", "record.store"),
    *("warm.client", "warm.parent"),
)
OTHERS = (
    *("encodings.unicode_escape", "encodings.utf_8_sig", "sqlalchemy.dialects.sqlite", "sqlite3"),
)


def rehearse(app: typer.Typer) -> None:
    """Import what commands import, read their options, and have notebooks' schema compiled."""
    for name in (*(f"course.{name}" for name in OURS), *OTHERS):
        importlib.import_module(name)
    command = get_command(app)
    with command.make_context("course", ["grade"]) as context:
        command.commands["grade"].make_context("grade", [], context)
    nbformat.validate(nbformat.v4.new_notebook())

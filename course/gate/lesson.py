"""What the static rules look at: a notebook, and a section."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from course.authoring.conversion import convert
from course.authoring.drift import Drift, compare
from course.authoring.leaks import Leak
from course.authoring.release import leaks_of
from course.folder import KEPT_BACK, Course, Section
from course.notebook.cells import code_cells, grade_id, is_test
from course.notebook.exercises import Exercise, exercises
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.reading import read_notebook
from course.notebook.regions import Fault, faults, in_stock_form
from course.notebook.syntax import parse
from course.notebook.versions import student_version
from course.scratch import Scratch


@dataclass(frozen=True)
class Lesson:
    """One source notebook.

    Attributes
    ----------
    course : Course
    section : Section
    path : Path
    """

    course: Course
    section: Section
    path: Path

    @cached_property
    def raw(self) -> dict:
        """The file as it is on disk; notebooks of format 3, which have no cells, upgraded."""
        raw = json.loads(self.path.read_text(encoding="utf-8-sig"))
        return raw if "cells" in raw else self.nb

    @cached_property
    def nb(self) -> NotebookNode:
        """The notebook in stock form, with an id in every cell."""
        return in_stock_form(read_notebook(self.path), self.course.config)

    @cached_property
    def faults(self) -> list[Fault]:
        """What is wrong with the delimiters."""
        return list(faults(read_notebook(self.path), self.course.config))

    @cached_property
    def student(self) -> NotebookNode | None:
        """The student version; None where nbgrader cannot make one."""
        try:
            return None if self.faults else student_version(self.nb)
        except ValueError:  # a language for which nbgrader's configuration has no stub
            return None

    @cached_property
    def exercises(self) -> list[Exercise]:
        """All exercises, in order."""
        return exercises(self.nb)

    @property
    def automatic(self) -> list[Exercise]:
        """The exercises that a test grades."""
        return [e for e in self.exercises if not e.manual]

    @property
    def tests(self) -> list[NotebookNode]:
        """The test cells."""
        return [cell for cell in self.nb.cells if is_test(cell)]

    @property
    def code(self) -> list[NotebookNode]:
        """The code cells that are not empty."""
        return [cell for _, cell in code_cells(self.nb) if cell.source.strip()]

    @property
    def is_python(self) -> bool:
        """Whether the cells are Python."""
        return self.nb.metadata.get("kernelspec", {}).get("language", "python") == "python"

    def position(self, name: str) -> int:
        """Return the position of the cell with this ``grade_id``."""
        return next(i for i, cell in enumerate(self.nb.cells) if grade_id(cell) == name)


@dataclass(frozen=True)
class Chapter:
    """One section.

    Attributes
    ----------
    course : Course
    section : Section
    lessons : tuple of Lesson
        Its notebooks that can be read.
    complete : bool
        Whether those are all.
    """

    course: Course
    section: Section
    lessons: tuple[Lesson, ...]
    complete: bool = True

    @property
    def mistakes_file(self) -> Path:
        """Where the wrong solutions are."""
        return self.section.folder / KEPT_BACK[0]

    @cached_property
    def mistakes(self) -> list[Mistake]:
        """The wrong solutions."""
        return read_mistakes(self.mistakes_file)

    @cached_property
    def release(self) -> tuple[list[Drift], list[Leak]]:
        """How release/ differs from a fresh student version, and what either gives away."""
        released = self.course.release(self.section.name)
        with Scratch("check") as folder:
            made = convert(self.course, self.section, Path(folder))
            drifts = compare(self.section.name, made, released)
            leaks = leaks_of(self.course, self.section, made)
        if drifts and released.is_dir():
            leaks += leaks_of(self.course, self.section, released)
        return drifts, list(dict.fromkeys(leaks))

    @property
    def exercises(self) -> list[Exercise]:
        """The exercises of all notebooks."""
        return [exercise for lesson in self.lessons for exercise in lesson.exercises]


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell; None where it is no plain Python."""
    try:
        return parse(source)
    except (SyntaxError, ValueError):
        return None


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the last part of the name that it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node

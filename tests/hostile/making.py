"""How submissions are made from the released notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Template
from textwrap import dedent, indent

import nbformat
from nbformat import NotebookNode

from course.notebook.cells import grade_id
from course.notebook.versions import student_version
from tests.builders import notebook
from tests.hostile import lessons
from tests.hostile.case import SUMS, Case, Lesson, Place

SAY = 'print("heron", "e1b6", sep="-")'
WRONG = "def add(a, b):\n    return 5"
FAILED = {"add": "failed"}
MODULES = """\
import ast, builtins, copy, gc, glob, inspect, os, pathlib, random, socket, sqlite3, sys
import threading, time
import numpy as np
"""
RESCUE = "except Exception as error:\n    print(type(error))"
Change = Callable[[NotebookNode], None]


def released(lesson: Lesson = SUMS, **answers: str) -> NotebookNode:
    """Return the released notebook with right answers, but for those given."""
    nb = student_version(notebook(lesson.cells))
    for name, text in {**lesson.right, **answers}.items():
        cell_of(nb, name).source = text.strip("\n") + "\n"
    return nb


def cell_of(nb: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with this ``grade_id``."""
    return next(cell for cell in nb.cells if grade_id(cell) == name)


def filled(text: str, names: dict[str, str]) -> str:
    """Return the text of an answer: what stands for something else is put in.

    ``$ADD``, ``$SHAPE`` and ``$SCALE`` stand for right answers, ``$WRONG`` for a wrong one,
    ``$SAY`` for the words of a case that got where it must not, and ``$course``, ``$home``,
    ``$tmp``, ``$other``, ``$tag``, ``$port`` and ``$address`` for where and who things are.
    """
    own = {name.upper(): answer.rstrip("\n") for name, answer in lessons.RIGHT.items()}
    return Template(dedent(text)).safe_substitute(own, WRONG=WRONG, SAY=SAY, **names)


def as_bytes(nb: NotebookNode) -> bytes:
    """Return the notebook as a student's file."""
    return (nbformat.writes(nb) + "\n").encode()


def answers(lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the released notebook with some answers, the others right."""
    return edited(lambda nb: None, lesson, **texts)


def edited(change: Change, lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the notebook with answers, changed in some other way."""

    def place(folder: Path, names: dict[str, str]) -> None:
        nb = released(lesson, **{name: filled(text, names) for name, text in texts.items()})
        change(nb)
        folder.mkdir(parents=True)
        (folder / f"{lesson.notebook}.ipynb").write_bytes(as_bytes(nb))

    return place


def file(make: Callable[[bytes], bytes], name: str = "sums.ipynb") -> Place:
    """Hand in what `make` makes of the right notebook's bytes, under a name."""

    def place(folder: Path, names: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        (folder / name).write_bytes(make(as_bytes(released())))

    return place


def beside(files: dict[str, bytes | str], lesson: Lesson = SUMS, **texts: str) -> Place:
    """Hand in the notebook with other files beside it."""
    notebook_alone = answers(lesson, **texts)

    def place(folder: Path, names: dict[str, str]) -> None:
        notebook_alone(folder, names)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = filled(data, names).encode() if isinstance(data, str) else data
            path.write_bytes(raw)

    return place


def added_code(source: str) -> NotebookNode:
    """Make a cell that a student added."""
    return nbformat.v4.new_code_cell(source)


def wrong_sum(name: str, about: str, code: str, **verdicts: str) -> Case:
    """Make a case whose first answer is wrong; it has the usual modules at hand."""
    return Case(name, about, answers(add=f"{MODULES}\n{dedent(code)}"), FAILED | verdicts)


def lie(name: str, about: str, code: str, answer: str = "$WRONG", **verdicts: str) -> Case:
    """Make such a case with code before the answer."""
    return wrong_sum(name, about, f"{dedent(code)}\n{dedent(answer)}", **verdicts)


def own_harm(name: str, about: str, code: str, answer: str = "$WRONG") -> Case:
    """Make such a case whose code may spoil the later answers of the same student."""
    return lie(name, about, code, answer, add="failed|killed|timeout", shape="any", scale="any")


def in_cell(name: str, about: str, code: str, verdict: str, **how: bool) -> Case:
    """Make a case that does something in place of the second answer."""
    return Case(name, about, answers(shape=code), {"shape": verdict}, **how)


def in_call(name: str, about: str, code: str, verdict: str, **how: bool) -> Case:
    """Make a case that does something when its function is called."""
    return Case(name, about, answers(add=code), {"add": verdict}, **how)


def right(name: str, about: str, *, needs_sandbox: bool = False, **texts: str) -> Case:
    """Make a case whose answers are all right."""
    return Case(name, about, answers(**texts), needs_sandbox=needs_sandbox)


def survives(name: str, about: str, code: str) -> Case:
    """Make a case that does something before the right second answer."""
    return right(name, about, shape=f"{dedent(code)}\n$SHAPE")


def tries(name: str, about: str, code: str) -> Case:
    """Make a case that tries something in a cell, and goes on with a right answer."""
    body = indent(dedent(code).strip("\n"), "    ")
    return right(name, about, add=f"{MODULES}\ntry:\n{body}\n{RESCUE}\n$ADD")


def tries_later(name: str, about: str, code: str) -> Case:
    """Make a case that tries something each time that its function is called."""
    body = indent(dedent(code).strip("\n"), "        ")
    rescue = indent(RESCUE, "    ")
    text = f"{MODULES}\ndef add(a, b):\n    try:\n{body}\n{rescue}\n    return a + b"
    return right(name, about, add=text)

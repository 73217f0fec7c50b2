"""Rules on the notebook as a file: nothing in it that a run or an editor left behind."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import re
from collections.abc import Iterator

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson
from course.notebook.cells import DEMO, PARAMETERS, RAISES, tags

CELL_METADATA = {"nbgrader", "tags"}
NOTEBOOK_METADATA = {"kernelspec", "language_info"}
TAGS = {DEMO, PARAMETERS, RAISES}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CLEAR = "Choose Edit, Clear Outputs of All Cells in JupyterLab and save."


@rule("no-outputs", "the source holds no outputs and no execution counts", style=True)
def find_outputs(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.raw["cells"]:
        left = "outputs" if cell.get("outputs") else "execution_count"
        if cell.get(left):
            what = "an output" if left == "outputs" else "an execution count"
            yield Problem(_name(cell), f"The cell holds {what}.", CLEAR)


@rule("no-stray-metadata", "cells hold nbgrader's data and tags only", house=True)
def find_stray_metadata(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.raw["cells"]:
        if stray := sorted(set(cell.get("metadata", {})) - CELL_METADATA):
            yield Problem(_name(cell), f"Its metadata holds {', '.join(stray)}.", "Take it out.")
    metadata = lesson.raw.get("metadata", {})
    if stray := sorted(set(metadata) - NOTEBOOK_METADATA):
        yield Problem("", f"The notebook's metadata holds {', '.join(stray)}.", "Take it out.")
    if stray := sorted(set(metadata.get("language_info", {})) - {"name"}):
        names = ", ".join(stray)
        yield Problem("", f"Its language_info holds {names}.", "Leave the name only.")


@rule("unique-ids", "no two cells have the same id", style=True)
def find_repeated_ids(lesson: Lesson) -> Iterator[Problem]:
    names = [cell["id"] for cell in lesson.raw["cells"] if "id" in cell]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(name, "Two cells have this id.", "Give one of them another id.")


@rule("id-style", "ids are words with dashes, and graded cells carry one id", house=True)
def find_odd_ids(lesson: Lesson) -> Iterator[Problem]:
    for number, cell in enumerate(lesson.raw["cells"], start=1):
        name = cell.get("id", "")
        graded = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", name)
        if not ID.fullmatch(name):
            remedy = "Give it a name in lower case with dashes, such as output-size."
            yield Problem(name, f"Cell {number} has the id {name!r}.", remedy)
        elif graded != name:
            message = f"The id differs from the grade_id {graded!r}."
            yield Problem(name, message, "Give the cell one name in both places.")


@rule("kernel", "the kernel is python3, which every computer has", house=True)
def find_other_kernel(lesson: Lesson) -> Iterator[Problem]:
    name = lesson.raw.get("metadata", {}).get("kernelspec", {}).get("name")
    if name != "python3":
        yield Problem("", f"The notebook asks for the kernel {name!r}.", "Choose Python 3.")


@rule("known-tags", "tags are those that the course tool knows", house=True)
def find_unknown_tags(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.nb.cells:
        for tag in tags(cell):
            if tag not in TAGS:
                known = ", ".join(sorted(TAGS))
                yield Problem(cell.id, f"No program knows the tag {tag!r}.", f"Use {known}.")


@rule("regions", "delimiters pair, and stand in cells that nbgrader clears")
def find_faulty_regions(lesson: Lesson) -> Iterator[Problem]:
    for fault in lesson.faults:
        yield Problem(fault.cell, f"{fault.message}.", "Fix the delimiters.")


def _name(cell: dict) -> str:
    return cell.get("id") or cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")

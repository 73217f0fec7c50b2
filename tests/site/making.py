"""A small course with a student version that has been run, without running anything."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from PIL import Image

from course.folder import Course
from course.notebook.reading import read_source
from course.notebook.versions import student_version
from tests.builders import code, function, make_course, markdown, test_cell

SECTION = "01-light"
TITLE = """\
# 1 · Light

**Aim.** You count how much light there is.

## How much?

Half of it, $\\frac{1}{2}$, as `light / 2`."""
CELLS = [
    markdown(TITLE, id="title"),
    code('PROFILE = "fast"', "parameters", id="parameters"),
    code("setup(PROFILE)", id="setup"),
    code('predict("How much is left?", lambda: 3)', "demo", id="guess"),
    code("print(6 / 2)", id="halves"),
    code('plotting.show_images([light], ["a bright window"])', id="window"),
    markdown(
        "### Exercise 1.1 · Halve it (2 points, about 3 minutes)\n\nHalve it.", id="halve-task"
    ),
    function("halve", "halve(light)", "return light / 2 if light > 0 else 0"),
    test_cell("halve-test", "assert halve(2) == 1", "assert halve(40) == 20", points=2),
    code("twice = halve(halve(8))", "raises-exception", id="after"),
    markdown("## Where you stand\n\nThis is no grade.", id="summary-text"),
    code("checks.summary(1)", "demo", id="summary"),
]
UNANSWERED = {"output_type": "error", "ename": "NotImplementedError", "evalue": "", "traceback": []}


def png(width: int = 60, height: int = 40, colour: str = "orange") -> bytes:
    """Return a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "png")
    return buffer.getvalue()


def shown(data: dict, **about) -> dict:
    """Return an output that displays something."""
    return {"output_type": "display_data", "data": data, "metadata": about}


def printed(text: str, name: str = "stdout") -> dict:
    """Return an output of print."""
    return {"output_type": "stream", "name": name, "text": text}


def picture(alt: str | None = None, **size) -> dict:
    """Return an output that is a figure."""
    about = {"image/png": {**({"alt": alt} if alt else {}), **size}}
    return shown({"image/png": base64.b64encode(png()).decode(), "text/plain": "<Figure>"}, **about)


OUTPUTS = {
    "guess": [shown({"text/plain": "Predict: How much is left?"})],
    "halves": [printed("3.0\n")],
    "window": [picture("a window, and the light in it")],
    "halve-test": [UNANSWERED],
    "after": [UNANSWERED],
    "summary": [shown({"text/plain": "○ 1.1 · Halve it"})],
}


def with_outputs(nb: NotebookNode, outputs: dict[str, list[dict]]) -> NotebookNode:
    """Return a notebook as it comes out of a run."""
    nb = nbformat.from_dict(nb)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(output) for output in outputs.get(cell.id, [])]
            cell.execution_count = 1
    injected = code('# Parameters\nPROFILE = "fast"', "injected-parameters", id="injected")
    nb.cells.insert(2, injected)
    return nb


def made_course(
    folder: Path,
    cells: list[NotebookNode] | None = None,
    outputs: dict[str, list[dict]] | None = None,
    site: str = "",
) -> tuple[Course, Path]:
    """Return a course with a student version in release/, and the folder of its run.

    Parameters
    ----------
    folder : Path
    cells, outputs
        Those above where they are left out.
    site : str
        What its syllabus says below the section.
    """
    entry = f'[[section]]\nname = "{SECTION}"\ntitle = "Light"\nminutes = 50\n'
    question = 'question = "How much light is there?"\n'
    sections = {SECTION: {"light": CELLS if cells is None else cells}}
    course = make_course(folder, sections, syllabus=entry + question + site)
    source = course.sections[0].notebooks[0]
    released = student_version(read_source(source, course.config))
    target = course.release(SECTION) / source.name
    target.parent.mkdir(parents=True)
    nbformat.write(released, target)
    runs = folder / "runs"
    (runs / SECTION).mkdir(parents=True)
    ran = with_outputs(released, OUTPUTS if outputs is None else outputs)
    nbformat.write(ran, runs / SECTION / source.name)
    return course, runs

"""Submissions as other editors, hurried students and learning platforms leave them."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat
import pytest

from course.notebook.cells import grade_id
from course.notebook.reading import read_source
from course.notebook.versions import student_version
from tests.builders import (
    function,
    make_course,
    markdown,
    region,
    solution,
    test_cell,
    written_answer,
)
from tests.grading.engine.grading import grade
from tests.pictures import PNG

CELLS = [
    markdown("# One"),
    function("f", "f(x)", "return x + 1"),
    test_cell("f-test", "assert f(1) == 2", "assert f(2) == 3"),
    solution("g", region("g = 2")),
    test_cell("g-test", "assert g == 2"),
    written_answer("why", "Because."),
    markdown(""),
]
RIGHT = {"f": "def f(x):\n    return x + 1", "g": "g = 2", "why": "So."}
ALL = ["passed", "passed", "manual"]


def cell_of(raw: dict, name: str) -> dict:
    (cell,) = [c for c in raw["cells"] if grade_id(nbformat.from_dict(c)) == name]
    return cell


def colab(raw: dict) -> None:
    raw["nbformat_minor"] = 0
    raw["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    raw["accelerator"] = "GPU"
    for number, cell in enumerate(raw["cells"]):
        cell["metadata"] |= {"id": f"cOlAb{number}", "colab": {"base_uri": "https://localhost"}}
        del cell["id"]


def vs_code(raw: dict) -> None:
    raw["metadata"] = {
        "kernelspec": {"display_name": ".venv", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.9.1"},
        "vscode": {"interpreter": {"hash": "0"}},
    }
    for number, cell in enumerate(raw["cells"]):
        cell["metadata"]["vscode"] = {"languageId": "python"}
        cell["id"] = f"{number:08x}"


def pycharm(raw: dict) -> None:
    for cell in raw["cells"]:
        cell["metadata"] |= {"pycharm": {"name": "#%%\n"}, "collapsed": False}
        cell["source"] = cell["source"].splitlines(keepends=True)
        del cell["id"]


def ids_lost(raw: dict) -> None:
    for cell in raw["cells"]:
        cell["metadata"] = {}
        del cell["id"]


def code_made_markdown(raw: dict) -> None:
    cell = cell_of(raw, "f")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def copy_with(text: str, *, behind: bool) -> Callable[[dict], None]:
    def put(raw: dict) -> None:
        place = raw["cells"].index(cell_of(raw, "f"))
        raw["cells"].insert(place + behind, cell_of(raw, "f") | {"id": "copy", "source": text})

    return put


def picture_alone(raw: dict) -> None:
    cell_of(raw, "why")["source"] = f"![image.png](data:image/png;base64,{PNG})"


def written_below(raw: dict) -> None:
    cell_of(raw, "why")["source"] = "YOUR ANSWER HERE"
    raw["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "So."})


SUBMISSIONS = {
    "plain": (lambda raw: None, ALL),
    "colab": (colab, ALL),
    "vs-code": (vs_code, ALL),
    "pycharm": (pycharm, ALL),
    "ids-lost": (ids_lost, ALL),
    "code-made-markdown": (code_made_markdown, ALL),
    "broken-copy-above": (copy_with("def f(x", behind=False), ALL),
    "broken-copy-below": (copy_with("def f(x", behind=True), ALL),
    "raising-copy-below": (copy_with("1 / 0", behind=True), ALL),
    "unfinished-copy-above": (copy_with("def f(x):\n    pass", behind=False), ALL),
    "unfinished-copy-below": (
        copy_with("def f(x):\n    pass", behind=True),
        ["failed", "passed", "manual"],  # it was defined last, as in nbgrader
    ),
    "picture-alone": (picture_alone, ALL),
    "written-below": (written_below, ALL),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return what each submission got, and its notebook in ``autograded/``."""
    course = make_course(tmp_path_factory.mktemp("course"), {"01": {"one": CELLS}})
    nb = student_version(read_source(course.sections[0].notebooks[0], course.config))
    for cell in nb.cells:
        cell.source = RIGHT.get(grade_id(cell), cell.source)
    for name, (change, _) in SUBMISSIONS.items():
        raw = json.loads(json.dumps(nb))
        change(raw)
        target = course.submitted(name, "01") / "one.ipynb"
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(raw))
    found = grade(course, course.sections)
    return {
        g.attempt.student: (
            [row.verdict for row in g.attempt.rows],
            nbformat.read(course.autograded(g.attempt.student, "01") / "one.ipynb", 4),
        )
        for g in found
    }


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_each_gets_what_it_earns(graded, name):
    assert graded[name][0] == SUBMISSIONS[name][1]


def test_a_pasted_picture_is_there_for_who_marks(graded):
    (cell,) = [c for c in graded["picture-alone"][1].cells if grade_id(c) == "why"]
    assert cell.attachments == {"picture-1.png": {"image/png": PNG}}


def test_a_code_cell_made_markdown_was_run_as_code(graded):
    (cell,) = [c for c in graded["code-made-markdown"][1].cells if grade_id(c) == "f"]
    assert cell.cell_type == "code"

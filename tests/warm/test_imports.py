"""A warm process imports what its course uses, and nothing that takes long beside that."""

from __future__ import annotations

import pytest

from course.examining.examine import examine
from course.examining.opening import session_source
from course.examining.rebuild import with_answers
from course.warm.imports import imports_in
from tests.builders import code, notebook, region, solution, test_cell, write_notebook

SLOW = ("keras", "matplotlib", "optuna", "pandas", "sklearn", "tensorflow")
THERE = f"import sys\n\n{{name}} = [name for name in {SLOW!r} if name in sys.modules]"


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        ("import numpy as np", []),
        ("import matplotlib", ["matplotlib"]),
    ],
)
def test_neither_session_nor_judge_has_what_no_notebook_imports(tmp_path, lesson, expected):
    cells = [
        code(lesson),
        solution("seen", region(THERE.format(name="seen"))),
        test_cell("seen-test", f"{THERE.format(name='judge')}\nassert judge == seen == {expected}"),
    ]
    nb = notebook(cells)
    with session_source([nb]) as source:
        rebuilt = with_answers(nb, {"seen": THERE.format(name="seen")})
        outcomes, _ = examine(rebuilt, lambda: source(tmp_path, {}))
    assert outcomes[0].judgement.verdict == "passed", outcomes[0].judgement.message


def test_what_lies_beside_a_notebook_is_not_imported_for_all(tmp_path):
    cells = [code("import json\nimport neighbour, numpy\nfrom pandas import DataFrame")]
    path = write_notebook(tmp_path / "n.ipynb", cells)
    (tmp_path / "neighbour.py").write_text("")
    (tmp_path / "pandas").mkdir()
    (tmp_path / "pandas" / "__init__.py").write_text("")
    assert imports_in([path]) == ("import json",)

"""Which statements of our cells are run, where something below them is graded."""

from __future__ import annotations

import pytest

from course.notebook.slicing import statements, texts_needed
from tests.builders import code

ANSWER = "def answer():\n    return limit"


def kept(*cells: str, answer: str = ANSWER) -> list[str]:
    """Return what is run of cells that stand above an answer which reads `limit`."""
    found = texts_needed([code(text) for text in (*cells, answer)], [len(cells)])
    assert found[len(cells)] == answer
    return [found[i] for i in range(len(cells)) if i in found]


def test_a_seed_is_set_and_the_training_below_it_left_out():
    imports = "import keras"
    cell = "keras.utils.set_random_seed(4)\nmodel = build()\nhistory = model.fit(x, y)\nplt.plot(x)"
    assert kept(imports, cell) == [imports, "keras.utils.set_random_seed(4)"]


def test_what_a_kept_statement_reads_is_kept_with_it():
    cell = "base = 1  # of all\nother = 2\nlimit = base + 1\nprint(limit)"
    assert kept(cell) == ["base = 1  # of all\nlimit = base + 1"]


def test_a_cell_of_which_all_is_needed_stays_as_it_is():
    cell = "# A limit.\nbase = 1\n\n\nlimit = base"
    assert kept(cell) == [cell]


@pytest.mark.parametrize(
    "change",
    [
        "first = limit[0]\nfirst.append(1)",
        "first = limit[0]\nagain = first\nagain[0] = 1",
        "for row in limit:\n    row[0] = 1",
        "first = limit\nnp.fill_diagonal(first, 0)",
        "first = [limit]\nshow(first)",
        "limit.sort()",
        "np.add(limit, 1, out=limit)",
        "with limit:\n    pass",
    ],
)
def test_what_may_change_an_object_by_any_name_is_run(change):
    made = "limit = make()"
    assert kept("import numpy as np", made, change)[-2:] == [made, change]


@pytest.mark.parametrize(
    "shown",
    [
        "print(limit)",
        "plt.plot(limit)\nplt.show()",
        "plotting.show_images([limit], titles=[f'{limit.mean():.2f}'])",
        "size = len(limit)",
        "rows = [limit.index(c) for c in 'ab']",
        "far = np.abs(limit).max()",
    ],
)
def test_what_only_looks_is_left_out(shown):
    imports = "import numpy as np\nimport matplotlib.pyplot as plt\nfrom helpers import plotting"
    assert kept(imports, "limit = make()", shown) == [imports, "limit = make()"]


@pytest.mark.parametrize("setting", ["plt.rcParams.update(x)", "plt.style.use('x')", "np.seterr()"])
def test_what_sets_how_all_goes_on_is_run(setting):
    imports = "import numpy as np\nimport matplotlib.pyplot as plt"
    assert kept(imports, setting) == [imports, setting]


@pytest.mark.parametrize(
    "cell", ["%matplotlib inline\nx = 1", "x = 1; limit = 2", "if x:\n    limit = 1", "a = (\n 1)"]
)
def test_what_cannot_be_told_apart_is_one(cell):
    assert statements(cell) == (cell,)


def test_a_decorator_goes_with_its_function():
    cell = "x = 1\n@cached\ndef limit():\n    return 2\ny = 3"
    assert statements(cell) == ("x = 1", "@cached\ndef limit():\n    return 2", "y = 3")


def test_a_cell_that_is_to_raise_is_run_as_a_whole_or_not_at_all():
    cells = [code("limit = 1\nother = 2\n1 / 0"), code(ANSWER)]
    assert texts_needed(cells, [1], entire=[0]) == {0: cells[0].source, 1: ANSWER}
    assert texts_needed([code("other = 2\n1 / 0"), code(ANSWER)], [1], entire=[0]) == {1: ANSWER}

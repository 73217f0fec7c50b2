"""What a prediction reveals is the same whenever its reader asks."""

import pytest

from tests.builders import code

ASKS = 'predict("How many?", lambda: count)'


def change(*sources: str):
    """Return what appends cells, the first of which asks."""

    def append(cells):
        cells += [code(text, id=f"cell-{k}") for k, text in enumerate((ASKS, *sources))]

    return append


@pytest.mark.parametrize("second", ["count = 2", "for count in range(3):\n    pass"])
def test_an_answer_that_is_bound_again_is_found(the_finding, second):
    finding = the_finding(change("count = 1", second))
    assert (finding.rule, finding.cell) == ("prediction", "cell-0")
    assert finding.message == "count is bound in cell-1 and cell-2."


@pytest.mark.parametrize(
    "others", [["count = 1"], ["count = 1", "def other():\n    count = 2\n    return count"]]
)
def test_an_answer_of_one_cell_is_fine(nothing_found, others):
    assert nothing_found(change(*others))


def test_other_names_may_be_bound_as_often_as_they_like(nothing_found):
    assert nothing_found(change("count = 1", "total = 1", "total = 2"))

"""A visible test shows examples, and nothing of the mistakes whose words stand in mistakes.py."""

import pytest

from tests.builders import region
from tests.gate.lessons import by_id, good_mistakes

WORDS = good_mistakes().replace('"add-1", says=', '"add-1", words=')
HIDDEN = "assert add_1(40) == 41, 'you do not add'"


def test_of(visible: str):
    def spoil(cells):
        cell = by_id(cells, "add-1-test")
        cell.source = f"{visible}\n{region(HIDDEN, 'HIDDEN TESTS')}"

    return spoil


test_of.__test__ = False


@pytest.mark.parametrize(
    "visible",
    [
        "checks.function(add_1).returns((1,), 2, slips=[(0, 'x')])",
        "checks.function(add_1).holds('it grows', bool, diagnosis='x')",
        "checks.function(add_1).returns((1,), 2, [(0, checks.slips.WRAPPED)])",
        "assert add_1(1) == 2, 'You have added nothing at all.'",
    ],
)
def test_words_of_a_mistake_in_a_visible_test_are_found(the_finding, visible):
    finding = the_finding(test_of(visible), mistakes=WORDS)
    assert (finding.rule, finding.cell) == ("test-spoils-not", "add-1-test")


def test_examples_and_what_they_demand_are_fine(nothing_found):
    fine = "checks.function(add_1).holds('it is one more than what it is given', bool)"
    assert nothing_found(test_of(fine), mistakes=WORDS)


def test_where_the_words_are_not_yet_in_the_file_the_test_may_hold_them(nothing_found):
    assert nothing_found(test_of("assert add_1(1) == 2, 'You have added nothing at all.'"))

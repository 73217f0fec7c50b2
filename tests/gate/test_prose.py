"""Numbers in prose are printed or asserted by a code cell."""

import pytest
from nbformat.v4 import new_output

from course.gate.evidence import Evidence
from course.gate.prose import find_unproven_numbers, stated_numbers
from tests.builders import code, markdown, notebook, region, test_cell, written_answer


def unproven(*cells) -> list[str]:
    evidence = Evidence(None, notebook(list(cells)))
    return [problem.message.split()[-1].rstrip(".") for problem in find_unproven_numbers(evidence)]


def printing(text: str):
    cell = code("print(x)")
    cell.outputs = [new_output("stream", text=text)]
    return cell


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It has 88375 parameters.", ["88375"]),
        ("It has 88,375 parameters, and 1,234,567.5 more.", ["88,375", "1,234,567.5"]),
        ("It has 88\u202f375 parameters.", ["88\u202f375"]),
        ("An accuracy of 0.885, or 88.5 %.", ["0.885", "88.5"]),
        ("1400 x 1400 pixels", ["1400", "1400"]),
        ("Small numbers such as 42, 640 and (2, 70, 120, 3).", []),
        ("LeNet-5 is from 1998, AlexNet from 2012.", []),
        ("It takes 1998.5 s.", ["1998.5"]),
        ("Write `x = 12345` and ``y = 0.5``.", []),
        ("```python\nx = 12345\n```\nthen 0.5", ["0.5"]),
        ("As code:\n\n    x = 12345\n", []),
        ("$0.5 \\cdot 12345$ and $$\n0.25\n$$", []),
        ("[paper](https://example.org/2015.1234) and https://example.org/9999", []),
        ("Keras 3.15 and Python 3.11 and version 2.21.0 and CC BY 4.0", []),
        ("### Exercise 2.6 · Size (3 points)\nAs in Exercise 2.7 and 2.8, section 1.2.", []),
        ("## 2.6 A heading", []),
        ("<code>12345</code> <img width='1234'/>", []),
        ("The file image_12345.png.", []),
    ],
)
def test_numbers_that_need_a_proof(text, numbers):
    assert stated_numbers(text) == numbers


def test_a_number_that_nothing_proves_is_found():
    assert unproven(markdown("It has 88,375 weights."), code("x = 88375")) == ["88,375"]


def test_it_is_found_once_a_cell_with_the_cells_name():
    evidence = Evidence(None, notebook([markdown("0.75 and 0.75", id="text")]))
    (problem,) = find_unproven_numbers(evidence)
    assert problem.cell == "text"


@pytest.mark.parametrize("printed", ["88375 weights", "88,375", "(None, 88_375)", "8.8375e4"])
def test_an_output_proves_a_number(printed):
    assert unproven(markdown("It has 88,375 weights."), printing(printed)) == []


def test_a_result_proves_a_number():
    cell = code("x")
    cell.outputs = [new_output("execute_result", data={"text/plain": "np.float64(0.75)"})]
    assert unproven(markdown("It is 0.75."), cell) == []


@pytest.mark.parametrize(
    "source",
    [
        "assert x == 88375",
        "assert x == 88_375, 'wrong'",
        "np.testing.assert_equal(x, [1, 88375])",
        "assert abs(x - 88375.0) < 1",
    ],
)
def test_an_assert_proves_a_number(source):
    assert unproven(markdown("It has 88,375 weights."), code(source)) == []


def test_a_test_proves_its_numbers():
    cells = [markdown("It has 88,375 weights."), test_cell("w-test", "check.equals(88375)")]
    assert unproven(*cells) == []


def test_an_output_proves_the_same_number_rounded():
    assert unproven(markdown("About 0.64 and 12.3."), printing("0.6434 12.345")) == []


@pytest.mark.parametrize(("stated", "printed"), [("0.65", "0.6434"), ("0.6", "0.6434")])
def test_a_number_that_is_rounded_wrongly_or_too_far_is_found(stated, printed):
    assert unproven(markdown(f"It is {stated}."), printing(printed)) == [stated]


def test_model_answers_are_not_held_to_it():
    assert unproven(written_answer("why", region("It has 88,375 weights."))) == []

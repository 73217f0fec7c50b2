"""Of a hidden test words of ours alone are told, whoever chose the names, texts and values."""

from __future__ import annotations

from helpers.checks.plain import NOT_PLAIN

import pytest

from course.judging.telling import OF_LAYER, OTHER_INPUTS, VISIBLE, raised, raised_late
from course.judging.verdict import judge
from course.session import CellResult

VISIBLE_PART = "check = checks.function(f)\ncheck.returns((1,), 2)"
HIDDEN = "check.returns((987654321,), 1975308642, [(0, 'You cleared it.')])"


def hidden_says(verdict, body: str, before: str = "", hidden: str = HIDDEN) -> str:
    """Return what is told of an answer that is right for 1 and does something else for others."""
    answer = f"{before}\ndef f(x):\n    if x == 1:\n        return 2\n    {body}"
    found, message = verdict(answer, VISIBLE_PART, hidden)
    assert found == "failed"
    assert "98765" not in message and "19753" not in message
    return message


def test_a_named_mistake_is_told(verdict):
    assert hidden_says(verdict, "return 0") == "You cleared it."


@pytest.mark.parametrize(
    ("body", "layer"),
    [
        ("raise ValueError(f'no\\n{x}')", "runs"),
        ("raise type(f'E\\n{x}', (Exception,), {})(f'\\n{x}')", "runs"),
        ("raise type('CheckFailed', (AssertionError,), {})(f'no\\nYou got {x}.')", "runs"),
        ("raise checks.CheckFailed('no', layer='values', diagnosis=f'You got {x}.')", "runs"),
        ("return type(f'T\\n{x}', (), {})()", "type"),
        ("return f'\\n{x}'", "type"),
        ("return None", "type"),
        ("return np.zeros(2, [(f'n{x}\\n', 'f8')])", "type"),
    ],
)
def test_without_a_named_mistake_only_how_far_the_check_came_is_told(verdict, body, layer):
    words = hidden_says(verdict, body)
    assert words in (OF_LAYER[layer], NOT_PLAIN) or "`return` missing" in words


def test_of_a_name_error_the_name_is_not_told(verdict):
    assert "A name is not known there" in hidden_says(verdict, "raise NameError(name=f'n{x}')")


def test_a_name_with_a_newline_in_it_splits_no_message(verdict):
    answer = "def f(x):\n    return 2 if x == 1 else 5\nf.__name__ = 'f\\nYou'"
    assert verdict(answer, VISIBLE_PART, HIDDEN) == ("failed", OTHER_INPUTS)


def test_words_that_a_hidden_test_puts_a_value_into_are_not_told(verdict):
    values = "check.returns((987654321,), 3, [(5, f'It is {check.call(987654321)} there.')])"
    assert hidden_says(verdict, "return 5", hidden=values) == OTHER_INPUTS
    chosen = "check.holds('it is', lambda f: False, diagnosis=check.call(987654321))"
    told = hidden_says(verdict, "return f'got {x}'", hidden=chosen)
    assert told == "It does not hold that it is."


def test_of_a_hidden_property_its_sentence_is_told_where_the_test_writes_it_out(verdict):
    said = "check.holds({}, lambda f: f(987654321) > 5)"
    assert hidden_says(verdict, "return 0", hidden=said.format("'it grows'")) == (
        "It does not hold that it grows."
    )
    made = said.format("f'it is {987654321}'")
    assert hidden_says(verdict, "return 0", hidden=made) == OTHER_INPUTS


def test_an_assertion_of_a_hidden_test_tells_nothing(verdict):
    assert hidden_says(verdict, "return x", hidden="assert f(987654321) == 0, f(987654321)") == (
        OTHER_INPUTS
    )


def test_a_visible_test_tells_all_on_two_lines_that_can_be_read(verdict):
    answer = "def f(x):\n    raise ValueError('\\x1b[31mred\\x1b[0m\\n\\u202eturned' + 'y' * 9_999)"
    found, message = verdict(answer, VISIBLE_PART)
    assert found == "failed" and message.startswith("f(1) raises ValueError: red turnedyyy")
    assert message.isprintable() and len(message) < 1_600
    found, message = verdict("def f(x):\n    return missing", VISIBLE_PART)
    assert message.splitlines()[0] == "f(1) raises NameError: name 'missing' is not defined"
    assert "misspelt" in message.splitlines()[1]


@pytest.mark.parametrize("name", ["f\n", "f g", "f\x1b[1m", "f" * 999, "", "\u202ef"])
def test_what_is_no_identifier_is_no_name(verdict, name):
    answer = f"def f(x):\n    return 5\nf.__name__ = {name!r}"
    assert verdict(answer, VISIBLE_PART)[1].startswith("function(1) is 5; it should be 2")


@pytest.mark.parametrize("answer", ["f = []\nfor _ in range(99): f = [f]", "f = 2 ** 2**20"])
def test_a_value_that_does_not_cross_fails_its_own_test_and_ends_no_judge(verdict, answer):
    found, message = verdict(answer, "assert f")
    assert found == "failed" and message.startswith("f does not cross: ")
    assert verdict(answer, "1 == 1", "assert f") == ("failed", OF_LAYER["type"])


def test_a_lambda_keeps_its_name(verdict):
    assert verdict("f = lambda x: 5", VISIBLE_PART)[1].startswith("<lambda>(1) is 5")


class Inside:
    """A session in which tests run beside the student's cells, and which says anything."""

    judged_apart = False

    def __init__(self, *error: str) -> None:
        self.error = error

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        return CellResult("ok" if "hidden" not in code else "error", error=self.error)


@pytest.mark.parametrize("name", ["CheckFailed", "AssertionError", "ValueError"])
def test_where_tests_run_beside_the_answers_none_of_their_words_is_taken_for_ours(name):
    test = "1 == 1\n### BEGIN HIDDEN TESTS\nhidden = 1\n### END HIDDEN TESTS\n"
    found = judge(Inside(name, "no\nIt should be 4711."), "f", test, 1, timeout=1)
    assert (found.verdict, found.message) == ("failed", OTHER_INPUTS)


def test_the_answers_of_our_own_are_believed():
    test = "1 == 1\n### BEGIN HIDDEN TESTS\nhidden = 1\n### END HIDDEN TESTS\n"
    session = Inside("CheckFailed", "no\nYou cleared it.")
    assert judge(session, "f", test, 1, timeout=1, trusted=True).message == "You cleared it."


def test_an_exception_is_told_by_name_and_text():
    assert raised("ValueError", "no\n\x1b[1mway") == "ValueError: no way"
    assert raised("E\nE", "") == "an exception"
    assert raised_late("ValueError").startswith("ValueError: ")
    assert raised_late("E987").startswith("an exception: ")
    assert VISIBLE not in raised_late("print")

"""Names and texts of others fit into a sentence, whatever they hold."""

from __future__ import annotations

from helpers import checks
from helpers.checks.words import identifier, in_words, name_of, one_line, text_of, type_name

import pytest


@pytest.mark.parametrize("name", ["f", "größe", "太", "_", "<lambda>", "x" * 60])
def test_an_identifier_is_a_name(name):
    assert identifier(name, "other") == name


@pytest.mark.parametrize("name", ["", "f\n", "f g", "1f", "f.g", "x" * 61, "\u202ef", "f\u200b", 5])
def test_anything_else_is_none(name):
    assert identifier(name, "other") == "other"


def test_a_text_becomes_one_line_that_can_be_read():
    assert one_line(" a\r\n\x1b[1mb\x1b[0m\u2028c\x00\ud800\u202ed ") == "a b cd"
    long = one_line("a" * 5_000_000 + "z", 100)
    assert long.isprintable() and len(long) < 110 and long.endswith("z")


def test_an_exception_that_cannot_say_its_text_is_told_all_the_same():
    class Silent(Exception):
        def __str__(self):
            raise self

    assert text_of(Silent()) == "(Silent while its text was made)"
    assert in_words(type("E\nE", (Exception,), {})("no\nway")) == "an exception: no way"


def test_a_check_calls_a_function_with_an_odd_name_the_function():
    def f(x):
        raise ValueError(f"no\n{x}")

    f.__name__ = "f\nYou"
    with pytest.raises(checks.CheckFailed) as caught:
        checks.function(f).call(1)
    assert caught.value.finding == "the function(1) raises ValueError: no 1"
    assert name_of(type("T\nT", (), {})()) == "the function"
    assert type_name(type("T\nT", (), {})()) == "object"


def test_a_diagnosis_holds_nothing_that_was_found():
    with pytest.raises(checks.CheckFailed) as caught:
        checks.function(lambda x: missing).call(1)  # noqa: F821
    assert "missing" in caught.value.finding and "missing" not in caught.value.diagnosis

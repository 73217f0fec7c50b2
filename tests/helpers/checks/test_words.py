"""Names and texts of others fit into a sentence, whatever they hold."""

from __future__ import annotations

from helpers import checks
from helpers.checks.words import identifier, in_words, name_of, one_line, text_of, type_name

import numpy as np
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


def test_a_call_is_told_as_a_person_would():
    def crop(image, top, left, images=()):
        return 0

    large, small = np.zeros((5, 6)), np.array([1, 2])
    check = checks.function(crop)
    for args, told in [
        ((large, 1, 2), "crop(image 5×6, 1, 2)"),
        ((small, 1, 2), "crop([1, 2], 1, 2)"),
        ((0, 1, 2, [large, large[0]]), "crop(0, 1, 2, images [5×6, 6])"),
        ((0, 1, 2, [large] * 5), "crop(0, 1, 2, images [5×6, 5×6, 5×6, …])"),
        ((0, 1, 2, [small]), "crop(0, 1, 2, [[1, 2]])"),
    ]:
        with pytest.raises(checks.CheckFailed) as failed:
            check.returns(args, 7)
        assert str(failed.value).startswith(f"{told} is 0; it should be 7.")


def test_a_property_that_cannot_be_worked_out_does_not_hold():
    check = checks.value(shape=(3,))
    with pytest.raises(checks.CheckFailed, match="does not hold that the height comes first"):
        check.holds("the height comes first", lambda s: s[0] < s[1])

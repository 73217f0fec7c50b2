"""Predict, then run: a guess is taken, kept, and compared when its reader asks."""

from __future__ import annotations

from helpers import predict
from helpers.notebook import predicting, prediction

import numpy as np
import pytest

QUESTION = "How many numbers are these?"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Begin without any guess."""
    monkeypatch.setattr(predicting, "_kept", {})


def said(widget) -> str:
    """Return what stands below the field."""
    return widget.children[-1].value


def test_nothing_is_revealed_before_a_guess():
    widget = predict(QUESTION, 768)
    widget.button.click()
    assert said(widget) == "First write a guess down."
    assert not widget.button.disabled and "768" not in widget.prediction.text


def test_a_guess_is_compared_when_its_reader_asks():
    widget = predict(QUESTION, 768)
    widget.field.value = "256"
    assert said(widget) == ""
    widget.button.click()
    assert said(widget) == "Your guess was 256. It is 768."
    assert widget.field.disabled and widget.button.disabled


def test_a_right_guess_is_told_so():
    widget = predict("Which plane is dark?", "blue", ["red", "green", "blue"])
    assert widget.field.value is None
    widget.field.value = "blue"
    widget.button.click()
    assert said(widget) == "Your guess was blue, and so it is."


def test_a_guess_outlives_the_cell():
    predict(QUESTION, 768).field.value = "256"
    again = predict(QUESTION, 768)
    assert again.field.value == "256" and said(again) == ""
    again.button.click()
    third = predict(QUESTION, 768)
    assert said(third) == "Your guess was 256. It is 768." and third.field.disabled


def test_a_choice_that_is_offered_no_more_is_forgotten():
    predict(QUESTION, "a", ["a", "b"]).field.value = "b"
    assert predict(QUESTION, "a", ["a", "c"]).field.value is None
    predict(QUESTION, "a", ["a", "c"]).field.value = "a"
    assert predict(QUESTION, "a", ["a", "d"]).field.value == "a"


def test_the_answer_is_worked_out_when_asked_for_and_no_earlier():
    asked = []
    widget = predict(QUESTION, lambda: asked.append(1) or 768)
    widget.field.value = "256"
    assert not asked
    widget.button.click()
    assert asked == [1]


def test_an_answer_of_a_cell_below_waits_for_it():
    space: dict = {}
    widget = predict(QUESTION, eval("lambda: ghost.size", space))
    widget.field.value = "256"
    widget.button.click()
    assert said(widget).startswith("The answer comes from the cells below")
    assert not widget.field.disabled
    space["ghost"] = np.zeros((16, 16, 3))
    widget.button.click()
    assert said(widget) == "Your guess was 256. It is 768."


def test_what_a_reader_writes_is_text():
    widget = predict(QUESTION, 768)
    widget.field.value = "<img src=x onerror=alert(1)>"
    widget.button.click()
    assert "<img" not in said(widget)


def test_a_page_without_widgets_shows_the_question():
    widget = predict("Which plane?", "blue", ["red", "blue"])
    assert widget._repr_mimebundle_()["text/plain"] == "Predict: Which plane? (red / blue)"
    widget.field.value = "red"
    assert widget._repr_mimebundle_()["text/plain"].endswith("\nYour guess: red.")
    widget.button.click()
    assert widget._repr_mimebundle_()["text/plain"].endswith("\nYour guess was red. It is blue.")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (5_880_000, "5,880,000"),
        (np.int64(768), "768"),
        (0.96234, "0.962"),
        (3250.35, "3,250"),
        (np.float32(0.5), "0.5"),
        (True, "yes"),
        (np.array([0, 1]), "0, 1"),
        ((2, 70, 120, 3), "(2, 70, 120, 3)"),
        ("12 %", "12 %"),
    ],
)
def test_an_answer_is_written_as_a_person_would(answer, words):
    assert prediction.in_words(answer) == words

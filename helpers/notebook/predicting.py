"""Predict, then run: the reader writes a guess down, and sees what came of it when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpers.notebook.prediction import Prediction

_kept: dict[str, Prediction] = {}  # by question, as long as the kernel lives


def predict(question: str, answer: Any, choices: Sequence[str] = ()) -> Any:
    """Ask for a guess, and reveal the answer to who has written one down.

    The guess, and what was revealed, are still there when the cell is run again in this kernel.
    Nothing of it counts.

    Parameters
    ----------
    question : str
        One sentence, without markup.
    answer : object, or callable without parameters that returns it
        A number, a text, or several. A callable is asked when the reader reveals: it may use what
        the cells below make.
    choices : sequence of str, optional
        What may be guessed; any text where it is left out.

    Returns
    -------
    ipywidgets.VBox
        The question with a field and a button; a page without widgets shows the question.
    """
    from helpers.notebook.guess import Guess

    now = Prediction(question, tuple(choices))
    before = _kept.get(question, now)
    if before.choices != now.choices and before.guess not in now.choices:
        before = now  # the question was changed since
    return Guess(replace(before, choices=now.choices), answer, keep)


def keep(prediction: Prediction) -> None:
    """Remember a guess."""
    _kept[prediction.question] = prediction

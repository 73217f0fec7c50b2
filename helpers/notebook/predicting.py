"""Predict, then run: the reader writes a guess down, and sees what came of it when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any


@dataclass(frozen=True)
class Prediction:
    """A question with what its reader has made of it so far.

    Attributes
    ----------
    question : str
    choices : tuple of str
        Empty where any text is a guess.
    guess : str
        Empty at first.
    told : str
        The answer, once it was revealed.
    """

    question: str
    choices: tuple[str, ...] = ()
    guess: str = ""
    told: str = ""

    @property
    def verdict(self) -> str:
        """What is said below the guess."""
        if not self.told:
            return ""
        if self.guess.strip().casefold() == self.told.casefold():
            return f"Your guess was {self.guess.strip()}, and so it is."
        return f"Your guess was {self.guess.strip()}. It is {self.told}."

    @property
    def text(self) -> str:
        """The whole for a page without widgets."""
        among = f" ({' / '.join(self.choices)})" if self.choices else ""
        said = self.verdict or (f"Your guess: {self.guess}." if self.guess else "")
        return "\n".join(filter(None, [f"Predict: {self.question}{among}", said]))


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


def in_words(answer: Any) -> str:
    """Write an answer as a person would."""
    if hasattr(answer, "tolist"):
        answer = answer.tolist()
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Integral):
        return f"{answer:,}"
    if isinstance(answer, Real):
        return f"{answer:,.0f}" if abs(answer) >= 1_000 else f"{answer:.3g}"
    if isinstance(answer, list):
        return ", ".join(map(in_words, answer))
    return str(answer)


def reveal(prediction: Prediction, answer: Callable[[], Any] | Any) -> tuple[Prediction, str]:
    """Return a prediction with its answer, and what stands in the way where it has none."""
    if not prediction.guess.strip():
        return prediction, "First write a guess down."
    try:
        found = answer() if callable(answer) else answer
    except NameError:  # of a cell that has not run
        return prediction, "The answer comes from the cells below: run them, then reveal."
    return replace(prediction, told=in_words(found)), ""

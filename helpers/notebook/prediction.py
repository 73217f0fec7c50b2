"""A question, a guess, and what came of it: plain data."""

from __future__ import annotations

from collections.abc import Callable
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

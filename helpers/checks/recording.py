"""Trials that note what is asked of them: stand-ins for Optuna's trial and KerasTuner's `hp`.

A function that describes a search space gets one of these in place of the real thing. What it
asked for stands in `asked`, in order. The grader hands them to a student's function across
processes, as their `METHODS` and `FIELDS`, and `ANSWERS`, the name under which the real thing tells
what it has answered so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

PLAIN = (type(None), bool, int, float, str)


@dataclass(frozen=True)
class Asked:
    """What was asked of a trial for one hyperparameter.

    Attributes
    ----------
    name : str
    kind : {"categorical", "int", "float"}
    choices : tuple
        Of a categorical one.
    low, high : int or float or None
        Both ends, included.
    log : bool, "reverse" or None
        Whether it is drawn evenly on a logarithmic scale, or on one that begins at the upper end;
        None where a task leaves that open.
    step : int or float or None
        None where every value between the ends can come.
    """

    name: str
    kind: str
    choices: tuple = ()
    low: float | None = None
    high: float | None = None
    log: bool | str | None = False
    step: float | None = None


class Recorder:
    """What both stand-ins have in common.

    Parameters
    ----------
    answers : mapping, optional
        Values by name; where a name has none, one that was asked for is drawn.
    seed : int
        Of what is drawn.

    Attributes
    ----------
    given : dict
        The answers that it was made with.
    asked : list of Asked
        In order; a name that was asked for twice stands there twice.
    params : dict
        The values that were given out, by name.
    """

    def __init__(self, answers: Mapping[str, Any] | None = None, *, seed: int = 0) -> None:
        self.given = dict(answers or {})
        self._rng = np.random.default_rng(seed)
        self.asked: list[Asked] = []
        self.params: dict[str, Any] = {}

    def answers(self) -> dict[str, Any]:
        """Return a copy of what was answered so far: a change in it changes no answer."""
        return dict(self.params)

    def _answer(self, asked: Asked) -> Any:
        if type(asked.name) is not str:
            raise TypeError(f"the name of a hyperparameter is a string, not {asked.name!r}")
        known = next((a for a in self.asked if a.name == asked.name), None)
        if known is not None and known.kind != asked.kind:
            raise ValueError(f"{asked.name!r} was asked for before, as another kind")
        self.asked.append(asked)
        if asked.name not in self.params:  # a name has one value in a trial
            self.params[asked.name] = self.given.get(asked.name, self._draw(asked))
        return self.params[asked.name]

    def _draw(self, asked: Asked) -> Any:
        if asked.kind == "categorical":
            return asked.choices[int(self._rng.integers(len(asked.choices)))]
        if asked.kind == "int":
            step = int(asked.step or 1)
            steps = int(asked.high - asked.low) // step
            return int(asked.low) + step * int(self._rng.integers(steps + 1))
        return float(self._rng.uniform(asked.low, asked.high))

    def _between(self, name: Any, kind: str, low: Any, high: Any, log: Any, step: Any) -> Any:
        number = (int, np.integer) if kind == "int" else (int, float, np.number)
        for end in (low, high):
            if isinstance(end, bool) or not isinstance(end, number):
                raise TypeError(f"{name!r}: {end!r} is no {kind}")
        if low > high:
            raise ValueError(f"{name!r}: low={low} is above high={high}")
        if log and low <= 0:
            raise ValueError(f"{name!r}: a logarithmic scale begins above 0, not at {low}")
        cast = int if kind == "int" else float
        step = None if step is None or (kind == "int" and step == 1) else cast(step)
        scale = log if log == "reverse" else bool(log)
        return self._answer(Asked(name, kind, (), cast(low), cast(high), scale, step))

    def _among(self, name: Any, choices: Any) -> Any:
        if isinstance(choices, str) or not isinstance(choices, Iterable):
            raise TypeError(f"{name!r}: the choices are a list, not {choices!r}")
        choices = tuple(c.item() if isinstance(c, np.generic) else c for c in choices)
        if not choices:
            raise ValueError(f"{name!r}: there is nothing to choose from")
        if any(type(choice) not in PLAIN for choice in choices):
            raise TypeError(f"{name!r}: a choice is a string, a number or a bool")
        return self._answer(Asked(name, "categorical", choices))


class Trial(Recorder):
    """A stand-in for `optuna.trial.Trial`.

    Parameters
    ----------
    answers : mapping, optional
        Values by name, as those of `optuna.trial.FixedTrial`.
    number : int
        Of the trial in its study.
    seed : int
        Of values that `answers` does not have.
    prune_when : callable, optional
        Told the reports so far, a list of (step, value); tells whether to prune.
    """

    METHODS = (
        "suggest_categorical",
        "suggest_int",
        "suggest_float",
        "suggest_uniform",
        "suggest_loguniform",
        "report",
        "should_prune",
        "set_user_attr",
    )
    FIELDS = ("number",)
    ANSWERS = "params"

    def __init__(
        self,
        answers: Mapping[str, Any] | None = None,
        *,
        number: int = 0,
        seed: int = 0,
        prune_when: Callable[[list[tuple[int, float]]], bool] | None = None,
    ) -> None:
        super().__init__(answers, seed=seed)
        self.number = number
        self.reports: list[tuple[int, float]] = []
        self.times_asked = 0
        self._prune_when = prune_when

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """Return one of `choices`."""
        return self._among(name, choices)

    def suggest_int(
        self, name: str, low: int, high: int, *, step: int = 1, log: bool = False
    ) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return self._between(name, "int", low, high, log, step)

    def suggest_float(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        log: bool = False,
    ) -> float:
        """Return a number from `low` to `high`."""
        return self._between(name, "float", low, high, log, step)

    def suggest_uniform(self, name: str, low: float, high: float) -> float:
        """Return a number from `low` to `high`: an older name, which Optuna still has."""
        return self.suggest_float(name, low, high)

    def suggest_loguniform(self, name: str, low: float, high: float) -> float:
        """Return a number from `low` to `high`, on a logarithmic scale: an older name, too."""
        return self.suggest_float(name, low, high, log=True)

    def report(self, value: float, step: int) -> None:
        """Note an intermediate value."""
        self.reports.append((int(step), float(value)))

    def should_prune(self) -> bool:
        """Tell whether the trial is to be given up."""
        self.times_asked += 1
        return self._prune_when is not None and bool(self._prune_when(list(self.reports)))

    def set_user_attr(self, key: str, value: Any) -> None:
        """Do nothing: what somebody notes beside a trial is no question of it."""


class HyperParameters(Recorder):
    """A stand-in for `keras_tuner.HyperParameters`."""

    METHODS = ("Choice", "Int", "Float", "Boolean", "get")
    FIELDS = ()
    ANSWERS = "values"

    @property
    def values(self) -> dict[str, Any]:
        """What was answered so far, by name."""
        return self.answers()

    def Choice(
        self,
        name: str,
        values: Sequence[Any],
        ordered: bool | None = None,
        default: Any = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """Return one of `values`."""
        return self._among(name, values)

    def Int(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str | None = None,
        default: Any = None,
        parent_name: str | None = None,
        parent_values: Any = None,
        **unknown: Any,
    ) -> int:
        """Return a whole number from `min_value` to `max_value`, both included."""
        _refuse("Int", unknown)
        return self._between(name, "int", min_value, max_value, self._log(sampling), step)

    def Float(
        self,
        name: str,
        min_value: float,
        max_value: float,
        step: float | None = None,
        sampling: str = "linear",
        default: Any = None,
        parent_name: str | None = None,
        parent_values: Any = None,
        **unknown: Any,
    ) -> float:
        """Return a number from `min_value` to `max_value`."""
        _refuse("Float", unknown)
        return self._between(name, "float", min_value, max_value, self._log(sampling), step)

    def Boolean(
        self,
        name: str,
        default: bool = False,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> bool:
        """Return True or False."""
        return self._among(name, (True, False))

    def get(self, name: str) -> Any:
        """Return the value that was given out under a name."""
        if name not in self.params:
            raise KeyError(f"{name!r} was not asked for yet")
        return self.params[name]

    def __getitem__(self, name: str) -> Any:
        """Return the value that was given out under a name."""
        return self.get(name)

    @staticmethod
    def _log(sampling: Any) -> bool | str:
        sampling = sampling.lower() if isinstance(sampling, str) else sampling
        if sampling not in (None, "linear", "log", "reverse_log"):
            raise ValueError(f"sampling={sampling!r} is unknown: use 'linear' or 'log'")
        return "reverse" if sampling == "reverse_log" else sampling == "log"


def _refuse(method: str, unknown: dict[str, Any]) -> None:
    """Refuse what KerasTuner does not know, and say its own word for Optuna's."""
    if unknown:
        own = ': KerasTuner says sampling="log"' if "log" in unknown else ""
        name = next(iter(unknown))
        raise TypeError(f"{method}() got an unexpected keyword argument {name!r}{own}")

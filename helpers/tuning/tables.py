"""Trials as a small table, in a notebook and in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Table:
    """Rows of text under a head; a notebook shows it as a table.

    Attributes
    ----------
    head : tuple of str
    rows : tuple of tuple of str
        As long as the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.head, *self.rows, strict=True)]
        return "\n".join(
            "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
            for row in (self.head, *self.rows)
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def line(row: Sequence[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in row) + "</tr>"

        body = "".join(line(row, "td") for row in self.rows)
        return f"<table><thead>{line(self.head, 'th')}</thead><tbody>{body}</tbody></table>"


def table(study: Any, *, best: int | None = None) -> Table:
    """List the trials of a study, one a row.

    Parameters
    ----------
    study : optuna.Study
        Of one objective.
    best : int, optional
        So many trials, the best first; by default all, in the order of their numbers.

    Returns
    -------
    Table
        Number, value, one column for each parameter ("–" where a trial has none), state in words,
        and seconds.
    """
    trials = study.trials
    if best is not None:
        complete = [trial for trial in trials if trial.state.name == "COMPLETE"]
        sign = -1 if study.direction.name == "MAXIMIZE" else 1
        trials = sorted(complete, key=lambda trial: sign * trial.value)[:best]
    names = list(dict.fromkeys(name for trial in study.trials for name in trial.params))
    words = [name.replace("_", " ") for name in names]
    head = ("trial", "value", *words, "state", "seconds")
    return Table(head, tuple(_row(trial, names) for trial in trials))


def _row(trial: Any, names: Sequence[str]) -> tuple[str, ...]:
    value = "–" if trial.value is None else f"{trial.value:.4f}"
    params = [_short(trial.params[name]) if name in trial.params else "–" for name in names]
    seconds = f"{trial.duration.total_seconds():.1f}" if trial.duration else "–"
    return (str(trial.number), value, *params, trial.state.name.lower(), seconds)


def _short(value: Any) -> str:
    return f"{value:.2g}" if isinstance(value, float) else str(value)

"""An answer that is right for its first calls only is wrong: nobody knows how many come."""

from __future__ import annotations

import ast
from pathlib import Path

from helpers import checks, tuning

import nbformat
import numpy as np
import optuna
import pytest

SOURCE = Path(__file__).parents[3] / "source"
FEW = {
    "03-pooling": ("break",),
    "06-hyperparameter-tuning": (
        "space", "objective", "rebuild", "layers", "prune-loop", "tuner",
    ),
}  # fmt: skip
EXERCISES = [(section, name) for section, names in FEW.items() for name in names]
RIGHT_CALLS = 12


def cells(section: str) -> dict[str, str]:
    (path,) = (SOURCE / section).glob("*.ipynb")
    return {cell.id: cell.source for cell in nbformat.read(path, 4).cells}


def calls_of(section: str, exercise: str, right: int | None = None) -> int:
    """Run a test on its solution; return its calls. After some that are right, all are wrong."""
    source, calls = cells(section), 0
    space = {"checks": checks, "tuning": tuning, "np": np, "optuna": optuna}
    exec(source[exercise], space)
    (name,) = (f.name for f in ast.parse(source[exercise]).body if isinstance(f, ast.FunctionDef))
    solution = space[name]

    def answer(*args):
        nonlocal calls
        calls += 1
        return solution(*args) if right is None or calls <= right else {"of": "no use"}

    space[name] = answer
    exec(source[f"{exercise}-test"], space)
    return calls


@pytest.mark.parametrize(("section", "exercise"), EXERCISES)
def test_who_counts_calls_does_not_know_where_to_stop(section, exercise, monkeypatch):
    found = set()
    for seed in range(4):
        monkeypatch.setenv("COURSE_CHECK_SEED", str(seed))
        found.add(calls_of(section, exercise))
    assert min(found) > RIGHT_CALLS and len(found) > 1


@pytest.mark.parametrize(("section", "exercise"), EXERCISES)
def test_an_answer_that_is_right_for_twelve_calls_is_wrong(section, exercise, monkeypatch):
    monkeypatch.setenv("COURSE_CHECK_SEED", "5")
    with pytest.raises(checks.CheckFailed):
        calls_of(section, exercise, RIGHT_CALLS)

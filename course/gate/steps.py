"""Find what is one step from an answer: the same numbers, turned round, scaled, sorted, or a part.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from course.gate.values import flat, like, mapped, relation
from course.gate.views import View, fitting, seen

CALLS = 8  # of the solution that a candidate is compared with
FEWEST = 3  # different numbers that must agree: a line goes through any two
FILLED = (1, 2)  # for a parameter that the answer does not have

Arrange = Callable[[tuple], tuple]


class Call(NamedTuple):
    """One call of the solution: what it was given, and what it gave."""

    args: tuple
    right: Any


class Step(NamedTuple):
    """What makes an answer of a candidate.

    Attributes
    ----------
    name : str
        In words, as "times 100" or "its first part".
    answer : callable
        The candidate with the step.
    """

    name: str
    answer: Callable


def arrangements(count: int) -> Iterator[tuple[str, int, Arrange]]:
    """Yield in which ways a candidate may be given the arguments: name, how many, and how."""
    every = range(count)
    yield "", count, lambda args: args
    orders = [*itertools.permutations(every)][1:] if count <= 3 else [(*reversed(every),)]
    orders += itertools.combinations(every, count - 1) if count > 1 else ()
    orders += [(place,) for place in every] if count > 2 else ()
    for order in orders:
        yield f"given {order}", len(order), lambda args, order=order: tuple(args[i] for i in order)
    yield "given a batch of one", count, lambda args: (np.asarray(args[0])[None], *args[1:])
    for value in FILLED:
        yield f"and {value}", count + 1, lambda args, value=value: (*args, value)


def near_answers(
    candidates: list[tuple[str, Callable, frozenset[int]]],
    calls: list[Call],
    names: list[str],
    run: Callable[[Callable, tuple], Any],
) -> Iterator[tuple[str, Step]]:
    """Yield the candidates that are one step from an answer, as far as some calls tell.

    Parameters
    ----------
    candidates : list of (str, callable, frozenset of int)
        With how many arguments each can be called.
    calls : list of Call
        Of the solution.
    names : list of str
        The answer's parameters.
    run : callable
        Calls a candidate, and returns None where that fails, is slow, or gives nothing.
    """
    rights = [flat(call.right) for call in calls]
    if not calls or None in [right if right is None else 0 for right in rights]:
        return
    forms, numbers = [form for form, _ in rights], np.concatenate([n for _, n in rights])
    if len(np.unique(numbers)) < FEWEST or _is_step_of_input(calls, forms, numbers):
        return
    ways = list(arrangements(len(names)))
    for label, candidate, counts in candidates:
        for name, count, arrange in ways:
            if count in counts:
                yield from _tried(label, name, candidate, arrange, calls, forms, numbers, run)
        if made := _made_of(candidate, names):
            yield from _tried(label, "", made, lambda args: args, calls, forms, numbers, run)


def _made_of(candidate: Any, names: list[str]) -> Callable | None:
    """Return what makes an object of a data class whose fields have the parameters' names."""
    if not (isinstance(candidate, type) and dataclasses.is_dataclass(candidate)):
        return None
    fields = [field.name for field in dataclasses.fields(candidate)]
    if not set(names) <= set(fields):
        return None
    return lambda *args: candidate(**dict.fromkeys(fields), **dict(zip(names, args, strict=True)))


def _is_step_of_input(calls: list[Call], forms: list, numbers: np.ndarray) -> bool:
    """Tell whether an answer is a step from its own input: then nothing gives it away."""
    for place in range(len(calls[0].args)):
        inputs = [call.args[place] for call in calls]
        if next(_steps(inputs, fitting(inputs[0], forms[0]), forms, numbers), None):
            return True
    return False


def _tried(
    label: str,
    name: str,
    candidate: Callable,
    arrange: Arrange,
    calls: list[Call],
    forms: list,
    numbers: np.ndarray,
    run: Callable[[Callable, tuple], Any],
) -> Iterator[tuple[str, Step]]:
    found: list[Any] = []
    views: list[tuple[str, View]] = []
    for call in calls:
        try:
            given = arrange(call.args)
        except (TypeError, ValueError):
            return
        if (got := run(candidate, given)) is None:
            return
        found.append(got)
        if len(found) == 1 and not (views := fitting(got, forms[0])):
            return
    for said, view, function in _steps(found, views, forms, numbers):
        words = ", ".join(part for part in (name, said) if part) or "as it is"

        def answer(*args: Any, view: View = view, function: Callable = function) -> Any:
            got = view(candidate(*arrange(args)))
            return like(mapped(got, function) if function else got, calls[0].right)

        yield label, Step(words, answer)
        return


def _steps(
    found: list, views: list[tuple[str, View]], forms: list, numbers: np.ndarray
) -> Iterator[tuple[str, View, Callable | None]]:
    """Yield what makes the right results of those that were found."""
    for name, view in views:
        parts = []
        for got, form in zip(found, forms, strict=True):
            shown = seen(view, got)
            if shown is None or shown[0] != form:
                break
            parts.append(shown[1])
        if len(parts) < len(found):
            continue
        got = np.concatenate(parts)
        if not np.isfinite(got).all() or len(np.unique(got)) < FEWEST:
            continue
        if (how := relation(got, numbers)) is not None:
            words, function = how
            said = ", ".join(part for part in (name if name != "as it is" else "", words) if part)
            yield said, view, function if words else None

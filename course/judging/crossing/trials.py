"""A recording trial of `helpers.checks.studies` as its methods: who has it calls them here.

So a student's ``space(trial)`` asks the judge, call by call, and what it asked for is on record
where the student's code cannot reach it.
"""

from __future__ import annotations

from typing import Any

from helpers.checks.recording import HyperParameters, Trial

from course.judging.crossing.faults import Malformed
from course.judging.crossing.functions import RemoteFunction
from course.judging.crossing.guests import Guest

RECORDERS = {"trial": Trial, "hyperparameters": HyperParameters}
ASK = "_answers"  # under this name the other side asks for all that was answered so far


class _Far:
    """A recorder of the other side."""

    def __init__(self, fields: dict[str, Any]) -> None:
        vars(self).update(fields)


class _FarWithNames(_Far):
    """One that also answers by name, as ``hp["neurons"]``."""

    def __getitem__(self, name: str) -> Any:
        return self.get(name)


# Messages name the class of an object: "'Trial' object has no attribute 'suggest_number'".
FAR = {
    kind: type(
        recorder.__name__,
        (_FarWithNames if hasattr(recorder, "__getitem__") else _Far,),
        {recorder.ANSWERS: property(lambda x: vars(x)[ASK]())},
    )
    for kind, recorder in RECORDERS.items()
}


def prepare() -> None:
    """Do nothing: what is needed is imported above."""


def pack(x: Any) -> Guest | None:
    """Return a recorder as a guest, and None for anything else of the helpers'."""
    for kind, recorder in RECORDERS.items():
        if type(x) is recorder:
            told = {name: getattr(x, name) for name in (*x.FIELDS, *x.METHODS)}
            return Guest(kind, told | {ASK: x.answers})
    return None


def unpack(kind: str, content: Any) -> Any:
    """Return an object with the recorder's methods."""
    recorder = RECORDERS[kind]
    if type(content) is not dict or set(content) != {*recorder.FIELDS, *recorder.METHODS, ASK}:
        raise Malformed("a trial")
    if any(type(content[name]) is not RemoteFunction for name in (*recorder.METHODS, ASK)):
        raise Malformed("a trial's methods")
    if any(type(content[name]) is not int for name in recorder.FIELDS):
        raise Malformed("a trial's number")
    return FAR[kind](content)

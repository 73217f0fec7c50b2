"""Layered checks that name the mistake.

A test cell asks ``checks.function(f)`` or ``checks.value(name=answer)`` and goes on with
``returns``, ``agrees_with``, ``holds`` or ``equals``. Every check looks in the order in
which a person would debug: does it exist, can it be called, does it run, what type, which
dtype, which shape, which values, is the input unchanged. The first thing that is wrong
raises :class:`CheckFailed`, which says what was found and, where it is recognised, which
mistake leads there.
"""

from helpers.checks import slips
from helpers.checks.cases import random_cases, session_seed
from helpers.checks.failure import CheckFailed
from helpers.checks.functions import FunctionCheck, function
from helpers.checks.layers import through
from helpers.checks.standing import summary
from helpers.checks.values import ValueCheck, value

__all__ = [
    "CheckFailed",
    "FunctionCheck",
    "ValueCheck",
    "function",
    "random_cases",
    "session_seed",
    "slips",
    "summary",
    "through",
    "value",
]

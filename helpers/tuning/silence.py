"""Optuna and KerasTuner without their chatter, and with their errors."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout


def quiet() -> None:
    """Let Optuna log only what went wrong, and not warn that something is experimental.

    A line for each trial, on standard error, is a red box in a notebook. Warnings and errors of
    Optuna still appear, as do all other warnings.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)


@contextmanager
def quietly() -> Iterator[None]:
    """Hold back what a library prints, as KerasTuner does; an error brings it out after all.

    Examples
    --------
    >>> with quietly():
    ...     print("Trial 1 Complete [00h 00m 01s]")
    """
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            yield
    except BaseException:
        print(printed.getvalue(), end="")
        raise

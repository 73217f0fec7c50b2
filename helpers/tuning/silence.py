"""Optuna and KerasTuner without their chatter, and with their errors."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from unittest.mock import patch


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

    KerasTuner asks for TensorBoard before each trial, and fails without it, even where nobody wants
    its pages: it asks for nothing here.

    Examples
    --------
    >>> with quietly():
    ...     print("Trial 1 Complete [00h 00m 01s]")
    """
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), _no_tensorboard():
            yield
    except BaseException:
        print(printed.getvalue(), end="")
        raise


def _no_tensorboard() -> AbstractContextManager:
    tuner = sys.modules.get("keras_tuner")
    if tuner is None:
        return nullcontext()
    return patch.object(tuner.Tuner, "_configure_tensorboard_dir", lambda *_, **__: None)

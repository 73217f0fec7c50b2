"""Random search against TPE on the claims network, as ``benchmarks/tuning.py`` measured it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("measured.json")


def recorded() -> dict[str, Any]:
    """Return the measurement that the course keeps.

    Returns
    -------
    dict
        "random" and "TPE": (S, T) float64, the validation loss of each trial, one row a seed of the
        sampler; "best_loss": that of the true rates; "test": by how much
        the winners of each side lose to the true rates on the test set; "rebuilt": by how much a
        rebuilt winner's loss differs from its trial's; "policies", "epochs", "batch_size": the
        setting. The space is :func:`~helpers.tuning.conditional_space`.
    """
    return {name: np.array(v) if isinstance(v, list) else v for name, v in _read().items()}


@cache
def _read() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8"))

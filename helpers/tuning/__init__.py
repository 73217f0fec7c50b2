"""Hyperparameter tuning: the claims network, its search spaces, and studies that survive a crash.

Keras and Optuna are imported by the functions that use them. Call :func:`quiet` once in a notebook.
"""

from .networks import (
    BATCH,
    EPOCHS,
    ClaimsObjective,
    claims_objective,
    conditional_space,
    flat_space,
    poisson_network,
)
from .plain import plain_objective
from .recorded import recorded
from .silence import quiet, quietly
from .studies import best_so_far, finish, finished, open_study, over_seeds, rebuild, saved_epochs
from .tables import Table, table

__all__ = [
    "BATCH",
    "EPOCHS",
    "ClaimsObjective",
    "Table",
    "best_so_far",
    "claims_objective",
    "conditional_space",
    "finish",
    "finished",
    "flat_space",
    "open_study",
    "over_seeds",
    "plain_objective",
    "poisson_network",
    "quiet",
    "quietly",
    "rebuild",
    "recorded",
    "saved_epochs",
    "table",
]

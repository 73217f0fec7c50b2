"""What goes wrong with searches: losses, seeds, pruning.

The words are of properties: what it is that does not hold, why, what the rule is. Wrong answers
with words of their own stand in the section's `mistakes.py`.
"""

from __future__ import annotations

import numpy as np

TRAINING_LOSS = (
    "This is the training loss: a search for it finds what memorises the training data. "
    "Judge by data that the network has not learned from."
)
BEST_EPOCH = (
    "This is the best epoch's loss, but its weights are gone: the network that you have is the one "
    "after the last epoch."
)
FIRST_EPOCH = "This is the first epoch's loss: the training was not over."
WHOLE_HISTORY = "This is the loss of every epoch: a study wants one number for a trial."
TURNED_ROUND = "The sign is turned: the study minimises, so give the loss as it is."
TRAINED_OFTEN = "It trains more than once for one trial, and every training costs minutes."
NOT_TRAINED = "It never calls `train`."
OWN_SETTINGS = "What is trained are not the settings that the trial answered."

SEED_LATE = (
    "The seed comes too late: building the network draws its first weights, so the seed must be "
    "set before."
)
SEED_OTHER = "Another seed than the trial's gives another network: the seed is the trial's number."
SEED_MISSING = "No seed is set, so every run gives another network."
SEED_AGAIN = "The seed is set once, before the network is built: set again, it repeats its numbers."
BUILT_OTHERWISE = "The network is not built from the trial's params."
NO_ALARM = (
    "A rebuilt loss that differs passes unnoticed: raise ValueError where it is more than 1e-6 off "
    "the trial's value."
)
FALSE_ALARM = "It raises although the two losses agree: 1e-6 is the bound, in both directions."

LUCK_COUNTS = (
    "The winner was chosen because its validation loss is low, and good luck is one reason for "
    "that: the minimum of many noisy numbers lies below their mean."
)
NEW_LUCK = "A new seed brings new luck, good or bad: on average none."
MORE_TICKETS = "Who draws more often gets a luckier best one."
TRUTH_STAYS = "All settings are equally good in truth, and choosing changes no truth."

ALWAYS_THREE = (
    "It asks for the neurons of a layer that is not there. The sampler would learn from an answer "
    "that nobody used: ask only for what the trial needs."
)
LAYER_MISSING = "A layer's neurons are not asked for: count the layers from 1 to the last one."

REPORT_FIRST = (
    "It asks whether to stop before it reports the epoch's loss: the pruner judges by what it was "
    "told, so report first."
)
NOT_REPORTED = "Not every epoch is reported: without reports the pruner cannot judge."
SAME_STEP = "The step is the epoch's number: reports of the same step replace each other."
STEP_FROM_ZERO = "The steps are counted from 0: here the first epoch is number 1."
NOT_RAISED = (
    "A trial that just ends early counts as complete, with a loss that it would not have had at "
    "the end: raise optuna.TrialPruned."
)
NEVER_ASKED = "It never asks should_prune, or not after each epoch."
WENT_ON = "It trains on although the trial should be pruned."
OTHER_ERROR = "Only optuna.TrialPruned says that a trial was pruned; anything else is a failure."


def median_cases() -> list[tuple[tuple[list[float], np.ndarray], bool]]:
    """Return cases of the median rule: losses and others, and the answer.

    True and False are few answers, so each mistake needs a case in which all others are right.
    """

    def others(*rows: list[float]) -> np.ndarray:
        return np.array(rows)

    level, low = [0.65] * 4, [0.6] * 4
    cases = [
        ([0.9, 0.8], others(level, low, low), True),  # the wrong way round
        ([0.64, 0.75], others(level, level, level), False),  # the last loss
        ([0.7], others(low, low, [4.0] * 4), True),  # the mean
        ([0.85], others(*[[0.9, 0.86, 0.5, 0.4]] * 3), False),  # the others' last epoch
        ([0.8], others(*[[0.9, 0.7, 0.95, 0.95]] * 3), False),  # an epoch late
        ([0.6], others([0.5] * 4, level, [0.7] * 4), False),  # the best of the others
        ([0.65], others(level, level, [0.7] * 4), False),  # a tie
        ([0.9, 0.7], others(*[[0.5, 0.8, 0.8, 0.8]] * 3), False),  # the others' best so far
        ([0.75], others([0.5] * 4, low, [0.8] * 4, [0.9] * 4), True),  # an even number
    ]
    return [((losses, table), answer) for losses, table, answer in cases]

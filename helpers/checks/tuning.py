"""What goes wrong with searches: grids, scales, losses, seeds, pruning and resuming.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. What a slip computes stands in the tests alone: a student can call all that is here,
and from many a wrong answer the right one is a short step.
"""

from __future__ import annotations

import numpy as np

ADDED = "You added the numbers of values: a grid holds every combination, so they multiply."
IN_SECONDS = "These are seconds: hours were asked for."
IN_MINUTES = "These are minutes: hours were asked for."
SAME_AS_GRID = (
    "A random search has no list of values: each evaluation draws its own, and from an interval no "
    "value comes twice."
)
COMBINATIONS = "These are combinations: many of them share a learning rate."

EVENLY = (
    "These are drawn evenly between the ends, so nearly all of them have the size of the upper "
    "end. It is the exponent that should be drawn evenly."
)
LOG_LEFT = "This is the logarithm of the value: the exponential is missing."
MIXED_BASES = "Two bases are mixed: log10 goes with 10 ** x, and log with exp."
DOWNWARDS = "The ends are swapped: u = 0 belongs to the lower end."
TIMES_HIGH = "At u = 1 the upper end should come out: the factor from end to end is high / low."

NO_EXPOSURE = "The exposure is missing: who was insured for half a year has half as many claims."
OVER_EXPOSURE = "You divided by the exposure: a longer time brings more claims, not fewer."
LOG_OF_RATE = "The logarithm is taken of the expected count, exposure included."
PLUS_LOG = "The sign of the second term is wrong: a claim that was expected makes the loss smaller."
SUMMED = "This is the sum: the mean of all policies was asked for."
SQUARED = "These are squared errors: the Poisson loss was asked for."
ROLES = "Counts and expectations have changed places: it is the expectation that has a logarithm."

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

UNPAIRED = (
    "You treated the two as strangers. They share their seeds, so take the difference seed by seed "
    "first: what a seed does to both cancels."
)
NOT_OF_THE_MEAN = "This is the spread of single differences: that of their mean is sqrt(n) smaller."
BY_N = "The spread is divided by n: with few seeds that is too small (ddof=1 divides by n - 1)."
B_MINUS_A = "The sign is turned: a minus b was asked for."
ABSOLUTE = "The sign is lost: it tells which of the two is better."
NO_ROOT = "That is the variance of the mean: the square root is missing."

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

LAST_LOSS = (
    "You took the last loss: the rule takes the best one so far, because losses jump up now and "
    "then."
)
MEAN_RULE = "You took the mean: one trial that went astray moves it, the median hardly."
FINAL_LOSS = (
    "You compared with the others' last epoch: they had more time. Compare at the same epoch."
)
TIES = "A tie is no reason to stop: prune only where the loss is larger than the median."
REVERSED = "It is the wrong way round: small losses are good, and the good ones go on."
BEST_OF_OTHERS = "You compared with the best of the others: the rule takes their median."
OTHERS_BEST = (
    "You took the best that the others had reached so far: the rule takes their losses at this "
    "very epoch."
)
EVEN_MEDIAN = "Of an even number of losses the median is the mean of the two in the middle."
ONE_EPOCH_LATE = (
    "You compared with the wrong epoch: after n losses, the present one is in column n - 1."
)

ALL_ROWS = "Every row is counted: what failed, or was cut off, has no result and must be run again."
RUNNING_COUNTS = (
    "A trial that is still RUNNING after the crash is not: its process is dead, so its result will "
    "never come."
)
PRUNED_AGAIN = (
    "A pruned trial is finished: it was stopped on purpose, and running it again wins nothing."
)
BELOW_ZERO = "There are no fewer than 0 trials to run."


def median_cases() -> list[tuple[tuple[list[float], np.ndarray], bool, tuple]]:
    """Return cases of the median rule: losses and others, the answer, and one slip's wrong one.

    True and False are few answers, so each slip needs a case in which all others are right.
    """

    def others(*rows: list[float]) -> np.ndarray:
        return np.array(rows)

    level, low = [0.65] * 4, [0.6] * 4
    cases = [
        ([0.9, 0.8], others(level, low, low), True, REVERSED),
        ([0.64, 0.75], others(level, level, level), False, LAST_LOSS),
        ([0.7], others(low, low, [4.0] * 4), True, MEAN_RULE),
        ([0.85], others(*[[0.9, 0.86, 0.5, 0.4]] * 3), False, FINAL_LOSS),
        ([0.8], others(*[[0.9, 0.7, 0.95, 0.95]] * 3), False, ONE_EPOCH_LATE),
        ([0.6], others([0.5] * 4, level, [0.7] * 4), False, BEST_OF_OTHERS),
        ([0.65], others(level, level, [0.7] * 4), False, TIES),
        ([0.9, 0.7], others(*[[0.5, 0.8, 0.8, 0.8]] * 3), False, OTHERS_BEST),
        ([0.75], others([0.5] * 4, low, [0.8] * 4, [0.9] * 4), True, EVEN_MEDIAN),
    ]
    return [
        ((losses, table), answer, ((not answer, words),)) for losses, table, answer, words in cases
    ]

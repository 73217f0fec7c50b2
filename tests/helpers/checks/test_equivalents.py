"""Right answers in other clothes: NumPy's own strings, whole numbers and floats."""

from helpers import checks
from helpers.checks import pooling, pruning
from helpers.checks.words import show

import numpy as np
import pytest


def test_numpy_strings_are_strings():
    checks.value(reading=np.str_("大")).equals("大")
    checks.function(lambda: [(np.str_("dog"), 0.5)]).returns((), [("dog", 0.5)])
    with pytest.raises(checks.CheckFailed):
        checks.value(reading=np.str_("犬")).equals("大")


def test_whole_numbers_without_a_sign_are_whole_numbers():
    checks.value(count=np.uint64(8)).equals(8, dtype=int)
    with pytest.raises(checks.CheckFailed):
        checks.value(count=np.float64(8)).equals(8, dtype=int)
    with pytest.raises(checks.CheckFailed):
        checks.value(count=True).equals(1, dtype=int)


def test_a_plan_may_hold_numpy_numbers_but_no_truth():
    assert pooling.is_plan([("conv", np.int64(16)), ("pool", np.int64(2))])
    assert not pooling.is_plan([("conv", True)])


def test_long_doubles_can_be_shown():
    assert show(np.longdouble(1) / 4) == "0.25"
    with pytest.raises(checks.CheckFailed, match=r"is 0\.5"):
        checks.function(lambda: np.longdouble(0.5)).returns((), 0.25)


@pytest.mark.parametrize("same", [float, np.float64])
def test_a_loss_may_be_numpys_own(same):
    def watched(trial, epochs, run_epoch):
        for epoch in range(1, epochs + 1):
            loss = same(run_epoch())
            trial.report(loss, epoch)
            trial.should_prune()
        return loss

    pruning.watches(watched, [0.9, 0.7])
    with pytest.raises(checks.CheckFailed):
        pruning.watches(lambda *args: watched(*args) + 1e-9, [0.9, 0.7])

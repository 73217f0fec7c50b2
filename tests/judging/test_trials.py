"""A recording trial crosses to the student's function, and what it asks stays on record here."""

from __future__ import annotations

import time

from helpers.checks import CheckFailed
from helpers.checks.studies import HyperParameters, Trial, asked, floating, integer

import optuna
import pytest

from course.examining.opening import session_source
from course.judging.crossing import Malformed, Over, Peer, decode, encode
from course.judging.crossing.errors import RemoteError
from tests.builders import code, notebook

SPACE = """
def space(trial):
    rate = trial.suggest_float("rate", 1e-4, 1e-2, log=True)
    return {"neurons": trial.suggest_int("neurons", 4, high=256), "rate": rate}
"""

TRAINING = """
class TrialPruned(Exception): ...
def train(trial):
    for epoch in range(9):
        trial.report(1 / (epoch + trial.number), epoch)
        if trial.should_prune():
            raise TrialPruned
"""


def fetch(peer, name: str):
    return peer.fetch([name])[name]


def test_questions_are_answered_and_noted_at_the_judges(student):
    trial = Trial({"neurons": 12, "rate": 0.005})
    found = fetch(student(SPACE), "space")(trial)
    assert found == {"neurons": 12, "rate": 0.005}
    assert trial.asked == [floating("rate", 1e-4, 1e-2, log=True), integer("neurons", 4, 256)]


def test_a_check_works_across_processes(student):
    check = asked(fetch(student(SPACE), "space"), Trial({"neurons": 12, "rate": 0.005}))
    check.asks([integer("neurons", 4, 256), floating("rate", 1e-4, 1e-2, log=True)])
    check.gives({"neurons": 12, "rate": 0.005})


TOLD = """
def by_params(trial):
    before = trial.params
    trial.suggest_int("neurons", 4, 256)
    before["neurons"] = 0
    return [dict(before), trial.params]
def by_values(hp):
    hp.Int("neurons", 4, 256)
    hp.Choice("activation", ["relu", "tanh"])
    return hp.values
"""


def test_what_was_answered_so_far_is_told_as_optuna_and_kerastuner_tell_it(student):
    peer, answers = student(TOLD), {"neurons": 12, "activation": "tanh"}
    trial, hp = Trial(answers), HyperParameters(answers)
    assert fetch(peer, "by_params")(trial) == [{"neurons": 0}, {"neurons": 12}]
    assert trial.params == {"neurons": 12}
    assert fetch(peer, "by_values")(hp) == answers
    assert [question.name for question in hp.asked] == ["neurons", "activation"]


def test_a_students_function_reports_and_gives_up(student):
    trial = Trial(number=2, prune_when=lambda reports: len(reports) == 3)
    with pytest.raises(RemoteError) as caught:
        fetch(student(TRAINING), "train")(trial)
    assert type(caught.value).__name__ == "TrialPruned"
    assert trial.reports == [(0, 1 / 2), (1, 1 / 3), (2, 1 / 4)]


PRUNED = """
import optuna
class Own(Exception): ...
class Enough(optuna.TrialPruned): ...
Same = type("TrialPruned", (Exception,), {"__module__": "optuna.exceptions"})
class Meta(type):
    __mro__ = optuna.TrialPruned.__mro__
Lies = Meta("TrialPruned", (Exception,), {"__class__": optuna.TrialPruned})
def f(which):
    raise {"real": optuna.TrialPruned, "enough": Enough, "own": Own, "same": Same,
           "lies": Lies}[which]
"""


@pytest.mark.parametrize(
    ("which", "pruned"),
    [("real", True), ("enough", True), ("own", False), ("same", False), ("lies", False)],
)
def test_who_prunes_raises_optunas_class_and_none_of_its_name(student, which, pruned):
    with pytest.raises(RemoteError) as caught:
        fetch(student(PRUNED), "f")(which)
    assert isinstance(caught.value, optuna.TrialPruned) == pruned


def test_what_is_put_in_the_place_of_a_class_is_none_of_ours(tmp_path):
    lesson = notebook([code("import optuna", id="imports")])  # as the lesson on pruning has it
    swapped = PRUNED + "\noptuna.TrialPruned = optuna.exceptions.TrialPruned = Own"
    with session_source([lesson]) as sessions, sessions(tmp_path, {}) as session:
        assert session.run(swapped, 20).status == "ok"
        peer = Peer(session.socket, trusted=True)
        peer.deadline = time.monotonic() + 20
        with pytest.raises(RemoteError) as caught:
            fetch(peer, "f")("real")
    assert not isinstance(caught.value, optuna.TrialPruned)


def test_hyperparameters_of_keras_tuner_cross_as_well(student):
    hp = HyperParameters({"neurons": 8})
    code = "def f(hp):\n    hp.Int('neurons', 4, 256, sampling='log')\n    return hp['neurons']"
    assert fetch(student(code), "f")(hp) == 8
    assert hp.asked == [integer("neurons", 4, 256, log=True)]


def test_an_unknown_method_is_named_as_in_the_students_own_kernel(student):
    code = "def f(trial):\n    return trial.suggest_normal('x', 0, 1)"
    scope: dict = {}
    exec(code, scope)
    messages = []
    for f in (fetch(student(code), "f"), scope["f"]):
        with pytest.raises(CheckFailed) as caught:
            asked(f, Trial())
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_a_trial_is_of_no_use_after_the_call(student):
    peer = student(
        "kept = []\ndef f(trial):\n    kept.append(trial)\ndef g():\n    return "
        "kept[0].suggest_int('late', 1, 2)"
    )
    trial = Trial()
    fetch(peer, "f")(trial)
    with pytest.raises(Over):
        fetch(peer, "g")()
    assert trial.asked == []


def test_a_trial_without_its_methods_is_refused():
    written = encode(Trial())
    assert type(decode(written)).__name__ == "Trial"
    with pytest.raises(Malformed):
        decode(written.replace(b"suggest_int", b"suggest_xxx"))

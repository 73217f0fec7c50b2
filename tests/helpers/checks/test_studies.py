"""A check of a search space notes what a function asks for, and names the mistake."""

from __future__ import annotations

from helpers.checks import CheckFailed, studies
from helpers.checks.likeness import digest
from helpers.checks.seen import Log, noted_in
from helpers.checks.studies import HyperParameters, Trial, asked, categorical, floating, integer

import pytest

TASK = [
    integer("neurons", 4, 256),
    categorical("activation", ["relu", "tanh"]),
    floating("rate", 1e-4, 1e-2, log=True),
]


def right(trial):
    return {
        "rate": trial.suggest_float("rate", 1e-4, 1e-2, log=True),
        "neurons": trial.suggest_int("neurons", 4, 256),
        "activation": trial.suggest_categorical("activation", ("tanh", "relu")),
    }


def test_a_right_space_passes_in_any_order():
    check = asked(right, Trial({"neurons": 9, "activation": "tanh", "rate": 0.002}))
    check.asks(TASK).gives({"neurons": 9, "activation": "tanh", "rate": 0.002})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda t: t.suggest_float("x", 1, 8), studies.AS_FLOAT),
        (lambda t: t.suggest_categorical("x", [1, 8]), studies.AS_CATEGORIES),
        (lambda t: t.suggest_int("x", 1, 7), studies.END_LEFT_OUT),
        (lambda t: t.suggest_int("x", 1, 8, step=7), studies.STEPS),
        (lambda t: t.suggest_int("x", 1, 8, log=True), studies.NOT_EVEN),
        (lambda t: t.suggest_int("x", 2, 8), "Compare its bounds with"),
        (lambda t: t.suggest_int("y", 1, 8), studies.KEYS),
        (lambda t: t.suggest_int("x", 1, 8) + t.suggest_int("x", 1, 8), studies.SAME_NAME),
        (lambda t: t.suggest_number("x", 1, 8), studies.UNKNOWN_METHOD),
        (lambda t: None, studies.NOT_RETURNED),
    ],
)
def test_a_wrong_question_is_named(wrong, words):
    with pytest.raises(CheckFailed) as caught:
        asked(wrong, Trial()).asks([integer("x", 1, 8)])
    assert words in caught.value.diagnosis


def test_older_names_of_questions_are_taken():
    def older(trial):
        return [trial.suggest_uniform("x", 1, 8), trial.suggest_loguniform("y", 1e-4, 1e-2)]

    check = asked(older, Trial({"x": 2.0, "y": 0.001}))
    check.asks([floating("x", 1, 8), floating("y", 1e-4, 1e-2, log=True)]).gives([2.0, 0.001])


def test_a_missing_logarithm_is_named():
    with pytest.raises(CheckFailed) as caught:
        asked(lambda t: t.suggest_float("x", 1e-4, 1), Trial()).asks(
            [floating("x", 1e-4, 1, log=True)]
        )
    assert caught.value.diagnosis == studies.EVEN


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda hp: hp.Float("x", -4, 0), studies.AS_EXPONENT),
        (lambda hp: hp.Float("x", 1e-4, 1, sampling="reverse_log"), studies.REVERSED_SCALE),
    ],
)
def test_another_scale_than_the_logarithmic_one_is_named(wrong, words):
    with pytest.raises(CheckFailed) as caught:
        asked(wrong, HyperParameters()).asks([floating("x", 1e-4, 1, log=True)])
    assert caught.value.diagnosis == words


def test_a_number_in_place_of_a_list_is_named():
    with pytest.raises(CheckFailed) as caught:
        asked(lambda t: {"x": t.suggest_int("x", 1, 8)}, Trial({"x": 3})).gives({"x": [3]})
    assert caught.value.diagnosis == studies.IN_A_LIST


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda t, f: ["b"][t.suggest_int("x", 0, 0)], studies.AS_NUMBER),
        (lambda t, f: f(z=1), "arguments that it does not take"),
        (lambda t, f: f(1, 2), "arguments that it does not take"),
        (lambda t, f: f(1).history, "looked up by their keys"),
    ],
)
def test_an_error_on_the_way_is_explained_by_what_was_done(wrong, words):
    with pytest.raises(CheckFailed) as caught:
        asked(wrong, Trial({"x": "b"}), lambda settings: {})
    assert words in caught.value.diagnosis


def test_a_trial_answers_a_name_always_alike():
    trial = Trial(seed=3)
    assert trial.suggest_int("x", 1, 10**9) == trial.suggest_int("x", 1, 10**9)


@pytest.mark.parametrize("seed", range(20))
def test_what_has_no_answer_is_drawn_within_its_bounds(seed):
    trial = Trial(seed=seed)
    assert 1 <= trial.suggest_int("n", 1, 3) <= 3
    assert trial.suggest_int("even", 2, 8, step=2) in (2, 4, 6, 8)
    assert trial.suggest_categorical("c", ["ab"]) == "ab"
    assert 0.5 <= trial.suggest_float("f", 0.5, 0.75) <= 0.75


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (lambda t: t.suggest_int("x", 8, 1), ValueError),
        (lambda t: t.suggest_int("x", 0.5, 1), TypeError),
        (lambda t: t.suggest_float("x", 0, 1, log=True), ValueError),
        (lambda t: t.suggest_categorical("x", "relu"), TypeError),
        (lambda t: t.suggest_categorical("x", []), ValueError),
        (lambda t: (t.suggest_int("x", 1, 2), t.suggest_float("x", 1, 2)), ValueError),
    ],
)
def test_a_question_that_optuna_would_refuse_is_refused(question, error):
    with pytest.raises(error, match=r"\w"):
        question(Trial())


def test_questions_in_the_words_of_keras_tuner_are_the_same_questions():
    hp = HyperParameters({"neurons": 5, "activation": "relu", "rate": 0.001})
    hp.Int("neurons", 4, 256), hp.Choice("activation", ["relu", "tanh"])
    hp.Float("rate", 1e-4, 1e-2, sampling="log")
    assert hp.asked == TASK


def test_settings_that_are_not_the_answers_are_named():
    check = asked(lambda t: {"x": 3, "given": t.suggest_int("x", 1, 8)}["x"], Trial({"x": 5}))
    with pytest.raises(CheckFailed) as caught:
        check.gives(5)
    assert caught.value.diagnosis == studies.NOT_ANSWERED


def test_what_a_function_asked_and_gave_is_noted():
    def noted(function):
        notes = Log()
        with noted_in(notes):
            asked(function, Trial({"x": 2}))
        return notes.entries

    one, same, other = (
        digest(noted(f), "property")
        for f in (
            lambda t: t.suggest_int("x", 1, 8),
            lambda t: t.suggest_int("x", 1, 8),
            lambda t: t.suggest_int("x", 1, 9),
        )
    )
    assert one == same != other


def by_get(hp):
    hp.Int("neurons", 4, 256)
    hp.Choice("activation", ["relu", "tanh"])
    hp.Float("rate", 1e-4, 1e-2, sampling="log")
    return {name: hp.get(name) for name in ("neurons", "activation", "rate")}


def test_answers_that_are_looked_up_later_are_right():
    hp = HyperParameters({"neurons": 9, "activation": "tanh", "rate": 0.002})
    asked(by_get, hp).asks(TASK).gives({"neurons": 9, "activation": "tanh", "rate": 0.002})


def test_optunas_word_for_a_logarithmic_scale_is_answered_with_kerastuners():
    with pytest.raises(CheckFailed, match='KerasTuner says sampling="log"'):
        asked(lambda hp: hp.Float("rate", 1e-4, 1e-2, log=True), HyperParameters())


@pytest.mark.parametrize(
    ("given", "expected", "words"),
    [
        ((3, "relu"), {"x": 3, "y": "relu"}, studies.OTHER_FORM),
        (3, [3], studies.OTHER_FORM),
        ([2, 3], [3], studies.OTHER_COUNT),
        ([4], [3], studies.NOT_ANSWERED),
        ({"z": 3}, {"x": 3}, studies.KEYS),
    ],
)
def test_settings_of_another_form_are_not_told_to_hold_other_values(given, expected, words):
    with pytest.raises(CheckFailed) as caught:
        asked(lambda trial: given, Trial()).gives(expected)
    assert caught.value.diagnosis == words


def by_params(trial):
    trial.suggest_int("neurons", 4, 256)
    trial.suggest_float("rate", 1e-4, 1e-2, log=True)
    trial.set_user_attr("why", "noted beside it")
    return trial.params


def by_values(hp):
    hp.Int("neurons", 4, 256)
    hp.Float("rate", 1e-4, 1e-2, sampling="LOG", parent_name=None)
    return {name: hp[name] for name in hp.values}


def test_stand_ins_tell_what_they_answered_as_the_real_ones_do():
    import keras_tuner
    import optuna

    given = {"neurons": 20, "rate": 0.005}
    studies.asked(by_params, studies.Trial(given)).gives(given)
    assert by_params(optuna.trial.FixedTrial(given)) == given
    studies.asked(by_values, studies.HyperParameters(given)).gives(given)
    assert set(by_values(keras_tuner.HyperParameters())) == set(given)

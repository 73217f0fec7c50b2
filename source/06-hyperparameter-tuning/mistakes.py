"""Wrong solutions of section 06, each with the words that its diagnosis must contain."""

from helpers import tuning

import numpy as np
import optuna

from course.notebook.mistakes import mistake

mistake(
    "grid",
    says="so they multiply",
    code="""
    evaluations = 8 + 3 + 10
    hours = evaluations * 90 / 3600
    grid_rates = 10
    random_rates = 21
    """,
)
mistake(
    "grid",
    says="These are seconds",
    code="""
    evaluations = 240
    hours = 240 * 90
    grid_rates = 10
    random_rates = 240
    """,
)
mistake(
    "grid",
    says="These are minutes",
    code="""
    evaluations = 240
    hours = 360
    grid_rates = 10
    random_rates = 240
    """,
)
mistake(
    "grid",
    says="no value comes twice",
    code="""
    evaluations = 240
    hours = 6.0
    grid_rates = 10
    random_rates = 10
    """,
)
mistake(
    "grid",
    says="many of them share a learning rate",
    code="""
    evaluations = 240
    hours = 6.0
    grid_rates = 240
    random_rates = 240
    """,
)


@mistake("log-uniform", says="the exponent that should be drawn evenly")
def log_uniform(low, high, u):
    return low + u * (high - low)


@mistake("log-uniform", says="the exponential is missing")
def log_uniform(low, high, u):
    return np.log(low) + u * (np.log(high) - np.log(low))


@mistake("log-uniform", says="Two bases are mixed")
def log_uniform(low, high, u):
    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))


@mistake("log-uniform", says="The ends are swapped")
def log_uniform(low, high, u):
    return high * (low / high) ** u


@mistake("log-uniform", says="the upper end should come out")
def log_uniform(low, high, u):
    return low * high**u


@mistake("poisson", says="half as many claims")
def poisson_loss(rates, exposure, counts):
    return float(np.mean(rates - counts * np.log(rates)))


@mistake("poisson", says="a longer time brings more claims")
def poisson_loss(rates, exposure, counts):
    expected = rates / exposure
    return float(np.mean(expected - counts * np.log(expected)))


@mistake("poisson", says="exposure included")
def poisson_loss(rates, exposure, counts):
    return float(np.mean(exposure * rates - counts * np.log(rates)))


@mistake("poisson", says="The sign of the second term")
def poisson_loss(rates, exposure, counts):
    expected = exposure * rates
    return float(np.mean(expected + counts * np.log(expected)))


@mistake("poisson", says="the mean of all policies")
def poisson_loss(rates, exposure, counts):
    expected = exposure * rates
    return float(np.sum(expected - counts * np.log(expected)))


@mistake("poisson", says="squared errors")
def poisson_loss(rates, exposure, counts):
    return float(np.mean((exposure * rates - counts) ** 2))


@mistake("space", says="each power of ten gets its share")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="The upper end is missing")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 255)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="it loses its order")
def space(trial):
    neurons = trial.suggest_categorical("neurons", list(range(4, 257)))
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="put the neurons into a list")
def space(trial):
    return {
        "neurons": trial.suggest_int("neurons", 4, 256),
        "activation": trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
    }


@mistake("space", says="Compare your list of choices")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky relu", "tanh"])
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="letter by letter")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    rate = trial.suggest_float("lr", 1e-4, 1e-2, log=True)
    return {"neurons": [neurons], "activation": activation, "learning_rate": rate}


@mistake("objective", says="This is the training loss")
def objective(trial, train):
    return train(tuning.flat_space(trial))["loss"][-1]


@mistake("objective", says="its weights are gone")
def objective(trial, train):
    return min(train(tuning.flat_space(trial))["val_loss"])


@mistake("objective", says="one number for a trial")
def objective(trial, train):
    return train(tuning.flat_space(trial))["val_loss"]


@mistake("objective", says="the study minimises")
def objective(trial, train):
    return -train(tuning.flat_space(trial))["val_loss"][-1]


@mistake("objective", says="more than once")
def objective(trial, train):
    settings = tuning.flat_space(trial)
    train(settings)
    return train(settings)["val_loss"][-1]


@mistake("objective", says="not the settings that the trial answered")
def objective(trial, train):
    tuning.flat_space(trial)
    settings = {"neurons": [16], "activation": "relu", "learning_rate": 0.001}
    return train(settings)["val_loss"][-1]


@mistake("rebuild", says="The seed comes too late")
def rebuild(trial, set_seed, make, fit):
    model = make(trial["params"])
    set_seed(trial["number"])
    loss = fit(model)
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", says="the seed is the trial's number")
def rebuild(trial, set_seed, make, fit):
    set_seed(0)
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", says="passes unnoticed")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if round(loss, 2) != round(trial["value"], 2):
        raise ValueError("another network")
    return loss


@mistake("rebuild", says="passes unnoticed")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if loss - trial["value"] > 1e-6:  # one direction only
        raise ValueError("another network")
    return loss


@mistake("rebuild", says="although the two losses agree")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if loss != trial["value"]:
        raise ValueError("another network")
    return loss


@mistake("rebuild", says="No seed is set")
def rebuild(trial, set_seed, make, fit):
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


mistake(
    "luck",
    says="good luck is one reason",
    code="""
    guesses = {
        "winner's loss": "same",
        "winner again": "same",
        "winner of 300": "lower",
        "winner of 300 again": "same",
    }
    """,
)
mistake(
    "luck",
    says="A new seed brings new luck",
    code="""
    guesses = {
        "winner's loss": "lower",
        "winner again": "lower",
        "winner of 300": "lower",
        "winner of 300 again": "same",
    }
    """,
)
mistake(
    "luck",
    says="a luckier best one",
    code="""
    guesses = {
        "winner's loss": "lower",
        "winner again": "same",
        "winner of 300": "same",
        "winner of 300 again": "same",
    }
    """,
)
mistake(
    "luck",
    says="choosing changes no truth",
    code="""
    guesses = {
        "winner's loss": "lower",
        "winner again": "same",
        "winner of 300": "lower",
        "winner of 300 again": "lower",
    }
    """,
)
mistake(
    "luck",
    says="Write lower, same or higher",
    code="""
    guesses = {
        "winner's loss": True,
        "winner again": False,
        "winner of 300": True,
        "winner of 300 again": False,
    }
    """,
)


@mistake("compare", says="what a seed does to both cancels")
def compare(a, b):
    error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))
    return float((a - b).mean()), float(error)


@mistake("compare", says="the spread of single differences")
def compare(a, b):
    return float((a - b).mean()), float((a - b).std(ddof=1))


@mistake("compare", says="divided by n")
def compare(a, b):
    return float((a - b).mean()), float((a - b).std() / np.sqrt(len(a)))


@mistake("compare", says="a minus b was asked for")
def compare(a, b):
    d = b - a
    return float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d)))


@mistake("compare", says="the square root is missing")
def compare(a, b):
    d = a - b
    return float(d.mean()), float(d.var(ddof=1) / len(d))


@mistake("layers", says="A name has one value in a trial")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    return [trial.suggest_categorical("neurons", [8, 16, 32, 64]) for layer in range(count)]


@mistake("layers", says="ask only for what the trial needs")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    sizes = [trial.suggest_categorical(f"neurons_{i}", [8, 16, 32, 64]) for i in (1, 2, 3)]
    return sizes[:count]


@mistake("layers", says="count the layers from 1 to the last one")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    return [trial.suggest_categorical(f"neurons_{i}", [8, 16, 32, 64]) for i in range(1, count)]


@mistake("layers", says="Only the values of the list are allowed")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    return [trial.suggest_int(f"neurons_{i}", 8, 64) for i in range(1, count + 1)]


@mistake("layers", says="The upper end is missing")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 2)
    return [trial.suggest_categorical(f"neurons_{i}", [8, 16, 32, 64]) for i in range(1, count + 1)]


@mistake("prune-loop", says="so report first")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        if trial.should_prune():
            raise optuna.TrialPruned
        trial.report(loss, epoch)
    return loss


@mistake("prune-loop", says="counts as complete")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            break
    return loss


@mistake("prune-loop", says="counted from 0")
def watched(trial, epochs, run_epoch):
    for epoch in range(epochs):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", says="It never asks")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
    return loss


@mistake("prune-loop", says="replace each other")
def watched(trial, epochs, run_epoch):
    for _ in range(epochs):
        loss = run_epoch()
        trial.report(loss, epochs)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", says="anything else is a failure")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise RuntimeError("hopeless")
    return loss


@mistake("prune-loop", says="its weights are gone")
def watched(trial, epochs, run_epoch):
    best = np.inf
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        best = min(best, loss)
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return best


@mistake("median-rule", says="You took the last loss")
def gives_up(losses, others):
    return bool(losses[-1] > np.median(others[:, len(losses) - 1]))


@mistake("median-rule", says="You took the mean")
def gives_up(losses, others):
    return bool(min(losses) > np.mean(others[:, len(losses) - 1]))


@mistake("median-rule", says="they had more time")
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, -1]))


@mistake("median-rule", says="the wrong way round")
def gives_up(losses, others):
    return bool(min(losses) <= np.median(others[:, len(losses) - 1]))


@mistake("median-rule", says="the best of the others")
def gives_up(losses, others):
    return bool(min(losses) > others[:, len(losses) - 1].min())


@mistake("median-rule", says="A tie is no reason")
def gives_up(losses, others):
    return bool(min(losses) >= np.median(others[:, len(losses) - 1]))


@mistake("median-rule", says="the wrong epoch")
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, len(losses)]))


@mistake("left-to-do", says="Every row is counted")
def left_to_do(trials, wanted):
    return max(wanted - len(trials), 0)


@mistake("left-to-do", says="its process is dead")
def left_to_do(trials, wanted):
    return max(wanted - sum(trial["state"] != "FAIL" for trial in trials), 0)


@mistake("left-to-do", says="running it again wins nothing")
def left_to_do(trials, wanted):
    return max(wanted - sum(trial["state"] == "COMPLETE" for trial in trials), 0)


@mistake("left-to-do", says="no fewer than 0")
def left_to_do(trials, wanted):
    return wanted - sum(trial["state"] in ("COMPLETE", "PRUNED") for trial in trials)


@mistake("tuner", says="each power of ten gets its share")
def tuner_space(hp):
    return {
        "neurons": [hp.Int("neurons", 4, 256)],
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2),
    }


@mistake("tuner", says="KerasTuner's hp has")
def tuner_space(hp):
    return {
        "neurons": [hp.suggest_int("neurons", 4, 256)],
        "activation": hp.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
    }


@mistake("tuner", says="put the neurons into a list")
def tuner_space(hp):
    return {
        "neurons": hp.Int("neurons", 4, 256),
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, sampling="log"),
    }


@mistake("tuner", says="leave out numbers between the ends")
def tuner_space(hp):
    return {
        "neurons": [hp.Int("neurons", 4, 256, step=4)],
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, sampling="log"),
    }


@mistake("rebuild", says="passes unnoticed")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-5:
        raise ValueError("another network")
    return loss


@mistake("prune-loop", says="Only optuna.TrialPruned says that a trial was pruned")
def watched(trial, epochs, run_epoch):
    class TrialPruned(Exception):
        "An exception of the same name."

    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise TrialPruned
    return loss


@mistake("rebuild", says="passes unnoticed")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if not np.isclose(loss, trial["value"], atol=1e-6):  # its rtol comes on top
        raise ValueError("another network")
    return loss


@mistake("median-rule", says="the best that the others had reached")
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, : len(losses)].min(axis=1)))


@mistake("median-rule", says="the mean of the two in the middle")
def gives_up(losses, others):
    column = sorted(others[:, len(losses) - 1])
    return bool(min(losses) > column[len(column) // 2])


@mistake("median-rule", says="the mean of the two in the middle")
def gives_up(losses, others):
    column = sorted(others[:, len(losses) - 1])
    return bool(min(losses) > column[(len(column) - 1) // 2])

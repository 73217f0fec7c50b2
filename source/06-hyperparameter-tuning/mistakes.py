"""Wrong solutions of section 6, each with the words that tell whoever makes it what went wrong."""

from helpers import tuning

import numpy as np
import optuna

from course.notebook.mistakes import mistake

REVERSED = "It is the wrong way round: small losses are good, and the good ones go on."
OTHERS_BEST = (
    "You took the best that the others had reached so far: the rule takes their losses at this "
    "very epoch."
)
ABSOLUTE = "The sign is lost: it tells which of the two is better."
EVENLY = (
    "These are drawn evenly between the ends, so nearly all of them have the size of the upper "
    "end. It is the exponent that should be drawn evenly."
)
LOG_LEFT = "This is the logarithm of the value: the exponential is missing."
MIXED_BASES = "Two bases are mixed: log10 goes with 10 ** x, and log with exp."
DOWNWARDS = "The ends are swapped: u = 0 belongs to the lower end."
TIMES_HIGH = "At u = 1 the upper end should come out: the factor from end to end is high / low."
UNPAIRED = (
    "You treated the two as strangers. They share their seeds, so take the difference seed by "
    "seed first: what a seed does to both cancels."
)
NOT_OF_THE_MEAN = "This is the spread of single differences: that of their mean is sqrt(n) smaller."
BY_N = "The spread is divided by n: with few seeds that is too small (ddof=1 divides by n - 1)."
B_MINUS_A = "The sign is turned: a minus b was asked for."
NO_ROOT = "That is the variance of the mean: the square root is missing."
EACH_EPOCH = "You ask at each epoch so far: only the median of the present one counts."
LAST_LOSS = (
    "You took the last loss: the rule takes the best one so far, because losses jump up now and "
    "then."
)
MEAN_RULE = "You took the mean: one trial that went astray moves it, the median hardly."
FINAL_LOSS = (
    "You compared with the others' last epoch: they had more time. Compare at the same epoch."
)
BEST_OF_OTHERS = "You compared with the best of the others: the rule takes their median."
TIES = "A tie is no reason to stop: prune only where the loss is larger than the median."
ONE_EPOCH_LATE = (
    "You compared with the wrong epoch: after n losses, the present one is in column n - 1."
)
EVEN_MEDIAN = "Of an even number of losses the median is the mean of the two in the middle."
NO_LIST = "`build` wants a number for each hidden layer: put the neurons into a list."
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
OWN_SETTINGS = "What is trained are not the settings that the trial answered."
SEED_LATE = (
    "The seed comes too late: building the network draws its first weights, so the seed must be "
    "set before."
)
SEED_OTHER = "Another seed than the trial's gives another network: the seed is the trial's number."
SEED_MISSING = "No seed is set, so every run gives another network."
SEED_AGAIN = "The seed is set once, before the network is built: set again, it repeats its numbers."
NO_ALARM = (
    "A rebuilt loss that differs passes unnoticed: raise ValueError where it is more than 1e-6 off "
    "the trial's value."
)
FALSE_ALARM = "It raises although the two losses agree: 1e-6 is the bound, in both directions."
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
NEVER_ASKED = "It never asks should_prune: nothing else tells whether to stop."
WENT_ON = "It trains on although the trial should be pruned."
OTHER_ERROR = "Only optuna.TrialPruned says that a trial was pruned; anything else is a failure."


@mistake("log-uniform", words=EVENLY)
def log_uniform(low, high, u):
    return low + u * (high - low)


@mistake("log-uniform", words=LOG_LEFT)
def log_uniform(low, high, u):
    return np.log(low) + u * (np.log(high) - np.log(low))


@mistake("log-uniform", words=MIXED_BASES)
def log_uniform(low, high, u):
    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))


@mistake("log-uniform", words=DOWNWARDS)
def log_uniform(low, high, u):
    return high * (low / high) ** u


@mistake("log-uniform", words=TIMES_HIGH)
def log_uniform(low, high, u):
    return low * high**u


@mistake("log-uniform", words=LOG_LEFT)
def log_uniform(low, high, u):
    return np.log10(low) + u * (np.log10(high) - np.log10(low))


@mistake("log-uniform", words=MIXED_BASES)
def log_uniform(low, high, u):
    return 10 ** (np.log(low) + u * (np.log(high) - np.log(low)))


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


@mistake("space", words=NO_LIST)
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


@mistake("objective", words=TRAINING_LOSS)
def objective(trial, train):
    return train(tuning.flat_space(trial))["loss"][-1]


@mistake("objective", words=BEST_EPOCH)
def objective(trial, train):
    return min(train(tuning.flat_space(trial))["val_loss"])


@mistake("objective", words=WHOLE_HISTORY)
def objective(trial, train):
    return train(tuning.flat_space(trial))["val_loss"]


@mistake("objective", words=TURNED_ROUND)
def objective(trial, train):
    return -train(tuning.flat_space(trial))["val_loss"][-1]


@mistake("objective", words=TRAINED_OFTEN)
def objective(trial, train):
    settings = tuning.flat_space(trial)
    train(settings)
    return train(settings)["val_loss"][-1]


@mistake("objective", words=OWN_SETTINGS)
def objective(trial, train):
    tuning.flat_space(trial)
    settings = {"neurons": [16], "activation": "relu", "learning_rate": 0.001}
    return train(settings)["val_loss"][-1]


@mistake("rebuild", words=SEED_LATE)
def rebuild(trial, set_seed, make, fit):
    model = make(trial["params"])
    set_seed(trial["number"])
    loss = fit(model)
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=SEED_OTHER)
def rebuild(trial, set_seed, make, fit):
    set_seed(0)
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=NO_ALARM)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if round(loss, 2) != round(trial["value"], 2):
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=NO_ALARM)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if loss - trial["value"] > 1e-6:  # one direction only
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=FALSE_ALARM)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if loss != trial["value"]:
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=SEED_MISSING)
def rebuild(trial, set_seed, make, fit):
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("compare", words=UNPAIRED)
def compare(a, b):
    error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))
    return float((a - b).mean()), float(error)


@mistake("compare", words=NOT_OF_THE_MEAN)
def compare(a, b):
    return float((a - b).mean()), float((a - b).std(ddof=1))


@mistake("compare", words=BY_N)
def compare(a, b):
    return float((a - b).mean()), float((a - b).std() / np.sqrt(len(a)))


@mistake("compare", words=B_MINUS_A)
def compare(a, b):
    d = b - a
    return float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d)))


@mistake("compare", words=NO_ROOT)
def compare(a, b):
    d = a - b
    return float(d.mean()), float(d.var(ddof=1) / len(d))


@mistake("compare", words=ABSOLUTE)
def compare(a, b):
    differences = a - b
    return float(abs(differences.mean())), float(differences.std(ddof=1) / len(a) ** 0.5)


@mistake("compare", words=NOT_OF_THE_MEAN)
def compare(a, b):
    return float((a - b).mean()), float((a - b).std())


@mistake("layers", says="A name has one value in a trial")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    return [trial.suggest_categorical("neurons", [8, 16, 32, 64]) for layer in range(count)]


@mistake("layers", words=ALWAYS_THREE)
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    sizes = [trial.suggest_categorical(f"neurons_{i}", [8, 16, 32, 64]) for i in (1, 2, 3)]
    return sizes[:count]


@mistake("layers", words=LAYER_MISSING)
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


@mistake("prune-loop", words=REPORT_FIRST)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        if trial.should_prune():
            raise optuna.TrialPruned
        trial.report(loss, epoch)
    return loss


@mistake("prune-loop", words=NOT_RAISED)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            break
    return loss


@mistake("prune-loop", words=STEP_FROM_ZERO)
def watched(trial, epochs, run_epoch):
    for epoch in range(epochs):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words=NEVER_ASKED)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
    return loss


@mistake("prune-loop", words=SAME_STEP)
def watched(trial, epochs, run_epoch):
    for _ in range(epochs):
        loss = run_epoch()
        trial.report(loss, epochs)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words=OTHER_ERROR)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise RuntimeError("hopeless")
    return loss


@mistake("prune-loop", words=BEST_EPOCH)
def watched(trial, epochs, run_epoch):
    best = np.inf
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        best = min(best, loss)
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return best


@mistake("median-rule", words=LAST_LOSS)
def gives_up(losses, others):
    return bool(losses[-1] > np.median(others[:, len(losses) - 1]))


@mistake("median-rule", words=MEAN_RULE)
def gives_up(losses, others):
    return bool(min(losses) > np.mean(others[:, len(losses) - 1]))


@mistake("median-rule", words=FINAL_LOSS)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, -1]))


@mistake("median-rule", words=REVERSED)
def gives_up(losses, others):
    return bool(min(losses) <= np.median(others[:, len(losses) - 1]))


@mistake("median-rule", words=BEST_OF_OTHERS)
def gives_up(losses, others):
    return bool(min(losses) > others[:, len(losses) - 1].min())


@mistake("median-rule", words=TIES)
def gives_up(losses, others):
    return bool(min(losses) >= np.median(others[:, len(losses) - 1]))


@mistake("median-rule", words=ONE_EPOCH_LATE)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, len(losses)]))


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


@mistake("tuner", words=NO_LIST)
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


@mistake("rebuild", words=NO_ALARM)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-5:
        raise ValueError("another network")
    return loss


@mistake("prune-loop", words=OTHER_ERROR)
def watched(trial, epochs, run_epoch):
    class TrialPruned(Exception):
        "An exception of the same name."

    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise TrialPruned
    return loss


@mistake("rebuild", words=NO_ALARM)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if not np.isclose(loss, trial["value"], atol=1e-6):  # its rtol comes on top
        raise ValueError("another network")
    return loss


@mistake("median-rule", words=OTHERS_BEST)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, : len(losses)].min(axis=1)))


@mistake("median-rule", words=EVEN_MEDIAN)
def gives_up(losses, others):
    column = sorted(others[:, len(losses) - 1])
    return bool(min(losses) > column[len(column) // 2])


@mistake("median-rule", words=EVEN_MEDIAN)
def gives_up(losses, others):
    column = sorted(others[:, len(losses) - 1])
    return bool(min(losses) > column[(len(column) - 1) // 2])


@mistake("objective", words=TRAINING_LOSS)
def objective(trial, train):
    return min(train(tuning.flat_space(trial))["loss"])


@mistake("objective", words=FIRST_EPOCH)
def objective(trial, train):
    return train(tuning.flat_space(trial))["val_loss"][0]


@mistake("objective", words=WHOLE_HISTORY)
def objective(trial, train):
    return train(tuning.flat_space(trial))["loss"]


@mistake("rebuild", words=SEED_LATE)
def rebuild(trial, set_seed, make, fit):
    model = make(trial["params"])
    set_seed(0)
    loss = fit(model)
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", words=SEED_LATE, each={"OWN": (False, True)})
def rebuild(trial, set_seed, make, fit):
    model = make(trial["params"])
    set_seed(trial["number"] if OWN else 0)
    return fit(model)


@mistake("rebuild", words=SEED_AGAIN)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    model = make(trial["params"])
    set_seed(trial["number"])
    loss = fit(model)
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("prune-loop", words=WENT_ON)
def watched(trial, epochs, run_epoch):
    stop = False
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        stop = stop or trial.should_prune()
    if stop:
        raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words=NOT_REPORTED)
def watched(trial, epochs, run_epoch):
    for _ in range(epochs):
        loss = run_epoch()
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("log-uniform", words="At u = 0 the lower end should come out: multiply by `low`.")
def log_uniform(low, high, u):
    return (high / low) ** u


@mistake("objective", words="This is the mean over the epochs: the loss after the last one counts.")
def objective(trial, train):
    return float(np.mean(train(tuning.flat_space(trial))["val_loss"]))


@mistake("rebuild", words="It is the wrong way round: raise where the two losses differ.")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) < 1e-6:
        raise ValueError("another network")
    return loss


@mistake(
    "rebuild", words="This is the loss of the trial: return that of the network that you trained."
)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return trial["value"]


@mistake("compare", words="You divided by S: the standard error divides by the root of S.")
def compare(a, b):
    d = a - b
    return float(d.mean()), float(d.std(ddof=1) / len(d))


@mistake("compare", words=ABSOLUTE)
def compare(a, b):
    d = abs(a - b)
    return float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d)))


@mistake("compare", words=UNPAIRED)
def compare(a, b):
    error = (a.std(ddof=1) - b.std(ddof=1)) / np.sqrt(len(a))
    return float((a - b).mean()), float(error)


@mistake("prune-loop", words="An epoch is missing: range leaves its upper end out.")
def watched(trial, epochs, run_epoch):
    loss = None
    for epoch in range(1, epochs):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "prune-loop", words="The two arguments are swapped: report the loss first, then the epoch."
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(epoch, loss)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "prune-loop",
    words=(
        "It stops although nobody said so. Mind the brackets: should_prune without them is the "
        "method itself, which counts as True."
    ),
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune:
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words="It returns after the first epoch: `return` belongs behind the loop.")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
        return loss


@mistake(
    "median-rule",
    words="You took the median of the whole table: the rule takes that of one epoch, one column.",
)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others))


@mistake(
    "median-rule",
    words="You took a row, all epochs of one trial: the others at one epoch are a column.",
)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[min(len(losses), len(others)) - 1]))


@mistake("tuner", says='KerasTuner says sampling="log"')
def tuner_space(hp):
    return {
        "neurons": [hp.Int("neurons", 4, 256)],
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, log=True),
    }


@mistake("objective", says="ask tuning.flat_space(trial)")
def objective(trial, train):
    return train(trial)["val_loss"][-1]


@mistake("space", says="in the form that the task asks for")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    return [neurons], activation, trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)


@mistake("layers", says="a value too many or too few")
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    layers = range(1, count + 1)
    return [count, *(trial.suggest_categorical(f"neurons_{i}", [8, 16, 32, 64]) for i in layers)]


EDGE_LINEAR = (
    "The tenths are those of the range itself: it was searched on a logarithmic scale, so take the "
    "logarithms of the value and of both ends first."
)
EDGE_DOWN = "A quarter that is no whole number is rounded up: you took a trial too few."
EDGE_WORST = "You took the trials with the largest losses: the best ones have the smallest."
EDGE_ALL = "You took all trials: where the bad ones lie says nothing, so look at the best quarter."
EDGE_WINNER = (
    "You looked at the winner alone: one trial may stand at an end by luck, so take the best "
    "quarter."
)
EDGE_SWAPPED = "The two shares are swapped: that of the lower end comes first."
EDGE_COUNTS = "These are numbers of trials: divide by how many the best quarter has."
EDGE_OF_ALL = "You divided by the number of all trials: these are shares of the best quarter."
EDGE_VALUES = (
    "You took the smallest values: the best trials are those with the smallest losses, so sort the "
    "losses and take the values that belong to them."
)
EDGE_QUARTERS = "Near an end is a tenth of the range, not a quarter of it."


@mistake("edge", words=EDGE_LINEAR)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = (best - low) / (high - low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_LINEAR)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    tenth = (high - low) / 10
    return float(np.mean(best <= low + tenth)), float(np.mean(best >= high - tenth))


@mistake("edge", words=EDGE_DOWN)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: max(1, len(losses) // 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_DOWN)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: round(len(losses) / 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_WORST)
def edge_shares(values, losses, low, high):
    worst = values[np.argsort(-losses)[: -(-len(losses) // 4)]]
    p = np.log(worst / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_ALL)
def edge_shares(values, losses, low, high):
    p = np.log(values / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_WINNER)
def edge_shares(values, losses, low, high):
    p = np.log(values[[losses.argmin()]] / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_SWAPPED)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p >= 0.9)), float(np.mean(p <= 0.1))


@mistake("edge", words=EDGE_COUNTS)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    places = np.log(best / low) / np.log(high / low)
    return float(np.sum(places <= 0.1)), float(np.sum(places >= 0.9))


@mistake("edge", words=EDGE_OF_ALL)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    places = np.log(best / low) / np.log(high / low)
    return float(np.sum(places <= 0.1) / len(losses)), float(np.sum(places >= 0.9) / len(losses))


@mistake("edge", words=EDGE_VALUES)
def edge_shares(values, losses, low, high):
    p = np.log(np.sort(values)[: -(-len(losses) // 4)] / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("edge", words=EDGE_QUARTERS)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    places = np.log(best / low) / np.log(high / low)
    return float(np.mean(places <= 0.25)), float(np.mean(places >= 0.75))


@mistake("tuner", words=NO_LIST)
def tuner_space(hp):
    hp.Int("neurons", 4, 256)
    hp.Choice("activation", ["relu", "leaky_relu", "tanh"])
    hp.Float("learning_rate", 1e-4, 1e-2, sampling="log")
    return hp.values


@mistake("space", words=NO_LIST)
def space(trial):
    trial.suggest_int("neurons", 4, 256)
    trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return trial.params


@mistake("edge", words="You took the better half of the trials: the best quarter was asked for.")
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 2)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake(
    "edge",
    words="A tenth of the range is not a tenth of the end's own value: it is a tenth of the way.",
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    return float(np.mean(best <= 1.1 * low)), float(np.mean(best >= 0.9 * high))


@mistake("edge", words="These are per cent: a share lies between 0 and 1.")
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(100 * np.mean(p <= 0.1)), float(100 * np.mean(p >= 0.9))


@mistake(
    "log-uniform",
    words="The factor from low to high is taken u times: it is raised to the power of u.",
)
def log_uniform(low, high, u):
    return low * (high / low) * u


@mistake("log-uniform", words="`u` is not used: only how many numbers it holds.")
def log_uniform(low, high, u):
    return np.geomspace(low, high, len(u))


@mistake(
    "log-uniform",
    words="It works for a row of numbers only: `u` may have any shape, and the result has it too.",
)
def log_uniform(low, high, u):
    return np.array([float(low * (high / low) ** float(share)) for share in u])


@mistake(
    "log-uniform",
    words="The shape of `u` is lost: the result has the same shape, whatever that is.",
)
def log_uniform(low, high, u):
    return low * (high / low) ** np.ravel(u)


@mistake(
    "log-uniform",
    words="The numbers are rounded: near a small lower end nothing is left of them.",
    each={"DIGITS": (2, 3, 4, 5, 6)},
)
def log_uniform(low, high, u):
    return np.round(low * (high / low) ** u, DIGITS)


@mistake(
    "log-uniform",
    words="log1p and expm1 add 1 to each number first: take the logarithm of the number itself.",
)
def log_uniform(low, high, u):
    return np.expm1(np.log1p(low) + u * (np.log1p(high) - np.log1p(low)))


@mistake(
    "log-uniform",
    words="They are spread evenly in the square root: it is the logarithm that is to be even.",
)
def log_uniform(low, high, u):
    return (np.sqrt(low) + u * (np.sqrt(high) - np.sqrt(low))) ** 2


@mistake(
    "log-uniform",
    words="You draw numbers of your own: `u` says where between the two ends each number lies.",
)
def log_uniform(low, high, u):
    return low * (high / low) ** np.random.default_rng(0).uniform(size=u.shape)


@mistake(
    "log-uniform",
    words="You stretch `u` from its smallest to its largest number: 0 and 1 belong to the ends.",
)
def log_uniform(low, high, u):
    with np.errstate(all="ignore"):
        return low * (high / low) ** ((u - u.min()) / (u.max() - u.min()))


@mistake("space", says="a number for each hidden layer")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return {"neurons": neurons, "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="The exponent is asked for")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    learning_rate = 10 ** trial.suggest_float("learning_rate", -4, -2)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="let it choose")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = ["relu", "leaky_relu", "tanh"][trial.suggest_int("activation", 0, 2)]
    learning_rate = trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True)
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("tuner", says="a number for each hidden layer")
def tuner_space(hp):
    return {
        "neurons": hp.Int("neurons", 4, 256),
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, sampling="log"),
    }


@mistake("tuner", says="crowded at the upper end")
def tuner_space(hp):
    return {
        "neurons": [hp.Int("neurons", 4, 256)],
        "activation": hp.Choice("activation", ["relu", "leaky_relu", "tanh"]),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, sampling="reverse_log"),
    }


@mistake("objective", says="called with arguments that it does not take")
def objective(trial, train):
    return train(**tuning.flat_space(trial))["val_loss"][-1]


@mistake("objective", says="A dict has no such attribute")
def objective(trial, train):
    return train(tuning.flat_space(trial)).history["val_loss"][-1]


@mistake(
    "objective",
    words="You took an epoch by its number: a training may have any number of epochs.",
    each={"NUMBER": (3, 4, 5)},
)
def objective(trial, train):
    return train(tuning.flat_space(trial))["val_loss"][NUMBER]


@mistake(
    "objective",
    words="This is how far the two losses lie apart: the study is to make the loss itself small.",
)
def objective(trial, train):
    history = train(tuning.flat_space(trial))
    return history["val_loss"][-1] - history["loss"][-1]


@mistake(
    "objective",
    words=(
        "You took the epoch with the smallest training loss: the network that you have is the one "
        "after the last epoch."
    ),
)
def objective(trial, train):
    history = train(tuning.flat_space(trial))
    return history["val_loss"][int(np.argmin(history["loss"]))]


@mistake(
    "objective",
    words="The loss is rounded: then trials that differ look alike to the study.",
    each={"DIGITS": (0, 1, 2)},
)
def objective(trial, train):
    return round(train(tuning.flat_space(trial))["val_loss"][-1], DIGITS)


@mistake(
    "objective",
    words="You went by the order of the lists in the history: look them up by their names.",
    each={"PLACE": (1, -1)},
)
def objective(trial, train):
    return list(train(tuning.flat_space(trial)).values())[PLACE][-1]


@mistake("rebuild", says="the task asks for ValueError")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    assert abs(loss - trial["value"]) <= 1e-6
    return loss


@mistake("rebuild", says="called with arguments that it does not take")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(**trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake("rebuild", words="It is trained twice: keep what the first training gave.")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    model = make(trial["params"])
    if abs(fit(model) - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return fit(model)


@mistake("rebuild", words="`make` wants the parameters: you handed it the whole trial.")
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake(
    "rebuild",
    words="0 is a number like any other: a test for what is true takes it for none.",
    each={"OTHER": (1, 42, 123)},
)
def rebuild(trial, set_seed, make, fit):
    set_seed(trial["number"] or OTHER)
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake(
    "rebuild", words="0 is a number like any other: a test for what is true takes it for none."
)
def rebuild(trial, set_seed, make, fit):
    if trial["number"]:
        set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@mistake(
    "compare",
    words="1 is taken off twice: the deviation divides by S − 1, and the error by the root of S.",
)
def compare(a, b):
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(difference) - 1)
    return float(difference.mean()), float(error)


@mistake(
    "compare",
    words="Sorted first, the losses are no pairs any more: those of one seed belong together.",
)
def compare(a, b):
    difference = np.sort(a) - np.sort(b)
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return float(difference.mean()), float(error)


@mistake("compare", words="That is the median of the differences: their mean was asked for.")
def compare(a, b):
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return float(np.median(difference)), float(error)


@mistake("compare", words="You took the variance: the standard deviation is its root.")
def compare(a, b):
    difference = a - b
    error = difference.var(ddof=1) / np.sqrt(len(difference))
    return float(difference.mean()), float(error)


@mistake(
    "compare",
    words="These are differences as shares of a loss: a minus b was asked for, as it is.",
    each={"OF": ("a", "b")},
)
def compare(a, b):
    difference = (a - b) / {"a": a, "b": b}[OF]
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return float(difference.mean()), float(error)


@mistake(
    "compare",
    words="The number of seeds is your own: it is that of the losses that are given.",
    each={"OWN": (2, 3, 6, 8, 10)},
)
def compare(a, b):
    difference = a - b
    return float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(OWN))


@mistake(
    "compare",
    words="That is an interval, about twice the standard error: the error itself was asked for.",
    each={"TIMES": (2, 1.96)},
)
def compare(a, b):
    difference = a - b
    error = TIMES * difference.std(ddof=1) / np.sqrt(len(difference))
    return float(difference.mean()), float(error)


@mistake(
    "compare",
    words="You counted the losses of both: there are S differences, one for each seed.",
)
def compare(a, b):
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(a) + len(b))
    return float(difference.mean()), float(error)


@mistake("compare", words="You left out seeds that make no difference: they count, too.")
def compare(a, b):
    difference = (a - b)[a != b]
    with np.errstate(all="ignore"):
        if len(difference) < 2:
            return 0.0, float("nan")
        error = difference.std(ddof=1) / np.sqrt(len(difference))
        return float(difference.mean()), float(error)


@mistake(
    "edge",
    words="You took one trial too many where the quarter is a whole number: it stays as it is.",
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: len(losses) // 4 + 1]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake(
    "edge",
    words=(
        "You went by one power of ten: a tenth of the range is a tenth of the way from low to "
        "high, which may be any number of them."
    ),
    each={"FACTOR": (1.2589254, 10.0)},
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    return float(np.mean(best <= FACTOR * low)), float(np.mean(best >= high / FACTOR))


@mistake("edge", words="You took the first trials of the list: the best have the smallest losses.")
def edge_shares(values, losses, low, high):
    best = values[: -(-len(losses) // 4)]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake(
    "edge",
    words="You took the range of the values that were tried: it is the one that was searched.",
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    low, high = values.min(), values.max()
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake(
    "edge",
    words="The number of powers of ten is your own: how many there are, low and high tell.",
    each={"POWERS": (1, 2, 3, 4)},
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = np.log10(best / low) / POWERS
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake(
    "edge",
    words="The whole way is the logarithm of high / low: you divided by that of high alone.",
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    with np.errstate(all="ignore"):
        p = np.log(best / low) / np.log(high)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


@mistake("prune-loop", words="It asks once, at the end: ask after each report.")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
    if trial.should_prune():
        raise optuna.TrialPruned
    return loss


@mistake("prune-loop", says="Only optuna.TrialPruned says")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            raise StopIteration
    return loss


@mistake("prune-loop", words="It trains twice for each report: keep the loss, and report that.")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        trial.report(run_epoch(), epoch)
        loss = run_epoch()
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words="It does not ask after the last epoch: ask after each report.")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if epoch < epochs and trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "prune-loop",
    words="It does not ask after the first epochs: how long to wait is left to the pruner.",
    each={"FIRST": (1, 2)},
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if epoch > FIRST and trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", words="It reports the best loss so far: report that of the epoch itself.")
def watched(trial, epochs, run_epoch):
    losses = []
    for epoch in range(1, epochs + 1):
        losses.append(run_epoch())
        trial.report(min(losses), epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return losses[-1]


@mistake(
    "prune-loop",
    words="It asks only where the loss has risen: when to prune is for the pruner to say.",
)
def watched(trial, epochs, run_epoch):
    before = float("inf")
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if loss > before and trial.should_prune():
            raise optuna.TrialPruned
        before = loss
    return loss


@mistake(
    "prune-loop",
    words="The reports are rounded: report the loss as it is.",
    each={"DIGITS": (1, 2, 3, 4)},
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(round(loss, DIGITS), epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "median-rule",
    words="The rule holds for any number of finished trials: you wait until there are more.",
    each={"LEAST": (2, 3, 4, 5)},
)
def gives_up(losses, others):
    return bool(len(others) >= LEAST and min(losses) > np.median(others[:, len(losses) - 1]))


@mistake(
    "median-rule",
    words="You stop where the trial was ever behind, at an epoch before: the present one counts.",
)
def gives_up(losses, others):
    seen = range(1, len(losses) + 1)
    return any(bool(min(losses[:n]) > np.median(others[:, n - 1])) for n in seen)


@mistake("median-rule", words="You took the largest of its losses: the rule takes the best one.")
def gives_up(losses, others):
    return bool(max(losses) > np.median(others[:, len(losses) - 1]))


@mistake("median-rule", words="You took the mean of its losses: the rule takes the best one.")
def gives_up(losses, others):
    return bool(np.mean(losses) > np.median(others[:, len(losses) - 1]))


@mistake(
    "median-rule",
    words="The rule holds from the first epoch on: you let the first ones pass.",
    each={"FIRST": (1, 2)},
)
def gives_up(losses, others):
    return bool(len(losses) > FIRST and min(losses) > np.median(others[:, len(losses) - 1]))


@mistake(
    "median-rule",
    words="You took the median of all epochs so far: the rule takes that of the present one.",
)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, : len(losses)]))


@mistake(
    "median-rule",
    words="You compared at the epoch of its best loss: the rule compares at the present one.",
)
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, int(np.argmin(losses))]))


@mistake("median-rule", words="You compared at the first epoch: the rule takes the present one.")
def gives_up(losses, others):
    return bool(min(losses) > np.median(others[:, 0]))


@mistake("median-rule", words=EACH_EPOCH)
def gives_up(losses, others):
    return all(loss > np.median(others[:, e]) for e, loss in enumerate(losses))


@mistake("median-rule", words=EACH_EPOCH)
def gives_up(losses, others):
    return all(min(losses[: e + 1]) > np.median(others[:, e]) for e in range(len(losses)))


@mistake("median-rule", words="You compared with the worst of the others: it is their median.")
def gives_up(losses, others):
    return bool(min(losses) > others[:, len(losses) - 1].max())


@mistake(
    "log-uniform",
    words=(
        "You took the difference of the ends to the power u: from low to high it is a factor, so "
        "it is their quotient."
    ),
)
def log_uniform(low, high, u):
    return low * (high - low) ** u


@mistake(
    "log-uniform",
    words=(
        "You rounded the exponents of the two ends: they may be any numbers, not whole powers only."
    ),
    each={"BASE": (2, 10)},
)
def log_uniform(low, high, u):
    log = {2: np.log2, 10: np.log10}[BASE]
    a, b = np.round(log(low)), np.round(log(high))
    return float(BASE) ** (a + u * (b - a))


@mistake(
    "log-uniform",
    words=(
        "You rounded the exponents of the two ends: they may be any numbers, not whole powers only."
    ),
    each={"BASE": (2, 10)},
)
def log_uniform(low, high, u):
    log = {2: np.log2, 10: np.log10}[BASE]
    a, b = int(log(low)), int(log(high))
    return float(BASE) ** (a + u * (b - a))


@mistake(
    "log-uniform",
    words=(
        "You bent the numbers and then walked from low to high on the plain scale: it is the "
        "logarithm that moves evenly."
    ),
    each={"HOW": ("log", "exp", "square")},
)
def log_uniform(low, high, u):
    bent = {"log": np.log2(1 + u), "exp": (np.exp(u) - 1) / (np.e - 1), "square": u**2}[HOW]
    return low + bent * (high - low)


@mistake(
    "objective",
    words=(
        "What is trained are the trial's bare answers: `train` wants the settings that "
        "tuning.flat_space makes of them, with a list of neurons."
    ),
)
def objective(trial, train):
    tuning.flat_space(trial)
    return train(dict(trial.params))["val_loss"][-1]


@mistake(
    "prune-loop",
    words=(
        "It trains all epochs before it reports the first one: then nothing is left to save. Train "
        "one epoch, report it, ask, and only then train the next."
    ),
)
def watched(trial, epochs, run_epoch):
    losses = [run_epoch() for _ in range(epochs)]
    for epoch, loss in enumerate(losses, start=1):
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return losses[-1]


@mistake(
    "prune-loop",
    words=(
        "The next epoch is trained before you ask about the one before: ask after each report, "
        "and train no further when told to stop."
    ),
)
def watched(trial, epochs, run_epoch):
    loss = run_epoch()
    for epoch in range(1, epochs + 1):
        trial.report(loss, epoch)
        loss = run_epoch() if epoch < epochs else loss
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "edge",
    words="A single trial is the best quarter of itself: a quarter is never fewer than one trial.",
)
def edge_shares(values, losses, low, high):
    if len(values) < 2:
        return 0.0, 0.0
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= 0.1)), float(np.mean(p >= 0.9))


# --- what answers showed ----------------------------------------------------------------------


@mistake("space", says="the trial is asked")
def space(trial):
    rng = np.random.default_rng(0)
    neurons = int(rng.integers(4, 257))
    activation = str(rng.choice(["relu", "leaky_relu", "tanh"]))
    learning_rate = float(10 ** rng.uniform(-4, -2))
    return {"neurons": [neurons], "activation": activation, "learning_rate": learning_rate}


@mistake("space", says="the trial is asked")
def space(trial):
    return {"neurons": [20], "activation": "relu", "learning_rate": 0.005}


@mistake("tuner", says="hp is asked")
def tuner_space(hp):
    return {"neurons": [20], "activation": "relu", "learning_rate": 0.005}


@mistake("layers", says="the trial is asked")
def layers_space(trial):
    rng = np.random.default_rng(0)
    return rng.choice([8, 16, 32, 64], int(rng.integers(1, 4))).tolist()


@mistake("layers", words=LAYER_MISSING, each={"NAME": ("neurons_1", "neurons")})
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3)
    return [trial.suggest_categorical(NAME, [8, 16, 32, 64])] * count


@mistake(
    "compare",
    words="The two results have changed places: the mean difference comes first.",
)
def compare(a, b):
    difference = a - b
    return float(difference.std(ddof=1) / np.sqrt(len(difference))), float(difference.mean())


@mistake(
    "prune-loop",
    words="It asks, and trains on whatever the answer is: to make the exception stops nothing, "
    "`raise` does.",
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            optuna.TrialPruned()
    return loss


@mistake("prune-loop", says="raises TypeError")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake(
    "log-uniform",
    words="It works for a row of numbers only: `u` may have any shape, and the result has it too.",
)
def log_uniform(low, high, u):
    found = np.zeros(len(u))
    for i in range(len(u)):
        found[i] = low * (high / low) ** u[i]
    return found


@mistake(
    "log-uniform",
    words="It works for a row of numbers only: `u` may have any shape, and the result has it too.",
)
def log_uniform(low, high, u):
    return np.array([low * (high / low) ** share for share in u])


@mistake("log-uniform", says="not the same each time")
def log_uniform(low, high, u):
    return np.exp(np.random.uniform(np.log(low), np.log(high), u.shape))


@mistake("space", says="Compare the keys")
def space(trial):
    neurons = trial.suggest_int("neurons", 4, 256)
    activation = trial.suggest_categorical("activation", ["relu", "leaky_relu", "tanh"])
    rate = trial.suggest_loguniform("lr", 1e-4, 1e-2)
    return {"neurons": [neurons], "activation": activation, "learning_rate": rate}


@mistake(
    "objective",
    words="You return two losses: a study wants one number for a trial, the validation loss.",
    each={"ORDER": (("val_loss", "loss"), ("loss", "val_loss"))},
)
def objective(trial, train):
    history = train(tuning.flat_space(trial))
    return history[ORDER[0]][-1], history[ORDER[1]][-1]


@mistake(
    "edge",
    words=(
        "The parts of the range that you look at are no tenths of it: near an end is what lies "
        "within a tenth of the way."
    ),
    each={"SHARE": (0.2,)},
)
def edge_shares(values, losses, low, high):
    best = values[np.argsort(losses)[: -(-len(losses) // 4)]]
    p = np.log(best / low) / np.log(high / low)
    return float(np.mean(p <= SHARE)), float(np.mean(p >= 1 - SHARE))


@mistake(
    "prune-loop",
    words="You train once more at the end: return the last loss that was reported.",
)
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        trial.report(run_epoch(), epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return run_epoch()


@mistake("prune-loop", says="To return an error stops nobody")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch()
        trial.report(loss, epoch)
        if trial.should_prune():
            return optuna.TrialPruned
    return loss


@mistake("prune-loop", says="without brackets behind it")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("prune-loop", says="arguments that it does not take")
def watched(trial, epochs, run_epoch):
    for epoch in range(1, epochs + 1):
        loss = run_epoch(epoch)
        trial.report(loss, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return loss


@mistake("median-rule", words="You took the median of its losses: the rule takes the best one.")
def gives_up(losses, others):
    return bool(np.median(losses) > np.median(others[:, len(losses) - 1]))

"""Train the reference models on the embedded handwriting, and print how good they are.

    python -m helpers.making.reference [--profile full|fast] [--seeds N] [--models NAME ...]
    python -m helpers.making.reference --long | --twelve

The profile "full" takes at most 15 minutes on two cores. It trains each model once for each seed,
tests it on writers whom it never saw and on the careless one, and prints the spread over the seeds.
With --store or --out the models of the first seed are kept with their histories, as float16; what
is printed of them is measured after that rounding. Each training starts from its own seed, so
training some of the models (--models) gives what training all of them would.

--long trains the CNN alone, by its own recipe for 80 epochs, and keeps only the history; --twelve
trains it as it is, and keeps what it takes twelve test pictures for after each epoch. Both write
into ``watched/`` beside the weights, which stay as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

# Five times as many pictures a second as without oneDNN (969 against 199 on two cores with AMX,
# the CNN, batches of 128); jit_compile halves it again. The price is that weights
# differ in their last digits from one kind of processor to another, which is why they are stored.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.handwriting import CLASSES, dataset
from helpers.handwriting.dataset import SEED as DATA_SEED
from helpers.models.reference.architectures import NAMES, build
from helpers.models.reference.store import FOLDER, LOG, load
from helpers.models.reference.watched import FOLDER as WATCHED
from helpers.models.weights import save

import numpy as np
from sklearn.metrics import top_k_accuracy_score

from . import watching
from .recipes import BATCH, PROFILES, Recipe

Split = tuple[np.ndarray, np.ndarray]
PAIRS = 15


def fit(
    name: str, recipe: Recipe, seed: int, data: dict[str, Split], callbacks: Sequence[object] = ()
):
    """Train one model: the model, its history, and the seconds of wall and processor time."""
    import keras

    keras.utils.set_random_seed(seed)
    images, labels = first_of_each(data["train"], recipe.per_class)
    model = build(name)
    steps = -(-len(images) // BATCH) * recipe.epochs
    if recipe.decays:
        model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(recipe.rate, steps)
    else:
        model.optimizer.learning_rate = recipe.rate
    began = time.perf_counter(), time.process_time()
    history = model.fit(
        images,
        labels,
        batch_size=BATCH,
        epochs=recipe.epochs,
        validation_data=first_of_each(data["validation"], 40),
        callbacks=list(callbacks),
        verbose=0,
    ).history
    return model, history, (time.perf_counter() - began[0], time.process_time() - began[1])


def first_of_each(split: Split, per_class: int | None) -> Split:
    """Keep the first pictures of each label, at most `per_class`, in the order they have."""
    images, labels = split
    if per_class is None:
        return images, labels
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(CLASSES)))
    rank = np.empty(len(labels), np.int64)
    rank[order] = np.arange(len(labels)) - starts[labels[order]]
    return images[rank < per_class], labels[rank < per_class]


def examine(model, split: Split) -> dict:
    """Test a model: accuracy, top-5 accuracy and the pairs that it confuses most."""
    images, labels = split
    scores = model.predict(images, batch_size=256, verbose=0)
    predicted = scores.argmax(axis=1)
    wrong = predicted != labels
    pairs = Counter(zip(*np.sort([labels[wrong], predicted[wrong]], axis=0), strict=True))
    return {
        "accuracy": round(float((predicted == labels).mean()), 4),
        "top5": round(top_k_accuracy_score(labels, scores, k=5, labels=range(len(CLASSES))), 4),
        "pairs": [[CLASSES[i] + CLASSES[j], n] for (i, j), n in pairs.most_common(PAIRS)],
    }


def line(name: str, runs: list[dict]) -> str:
    """Show the mean and the range of several runs of a model."""
    cells = []
    for split in ("validation", "test", "careless"):
        for measure in ("accuracy", "top5"):
            values = [run[split][measure] for run in runs]
            cells.append(f"{mean(values):.3f} ({min(values):.3f}-{max(values):.3f})")
    return f"{name:>9} " + " ".join(f"{cell:>19}" for cell in cells)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.reference", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--profile", choices=PROFILES, default="full")
    parser.add_argument("--seeds", type=int, default=3, help="how often each model is trained")
    parser.add_argument("--models", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--out", type=Path, help="keep the models in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    parser.add_argument("--long", action="store_true", help="only the CNN's history of 80 epochs")
    parser.add_argument("--twelve", action="store_true", help="only twelve pictures at each epoch")
    options = parser.parse_args(arguments)
    folder = FOLDER if options.store else options.out
    recipes = PROFILES[options.profile]

    per_class = 8 if options.profile == "fast" else None
    if options.long or options.twelve:
        data = {s: dataset(s, per_class) for s in ("train", "validation")}
        make = watching.train_long if options.long else watching.watch_twelve
        print(make(fit, recipes["cnn"], data, options.out or WATCHED))
        return
    data = {s: dataset(s, per_class) for s in ("train", "validation", "test")}
    data["careless"] = dataset("careless")
    print("pictures: " + ", ".join(f"{len(d[1]):,} {name}" for name, d in data.items()), flush=True)

    runs: dict[str, list[dict]] = {name: [] for name in options.models}
    histories, spent = {}, np.zeros(2)
    for seed in range(1, options.seeds + 1):
        for name in options.models:
            model, history, seconds = fit(name, recipes[name], seed, data)
            spent += seconds
            if seed == 1:
                histories[name] = {k: [round(x, 5) for x in v] for k, v in history.items()}
                if folder:
                    save(model, folder)
                    model = load(name, folder)
            found = {s: examine(model, data[s]) for s in ("validation", "test", "careless")}
            runs[name].append({"seed": seed, "train": round(history["accuracy"][-1], 4), **found})
            print(
                f"seed {seed}, {name}: {seconds[0]:.0f} s, test {found['test']['accuracy']:.3f}, "
                f"careless {found['careless']['accuracy']:.3f}",
                flush=True,
            )
        if folder:  # after each seed: a run that is stopped keeps what it has
            used = {name: recipes[name]._asdict() for name in options.models}
            note(folder, used, runs, histories)
    report(runs, spent)


def note(folder: Path, recipes: dict, runs: dict, histories: dict) -> None:
    """Write the log; what it holds of models that were not trained now stays."""
    import keras

    file = folder / LOG
    text = json.loads(file.read_text("utf-8")) if file.exists() else {}
    text |= {"data_seed": DATA_SEED, "keras": keras.__version__}
    for part, news in (("recipes", recipes), ("runs", runs), ("histories", histories)):
        text[part] = {**text.get(part, {}), **news}
    file.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", "utf-8")


def report(runs: dict[str, list[dict]], spent: np.ndarray) -> None:
    """Print the table and the commonest confusions."""
    print(f"\ntrained for {spent[0] / 60:.1f} minutes, {spent[1] / 60:.1f} of processor time")
    print(f"mean (least-most) over {len(next(iter(runs.values())))} seeds")
    heads = [f"{s} {m}" for s in ("validation", "test", "careless") for m in ("top-1", "top-5")]
    print(" " * 10 + " ".join(f"{head:>19}" for head in heads))
    for name in runs:
        print(line(name, runs[name]))
    for name in runs:
        for split in ("test", "careless"):
            pairs = " ".join(f"{pair}\u00a0{n}" for pair, n in runs[name][0][split]["pairs"])
            print(f"{name}, {split}, most confused: {pairs}")


if __name__ == "__main__":
    main()

"""What section 05 says of the reference network's mistakes, and of how sure it is."""

from __future__ import annotations

from helpers import handwriting, metrics
from helpers.handwriting import shift

import numpy as np

from course.ledger.declared import claim

from . import confusions, people
from .answers import answers, ask, collection

STRANGERS = "12 collections of 1,100 pictures by other people"
CARELESS = "12 collections of 385 pictures by the careless writer"
RICHER = [
    "太大", "犬大", "天大", "夫大", "大人", "本木", "玉王", "主王",
    "林木", "闲门", "闪门", "问门", "因口", "国口", "明月", "朋月",
]  # fmt: skip


@claim(
    "look-alike-errors",
    "Between look-alikes lies a large part of the errors, but not most of them.",
    over=STRANGERS,
    holds={"between look-alikes": "0.2 to 0.5"},
    seeds=12,
    profile="full",
)
def look_alike_errors(seed: int) -> dict[str, float]:
    """Count the errors whose label and reading are in one of ten families."""
    found = answers("cnn", "test", seed)
    family = confusions.families()
    pairs = zip(found.labels[~found.right], found.logits[~found.right].argmax(axis=1), strict=True)
    alike = [family.get(a, -1) == family.get(b, -2) for a, b in pairs]
    return {"between look-alikes": float(np.mean(alike)), "errors": float(len(alike))}


@claim(
    "richer-to-simpler",
    "Of two characters of which one has a stroke more, the richer one is read as the simpler one "
    "at most a little more often than the other way round.",
    over=STRANGERS,
    holds={"richer as simpler": "0.4 to 0.7"},
    seeds=12,
    profile="full",
)
def richer_to_simpler(seed: int) -> dict[str, float]:
    """Count the errors of 16 such pairs by their direction."""
    found = answers("cnn", "test", seed)
    read = found.logits.argmax(axis=1)
    index = handwriting.CLASSES.index
    down, up = 0, 0
    for richer, simpler in RICHER:
        down += int(np.sum((found.labels == index(richer)) & (read == index(simpler))))
        up += int(np.sum((found.labels == index(simpler)) & (read == index(richer))))
    return {"richer as simpler": down / max(down + up, 1), "errors": float(down + up)}


@claim(
    "label-noise",
    "Among 40 suspects are nearly all of 20 labels that are wrong at random, and fewer of 20 that "
    "are those of look-alikes.",
    over=STRANGERS,
    holds={"at random": "> 17", "at random less of look-alikes": "> 1"},
    seeds=12,
    profile="full",
)
def label_noise(seed: int) -> dict[str, float]:
    """Plant 20 wrong labels of each kind, and look among the 40 least probable labels.

    The look-alike of a character is what the network most often takes it for in other collections.
    """
    found, rng = answers("cnn", "test", seed), np.random.default_rng(seed)
    alike = confusions.look_alikes([other for other in range(12) if other != seed])
    planted = rng.choice(len(found.labels), (2, 20), replace=False)
    random, similar = found.labels.copy(), found.labels.copy()
    random[planted[0]] = (random[planted[0]] + rng.integers(1, 55, 20)) % 55
    similar[planted[1]] = alike[similar[planted[1]]]
    hits = [
        float(np.isin(confusions.suspects(found, labels), rows).sum())
        for labels, rows in zip((random, similar), planted, strict=True)
    ]
    return {
        "at random": hits[0],
        "of look-alikes": hits[1],
        "at random less of look-alikes": hits[0] - hits[1],
    }


@claim(
    "errors-in-few-pairs",
    "The twenty most confused pairs hold more of the network's errors than of as many errors of "
    "logistic regression.",
    over=STRANGERS,
    holds={"network": "> 0.3", "network less logistic": "> 0"},
    seeds=12,
    profile="full",
)
def errors_in_few_pairs(seed: int) -> dict[str, float]:
    """Compare the shares of the 20 commonest pairs, for equally many errors."""
    cnn, logistic = answers("cnn", "test", seed), answers("logistic", "test", seed)
    errors, others = confusions.errors(cnn), confusions.errors(logistic)
    rng = np.random.default_rng(seed)
    draws = [others[rng.choice(len(others), len(errors), replace=False)] for _ in range(100)]
    own, fewer = (
        confusions.in_twenty(errors),
        float(np.mean([confusions.in_twenty(draw) for draw in draws])),
    )
    return {"network": own, "logistic, as few": fewer, "network less logistic": own - fewer}


@claim(
    "sure-and-wrong",
    "Wrong answers are less often over 90 % sure than right ones, but a good part of them is.",
    over=STRANGERS,
    holds={"wrong ones": "> 0.15", "right less wrong": "> 0.2"},
    seeds=12,
    profile="full",
)
def sure_and_wrong(seed: int) -> dict[str, float]:
    """Count answers over 90 % sure among the right and the wrong ones."""
    found = answers("cnn", "test", seed)
    right, wrong = (
        float(np.mean(found.confidence()[c] > 0.9)) for c in (found.right, ~found.right)
    )
    return {"right ones": right, "wrong ones": wrong, "right less wrong": right - wrong}


@claim(
    "surest-half",
    "The surest half of the answers is more accurate than all of them.",
    over=STRANGERS,
    holds={"gained": "> 0.03"},
    seeds=12,
    profile="full",
)
def surest_half(seed: int) -> dict[str, float]:
    """Compare the accuracy of the surest half with that of all answers."""
    found = answers("cnn", "test", seed)
    _, accuracy = metrics.coverage_curve(found.confidence(), found.right)
    half = float(accuracy[len(accuracy) // 2 - 1])
    return {"half": half, "gained": half - float(accuracy[-1])}


@claim(
    "overconfident",
    "The network claims more than it reaches, and the cheapest threshold lies above the 90 % that "
    "honest probabilities would give.",
    over=STRANGERS,
    holds={"claimed less reached": "> 0", "cheapest threshold": "> 0.9"},
    seeds=12,
    profile="full",
)
def overconfident(seed: int) -> dict[str, float]:
    """Compare mean confidence with accuracy; find the cheapest threshold at the lesson's prices."""
    found = answers("cnn", "test", seed)
    confidence = found.confidence()
    coverage, accuracy = metrics.coverage_curve(confidence, found.right)
    costs = 10 * coverage * (1 - accuracy) + (1 - coverage)
    return {
        "claimed less reached": float(confidence.mean()) - found.accuracy,
        "cheapest threshold": float(np.sort(confidence)[::-1][np.argmin(costs)]),
    }


@claim(
    "temperature-calibrates",
    "A temperature that was fitted to other pictures takes away most of the calibration error, "
    "with the test's kind of people and with the careless writer.",
    over="12 collections by other people, and 12 by the careless writer",
    holds={"test: error left": "< 0.5", "careless: error left": "< 0.7"},
    seeds=12,
    profile="full",
)
def temperature_calibrates(seed: int) -> dict[str, float]:
    """Fit a temperature to the training writers; compare errors with and without."""
    temperature = people.temperature(seed)
    found = {"temperature": temperature}
    for kind in ("test", "careless"):
        own = answers("cnn", kind, seed)
        before, after = (
            metrics.calibration_error(own.confidence(t), own.right) for t in (1.0, temperature)
        )
        found |= {
            f"{kind}: before": before,
            f"{kind}: after": after,
            f"{kind}: error left": after / before,
        }
    return found


@claim(
    "careless-writer",
    "The careless writer is read less well than the test's people, but better than some of them.",
    over="12 collections of each kind, and 12 times 16 of the test's people",
    holds={"test less careless": "> 0", "people read less well": "> 0.01"},
    seeds=12,
    profile="full",
)
def careless_writer(seed: int) -> dict[str, float]:
    """Compare the careless writer with the people of the test, together and one by one."""
    test, careless = (answers("cnn", kind, seed).accuracy for kind in ("test", "careless"))
    return {
        "test": test,
        "careless": careless,
        "test less careless": test - careless,
        "people read less well": float(np.mean(people.by_writer(seed) < careless)),
    }


@claim(
    "people-differ",
    "The accuracies of 16 people lie further apart than chance alone would have it.",
    over="12 times 16 other people",
    holds={"times chance": "> 1.5"},
    seeds=12,
    profile="full",
)
def people_differ(seed: int) -> dict[str, float]:
    """Compare the spread over people with that of as many pictures of equal people."""
    found = people.by_writer(seed)
    chance = np.sqrt(found.mean() * (1 - found.mean()) / (3 * len(handwriting.CLASSES)))
    return {"spread": float(found.std()), "times chance": float(found.std() / chance)}


@claim(
    "slant-and-size",
    "In slant, height and width the careless writer differs more than in any other quantity.",
    over=CARELESS,
    holds={"least of these less others": "> 0"},
    seeds=12,
    profile="full",
)
def slant_and_size(seed: int) -> dict[str, float]:
    """Measure the shift of six quantities, in standard deviations within the test."""
    sizes = people.effects(seed)
    named = ("slant", "height", "width")
    these, others = ([v for k, v in sizes.items() if (k in named) == w] for w in (True, False))
    return sizes | {"least of these less others": min(these) - max(others)}


@claim(
    "corrections",
    "Leaning the careless writer's pictures back and enlarging them brings accuracy back.",
    over=CARELESS,
    holds={"both": "> 0.01"},
    seeds=12,
    profile="full",
)
def corrections(seed: int) -> dict[str, float]:
    """Undo the mean differences of slant and size, one by one and together."""
    change = people.differences(seed)
    images, labels = collection("careless", seed)
    back = {"slant": -change["slant"]}
    larger = {"taller": change["taller"], "wider": change["wider"]}
    plain = answers("cnn", "careless", seed).accuracy
    ways = {"leaned back": back, "enlarged": larger, "both": back | larger}
    return {
        name: ask("cnn", shift.redraw(images, **way), labels).accuracy - plain
        for name, way in ways.items()
    }


@claim(
    "spoiling",
    "Pictures of the test are read less well when they lean and shrink like the careless writer's.",
    over=STRANGERS,
    holds={"leaned": "> 0", "shrunk": "> 0", "both": "> 0.03"},
    seeds=12,
    profile="full",
)
def spoiling(seed: int) -> dict[str, float]:
    """Do to the test's pictures what was undone to the careless writer's."""
    change = people.differences(seed)
    images, labels = (array[::2] for array in collection("test", seed))
    lean = {"slant": change["slant"]}
    smaller = {"taller": 1 / change["taller"], "wider": 1 / change["wider"]}
    plain = ask("cnn", images, labels).accuracy
    ways = {"leaned": lean, "shrunk": smaller, "both": lean | smaller}
    return {
        name: plain - ask("cnn", shift.redraw(images, **way), labels).accuracy
        for name, way in ways.items()
    }


@claim(
    "confidence-and-lean",
    "Upright, confidence and accuracy agree once there is a temperature; at 40 degrees the network "
    "claims far more than it reaches. The improved one holds out longer, and then falls, too.",
    over="12 collections of 275 pictures by other people",
    holds={
        "claimed less reached, upright": "-0.05 to 0.05",
        "claimed less reached, at 40": "> 0.1",
        "improved less reference, at 20": "> 0.05",
        "improved: lost at 40": "> 0.1",
    },
    seeds=12,
    profile="full",
)
def confidence_and_lean(seed: int) -> dict[str, float]:
    """Lean pictures of the test, and ask both networks."""
    temperature = people.temperature(seed)
    images, labels = (array[::4] for array in collection("test", seed))
    leaning = {d: shift.redraw(images, slant=d) for d in (20, 40)} | {0: images}
    cnn, improved = (
        {d: ask(name, batch, labels) for d, batch in leaning.items()}
        for name in ("cnn", "improved")
    )
    gaps = {d: float(cnn[d].confidence(temperature).mean()) - cnn[d].accuracy for d in (0, 40)}
    return {
        "claimed less reached, upright": gaps[0],
        "claimed less reached, at 40": gaps[40],
        "improved less reference, at 20": improved[20].accuracy - cnn[20].accuracy,
        "improved: lost at 40": improved[0].accuracy - improved[40].accuracy,
    }


@claim(
    "improved-gains",
    "The improved network gains with both, and most with the careless writer.",
    over="12 collections by other people, and 12 by the careless writer",
    holds={"test": "> 0", "careless less test": "> 0"},
    seeds=12,
    profile="full",
)
def improved_gains(seed: int) -> dict[str, float]:
    """Compare what the improved network gains in accuracy."""
    test, careless = (
        answers("improved", kind, seed).accuracy - answers("cnn", kind, seed).accuracy
        for kind in ("test", "careless")
    )
    return {"test": test, "careless": careless, "careless less test": careless - test}

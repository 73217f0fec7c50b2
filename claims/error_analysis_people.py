"""What section 05 says of people: the careless writer, the test's, and what differs."""

from __future__ import annotations

from helpers import handwriting
from helpers.handwriting import shift

import numpy as np

from course.ledger.declared import claim

from . import people
from .answers import answers, ask, collection

STRANGERS = "12 collections of 1,100 pictures by other people"
CARELESS = "12 collections of 385 pictures by the careless writer"


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

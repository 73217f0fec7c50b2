"""Writers: a person's habits, and what differs from one picture to the next.

A writer is a number; the habits follow from (seed, group, number). Lengths are fractions of the
character's height.
"""

from __future__ import annotations

from typing import NamedTuple

from helpers.ground.draws import bell, keys

import numpy as np

GROUPS = {"train": 600, "test": 140, "careless": 1}
"""The groups of writers and how many people are in each; nobody is in two of them."""

VARIETY = {"train": 1.0, "test": 1.25, "careless": 1.0}
"""How far people's habits lie apart. The test is invented among more various people, so that
a model does a little worse on it than on its validation pictures, as with the real data. That they
are other people costs next to nothing by itself."""


class Habit(NamedTuple):
    """One habit: where people lie, and where the careless writer does.

    ``mean`` and ``people`` are the average and the deviation over people, ``picture`` is the
    deviation from one picture of the same person to the next; ``low`` and ``high`` bound the sum.
    ``careless`` and ``whim`` are that one person's average and deviation.
    """

    mean: float
    people: float
    picture: float
    low: float
    high: float
    careless: float
    whim: float


HABITS = {
    # --- the character as a whole
    "slant": Habit(-0.03, 0.09, 0.03, -0.4, 0.4, 0.16, 0.06),  # tops lean to the right if above 0
    "climb": Habit(0.05, 0.05, 0.02, -0.2, 0.3, 0.10, 0.04),  # strokes to the right rise
    "left": Habit(0.0, 0.25, 0.12, -0.8, 0.8, -0.15, 0.25),  # the left half is the wider
    "top": Habit(0.0, 0.25, 0.12, -0.8, 0.8, 0.15, 0.25),  # the upper half is the taller
    "sheet": Habit(0.022, 0.006, 0.0, 0.0, 0.08, 0.03, 0.0),  # uneven stretching, by character
    # --- its parts and strokes: deviations of random changes
    "parts": Habit(0.033, 0.009, 0.0, 0.0, 0.1, 0.035, 0.0),  # a part is moved
    "shape": Habit(0.031, 0.009, 0.0, 0.0, 0.1, 0.031, 0.0),  # a stroke is moved, always so
    "haste": Habit(0.016, 0.005, 0.0, 0.0, 0.1, 0.024, 0.0),  # a stroke is moved, this time
    "turn": Habit(0.08, 0.02, 0.0, 0.0, 0.3, 0.08, 0.0),  # a stroke is turned
    "bend": Habit(0.036, 0.01, 0.0, 0.0, 0.2, 0.04, 0.0),  # a straight stroke is an arc
    "bow": Habit(0.01, 0.03, 0.01, -0.2, 0.2, 0.03, 0.02),  # all arcs go the same way
    "reach": Habit(1.0, 0.07, 0.02, 0.5, 1.5, 0.95, 0.05),  # length of strokes
    "uneven": Habit(0.09, 0.03, 0.0, 0.0, 0.3, 0.12, 0.0),  # and how much it varies
    "hook": Habit(0.9, 0.35, 0.1, 0.1, 1.8, 0.5, 0.3),  # size of hooks
    # --- speed
    "round": Habit(0.3, 0.25, 0.08, 0.0, 1.0, 0.75, 0.15),  # corners become arcs
    "joined": Habit(0.12, 0.18, 0.06, 0.0, 0.8, 0.35, 0.12),  # strokes that the pen connects
    "lost": Habit(0.002, 0.002, 0.0, 0.0, 0.02, 0.008, 0.0),  # strokes that are not there
    "tremor": Habit(0.004, 0.002, 0.0, 0.0, 0.02, 0.008, 0.0),  # wobble along a stroke
    # --- pen, in pixels of the scan, and ink
    "width": Habit(3.3, 0.7, 0.2, 1.6, 6.0, 3.4, 0.9),  # diameter of the line
    "taper": Habit(0.25, 0.2, 0.05, 0.0, 0.8, 0.3, 0.1),  # ends are thinner than beginnings
    "chisel": Habit(0.1, 0.12, 0.02, -0.3, 0.5, 0.1, 0.05),  # across is thinner than down
    "ink": Habit(0.82, 0.09, 0.04, 0.45, 1.0, 0.75, 0.1),  # 1 is black
    "grain": Habit(0.18, 0.08, 0.02, 0.0, 0.6, 0.25, 0.05),  # unevenness of the ink
    "blur": Habit(1.25, 0.2, 0.1, 0.9, 2.4, 1.4, 0.2),  # how wide the edge of a line is, in pixels
    # --- size and place, in pixels and fractions
    "height": Habit(86.0, 9.0, 5.0, 50.0, 130.0, 74.0, 9.0),  # of the whole square, in pixels
    "narrow": Habit(0.78, 0.07, 0.03, 0.5, 1.05, 0.8, 0.06),  # its width over its height
    "margin": Habit(0.05, 0.015, 0.01, 0.01, 0.2, 0.09, 0.03),  # paper around the character
    "adrift": Habit(0.02, 0.006, 0.0, 0.0, 0.1, 0.06, 0.0),  # how far it is off the centre
}  # fmt: skip


class Hands(NamedTuple):
    """Who wrote each picture, and how.

    ``habits`` maps a habit to its values, (N,) float64; ``writer`` and ``picture`` are keys,
    (N,) uint64, of what the same person always does and of what happens this time.
    """

    habits: dict[str, np.ndarray]
    writer: np.ndarray
    picture: np.ndarray


def hands(
    numbers: np.ndarray, *, seed: int, writers: str = "train", writer: int | None = None
) -> Hands:
    """Choose the writer of each picture, and the habits at that moment.

    Parameters
    ----------
    numbers
        (N,) integers: the pictures' numbers.
    seed
        Of the whole collection.
    writers
        One of ``GROUPS``.
    writer
        Number of the one person who writes all the pictures; by default each picture is by anyone
        of the group.

    Raises
    ------
    ValueError
        When the group or the writer is not known.
    """
    if writers not in GROUPS:
        raise ValueError(f"writers is {writers!r}: use one of {', '.join(map(repr, GROUPS))}")
    people = GROUPS[writers]
    if writer is not None and not 0 <= writer < people:
        raise ValueError(f"writer {writer} does not exist: {writers!r} has 0 to {people - 1}")
    group = list(GROUPS).index(writers)
    picture = keys(seed, group, 1, np.asarray(numbers))
    number = keys(picture, 2) % np.uint64(people) if writer is None else np.uint64(writer)
    person = keys(seed, group, 3, number) + np.zeros_like(picture)
    always, now = bell(person, len(HABITS)), bell(keys(picture, 4), len(HABITS))
    values = {}
    for column, (name, habit) in enumerate(HABITS.items()):
        if writers == "careless":
            value = habit.careless + habit.whim * now[:, column]
        else:
            apart = VARIETY[writers] * habit.people * always[:, column]
            value = habit.mean + apart + habit.picture * now[:, column]
        values[name] = np.clip(value, habit.low, habit.high)
    return Hands(values, person, picture)

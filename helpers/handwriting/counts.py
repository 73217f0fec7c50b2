"""How many pictures of each character there are."""

from .characters import CLASSES

TOTALS = {"train": 32_206, "test": 7_684}
"""Pictures in all, as published for these 55 characters of CASIA's handwriting."""

SCARCE = {"啖": (241, 61), "囡": (238, 59)}
"""Characters that fewer people wrote: pictures for training and for the test."""

CARELESS = 7
"""Pictures of each character by the careless writer."""


def counts(split: str, size: str = "full") -> dict[str, int]:
    """Return how many pictures of each character a set holds.

    The published totals are met exactly. Like the real ones, the numbers differ a little from
    character to character: a few pictures of each were unusable.

    Parameters
    ----------
    split : {"train", "test", "careless"}
        The training pictures include those that are later set aside for validation.
    size : {"full", "small"}
        "small" has a tenth of each number, rounded. The careless writer wrote the same in both.

    Returns
    -------
    dict of str to int
        In the order of ``CLASSES``.

    Raises
    ------
    ValueError
        When the set or the size is unknown.

    Examples
    --------
    >>> sum(counts("train").values()), counts("test")["啖"], counts("test", "small")["人"]
    (32206, 61, 14)
    """
    if size not in ("full", "small"):
        raise ValueError(f'size is {size!r}: give "full" or "small".')
    if split == "careless":
        return dict.fromkeys(CLASSES, CARELESS)
    if split not in TOTALS:
        raise ValueError(f'split is {split!r}: give "train", "test" or "careless".')
    full = _full(split)
    return full if size == "full" else {c: round(number / 10) for c, number in full.items()}


def _full(split: str) -> dict[str, int]:
    scarce = {c: numbers[list(TOTALS).index(split)] for c, numbers in SCARCE.items()}
    plenty = [c for c in CLASSES if c not in scarce]
    rest = TOTALS[split] - sum(scarce.values())
    spread = 13 if split == "train" else 7
    # The code point stands in for chance; what it adds in all is taken off evenly again.
    wobble = {c: ord(c) % spread - spread // 2 for c in plenty}
    mean, over = divmod(rest - sum(wobble.values()), len(plenty))
    exact = {c: mean + wobble[c] + (i < over) for i, c in enumerate(plenty)}
    return {c: scarce.get(c) or exact[c] for c in CLASSES}

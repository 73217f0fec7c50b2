"""Figures in a sentence: which of them the ledger does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from course.ledger.intervals import Figure
from course.ledger.standing import Standing

STATED = re.compile(
    r"(?<![\w.,])(\d+(?:[,\u202f]\d{3})*(?:\.\d+)?)(\s?(?:%|per cent|points?\b))?"
    r"(?:\s+of\s+(?:the\s+)?(\d+)\b)?"
)
EXEMPT = re.compile(
    r"(`+)(?!`).*?(?<!`)\1(?!`)|\$[^$\n]+\$|<[^>]+>|\b(?:[Ee]xercises?|[Ss]ections?) \d+(?:\.\d+)*"
)


def unproven(sentence: str, pointed: Iterable[Standing]) -> list[str]:
    """Return the figures of a sentence that are none of its claims'.

    A figure may be a mean or an end of an interval, rounded as it is written, as it is or in per
    cent; "10 of 12" is a share that was counted; the number of seeds may be said, and whatever
    number the claim's own words hold.
    """
    standings = list(pointed)
    figures = [f for one in standings if one.kept for f in one.kept.figures.values()]
    words = {n for one in standings for n in _of_words(one)}
    # "Between 43 and 55 %": the unit is said once.
    scales = (1, 100) if re.search("%|per cent|points?\\b", sentence) else (1,)
    wrong = []
    for number, unit, out_of in STATED.findall(EXEMPT.sub(" ", sentence)):
        value = Decimal(re.sub("[,\u202f]", "", number))
        if out_of and any(_counted(f, value, int(out_of)) for f in figures):
            continue
        if value in words or any(_is(f, value, scale) for f in figures for scale in scales):
            continue
        wrong.append(f"{number}{unit}".strip())
    return wrong


def _of_words(one: Standing) -> set[Decimal]:
    claim = one.entry.claim
    names = " ".join([*claim.holds, *(one.kept.figures if one.kept else ())])
    text = f"{claim.meaning} {claim.over} {names}"
    said = {Decimal(re.sub("[,\u202f]", "", number)) for number, _, _ in STATED.findall(text)}
    return (
        said
        | {Decimal(out_of) for _, _, out_of in STATED.findall(text) if out_of}
        | {Decimal(claim.seeds)}
    )


def _counted(found: Figure, value: Decimal, out_of: int) -> bool:
    exact = found.mean * found.count
    return found.method == "wilson" and out_of == found.count and abs(exact - float(value)) < 1e-6


def _is(found: Figure, value: Decimal, scale: int) -> bool:
    half = float(Decimal(1).scaleb(value.as_tuple().exponent)) / 2 + 1e-9
    return any(
        abs(abs(scale * number) - float(value)) <= half
        for number in (found.mean, found.low, found.high)
    )

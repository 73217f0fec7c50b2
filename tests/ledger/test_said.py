"""Figures in a sentence are the ledger's."""

from pathlib import Path

import pytest

from course.ledger.book import Entry
from course.ledger.declared import Claim
from course.ledger.intervals import figure
from course.ledger.kept import Kept
from course.ledger.said import unproven
from course.ledger.standing import HOLDS, Standing

CLAIM = Claim(
    "winner",
    "TPE wins with habits 1.25 times as far apart.",
    "12 portfolios",
    {"lost": "> 0"},
    seeds=12,
)
FIGURES = {
    "lost": figure([0.35, 0.33] * 6),  # 0.34 (0.333 to 0.347)
    "won": figure([1.0] * 10 + [0.0] * 2, "wilson"),
}
POINTED = Standing(
    Entry(None, CLAIM, Path("claims/x.py"), Path("claims/kept/winner.json")),
    HOLDS,
    kept=Kept({}, "", 0, {}, "", FIGURES),
)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("It loses 0.34.", []),
        ("It loses 34 % (between 33 and 35 %).", []),
        ("It loses 34 points.", []),
        ("It loses 0.35.", []),  # the upper end, rounded
        ("It loses 0.36.", ["0.36"]),
        ("It loses 36 %.", ["36 %"]),
        ("It wins in 10 of 12.", []),
        ("It wins in 9 of 12.", ["9"]),
        ("Over 12 portfolios, 1.25 times as far apart.", []),
        ("Over 20 portfolios.", ["20"]),
        ("See Exercise 6.2, section 5 and `x = 0.5`.", []),
        ("It loses a third.", []),
    ],
)
def test_a_figure_is_a_mean_an_end_a_share_or_of_the_claims_own_words(sentence, wrong):
    assert unproven(sentence, [POINTED]) == wrong

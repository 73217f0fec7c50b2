"""Whether a claim may be made: what is kept of it, and what that says."""

from __future__ import annotations

from dataclasses import dataclass

from course.ledger.book import Entry
from course.ledger.declared import FEWEST
from course.ledger.intervals import Condition
from course.ledger.kept import AGAIN, Kept, read

HOLDS, FAILS, UNMEASURED, MISSING, FEW, STALE = (
    "holds",
    "fails",
    "unmeasured",
    "missing",
    "too few seeds",
    "out of date",
)


@dataclass(frozen=True)
class Standing:
    """How a claim stands.

    Attributes
    ----------
    entry : Entry
    state : str
        "holds", "fails", "unmeasured" (as declared), "missing", "too few seeds" or "out of date".
    message, remedy : str
        What is wrong and what to do, a sentence each; empty where it holds or is declared
        unmeasured.
    kept : Kept or None
    """

    entry: Entry
    state: str
    message: str = ""
    remedy: str = ""
    kept: Kept | None = None

    @property
    def is_open(self) -> bool:
        """Whether the lessons may not say it as they are."""
        return self.state not in (HOLDS, UNMEASURED)


def standing(entry: Entry) -> Standing:
    """Look a claim up.

    Raises
    ------
    CourseError
        When what is kept cannot be read.
    """
    claim, kept = entry.claim, read(entry.kept, entry.claim)
    again = AGAIN.format(claim.name)
    if kept is None:
        if claim.unmeasured:
            return Standing(entry, UNMEASURED)
        first = f"Measure it: `course claims {claim.name} --measure`."
        return Standing(entry, MISSING, f"Claim {claim.name!r} was never measured.", first)
    if claim.unmeasured:
        message = f"Claim {claim.name!r} is declared unmeasured, and {entry.kept.name} is there."
        return Standing(entry, STALE, message, "Take unmeasured= out of its declaration.", kept)
    if kept.count < FEWEST or kept.count != claim.seeds:
        least = max(FEWEST, claim.seeds)
        message = f"Claim {claim.name!r} was measured on {kept.count} seeds, not on {least}."
        return Standing(entry, FEW, message, again, kept)
    if kept.digest != claim.digest:
        message = f"Claim {claim.name!r} was measured before {claim.function} was changed."
        return Standing(entry, STALE, message, again, kept)
    for name, text in claim.holds.items():
        if not Condition.of(text).holds(kept.figures[name]):
            message = (
                f"Claim {claim.name!r} does not hold: {name} is {kept.figures[name]}, not {text}."
            )
            return Standing(entry, FAILS, message, "Say less, or measure more.", kept)
    return Standing(entry, HOLDS, kept=kept)

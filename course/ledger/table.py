"""The ledger as a table, and as records for a program."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from course import console
from course.ledger.intervals import METHODS
from course.ledger.standing import HOLDS, UNMEASURED, Standing

COLOURS = {HOLDS: "green", UNMEASURED: "yellow"}


def table(found: list[Standing]) -> Table:
    """Return a line a claim and figure: what it came to, when, and whether the claim holds."""
    made = console.table(
        "section", "claim", "figure", "mean (interval)", "wanted", "seeds", "measured", "stands",
        right=("seeds",),
    )  # fmt: skip
    for one in found:
        claim, first = one.entry.claim, True
        colour = COLOURS.get(one.state, "red")
        for name in one.kept.figures if one.kept else claim.holds:
            made.add_row(
                one.entry.section.name if first else "",
                escape(claim.name) if first else "",
                escape(name),
                str(one.kept.figures[name]) if one.kept else "–",
                escape(claim.holds.get(name, "")),
                (str(one.kept.count) if one.kept else "–") if first else "",
                (one.kept.date if one.kept else "–") if first else "",
                f"[{colour}]{one.state}[/]" if first else "",
            )
            first = False
    return made


def record(one: Standing) -> dict[str, Any]:
    """Return a claim with its figures, for a program to read."""
    claim, kept = one.entry.claim, one.kept
    figures = {
        name: asdict(found) | {"method": METHODS[found.method]}
        for name, found in (kept.figures if kept else {}).items()
    }
    return {
        "section": one.entry.section.name,
        "claim": claim.name,
        "meaning": claim.meaning,
        "over": claim.over,
        "holds": claim.holds,
        "state": one.state,
        "message": one.message,
        "unmeasured": claim.unmeasured,
        "figures": figures,
        "date": kept.date if kept else None,
        "seconds": kept.seconds if kept else None,
        "versions": kept.versions if kept else {},
        "profile": claim.profile,
    }


def summary(found: list[Standing]) -> str:
    """Return one line: how many claims there are, and how many of them hold."""
    counts = {state: sum(one.state == state for one in found) for state in (HOLDS, UNMEASURED)}
    rest = len(found) - sum(counts.values())
    parts = [f"{len(found)} claim{'s' * (len(found) != 1)}", f"{counts[HOLDS]} hold"]
    parts += [f"{counts[UNMEASURED]} unmeasured"] if counts[UNMEASURED] else []
    parts += [f"{rest} {'does' if rest == 1 else 'do'} not stand"] if rest else []
    return ", ".join(parts) + "."

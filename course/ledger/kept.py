"""What is kept of a measurement: ``claims/kept/ID.json``, the values of each seed and their sum.

Means and intervals stand there for people and other programs; here they are computed anew from the
values, so that neither can be changed alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.files import write_atomically
from course.ledger.declared import Claim
from course.ledger.intervals import METHODS, Figure, figure

LIBRARIES = ("keras", "tensorflow", "numpy", "scikit-learn")
AGAIN = "Measure it again: `course claims {} --measure`."


@dataclass(frozen=True)
class Kept:
    """One kept measurement.

    Attributes
    ----------
    values : dict of str to list of float
        By figure, one value for each seed.
    figures : dict of str to Figure
        What they come to.
    date : str
        The day on which the last seed was done, "2026-11-28".
    seconds : float
        What all seeds took together.
    versions : dict of str to str
        Of the libraries.
    digest : str
        Of the function that measured; see `Claim`.
    """

    values: dict[str, list[float]]
    date: str
    seconds: float
    versions: dict[str, str]
    digest: str
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many seeds there are."""
        return min((len(row) for row in self.values.values()), default=0)


def sum_up(claim: Claim, values: Mapping[str, list[float]]) -> dict[str, Figure]:
    """Return what the values of a claim come to.

    Raises
    ------
    CourseError
        When a figure that decides is missing, or the values are none of which a mean can be taken.
    """
    if missing := sorted(set(claim.holds) - set(values)):
        raise CourseError(
            f"Claim {claim.name!r}: {claim.function} gives no figure {missing[0]!r}.",
            f"It gives {', '.join(values) or 'none'}: name one of these in holds.",
        )
    try:
        return {name: figure(row, claim.method(name)) for name, row in values.items()}
    except ValueError as error:
        raise CourseError(
            f"Claim {claim.name!r}: {claim.function} cannot be summed up: {error}.",
            "Have it return finite numbers.",
        ) from None


def write(path: Path, claim: Claim, kept: Kept) -> None:
    """Write a measurement, whole or not at all."""
    record = {
        "claim": claim.name,
        "meaning": claim.meaning,
        "over": claim.over,
        "profile": claim.profile,
        "date": kept.date,
        "seconds": round(kept.seconds, 1),
        "versions": kept.versions,
        "measured_by": kept.digest,
        "figures": {
            name: {
                "mean": _short(one.mean),
                "low": _short(one.low),
                "high": _short(one.high),
                "seeds": one.count,
                "interval": METHODS[one.method],
            }
            for name, one in sum_up(claim, kept.values).items()
        },
        "values": kept.values,
    }
    write_atomically(path, _laid_out(record))


def read(path: Path, claim: Claim) -> Kept | None:
    """Read what is kept of a claim; None where nothing is.

    Raises
    ------
    CourseError
        When the file is none of ours, or says something that its values do not.
    """
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        values = {name: [float(v) for v in row] for name, row in record["values"].items()}
        about = (record["date"], float(record["seconds"]), record["versions"])
        kept = Kept(values, *about, record["measured_by"], sum_up(claim, values))
        said = {n: (f["mean"], f["low"], f["high"]) for n, f in record["figures"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{path} is no kept measurement: {type(error).__name__}: {error}.",
            AGAIN.format(claim.name),
        ) from None
    for name, one in kept.figures.items():
        if said.get(name) != tuple(map(_short, (one.mean, one.low, one.high))):
            raise CourseError(
                f"{path} says that {name!r} is {said.get(name)}; its values give {one}.",
                AGAIN.format(claim.name),
            )
    return kept


def versions() -> dict[str, str]:
    """Return the versions of the libraries that a measurement depends on."""
    from importlib.metadata import version

    return {name: version(name) for name in LIBRARIES}


def _short(number: float) -> float:
    return float(f"{number:.6g}")


def _laid_out(record: dict[str, Any]) -> str:
    """Write a record as JSON with a line for each figure, so that a change can be read."""
    lines = []
    for name, value in record.items():
        if isinstance(value, dict) and name != "versions":
            rows = ",\n".join(f"  {_json(key)}: {_json(row)}" for key, row in value.items())
            lines.append(f" {_json(name)}: {{\n{rows}\n }}")
        else:
            lines.append(f" {_json(name)}: {_json(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

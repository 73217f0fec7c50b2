"""What ``benchmarks/transfer.py`` measures of the strategies: kept run by run, shown as a table."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from statistics import mean, stdev

from helpers.models.backbone.results import FILE


def keep(folder: Path, found: dict) -> None:
    """Write runs down; what the file holds of other sizes and strategies stays."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if old.get("test_pictures") != found["test_pictures"]:
        old = {"recipes": {}, "controls": {}, "runs": {}}
    runs = dict(old["runs"])
    for size, rows in found["runs"].items():
        before = runs.get(size, [{}] * len(rows))
        runs[size] = [{**one, **other} for one, other in zip(before, rows, strict=True)]
    recipes = {kind: {**old[kind], **found[kind]} for kind in ("recipes", "controls")}
    merged = {**found, **recipes, "runs": runs}
    text = json.dumps(merged, ensure_ascii=False)
    file.write_text(text.replace("}, ", "},\n") + "\n", encoding="utf-8")


def steps(found: dict, per_class: int) -> list[tuple[str, str, float, float]]:
    """Compare neighbouring strategies at one number of pictures a class.

    Parameters
    ----------
    found
        As :func:`helpers.models.backbone.measured` returns it.
    per_class
        One of ``found["per_class"]``.

    Returns
    -------
    list of tuple
        From which strategy to which, the gain of the mean, and the spread: the greater one of both
        strategies' standard deviations over the seeds. Of the two ways to use a frozen base,
        "frozen" is in the chain.
    """
    index = found["per_class"].index(per_class)
    compared = []
    for before, after in pairwise(s for s in found["strategies"] if s != "features"):
        pair = [found["accuracy"][s][index] for s in (before, after)]
        spread = max(stdev(row) for row in pair) if len(pair[0]) > 1 else 0.0
        compared.append((before, after, mean(pair[1]) - mean(pair[0]), spread))
    return compared


def table(found: dict) -> str:
    """Write what was measured as a table, and each step at each number of pictures below it."""
    lines = [
        f"accuracy on {found['test_pictures']:,} pictures by strangers, mean (least-most) over "
        f"{len(found['seeds'])} seeds; seconds of training",
        " " * 11 + "".join(f"{f'{n} a class':>26}" for n in found["per_class"]),
    ]
    for strategy in found["strategies"]:
        rows, cost = found["accuracy"][strategy], found["seconds"][strategy]
        cells = [
            f"{mean(row):.3f} ({min(row):.3f}-{max(row):.3f}) {mean(seconds):4.0f} s"
            for row, seconds in zip(rows, cost, strict=True)
        ]
        lines.append(f"{strategy:>10} " + "".join(f"{cell:>26}" for cell in cells))
    for control, of_size in found["controls"].items():
        for n, row in of_size.items():
            lines.append(f"{control}, {n} a class: {mean(row):.3f} ({min(row):.3f}-{max(row):.3f})")
    for per_class in found["per_class"]:
        lines += ["", f"{per_class} a class, in points: the step, and the standard deviation"]
        for before, after, step, spread in steps(found, per_class):
            lines.append(f"{before:>10} to {after:<10} {100 * step:5.1f} {100 * spread:5.1f}")
    return "\n".join(lines)

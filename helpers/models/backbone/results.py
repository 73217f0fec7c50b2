"""What was measured of the strategies of `helpers.transfer`, strategy by strategy."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

FOLDER = Path(__file__).parent / "weights"
FILE = "transfer.json"


def measured(folder: Path = FOLDER) -> dict:
    """Return what ``python benchmarks/transfer.py`` measured.

    Returns
    -------
    dict
        ``per_class``, ``seeds`` and ``strategies``: lists of what was tried. ``accuracy`` and
        ``careless``: for each strategy a list [pictures a class][seed] of accuracies on people
        who wrote nothing for training, ``test_pictures`` in all, and on the careless writer.
        ``by_class``: for each strategy a list [pictures a class][character] of shares recognised,
        mean over the seeds. ``trained_parameters`` and ``seconds``, the latter as ``accuracy``:
        what each costs. ``recipes``: how each was trained. ``controls``: for each network that was
        trained from fresh weights to compare with, a dict from pictures a class to its accuracies
        [seed].
    """
    stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
    sizes = sorted(stored["runs"], key=int)
    strategies = list(stored["recipes"])

    def of(what: str) -> dict[str, list[list]]:
        return {s: [[run[s][what] for run in stored["runs"][n]] for n in sizes] for s in strategies}

    return {
        "per_class": [int(n) for n in sizes],
        "seeds": [*range(1, 1 + len(stored["runs"][sizes[0]]))],
        "strategies": strategies,
        "test_pictures": stored["test_pictures"],
        "accuracy": of("test"),
        "careless": of("careless"),
        "by_class": {
            s: [[mean(shares) for shares in zip(*rows, strict=True)] for rows in of_size]
            for s, of_size in of("by_class").items()
        },
        "seconds": of("seconds"),
        "trained_parameters": {s: of("trained_parameters")[s][0][0] for s in strategies},
        "recipes": stored["recipes"],
        "controls": {
            name: {
                int(n): [run[name]["test"] for run in stored["runs"][n]]
                for n in sizes
                if name in stored["runs"][n][0]
            }
            for name in stored["controls"]
        },
    }

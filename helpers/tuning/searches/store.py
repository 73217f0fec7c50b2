"""Studies as files of text that anyone can read, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # takes seconds to import
    import optuna

FOLDER = Path(__file__).parent
NAMES = ("characters",)


def recorded(name: str) -> optuna.Study:
    """Return a study that the course ran, with all its trials, in memory.

    Parameters
    ----------
    name : {"characters"}
        The search on the character CNN: TPE with a median pruner.

    Returns
    -------
    optuna.Study
        It can be looked at, plotted and gone on with, as the one that was run. How it was made
        stands in its ``user_attrs``.

    Raises
    ------
    ValueError
        If there is no such study.
    """
    if name not in NAMES:
        raise ValueError(f"study {name!r} is unknown: use one of {', '.join(map(repr, NAMES))}")
    return read(FOLDER / f"{name}.json")


def write(study: optuna.Study, file: Path) -> None:
    """Write the finished trials of a study, without its times of day."""
    from optuna.distributions import distribution_to_json

    trials = [
        {
            "number": trial.number,
            "state": trial.state.name,
            "value": None if trial.value is None else round(trial.value, 6),
            "params": {k: float(f"{v:.6g}") if type(v) is float else v
                       for k, v in trial.params.items()},
            "losses": [round(value, 6) for _, value in sorted(trial.intermediate_values.items())],
            "seconds": round(trial.duration.total_seconds(), 1),
            "about": trial.user_attrs,
        }
        for trial in study.trials
        if trial.state.is_finished()
    ]  # fmt: skip
    spaces: dict[str, str] = {}
    for trial in study.trials:
        spaces |= {name: distribution_to_json(d) for name, d in trial.distributions.items()}
    told = {"about": study.user_attrs, "space": spaces, "trials": trials}
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def read(file: Path) -> optuna.Study:
    """Return the study that `write` wrote."""
    from datetime import datetime, timedelta

    import optuna
    from optuna.distributions import json_to_distribution

    told = json.loads(file.read_text(encoding="utf-8"))
    spaces = {name: json_to_distribution(text) for name, text in told["space"].items()}
    study = optuna.create_study()
    for name, value in told["about"].items():
        study.set_user_attr(name, value)
    start = datetime(2026, 1, 1)  # only durations are known
    for row in told["trials"]:
        end = start + timedelta(seconds=row["seconds"])
        study.add_trial(
            optuna.trial.FrozenTrial(
                number=row["number"],
                trial_id=row["number"],
                state=optuna.trial.TrialState[row["state"]],
                value=row["value"],
                params=row["params"],
                distributions={name: spaces[name] for name in row["params"]},
                intermediate_values=dict(enumerate(row["losses"], 1)),
                user_attrs=row["about"],
                system_attrs={},
                datetime_start=start,
                datetime_complete=end,
            )
        )
        start = end
    return study

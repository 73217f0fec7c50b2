"""The exception of a failed check."""

from __future__ import annotations

LAYERS = (
    "exists",
    "callable",
    "parameters",
    "runs",
    "type",
    "dtype",
    "shape",
    "values",
    "input",
    "property",
)


class CheckFailed(AssertionError):
    """A check that did not hold.

    Parameters
    ----------
    finding : str
        What was found, with the numbers: one sentence.
    layer : str
        One of `LAYERS`: how far the check came.
    diagnosis : str, optional
        The named mistake: what was done, why it is wrong, what the rule is. It carries no
        expected value, so it may be shown even where the finding stays hidden.
    """

    def __init__(self, finding: str, *, layer: str, diagnosis: str | None = None) -> None:
        if layer not in LAYERS:
            raise ValueError(f"layer {layer!r} is unknown: use one of {', '.join(LAYERS)}")
        self.finding = finding
        self.layer = layer
        self.diagnosis = diagnosis
        super().__init__(finding if diagnosis is None else f"{finding}\n{diagnosis}")

    def _render_traceback_(self) -> list[str]:
        """Show the sentences alone: IPython calls this in place of a traceback."""
        red, plain = "\x1b[1;31m", "\x1b[0m"
        lines = [f"{red}✗{plain} {self.finding}"]
        if self.diagnosis:
            lines.append(f"  {self.diagnosis}")
        return lines


def tick(sentence: str) -> None:
    """Print the good news on one line."""
    print(f"✓ {sentence}")

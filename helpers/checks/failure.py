"""The exception of a failed check."""

from __future__ import annotations

import textwrap

from helpers.checks.known import words_for

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
        What was found, with the numbers: one sentence. It holds what the student's code chose
        and what was expected, so it is never told of a hidden test.
    layer : str
        One of `LAYERS`: how far the check came.
    diagnosis : str, optional
        What commonly leads there, where no known mistake explains it. Words of ours, as
        they stand in a test or in `helpers.checks`: no value is put into them, for the grader
        tells no others of a hidden test.
    of_value : bool
        Whether the answer is a value: it has no inputs to speak of.
    demands : str, optional
        The property that does not hold, in words. Where there is no diagnosis, the grader tells it
        of a hidden test.

    Attributes
    ----------
    diagnosis : str or None
        The known mistake: what was done, why it is wrong, what the rule is. In a notebook it is
        looked for when a check fails; at grading the judge asks for it.
    """

    def __init__(
        self,
        finding: str,
        *,
        layer: str,
        diagnosis: str | None = None,
        of_value: bool = False,
        demands: str | None = None,
    ) -> None:
        if layer not in LAYERS:
            raise ValueError(f"layer {layer!r} is unknown: use one of {', '.join(LAYERS)}")
        self.finding = finding
        self.layer = layer
        self.of_value = of_value
        self.demands = demands
        self.diagnosis = diagnosis = words_for(layer) or diagnosis
        super().__init__(finding if diagnosis is None else f"{finding}\n{diagnosis}")

    def _render_traceback_(self) -> list[str]:
        """Show the sentences alone: IPython calls this in place of a traceback."""
        red, plain = "\x1b[1;31m", "\x1b[0m"
        first, *more = _wrap(self.finding) + (_wrap(self.diagnosis) if self.diagnosis else [])
        return [f"{red}✗{plain} {first}", *(f"  {line}" for line in more)]


def _wrap(text: str, width: int = 96) -> list[str]:
    """Break a text between words: JupyterLab would break a long line anywhere."""
    return [part for line in text.splitlines() for part in textwrap.wrap(line, width) or [""]]

"""Where a student's cells run.

The door is narrow: text goes in, a `CellResult` comes out. Whoever runs the cells decides
nothing about points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from helpers.checks.cases import DEFAULT_SEED, SEED_VARIABLE

from course.door.outputs import cleaned

if TYPE_CHECKING:  # slow to import, and the warm process imports this
    from nbformat import NotebookNode

    from course.notebook.provenance import Script

# Pictures come with the cell that draws them, whatever backend our own process uses.
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
SET_SEED = '__import__("os").environ.__setitem__("{}", "{}")'
Status = Literal["ok", "error", "timeout", "killed", "memory"]
OVER = ("timeout", "killed", "memory")  # with these the session has ended


@dataclass(frozen=True)
class Failure:
    """What a check of ours found, in fields: nobody has to look for its parts in a text.

    Attributes
    ----------
    layer : str
        One of `helpers.checks.failure.LAYERS`.
    finding : str
        What was found: values, expected ones too, and names that the student chose.
    diagnosis : str
        What commonly leads there; empty where nothing is known of it.
    of_value : bool
        Whether the answer is a value, which has no inputs to speak of.
    demands : str
        The property that does not hold, in words; empty where it is none.
    mistake : str
        The words of the known mistake that gives all that the test saw; empty where none does.
    """

    layer: str
    finding: str
    diagnosis: str = ""
    of_value: bool = False
    demands: str = ""
    mistake: str = ""


@dataclass(frozen=True)
class CellResult:
    """What came of one cell.

    Attributes
    ----------
    status : {"ok", "error", "timeout", "killed", "memory"}
        "ok" only where the kernel has confirmed that the cell ran to its end.
    outputs : list
        The outputs in nbformat's form.
    error : tuple of (str, str) or None
        Name and text of the exception, as whoever raised it chose them.
    failure : Failure or None
        What a check of ours found, where the judge's own process tells it; what a student's
        process says of failed checks is an error like any other.
    seconds : float
        Wall time.
    """

    status: Status
    outputs: list[NotebookNode] = field(default_factory=list)
    error: tuple[str, str] | None = None
    seconds: float = 0.0
    failure: Failure | None = None


def as_outputs(told: Any) -> list[NotebookNode]:
    """Return outputs, as they came over a socket, in nbformat's form; see `course.door.outputs`.

    Raises
    ------
    ValueError
        When they are no outputs.
    """
    from nbformat import from_dict

    return [from_dict(output) for output in cleaned(told)]


class Session(Protocol):
    """Where a student's cells run, and the way to their tests.

    Attributes
    ----------
    judged_apart : bool
        Whether tests run in another process, which runs the lesson's own cells for itself.
    check_seed : int
        Seed of the tests' random cases.
    ran : tuple of CellResult
        What came of the first cells, where they had run before the session was begun.
    """

    judged_apart: bool
    check_seed: int
    ran: tuple[CellResult, ...]

    def run(self, code: str, timeout: float, *, pictures: bool = True) -> CellResult:
        """Run one cell; after "timeout", "killed" or "memory" the session is over.

        Without `pictures` its outputs may have words alone.
        """
        ...

    def begin(self, script: Script, head: Sequence[str] = ()) -> Iterable[tuple[str, str, str]]:
        """Say whose tests are to come, before the first cell.

        Parameters
        ----------
        script : Script
        head : sequence of str
            The cells of ours that are to be run first. A session that has run all of them after
            this, as it may once for many, says so by `ran`.

        Returns
        -------
        failed : iterable of (str, str, str)
            Cells of ours that fail where the tests run: id, exception, text. They may be run
            beside those of the session, and who looks waits for them.
        """
        ...

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of the test `name`; after "timeout" or "killed" the session is over."""
        ...

    def inside(self, code: str, timeout: float) -> CellResult:
        """Run a part of a test in the student's own process, wherever tests run else."""
        ...

    def differs(self, name: str, timeout: float) -> bool:
        """Tell whether data of the lesson that the test `name` reads are no longer the lesson's."""
        ...

    def close(self) -> None:
        """End it; nothing of it is left."""
        ...


class JudgedInside:
    """What a session does whose tests run in it, beside the student's cells."""

    judged_apart = False
    ran: tuple[CellResult, ...] = ()

    def __init__(self) -> None:
        self.check_seed = DEFAULT_SEED
        self._told_seed: int | None = None

    def begin(self, script: Script, head: Sequence[str] = ()) -> Iterable[tuple[str, str, str]]:
        """Do nothing: the tests find what the cells made."""
        return []

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of a test as a cell."""
        return self.inside(code, timeout)

    def differs(self, name: str, timeout: float) -> bool:
        """Say no: tests see what the session holds anyway."""
        return False

    def inside(self, code: str, timeout: float) -> CellResult:
        """Run a part of a test as a cell."""
        if self.check_seed != self._told_seed:
            self.run(SET_SEED.format(SEED_VARIABLE, self.check_seed), timeout)
            self._told_seed = self.check_seed
        return self.run(code, timeout)

    def run(self, code: str, timeout: float, *, pictures: bool = True) -> CellResult:
        """Run one cell."""
        raise NotImplementedError

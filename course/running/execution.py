"""One notebook to run, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.ground.processors import processors

from course.once import once
from course.processes.cores import BUSY
from course.processes.surroundings import Home, for_lessons

if TYPE_CHECKING:  # a second, in which `course run` starts its warm process
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    Attributes
    ----------
    nb : NotebookNode
    folder : Path
        The kernel's working folder.
    kernel : str
        Name of the kernelspec.
    parameters : dict
        What papermill puts after the cell tagged ``parameters``.
    timeout : int
        Seconds a cell.
    environment : dict
        The kernel's environment, whole.
    """

    nb: NotebookNode
    folder: Path
    kernel: str
    parameters: dict[str, str]
    timeout: int
    environment: dict[str, str]


@dataclass(frozen=True)
class Execution:
    """What came of a job.

    Attributes
    ----------
    nb : NotebookNode or None
        The notebook as far as it ran; None when it did not start.
    error : Exception or None
        What papermill raised: a cell's error, a timeout, a dead kernel.
    seconds : float
        Wall time.
    """

    nb: NotebookNode | None
    error: Exception | None
    seconds: float


@dataclass(frozen=True)
class CellTime:
    """How long one cell took; `number` as Jupyter counts it on a first "Run All"."""

    number: int
    id: str
    seconds: float


@dataclass(frozen=True)
class Failure:
    """The cell that failed, and how; `number` is 0 where no cell is to blame."""

    number: int
    id: str
    source: str
    error: str
    message: str


@dataclass(frozen=True)
class RunResult:
    """What is told of one notebook.

    Attributes
    ----------
    section, notebook : str
        The section's name, and the notebook's without its ending.
    status : {"ok", "failed"}
    seconds : float
        Wall time, the kernel's start included.
    slowest : CellTime or None
    failure : Failure or None
    notes : tuple of str
        What is worth knowing and no failure.
    executed : str
        Path of the executed notebook; empty when nothing ran.
    """

    section: str
    notebook: str
    status: str
    seconds: float
    slowest: CellTime | None = None
    failure: Failure | None = None
    notes: tuple[str, ...] = ()
    executed: str = ""


def environment(root: Path, jobs: int = 1) -> dict[str, str]:
    """Return the whole environment of the kernels that run the lessons of the course in `root`.

    Parameters
    ----------
    root : Path
    jobs : int
        How many of them run at a time, on all cores together.
    """
    return for_lessons(root, _home().name) | share(jobs)


def share(jobs: int) -> dict[str, str]:
    """Return the variables by which each of several processes keeps to its share of the cores.

    Parameters
    ----------
    jobs : int
        How many run at a time; a single one needs no variable.
    """
    return dict.fromkeys(BUSY, str(max(1, processors() // jobs))) if jobs > 1 else {}


@once
def _home() -> Home:
    """Make the home folder of all kernels of this process; it goes when the process ends."""
    return Home(keeps=True)

"""A whole notebook as a reader runs it: in a fresh kernel, from top to bottom."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course.files import copy_to_work_on
from course.folder import no_extra_file
from course.notebook.cells import code_cells
from course.processes.neighbours import OURS, modules_in
from course.running.execution import environment
from course.running.ran import read_ran
from course.scratch import Scratch
from course.warm.managers import LocalManager

TIMEOUT = 600  # seconds a cell; the first one imports TensorFlow
KERNEL = "python3"
# As in warm sessions: where none is, TensorFlow complains of it on stderr.
NO_DEVICE = {"CUDA_VISIBLE_DEVICES": "-1"}


def run_plainly(
    nb: NotebookNode,
    folder: Path,
    root: Path,
    report: Callable[[], None] = lambda: None,
    jobs: int = 1,
) -> tuple[NotebookNode, str]:
    """Run every cell, whatever the others raise.

    Parameters
    ----------
    nb : NotebookNode
    folder : Path
        The notebook's own folder; its other files are there in a copy.
    root : Path
        The course's root, to import from.
    report : callable
        Called after each code cell.
    jobs : int
        How many notebooks are run at a time.

    Returns
    -------
    executed : NotebookNode
    stopped : str
        Why the end was not reached; empty where it was.
    """
    nb = nbformat.from_dict(nb)
    with Scratch("check") as copy:
        copy_to_work_on(folder, Path(copy), ignore=no_extra_file, dirs_exist_ok=True)
        client = NotebookClient(
            nb,
            timeout=TIMEOUT,
            km=LocalManager(KERNEL),
            allow_errors=True,
            store_widget_state=True,  # without it nbclient stumbles over what @interact shows
            resources={"metadata": {"path": copy}},
        )
        client.on_cell_executed = lambda **about: report()
        execution = client.async_execute(
            cleanup_kc=True,  # it leaves alone a kernel whose manager it was given
            env=_environment(root, Path(copy), jobs),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            asyncio.run(execution)
        except CellTimeoutError:
            return nb, f"a cell takes longer than {TIMEOUT} s"
        except DeadKernelError:
            return nb, "the kernel dies"
    return nb, ""


def read_run(section: str, path: Path, folder: Path) -> tuple[NotebookNode, str]:
    """Return the same of a run that there is already.

    Parameters
    ----------
    section : str
    path : Path
        Where the notebook is, solutions and all.
    folder : Path
        What ``course run --out`` wrote.

    Raises
    ------
    CourseError
        When there is no run of this very notebook.
    """
    again = f"Run it with `course run {section} --out {folder}`."
    ran = read_ran(folder / section / path.name, path, again)
    cells = [cell for _, cell in code_cells(ran) if cell.source.strip()]
    reached = not cells or cells[-1].execution_count is not None
    return ran, "" if reached else "its last cell was not reached"


def _environment(root: Path, folder: Path, jobs: int) -> dict[str, str]:
    """Return the kernel's environment, in which a neighbour wins over a package of ours."""
    found = environment(root, jobs) | NO_DEVICE
    if not set(OURS).isdisjoint(modules_in(folder)):
        found["PYTHONPATH"] = os.pathsep.join([str(folder), found["PYTHONPATH"]])
    return found

"""Run notebooks in the way that all of a `course run` are to be run.

Apart from `course.running.run`, because these imports take as long as the warm process's own: it is
started before them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode

from course.console import Report
from course.errors import CourseError
from course.files import write_atomically
from course.folder import Course, Section
from course.notebook.cells import PARAMETERS, RAISES, code_cells, tags
from course.notebook.reading import read_notebook
from course.running.execution import Failure, Job, RunResult
from course.running.outcome import find_failure, slowest_cell, stderr_notes
from course.running.papermill import Papermill
from course.running.ran import ERROR_MARKER

KERNEL = "python3"
UNANSWERED = "NotImplementedError"


@dataclass(frozen=True)
class Runner:
    """Runs one notebook after another, for as many threads as wish to.

    Attributes
    ----------
    course : Course
    released : bool
        Whether they are student versions, in which a cell may raise NotImplementedError.
    profile : str
    timeout : int
        Seconds a cell.
    environment : dict
        Each kernel's, whole.
    out : Path
        Where executed notebooks go.
    report : callable
        Told a notebook's name, cells done, cells in all.
    papermill : Papermill
    """

    course: Course
    released: bool
    profile: str
    timeout: int
    environment: dict[str, str]
    out: Path
    report: Report
    papermill: Papermill

    def run(self, section: Section, path: Path) -> RunResult:
        """Run one notebook and write it, executed, to ``out/<section>/``."""
        try:
            nb = read_notebook(path)
        except CourseError as error:
            failure = Failure(0, "", "", "CourseError", str(error))
            return RunResult(section.name, path.stem, "failed", 0.0, failure=failure)
        kernel, notes = _kernel(nb)
        job = self._job(nb, path.parent, kernel)
        name = f"{section.name}/{path.name}"
        done = self.papermill.execute(job, lambda k, n: self.report(name, k, n))
        failure = find_failure(nb, done, (UNANSWERED,) if self.released else (), job.timeout)
        executed = self.out / section.name / path.name
        if done.nb is not None:
            # papermill marks the first error whether it is allowed or not.
            _tidy(done.nb, nb, keep_markers=failure is not None and not self.released)
            source = os.path.relpath(path, self.course.root)
            done.nb.metadata.papermill.update(input_path=source, output_path=path.name)
            write_atomically(executed, nbformat.writes(done.nb) + "\n")
        return RunResult(
            section.name,
            path.stem,
            "failed" if failure else "ok",
            round(done.seconds, 2),
            slowest_cell(nb, done),
            failure,
            (*notes, *stderr_notes(nb, done)),
            str(executed) if done.nb is not None else "",
        )

    def _job(self, nb: NotebookNode, folder: Path, kernel: str) -> Job:
        takes_profile = any(PARAMETERS in tags(cell) for cell in nb.cells)
        return Job(
            nb=_going_on(nb) if self.released else nb,
            folder=folder,
            kernel=kernel,
            parameters={"PROFILE": self.profile} if takes_profile else {},
            timeout=self.timeout,
            environment=self.environment,
        )


def _kernel(nb: NotebookNode) -> tuple[str, tuple[str, ...]]:
    """Return the kernel to run with; a notebook from elsewhere may name one that is not here."""
    wanted = nb.metadata.get("kernelspec", {}).get("name", KERNEL)
    if wanted in KernelSpecManager().find_kernel_specs():
        return wanted, ()
    return KERNEL, (f"asks for the kernel {wanted!r}, which is not installed: ran with {KERNEL}",)


def _going_on(nb: NotebookNode) -> NotebookNode:
    """Return a copy that runs to its end whatever its cells raise."""
    nb = nbformat.from_dict(nb)
    for _, cell in code_cells(nb):
        cell.metadata["tags"] = [*tags(cell), RAISES]
    return nb


def _tidy(ran: NotebookNode, nb: NotebookNode, *, keep_markers: bool) -> None:
    """Give the cells of the executed notebook their own tags back."""
    own_tags = {cell.id: cell.metadata.get("tags") for cell in nb.cells}
    if not keep_markers:
        ran.cells = [c for c in ran.cells if ERROR_MARKER not in tags(c)]
    for cell in ran.cells:
        if cell.id in own_tags:
            cell.metadata.pop("tags", None)
            if own_tags[cell.id] is not None:
                cell.metadata["tags"] = own_tags[cell.id]

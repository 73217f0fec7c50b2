"""`course run`: notebooks from top to bottom, headless, several at a time."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode

from course.console import Report
from course.errors import CourseError
from course.execution import ERROR_MARKER, Job, Papermill, environment
from course.files import write_atomically
from course.folder import Course, Section
from course.notebooks import PARAMETERS, code_cells, read_notebook, tags
from course.outcome import GOES_ON, CellTime, Failure, find_failure, slowest_cell, stderr_notes
from course.warm.client import imports_of
from course.warm.owned import COLD, owned_nursery

KERNEL = "python3"
UNANSWERED = "NotImplementedError"
# Seconds a cell may take before the run counts it as hung.
TIMEOUTS = {"fast": 600, "full": 3 * 3600}


@dataclass(frozen=True)
class RunResult:
    """What came of one notebook.

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


def run(
    course: Course,
    sections: list[Section],
    *,
    released: bool = False,
    profile: str = "fast",
    jobs: int = 2,
    out: Path | None = None,
    cold: bool = False,
    report: Report = lambda name, done, total: None,
) -> list[RunResult]:
    """Run the notebooks of `sections` and write them, executed, to ``out/<section>/``.

    Parameters
    ----------
    course : Course
    sections : list of Section
    released : bool
        Run the student versions, in which a cell may raise NotImplementedError.
    profile : {"fast", "full"}
        Given to notebooks that have a cell tagged ``parameters``.
    jobs : int
        Notebooks at a time.
    out : Path, optional
        ``build/run`` below the course's root by default.
    cold : bool
        Start each kernel afresh, in place of a fork of one warm process.
    report : callable
        Told a notebook's name, cells done, cells in all.

    Raises
    ------
    CourseError
        When the profile is unknown, or a section has no notebook to run.
    """
    if profile not in TIMEOUTS:
        raise CourseError(f"There is no profile {profile!r}.", "Use fast or full.")
    plan = [(s, path) for s in sections for path in _notebooks(course, s, released)]
    out = out or course.root / "build" / "run"
    with _kernels(course, plan, cold) as variables:
        runner = _Runner(course, released, profile, out, report, Papermill(), variables)
        with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
            try:
                return list(pool.map(lambda step: runner.run(*step), plan))
            except BaseException:  # Ctrl-C above all: no kernel may outlive us
                pool.shutdown(wait=False, cancel_futures=True)
                runner.papermill.stop()
                raise


def _kernels(
    course: Course, plan: list[tuple[Section, Path]], cold: bool
) -> AbstractContextManager[dict[str, str]]:
    """Return the variables by which papermill's kernels become forks of one warm process."""
    if cold or not plan:
        return nullcontext(COLD)  # said aloud: a terminal of `course lab` has warm ones by default
    notebooks = []
    for _, path in plan:
        with suppress(CourseError):  # said when its turn comes
            notebooks.append(read_notebook(path))
    return owned_nursery(imports_of(notebooks), environment(course.root))


def _notebooks(course: Course, section: Section, released: bool) -> list[Path]:
    if not released:
        return section.notebooks
    folder = course.release(section.name)
    if found := sorted(folder.glob("*.ipynb")):
        return found
    raise CourseError(
        f"Section {section.name} has no student version: {folder} holds no notebook.",
        f"Make it with `course release {section.name}`.",
    )


@dataclass(frozen=True)
class _Runner:
    """Runs one notebook after another, in the way that all of them are to be run."""

    course: Course
    released: bool
    profile: str
    out: Path
    report: Report
    papermill: Papermill
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, section: Section, path: Path) -> RunResult:
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
            timeout=TIMEOUTS[self.profile],
            environment=environment(self.course.root) | self.variables,
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
        cell.metadata["tags"] = [*tags(cell), GOES_ON]
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

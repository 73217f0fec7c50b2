"""`course run`: notebooks from top to bottom, headless, several at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from course.console import Report
from course.errors import CourseError
from course.folder import Course, Section
from course.running.execution import RunResult, environment
from course.running.order import longest_first
from course.warm.imports import imports_in
from course.warm.owned import owned_nursery
from course.warm.starting import SOCKET

# Seconds a cell may take before the run counts it as hung.
TIMEOUTS = {"fast": 600, "full": 3 * 3600}


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
    variables = environment(course.root, min(jobs, len(plan)))
    with _nursery(plan, variables, cold) as socket:
        # These imports take a second or two: the nursery is at its own meanwhile.
        from course.running.papermill import Papermill
        from course.running.runner import Runner
        from course.warm.specs import Specs

        papermill = Papermill(Specs(socket))
        how = released, profile, TIMEOUTS[profile], variables
        runner = Runner(course, *how, out, report, papermill)
        with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
            try:
                begun = {k: pool.submit(runner.run, *plan[k]) for k in longest_first(plan, out)}
                return [begun[k].result() for k in range(len(plan))]
            except BaseException:  # Ctrl-C above all: no kernel may outlive us
                pool.shutdown(wait=False, cancel_futures=True)
                papermill.stop()
                raise


@contextmanager
def _nursery(
    plan: list[tuple[Section, Path]], variables: dict[str, str], cold: bool
) -> Iterator[str]:
    """Yield the socket of the process that forks the kernels; empty where they start afresh."""
    if cold or not plan:
        yield ""
        return
    imports = imports_in(path for _, path in plan)
    with owned_nursery(imports, variables) as found:
        yield found.get(SOCKET, "")


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

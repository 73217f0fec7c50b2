"""All source notebooks: plain papermill, one after another, against `course run`.

    python benchmarks/notebooks.py [SECTION ...] [--jobs N]

Both sides are commands, started afresh, on the same machine, with the profile "fast", one after
the other. Plain papermill starts a process and a kernel for each notebook, which import everything
anew; `course run` imports once and forks a kernel for each, some at a time. Outputs are compared:
a warm kernel must say and draw what a fresh one does, but for cells that show how long something
took, which are named. Below the wall times stands the limit: what the cells themselves took in the
warm kernels, divided by how many ran at a time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.folder import Course, Section, open_course
from course.notebook.cells import PARAMETERS, tags
from course.notebook.reading import read_notebook
from course.running.execution import environment
from course.warm.owned import PROVISIONER

ROOT = Path(__file__).resolve().parent.parent


def measure(command: list[str], variables: dict[str, str]) -> tuple[float, float]:
    """Run a command; return its wall time and the processor time of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    seconds = time.monotonic() - began
    if done.returncode:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, sum(getattr(after, k) - getattr(before, k) for k in ("ru_utime", "ru_stime"))


def run_plain(course: Course, section: Section, path: Path, out: Path) -> tuple[float, float]:
    """Run one notebook by papermill alone."""
    command = [sys.executable, "-m", "papermill", str(path), str(out), "--kernel", "python3"]
    command += ["--cwd", str(path.parent)]
    if any(PARAMETERS in tags(cell) for cell in read_notebook(path).cells):
        command += ["--parameters_raw", "PROFILE", "fast"]
    variables = environment(course.root)
    variables.pop(PROVISIONER, None)  # a terminal of `course lab` has warm kernels by default
    return measure(command, variables)


def run_warm(course: Course, sections: list[Section], jobs: int, out: Path) -> tuple[float, float]:
    """Run the notebooks by `course run`."""
    command = [sys.executable, "-m", "course.cli", "run", *(s.name for s in sections)]
    command += ["--course", str(course.root), "--jobs", str(jobs), "--out", str(out)]
    return measure(command, dict(os.environ))


def outputs(nb: NotebookNode) -> list[list]:
    """Return what each cell shows, without what differs between any two runs.

    A kernel sends what a cell prints in as many pieces as the clock has it: they are joined.
    """
    kept: list[list] = []
    for number, cell in enumerate(nb.cells):
        for output in cell.get("outputs", []):
            name, text = output.get("name"), output.get("text", "")
            data = {k: v for k, v in output.get("data", {}).items() if "widget" not in k}
            if name and kept and kept[-1][:2] == [number, name]:
                kept[-1][2] += text
            else:
                kept.append([number, name, text, output.get("evalue"), data])
    return kept


def cell_seconds(nb: NotebookNode) -> float:
    """Return how long the kernel was at the cells."""
    seconds = 0.0
    for cell in nb.cells:
        times = cell.metadata.get("execution", {})
        busy, idle = (times.get(f"iopub.status.{state}") for state in ("busy", "idle"))
        if busy and idle:
            seconds += (datetime.fromisoformat(idle) - datetime.fromisoformat(busy)).total_seconds()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    course = open_course(ROOT)
    sections = course.pick(options.sections)
    plan = [(section, path) for section in sections for path in section.notebooks]

    with tempfile.TemporaryDirectory() as folder:
        plain = {}
        for section, path in plan:
            out = Path(folder, f"plain-{section.name}-{path.name}")
            plain[path] = *run_plain(course, section, path, out), nbformat.read(out, 4)
        wall, work = run_warm(course, sections, options.jobs, Path(folder, "warm"))
        warm = {
            path: nbformat.read(Path(folder, "warm", section.name, path.name), 4)
            for section, path in plan
        }

    print(f"{'notebook':<44}{'papermill':>10}{'course run':>12}   outputs")
    for section, path in plan:
        seconds, _, nb = plain[path]
        pairs = zip_longest(outputs(nb), outputs(warm[path]), fillvalue=[None])
        differ = dict.fromkeys(here[0] for here, there in pairs if here != there)
        names = ", ".join(nb.cells[number].id if number is not None else "?" for number in differ)
        said = f"differ in {names}" if differ else "same"
        took = warm[path].metadata.papermill.duration
        print(f"{section.name + '/' + path.stem:<44}{seconds:>8.1f} s{took:>10.1f} s   {said}")
    plain_wall, plain_work = (sum(one[k] for one in plain.values()) for k in (0, 1))
    print(f"{'all, wall time':<44}{plain_wall:>8.1f} s{wall:>10.1f} s")
    print(f"{'all, processor time':<44}{plain_work:>8.1f} s{work:>10.1f} s")
    cells = sum(map(cell_seconds, warm.values()))
    limit = cells / options.jobs
    print(f"the cells themselves, in those warm kernels: {cells:.1f} s; the limit: {limit:.1f} s")
    print(f"course run takes {wall / limit:.2f} times the limit")
    print(f"course run --jobs {options.jobs} is {plain_wall / wall:.2f} times as fast")


if __name__ == "__main__":
    main()

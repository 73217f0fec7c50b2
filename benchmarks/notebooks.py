"""All source notebooks: plain papermill, one after another, against `course run`.

    python benchmarks/notebooks.py [SECTION ...] [--jobs N]

Plain papermill gives each notebook a fresh kernel, which imports everything anew. `course run`
imports once, forks a kernel for each notebook and runs some of them at a time. Both sides run in
one go, on the same machine, with the profile "fast"; the last line is the ratio of wall times.
Outputs are compared too: a warm kernel must say and draw what a fresh one does.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.execution import Job, Papermill, environment
from course.folder import Course, Section, open_course
from course.notebooks import PARAMETERS, read_notebook, tags
from course.run import run
from course.warm.owned import COLD

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT = 600


def run_plain(course: Course, sections: list[Section]) -> dict[str, tuple[float, NotebookNode]]:
    """Return seconds and executed notebook of each, by papermill alone."""
    found = {}
    for section in sections:
        for path in section.notebooks:
            nb = read_notebook(path)
            takes_profile = any(PARAMETERS in tags(cell) for cell in nb.cells)
            parameters = {"PROFILE": "fast"} if takes_profile else {}
            variables = environment(course.root) | COLD
            job = Job(nb, path.parent, "python3", parameters, TIMEOUT, variables)
            done = Papermill().execute(job, lambda done, total: None)
            found[f"{section.name}/{path.stem}"] = done.seconds, done.nb
    return found


def outputs(nb: NotebookNode) -> list[list]:
    """Return what each cell shows, without what differs between any two runs.

    A kernel sends what a cell prints in as many pieces as the clock has it: they are joined.
    """
    kept: list[list] = []
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            name, text = output.get("name"), output.get("text", "")
            data = {k: v for k, v in output.get("data", {}).items() if "widget" not in k}
            if name and kept and kept[-1][:2] == [cell.id, name]:
                kept[-1][2] += text
            else:
                kept.append([cell.id, name, text, output.get("evalue"), data])
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    course = open_course(ROOT)
    sections = course.pick(options.sections)

    began = time.monotonic()
    plain = run_plain(course, sections)
    plain_seconds = time.monotonic() - began

    with tempfile.TemporaryDirectory() as out:
        began = time.monotonic()
        results = run(course, sections, jobs=options.jobs, out=Path(out))
        warm_seconds = time.monotonic() - began
        print(f"{'notebook':<44}{'papermill':>10}{'course run':>12}   outputs")
        for result in results:
            name = f"{result.section}/{result.notebook}"
            seconds, nb = plain[name]
            same = outputs(nb) == outputs(nbformat.read(result.executed, as_version=4))
            said = result.status if result.status != "ok" else "same" if same else "differ"
            print(f"{name:<44}{seconds:>8.1f} s{result.seconds:>10.1f} s   {said}")
    print(f"{'all (wall time)':<44}{plain_seconds:>8.1f} s{warm_seconds:>10.1f} s")
    print(f"course run --jobs {options.jobs} is {plain_seconds / warm_seconds:.2f} times as fast")


if __name__ == "__main__":
    main()

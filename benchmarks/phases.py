"""Where the processor time of grading goes, phase by phase, and how far the limit is.

    python benchmarks/phases.py [--section 02-convolution] [--submissions 40]

Each phase is done for all submissions before the next begins, and each row holds what it takes
beyond the row above: processor time, not wall time, of this process (which reads and writes), of
the students' side (the warm process, the walls and the sessions) and of the judges' side. The limit
is what the submissions' own cells and the tests' calls of them take where nothing is between: one
process, no wall, no fork, no notebook. One submission is graded at a time.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from grading import new_course

from course.grading.engine.tasks import Examined, Task
from course.grading.engine.warmth import WARMTH
from course.grading.engine.work import _session, examine_task, rebuilder
from course.grading.jobs import Job, Options, divide, tasks, works_of
from course.grading.keeping import keep
from course.grading.packages import read_packages
from course.intake.groups import read_groups
from course.intake.submissions import parse_submission
from course.notebook.cells import DEMO, grade_id, is_answer, is_test, tags
from course.record.spoilt import raise_it
from course.record.store import open_record

TICK = 0.01  # of a process's times in /proc, seconds


class Spent(NamedTuple):
    """Seconds of processor time of the three sides."""

    here: float
    students: float
    judges: float


def tree(root: int) -> float:
    """Return the processor time of a process and all below it, the ended ones included."""
    children: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            times[int(entry.name)] = sum(map(int, fields[11:15])) * TICK
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = 0.0, [root]
    while todo:
        pid = todo.pop()
        found += times.get(pid, 0.0)
        todo += children.get(pid, [])
    return found


def spent() -> Spent:
    """Return what was used up so far."""
    nursery = WARMTH._nursery
    assert nursery is not None
    pair = tree(nursery.students.pid), tree(nursery.judges.parent.pid)
    return Spent(time.process_time(), *pair)


def measure(does: Callable[[Task], object], todo: list[Task]) -> Spent:
    """Return what one submission takes of each side, on average."""
    before = spent()
    for task in todo:
        does(task)
    return Spent(*((b - a) / len(todo) for a, b in zip(before, spent(), strict=True)))


def own_code(todo: list[Task]) -> float:
    """Return the seconds in which answers and tests run, where nothing is between them."""
    used = 0.0
    for task in todo:
        for name, given in task.handed_in.items():
            try:
                nb = rebuilder(task.package.sources[name]).rebuild(parse_submission(given)).nb
            except ValueError:
                continue
            space: dict[str, object] = {"__name__": "__main__"}
            for cell in nb.cells:
                if cell.cell_type != "code" or DEMO in tags(cell):
                    continue
                counts = is_test(cell) or (is_answer(cell) and grade_id(cell))
                began = time.process_time()
                with redirect_stdout(StringIO()), suppress(BaseException):
                    exec(compile(cell.source, "cell", "exec"), space)
                if counts:
                    used += time.process_time() - began
    return used / len(todo)


def opened(task: Task) -> None:
    """Open a session and end it."""
    with _session(task) as session:
        session.open()


def rebuilt(task: Task) -> None:
    """Read what was handed in."""
    for name, given in task.handed_in.items():
        with suppress(ValueError):
            rebuilder(task.package.sources[name]).rebuild(parse_submission(given))


def prepare(folder: Path, section: str, count: int) -> tuple[object, dict[str, Job], list[Task]]:
    """Return a course with submissions, what is to be done, and as the workers get it."""
    course, chosen = new_course(folder, section, count)
    options = Options(jobs=1)
    jobs, _ = divide(course, {chosen: works_of(course, chosen, None, read_groups(course))}, options)
    packages, faulty = read_packages(course, [chosen])
    if faulty:
        sys.exit(str(faulty[0]))
    made = list(tasks(course, jobs, packages, options, seed=1))
    return course, {job.student: job for job in jobs}, made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--section", default="02-convolution")
    parser.add_argument("--submissions", type=int, default=40)
    given = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="benchmark-phases-"))
    try:
        course, jobs, todo = prepare(top / "course", given.section, given.submissions)
        first = todo[0]
        WARMTH.prepare(first.package.imports, first.bounds, first.private)
        for task in todo[:4]:  # the lesson runs once, the judge learns it, our solution is tried
            examine_task(task)
        gc.freeze()  # as `course grade` does
        print(f"{given.section}, {len(todo)} submissions, processor time of each, ms")
        print(f"{'':<44}{'here':>8}{'students':>10}{'judges':>8}{'in all':>8}")
        read = measure(rebuilt, todo)
        wall = measure(opened, todo)
        results: list[Examined] = []
        whole = measure(lambda task: results.append(examine_task(task)), todo)
        with open_record(course) as record:
            record.register(next(iter(jobs.values())).section)
            how = {"sandbox": True, "seed": 1}
            left = iter(results)

            def record_next(task: Task) -> None:
                keep(course, jobs[task.student], next(left), record, how, raise_it)

            kept = measure(record_next, todo)
        between = Spent(*(w - r - o for w, r, o in zip(whole, read, wall, strict=True)))
        rows = {
            "read what was handed in": read,
            "fork a session behind its wall, and end it": wall,
            "run cells and tests, judge, write": between,
            "record": kept,
        }
        for name, row in rows.items():
            print_row(name, row)
        total = Spent(*(sum(column) for column in zip(*rows.values(), strict=True)))
        print_row("in all", total)
        limit = own_code(todo)
        print(f"{'the answers and the tests alone (the limit)':<44}{'':>26}{1000 * limit:>8.1f}")
        print(f"ratio to the limit {sum(total) / limit:.1f}")
    finally:
        WARMTH.end()
        shutil.rmtree(top, ignore_errors=True)


def print_row(name: str, row: Spent) -> None:
    """Print one row in milliseconds."""
    cells = "".join(
        f"{1000 * x:>{w}.1f}" for x, w in zip((*row, sum(row)), (8, 10, 8, 8), strict=True)
    )
    print(f"{name:<44}{cells}")


if __name__ == "__main__":
    main()

"""How grading scales: more submissions, more workers, a cluster of other processes.

    python benchmarks/scale.py [--section 03-pooling] [--counts 50 200 1000] [--cluster 50]

Prints, for each count, the seconds that a submission takes once the first one is graded, and the
coordinator's largest memory; a second run over what is graded already; submissions of which every
tenth is hostile; two workers against one; and the same submissions through a `dask scheduler` with
two `dask worker` processes on loopback, whose verdicts must be identical.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from grading import BIN, new_course

from course.folder import Course, Section
from course.notebook.cells import grade_id, is_answer

# What ends or fills a process: each costs its own exercise, and time, and nothing else.
HOSTILE = (
    "import os\nos._exit(0)",
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "import os\nwhile True: os.fork()",
    "much = [bytearray(10**8) for _ in range(1000)]",
    "import sys\nsys.stdout.write('x' * 10**8)",
)


@dataclass(frozen=True)
class Run:
    """What came of one grading run.

    Attributes
    ----------
    verdicts : dict
        From student and exercise to verdict, points and message.
    whole : float
        Seconds from start to end.
    each : float
        Seconds a submission, between the first one that was graded and the last.
    memory : float
        The coordinator's largest resident memory, MiB.
    """

    verdicts: dict[tuple[str, str], tuple]
    whole: float
    each: float
    memory: float


def grade(
    course: Course,
    section: str,
    *options: str,
    seen: Callable[[int, int], None] = lambda done, pid: None,
) -> Run:
    """Run `course grade` and watch it; `seen` is told how many are done, and the process."""
    began = time.monotonic()
    command = [BIN / "course", "grade", section, "--json", "-", *options]
    process = subprocess.Popen(command, cwd=course.root, stdout=subprocess.PIPE, text=True)
    verdicts, times, memory = {}, {}, 0.0
    assert process.stdout is not None
    for line in process.stdout:
        row = json.loads(line)
        key = row["student"], row["exercise"]
        verdicts[key] = row["verdict"], row["points"], row["message"]
        if row["student"] not in times:
            times[row["student"]] = time.monotonic()
            memory = max(memory, resident(process.pid))
            seen(len(times), process.pid)
    if process.wait():
        sys.exit(f"course grade failed in {course.root}")
    ended = time.monotonic()
    span = max(times.values()) - min(times.values())
    return Run(verdicts, ended - began, span / max(1, len(times) - 1), memory)


def resident(pid: int) -> float:
    """Return a process's largest resident memory so far, MiB."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def make_hostile(course: Course, section: Section, every: int) -> int:
    """Put something hostile into the first answer of each so-manieth submission."""
    (path,) = section.notebooks
    files = sorted(course.submitted("x", section.name).parent.parent.glob(f"*/{section.name}"))
    chosen = files[::every]
    for number, folder in enumerate(chosen):
        nb = nbformat.read(folder / path.name, as_version=4)
        answer = next(cell for cell in nb.cells if cell.cell_type == "code" and is_answer(cell))
        assert grade_id(answer)
        answer.source = HOSTILE[number % len(HOSTILE)]
        nbformat.write(nb, folder / path.name)
    return len(chosen)


class Cluster:
    """A scheduler and workers on loopback, each a process.

    Attributes
    ----------
    address : str
        The scheduler's.
    workers : list of Popen
    """

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0")
        while not self._file.exists():
            time.sleep(0.05)
        self.address = json.loads(self._file.read_text())["address"]
        self.workers = [self._worker() for _ in range(workers)]

    def replace(self, number: int) -> int:
        """Kill a worker and start another in its place; return the number of the process."""
        old = self.workers[number]
        old.kill()
        old.wait()
        self.workers[number] = self._worker()
        return old.pid

    def end(self) -> None:
        """End all of it."""
        for process in (*self.workers, self._scheduler):
            process.terminate()
        for process in (*self.workers, self._scheduler):
            process.wait()

    def _worker(self) -> subprocess.Popen:
        return self._start("worker", "--nthreads", "1", "--no-nanny")

    def _start(self, *words: str) -> subprocess.Popen:
        common = ["--scheduler-file", self._file, "--host", "127.0.0.1", "--no-dashboard"]
        return subprocess.Popen(
            [BIN / "dask", *words, *common],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    """Start a scheduler and workers; they end with the block."""
    with tempfile.TemporaryDirectory() as folder:
        made = Cluster(Path(folder), workers)
        try:
            yield made
        finally:
            made.end()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--section", default="03-pooling")
    parser.add_argument("--counts", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--hostile", type=int, nargs="*", default=[100, 200])
    parser.add_argument("--cluster", type=int, default=50, help="submissions for the cluster")
    given = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="benchmark-scale-"))
    try:
        print(f"{given.section}, {os.cpu_count()} cores")
        print(f"{'submissions':>12}{'s each':>10}{'s in all':>10}{'MiB':>8}")
        for count in given.counts:
            course, section = new_course(top / str(count), given.section, count)
            run = grade(course, section.name)
            print(f"{count:>12}{run.each:>10.3f}{run.whole:>10.1f}{run.memory:>8.0f}", flush=True)
        again = grade(course, section.name)
        print(f"{given.counts[-1]} unchanged submissions again: {again.whole:.1f} s in all")

        for count in given.hostile:
            course, section = new_course(top / f"hostile-{count}", given.section, count)
            bad = make_hostile(course, section, 10)
            run = grade(course, section.name)
            done = len({student for student, _ in run.verdicts})
            print(
                f"{count} submissions, {bad} of them hostile: {done} graded, "
                f"{run.whole / count:.3f} s each, start-up included",
                flush=True,
            )

        count = given.cluster
        course, section = new_course(top / "workers", given.section, count)
        one = grade(course, section.name, "--jobs", "1")
        two = grade(course, section.name, "--jobs", "2", "--force")
        print(f"{count} submissions, 1 worker: {one.each:.3f} s each; 2 workers: {two.each:.3f} s")
        print(f"2 workers are {one.each / two.each:.2f} times as fast as 1")
        with cluster(2) as there:
            apart = grade(course, section.name, "--scheduler", there.address, "--force")
        same = one.verdicts == two.verdicts == apart.verdicts
        print(f"a scheduler and 2 worker processes: {apart.each:.3f} s each")
        print(f"verdicts of all three runs: {'identical' if same else 'DIFFERENT'}")
        if not same:
            sys.exit(1)
    finally:
        shutil.rmtree(top, ignore_errors=True)


if __name__ == "__main__":
    main()

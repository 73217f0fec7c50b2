"""Does grading stay flat: 10,000 small submissions, and what comes after them at that size.

    python benchmarks/large.py [--submissions 10000] [--cluster 2000]

A class of made-up people hands in one small section that needs NumPy alone; no two files are the
same. Printed for each tenth of them, as they are graded: seconds a submission, of the clock and of
the coordinator's processor, its resident memory, the gradebook's size; and whether the last tenth
is within 10 % of the second (the first holds the start). Then a second run over what is graded,
export, report and some pages of feedback; and the same submissions through a `dask scheduler` with
four `dask worker` processes on loopback, of which one is killed each minute and another started:
the verdicts must be those of the plain run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from brightness import NAME, OTHERS, hand_in_all, new_course
from grading import BIN
from scale import Cluster, cluster, grade

from course.folder import Course
from course.intake.people import everybody

TENTHS = 10
WITHIN = 0.10
KILL_SECONDS = 60


class Look(NamedTuple):
    """What is seen of a grading run when so many are done."""

    done: int
    clock: float
    processor: float
    memory: float  # MiB
    book: int  # bytes


class Watch:
    """Looks at the coordinator each time another tenth is done."""

    def __init__(self, course: Course, count: int) -> None:
        self.course, self.step = course, max(1, count // TENTHS)
        self.looks = [Look(0, time.monotonic(), 0.0, 0.0, 0)]

    def __call__(self, done: int, pid: int) -> None:
        if done % self.step:
            return
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        self.looks.append(
            Look(
                done,
                time.monotonic(),
                ticks / os.sysconf("SC_CLK_TCK"),
                pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
                sum(file.stat().st_size for file in self.course.root.glob("gradebook.db*")),
            )
        )
        self.show()

    def show(self) -> None:
        """Print the newest tenth's row."""
        before, now = self.looks[-2:]
        clock, processor = self.each(len(self.looks) - 1)
        print(
            f"{now.done:>12}{clock:>10.4f}{1000 * processor:>12.2f}{now.memory:>8.1f}"
            f"{now.book / 1e6:>10.2f}{(now.book - before.book) / (now.done - before.done):>10.0f}",
            flush=True,
        )

    def each(self, tenth: int) -> tuple[float, float]:
        """Return a submission's seconds, of the clock and of the coordinator, in a tenth."""
        before, now = self.looks[tenth - 1 : tenth + 1]
        many = now.done - before.done
        return (now.clock - before.clock) / many, (now.processor - before.processor) / many

    def conclude(self) -> None:
        """Print how far the last tenth is from the second."""
        if len(self.looks) <= 2:
            return
        pairs = zip(
            ("clock", "processor"), self.each(2), self.each(len(self.looks) - 1), strict=True
        )
        for name, second, last in (*pairs, ("memory", self.looks[2].memory, self.looks[-1].memory)):
            change = last / second - 1
            flat = "within" if change <= WITHIN else "NOT within"
            print(f"last tenth against the second, {name}: {change:+.1%}, {flat} {WITHIN:.0%}")


class Spent(NamedTuple):
    """What a command took."""

    clock: float
    processor: float
    memory: float  # MiB, the largest


def spent(course: Course, *words: str) -> Spent:
    """Run a command of `course` to its end."""
    began = time.monotonic()
    process = subprocess.Popen([BIN / "course", *words], cwd=course.root, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"course {' '.join(words)} ended with {process.returncode}")
    clock = time.monotonic() - began
    return Spent(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def show_spent(course: Course, what: str, *words: str, out: str = "") -> Spent:
    """Run a command, print what it took and how large the file is that it wrote."""
    took = spent(course, *words, *(("--out", out) if out else ()))
    size = f"{(course.root / out).stat().st_size / 1e6:>9.2f} MB" if out else ""
    print(
        f"{what:<26}{took.clock:>8.1f} s{took.processor:>8.1f} s{took.memory:>8.0f} MiB{size}",
        flush=True,
    )
    return took


def give_back(course: Course, count: int, sample: int) -> None:
    """Time what comes after grading."""
    print(f"{'':<26}{'clock':>10}{'processor':>10}{'memory':>12}{'written':>12}")
    show_spent(course, "grade again", "grade", NAME, "--quiet")
    show_spent(course, "report", "report", out="report.html")
    for form in ("csv", "json", "attempts"):
        show_spent(course, f"export {form}", "export", "--format", form, out=f"marks.{form}")
    for form in ("canvas", "moodle"):
        into = ("--format", form, "--into", f"{form}.csv")
        show_spent(course, f"export {form}", "export", NAME, *into, out=f"filled-{form}.csv")
    for many in (1, min(sample, count)):
        chosen = [person.id for person in everybody(course)[:many]]
        words = [word for id_ in chosen for word in ("--student", id_)]
        show_spent(course, f"feedback for {many}", "feedback", NAME, *words)


@contextmanager
def killing(there: Cluster, seconds: float) -> Iterator[list[int]]:
    """Kill a worker every so often, and start another; yield the numbers of those killed."""
    over, killed = threading.Event(), []

    def kill() -> None:
        while not over.wait(seconds):
            killed.append(there.replace(len(killed) % len(there.workers)))

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--cluster", type=int, default=2000, help="submissions; 0 for no cluster")
    parser.add_argument("--feedback", type=int, default=50, help="pages of feedback")
    parser.add_argument("--kill-seconds", type=float, default=KILL_SECONDS)
    given = parser.parse_args()
    count = given.submissions
    top = Path(tempfile.mkdtemp(prefix="benchmark-large-"))
    try:
        course = new_course(top / "course", count)
        print(f"{count} submissions of {NAME}, {os.cpu_count()} cores")
        show_spent(course, "enrol", "collect", "--roster", "canvas.csv")
        (section,) = course.sections
        hand_in_all(course, section, count)
        print(f"{'submissions':>12}{'s each':>10}{'ms of here':>12}", end="")
        print(f"{'MiB':>8}{'book MB':>10}{'B each':>10}")
        watch = Watch(course, count)
        plain = grade(course, NAME, seen=watch)
        watch.conclude()
        give_back(course, count, given.feedback)
        if given.cluster:
            apart_from(plain.verdicts, top, given.cluster, given.kill_seconds)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def apart_from(
    verdicts: dict[tuple[str, str], tuple], top: Path, count: int, seconds: float
) -> None:
    """Grade the first submissions through a cluster that loses workers; compare the verdicts."""
    course = new_course(top / "cluster", count)
    spent(course, "collect", "--roster", "canvas.csv")
    hand_in_all(course, course.sections[0], count)
    with cluster(4) as there, killing(there, seconds) as killed:
        found = grade(course, NAME, "--scheduler", there.address)
    differ = [key for key, told in found.verdicts.items() if verdicts.get(key) != told]
    same = not differ and len(found.verdicts) == len(OTHERS) * count
    print(
        f"{count} through a scheduler and 4 workers, {len(killed)} killed: {found.each:.3f} s each"
    )
    print(f"verdicts: {'identical' if same else f'DIFFERENT: {differ[:9]}'}")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()

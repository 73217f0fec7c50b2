"""Grade the same submissions with stock ``nbgrader autograde`` and with ``course grade``.

    python benchmarks/grading.py [--submissions 40] [--stock 4] [--section 02-convolution]

Both sides run on this machine, one after the other, start-up included; ours once alone, and once
while ``course warm`` stands by, as it does for an instructor who grades more than once. Stock
nbgrader, which starts a kernel and imports TensorFlow for each submission, grades a sample; the
marks of the sample must be the same on both sides.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.demo.loop import copy_course
from course.demo.samples import SAMPLES
from course.folder import Course, Section, open_course
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_source
from course.warm import ready
from course.warm.branches import SOCKET

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Stock nbgrader takes points for what is written on stderr, and stops at what is not JSON.
HONEST = [s for s in SAMPLES if "JSON" not in s.about and "stderr" not in s.about]


def run(course: Course, *command: str, codes: tuple[int, ...] = (0,)) -> float:
    """Run a command in the course's folder, which ends with one of `codes`; return its seconds."""
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    began = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=course.root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode not in codes:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return time.monotonic() - began


def hand_in(course: Course, section: Section, count: int) -> None:
    """Put `count` submissions into ``submitted/``, of each honest sample in turn."""
    (path,) = section.notebooks
    source = read_source(path, course.config)
    mistakes = read_mistakes(section.folder / "mistakes.py")
    made = [sample.make(source, mistakes) for sample in HONEST]
    for number in range(count):
        target = course.submitted(f"student-{number:03}", section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_bytes(made[number % len(made)])


def marks(course: Course) -> dict[str, str]:
    """Return each student's score, as ``nbgrader export`` tells it."""
    run(course, "nbgrader", "export")
    with open(course.root / "grades.csv", encoding="utf-8") as file:
        return {row["student_id"]: row["score"] for row in csv.DictReader(file)}


def new_course(folder: Path, section: str, count: int) -> tuple[Course, Section]:
    """Make a course with `count` submissions."""
    folder.mkdir()
    course = copy_course(open_course(ROOT), folder)
    chosen = course.section(section)
    hand_in(course, chosen, count)
    return course, chosen


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--stock", type=int, default=4, help="submissions that stock grades")
    parser.add_argument("--section", default="02-convolution")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="benchmark-grading-"))
    try:
        stock, section = new_course(top / "stock", given.section, given.stock)
        run(stock, "nbgrader", "generate_assignment", section.name, "--create")
        theirs = run(stock, "nbgrader", "autograde", section.name, "--create") / given.stock
        os.environ[SOCKET] = str(top / "socket")
        mine = {}
        for side in ("alone", "warm"):
            ours, section = new_course(top / side, given.section, given.submissions)
            if side == "warm":
                run(ours, "course", "warm")
            seconds = run(ours, "course", "grade", section.name, "--jobs", str(given.jobs))
            mine[side] = seconds / given.submissions
            found = marks(ours)
            if differ := {s: (m, found[s]) for s, m in marks(stock).items() if found[s] != m}:
                sys.exit(f"The marks differ (stock, ours): {differ}")
        print(f"{section.name}, {os.cpu_count()} cores, start-up included")
        print(f"{'':<28}{'submissions':>12}{'seconds each':>14}{'ratio':>8}")
        print(f"{'nbgrader autograde':<28}{given.stock:>12}{theirs:>14.2f}")
        for side, what in (("alone", "course grade"), ("warm", "beside course warm")):
            ratio = theirs / mine[side]
            print(f"{what:<28}{given.submissions:>12}{mine[side]:>14.3f}{ratio:>8.1f}")
        print("same marks on the sample")
    finally:
        ready.end()
        shutil.rmtree(top, ignore_errors=True)


if __name__ == "__main__":
    main()

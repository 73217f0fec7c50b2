"""How long `course grade` takes to its first verdict, and how long while `course warm` stands by.

    python benchmarks/starting.py [--section 02-convolution] [--times 5]

One submission is graded again and again, each time by a new command; both sides run in turn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grading import BIN, new_course, run

from course.folder import Course
from course.warm.branches import SOCKET


def first_verdict(course: Course, section: str, socket: str) -> float:
    """Return the seconds until the first verdict of a new command."""
    began = time.monotonic()
    line = [BIN / "course", "grade", section, "--force", "--json", "-"]
    environment = os.environ | {SOCKET: socket}
    with subprocess.Popen(
        line, cwd=course.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.monotonic() - began
        process.stdout.read()
    if process.returncode:
        sys.exit(f"course grade failed in {course.root}")
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--section", default="02-convolution")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="standby-"))
    os.environ[SOCKET] = str(top / "socket")
    try:
        course, section = new_course(top / "course", given.section, 1)
        run(course, "course", "warm")
        found: dict[str, list[float]] = {"": [], os.environ[SOCKET]: []}
        for _ in range(given.times):
            for socket, times in found.items():
                times.append(first_verdict(course, section.name, socket))
        alone, beside = map(statistics.median, found.values())
        print(
            f"{section.name}, {os.cpu_count()} cores, median of {given.times}, to the first verdict"
        )
        print(f"course grade{alone:>32.2f} s")
        print(f"while course warm stands by{beside:>17.2f} s")
        print(f"ratio {alone / beside:.1f}")
    finally:
        run(course, "course", "warm", "--end")
        shutil.rmtree(top, ignore_errors=True)


if __name__ == "__main__":
    main()

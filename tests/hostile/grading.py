"""Grade a course as a program of its own, and tell what came of it and what is left of it.

python grading.py JOB: a JSON file with the course's folder, the limits, and where to write.
The process that looks for what is left grades nothing itself: its child does.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER: who leaves the family stays a child of ours
SESSION_MEMORY = 2**30  # less than in earnest: to use up gigabytes takes many seconds
PATIENCE = 3  # seconds that a killed process has to vanish


def watch(job: Path) -> int:
    """Have a job done by a child; note down which processes outlive it."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    code = subprocess.run([sys.executable, __file__, str(job), "now"]).returncode
    left = survivors()
    out = Path(json.loads(job.read_text(encoding="utf-8"))["out"])
    if code == 0:
        found = json.loads(out.read_text(encoding="utf-8"))
        out.write_text(json.dumps(found | {"left": left}), encoding="utf-8")
    return code


def grade_job(job: dict) -> None:
    """Grade, write feedback, and write what was found."""
    from course.examining.progress import Limits
    from course.folder import open_course
    from course.grading.grade import grade
    from course.returns.feedback import feedback

    if job["sandboxed"]:
        from course.sandbox.bounds import Bounds

        Bounds.memory = SESSION_MEMORY
    course = open_course(Path(job["course"]))
    began = time.monotonic()
    how = {"limits": Limits(**job["limits"]), "sandbox": job["sandboxed"], "seed": job["seed"]}
    done = grade(course, course.sections, **how)
    seconds = time.monotonic() - began
    feedback(course, course.sections)
    rows = {one.attempt.student: [asdict(row) for row in one.attempt.rows] for one in done}
    found = {"rows": rows, "seconds": seconds}
    Path(job["out"]).write_text(json.dumps(found), encoding="utf-8")


def survivors() -> list[str]:
    """Kill and name the processes that this one has started or adopted and that still live."""
    end = time.monotonic() + PATIENCE
    while (left := _descendants()) and time.monotonic() < end:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return [left[process] for process in left]


def _descendants() -> dict[int, str]:
    parents, commands = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if state != "Z":
            parents[int(entry.name)], commands[int(entry.name)] = int(parent), command
    found: dict[int, str] = {}
    family = {os.getpid()}
    while new := {p for p, parent in parents.items() if parent in family} - family:
        family |= new
        found |= {p: commands[p] for p in new}
    return found


if __name__ == "__main__":
    path = Path(sys.argv[1])
    if sys.argv[2:] == ["now"]:
        grade_job(json.loads(path.read_text(encoding="utf-8")))
    else:
        sys.exit(watch(path))

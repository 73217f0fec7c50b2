"""Hostile, broken and unlucky submissions: stock ``nbgrader autograde`` beside ``course grade``.

    python benchmarks/hostile.py [--every 1] [--jobs 2] [--groups tampering honest ...]

Both sides get the corpus of tests/hostile. `course grade` gets each group as one batch. Stock
nbgrader gets each submission in a course of its own, with an honest one after it, and with walls
around it that are none of its own: bubblewrap without a network, limits on memory and time. What
could harm a machine is not given to it at all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the corpus is a part of the tests

from nbgrader.api import Gradebook, MissingEntry  # noqa: E402

from tests.hostile.batch import TELLTALE, run_batch, written  # noqa: E402
from tests.hostile.case import Case  # noqa: E402
from tests.hostile.corpus import GROUPS, Group  # noqa: E402
from tests.hostile.ground import VICTIM, Ground  # noqa: E402

BIN = Path(sys.executable).parent
# For a run of stock nbgrader on two submissions; it gives each cell 30 s by itself.
SECONDS, MEMORY = 180, 12 * 2**30
COUNTS = (
    "submissions",
    "undeserved marks given",
    "deserved marks lost",
    "hidden tests seen",
    "secrets read or written over",
    "batches stopped",
    "processes or files left over",
)


@dataclass
class Stock:
    """Stock nbgrader on throw-away courses, each with one case and an honest neighbour."""

    top: Path

    def prepare(self, group: Group) -> Path:
        """Make a course with its release, as an instructor does once; return its folder."""
        ground = Ground(self.top / f"{group.lesson.notebook}-{group.name}", group)
        _nbgrader(ground, "generate_assignment", group.lesson.section, "--create")
        return ground.root

    def count(self, group: Group, case: Case, made: Path) -> Counter:
        """Grade one case and count what went wrong."""
        with tempfile.TemporaryDirectory(dir=self.top, ignore_cleanup_errors=True) as folder:
            ground = Ground(Path(folder, "ground"), group)
            for name in ("nbgrader_config.py", "gradebook.db"):
                shutil.copy(made / name, ground.root / name)
            shutil.copytree(made / "release", ground.root / "release")
            ground.hand_in((case,), ground.names(port=9, address="127.0.0.2"))
            before = ground.canaries()
            _nbgrader(ground, "autograde", group.lesson.section, "--create")
            told = written(ground, case.id)
            found = judged(group, case, marks(ground, case.id), told)
            found["batches stopped"] = int(marks(ground, VICTIM) != group.lesson.points)
            changed = ground.canaries() != before
            found["secrets read or written over"] |= changed
            return found


def _nbgrader(ground: Ground, *command: str) -> None:
    """Run nbgrader where it can harm nothing but the ground; it may fail."""
    walls = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/"]
    walls += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp"]
    walls += ["--ro-bind", str(ROOT), str(ROOT), "--bind", str(ground.folder), str(ground.folder)]
    limits = ["prlimit", f"--as={MEMORY}", f"--fsize={2**30}", "--core=0"]
    subprocess.run(
        ["timeout", "-k", "5", str(SECONDS), *walls, *limits, str(BIN / "nbgrader"), *command],
        cwd=ground.root,
        env=ground.environment() | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def marks(ground: Ground, student: str) -> dict[str, float]:
    """Return what the gradebook holds for a student, by exercise; what is not there is 0."""
    lesson = ground.group.lesson
    with Gradebook(ground.course.db_url) as book:
        try:
            found = book.find_submission_notebook(lesson.notebook, lesson.section, student)
        except MissingEntry:
            return dict.fromkeys(lesson.points, 0.0)
        return {grade.name.removesuffix("-test"): grade.score for grade in found.grades}


def judged(group: Group, case: Case, given: dict[str, float], told: str) -> Counter:
    """Count the case in each row of the table that it belongs to."""
    found = Counter({"submissions": 1})
    for exercise, points in group.lesson.points.items():
        wanted = case.verdicts.get(exercise, "passed")
        score = given.get(exercise, 0.0)
        if score > (points if "passed" in wanted or wanted == "any" else 0):
            found["undeserved marks given"] = 1
        elif wanted == "passed" and score < points:
            found["deserved marks lost"] = 1
    found["hidden tests seen"] = int(TELLTALE["a hidden test"] in told)
    others = [word for what, word in TELLTALE.items() if what != "a hidden test"]
    found["secrets read or written over"] = int(any(word in told for word in others))
    return found


def ours(group: Group, top: Path) -> Counter:
    """Grade a group with `course grade` and count what went wrong."""
    total: Counter = Counter()
    try:
        batch = run_batch(group, top / f"ours-{group.name}")
    except (RuntimeError, subprocess.TimeoutExpired):
        return Counter({"submissions": len(group.cases), "batches stopped": 1})
    for case in group.cases:
        given = {name: row["points"] for name, row in batch.rows[case.id].items()}
        total += judged(group, case, given, batch.told[case.id])
    total["secrets read or written over"] += len(batch.changed) + len(set(batch.callers))
    total["processes or files left over"] = len(batch.left) + len(batch.litter)
    return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="take every so many-th case only")
    parser.add_argument("--jobs", type=int, default=2, help="runs of stock nbgrader at a time")
    parser.add_argument("--groups", nargs="+", choices=GROUPS, default=list(GROUPS))
    given = parser.parse_args()
    if not shutil.which("bwrap"):
        sys.exit("This needs bubblewrap (bwrap): stock nbgrader runs submissions unprotected.")
    mine, theirs = Counter(), Counter()
    with tempfile.TemporaryDirectory(prefix="benchmark-hostile-") as folder:
        stock = Stock(Path(folder))
        for name in given.groups:
            group = replace(GROUPS[name], cases=GROUPS[name].cases[:: given.every])
            own = ours(group, stock.top)
            made = stock.prepare(group)
            safe = [case for case in group.cases if not case.needs_sandbox]
            with ThreadPoolExecutor(given.jobs) as pool:
                done = pool.map(lambda case, g=group, m=made: stock.count(g, case, m), safe)
                other = sum(done, Counter())
            mine, theirs = mine + own, theirs + other
            print(f"{name}: {dict(+other)} | {dict(+own)}", file=sys.stderr)
    print(f"{'':<34}{'nbgrader autograde':>20}{'course grade':>16}")
    for row in COUNTS:
        left = "not looked at" if "left over" in row else theirs[row]
        print(f"{row:<34}{left:>20}{mine[row]:>16}")


if __name__ == "__main__":
    main()

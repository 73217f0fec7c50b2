"""Hand in a group of cases, grade them in one run, and gather everything that was told."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.notebooks import is_test
from tests.hostile.case import EVIDENCE, SECRET
from tests.hostile.corpus import Group
from tests.hostile.ground import Ground, listen, own_address
from tests.hostile.lessons import MARK
from tests.tools import sandboxed

TELLTALE = {"a hidden test": MARK, "a secret": SECRET, "evidence of success": EVIDENCE}
LONGEST = 900  # seconds a batch


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    rows : dict
        Each student's rows by exercise.
    told : dict
        All text of each student's that a student sees or has written.
    pages : dict
        Each student's page of feedback.
    left : list of str
        Processes that still lived after the run.
    litter : list of str
        Files that were still there.
    changed : list of str
        Canaries that are not what they were.
    callers : list of str
        What was sent over the network.
    seconds : float
    """

    rows: dict[str, dict[str, dict]]
    told: dict[str, str]
    pages: dict[str, str]
    left: list[str]
    litter: list[str]
    changed: list[str]
    callers: list[str]
    seconds: float
    ground: Ground


def run_batch(group: Group, folder: Path) -> Batch:
    """Hand in and grade a group below `folder`."""
    ground = Ground(folder, group)
    with closing(listen(ground)) as listener:
        names = ground.names(port=listener.getsockname()[1], address=own_address())
        ground.hand_in(group.runnable(sandboxed=sandboxed()), names)
        before = ground.canaries()
        found = _grade(ground)
    after = ground.canaries()
    changed = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
    rows = {s: {row["exercise"]: row for row in found["rows"][s]} for s in found["rows"]}
    pages = {student: _page(ground, student) for student in rows}
    told = {
        s: "\n".join([written(ground, s), json.dumps(found["rows"][s]), pages[s]]) for s in rows
    }
    return Batch(
        rows=rows,
        told=told,
        pages=pages,
        left=found["left"],
        litter=ground.litter(),
        changed=changed,
        callers=ground.callers,
        seconds=found["seconds"],
        ground=ground,
    )


def _grade(ground: Ground) -> dict:
    job, out = ground.folder / "job.json", ground.folder / "found.json"
    limits = ground.group.limits
    settings = {"course": str(ground.root), "limits": limits, "out": str(out)}
    settings["sandboxed"] = sandboxed()
    job.write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, str(Path(__file__).parent / "grading.py"), str(job)]
    done = subprocess.run(
        command,
        env=ground.environment(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        cwd=ground.root,
    )
    if not out.is_file():
        raise RuntimeError(f"the batch {ground.group.name} was stopped: {done.stderr[-3000:]}")
    return json.loads(out.read_text(encoding="utf-8"))


def _page(ground: Ground, student: str) -> str:
    lesson = ground.group.lesson
    path = ground.course.feedback(student, lesson.section) / f"{lesson.notebook}.html"
    return path.read_text(encoding="utf-8")


def written(ground: Ground, student: str) -> str:
    """Return all outputs in the executed notebook, but for a test's own traceback."""
    lesson = ground.group.lesson
    path = ground.course.autograded(student, lesson.section) / f"{lesson.notebook}.ipynb"
    if not path.is_file():
        return ""
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if not (is_test(cell) and output.output_type == "error"):
                texts.append(json.dumps(output))
    return "\n".join(texts)

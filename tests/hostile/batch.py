"""Hand in a group of cases, grade them in one run, and gather everything that was told."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.notebook.cells import is_test
from tests.hostile.case import EVIDENCE, SECRET, SUMS
from tests.hostile.corpus import BATCHES, Group
from tests.hostile.ground import Ground, listen, own_address
from tests.hostile.lessons import MARK, hidden_inputs
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
    seen : dict
        What of it the student sees: the page, and what the gradebook says.
    hidden : set of str
        Inputs and expected values of the hidden tests.
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
    seen: dict[str, str]
    hidden: set[str]
    pages: dict[str, str]
    left: list[str]
    litter: list[str]
    changed: list[str]
    callers: list[str]
    seconds: float
    ground: Ground


_graded: dict[str, Batch | Exception] = {}


def graded_once(name: str, factory: pytest.TempPathFactory) -> Batch:
    """Return what came of a batch of the corpus; each is graded once in a process."""
    if name not in _graded:
        try:
            _graded[name] = run_batch(BATCHES[name], factory.mktemp(name))
        except Exception as error:  # all who ask are told
            _graded[name] = error
    found = _graded[name]
    if isinstance(found, Exception):
        raise found
    return found


def run_batch(group: Group, folder: Path) -> Batch:
    """Hand in and grade a group below `folder`."""
    ground = Ground(folder, group)
    with closing(listen(ground)) as listener:
        names = ground.names(port=listener.getsockname()[1], address=own_address())
        ground.hand_in(group.runnable(sandboxed=sandboxed()), names)
        before = ground.canaries()
        seed = secrets.randbelow(2**31)
        found = _grade(ground, seed)
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
        seen={s: "\n".join([pages[s], *comments(ground, s)]) for s in rows},
        hidden=hidden_inputs(seed) if ground.group.lesson is SUMS else set(),
        pages=pages,
        left=found["left"],
        litter=ground.litter(),
        changed=changed,
        callers=ground.callers,
        seconds=found["seconds"],
        ground=ground,
    )


def _grade(ground: Ground, seed: int) -> dict:
    job, out = ground.folder / "job.json", ground.folder / "found.json"
    limits = ground.group.limits
    settings = {"course": str(ground.root), "limits": limits, "out": str(out)}
    settings |= {"sandboxed": sandboxed(), "seed": seed}
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


def comments(ground: Ground, student: str) -> list[str]:
    """Return what the gradebook says to a student, as stock nbgrader would show it."""
    lesson = ground.group.lesson
    with Gradebook(ground.course.db_url) as book:
        found = book.find_submission_notebook(lesson.notebook, lesson.section, student)
        return [comment.comment or "" for comment in found.comments]


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

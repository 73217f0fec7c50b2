"""In which order the workers of pytest-xdist take the tests, so that all are busy to the end."""

from __future__ import annotations

import re

from xdist.scheduler import LoadFileScheduling

# What takes longest goes first: at the end a long file would keep one worker busy while the others
# have nothing left. A path here may be forgotten or wrong; that costs nothing but time.
LONGEST = (
    "hostile/test_corpus.py",
    "grading/test_stock.py",
    "grading/engine/test_flow.py",
    "helpers/test_any_folder.py",
    "grading/engine/test_hanging.py",
    "helpers/explorers/test_explorers.py",
    "grading/engine/test_durability.py",
    "browser/test_hostile_formgrader.py",
    "helpers/models/test_backbone.py",
    "grading/engine/test_locks.py",
    "browser/test_student.py",
    "helpers/models/test_reference.py",
    "grading/engine/test_cluster.py",
    "browser/test_drawing.py",
    "browser/test_warm_lab.py",
    "browser/test_demo.py",
)
# A worker takes a file at a time, for its tests share processes; but for these, whose tests share
# none, and the corpus, where many tests look at one batch.
APART = ("helpers/test_any_folder.py", "grading/test_stock.py")
BATCHES = "hostile/test_corpus.py"
BATCH = re.compile(r"\[([a-z]+-[a-z]+)")


def unit(test: str) -> str:
    """Return what a worker takes together with a test, given by its id."""
    file = test.partition("::")[0]
    if file.endswith(APART):
        return test
    if file.endswith(BATCHES) and (batch := BATCH.search(test)):
        return f"{file}[{batch[1]}]"
    return file


def place(test: str) -> int:
    """Return how early a test is to be taken: the smaller, the earlier."""
    file = test.partition("::")[0]
    found = (number for number, long in enumerate(LONGEST) if file.endswith(long))
    return next(found, len(LONGEST))


class Scheduling(LoadFileScheduling):
    """Hands out units in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)

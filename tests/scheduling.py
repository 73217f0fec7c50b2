"""In which order the workers of pytest-xdist take the tests, so that all are busy to the end."""

from __future__ import annotations

import re

from xdist.scheduler import LoadFileScheduling

# What takes longest goes first: at the end a long file would keep one worker busy while the others
# have nothing left. A path here may be forgotten or wrong; that costs nothing but time.
LONGEST = (
    "hostile/test_corpus.py",
    "foreign/test_marks.py",
    "grading/test_stock.py",
    "grading/engine/test_flow.py",
    "grading/engine/test_durability.py",
    "browser/test_student.py",
    "test_authors_guide.py",
    "test_wheel.py",
    "grading/engine/test_hanging.py",
    "processes/test_surroundings.py",
    "helpers/explorers/test_explorers.py",
    "sandbox/test_kernel_memory.py",
    "helpers/models/test_backbone.py",
    "sandbox/test_machines.py",
    "browser/test_demo.py",
    "examining/test_examine.py",
    "grading/engine/test_locks.py",
    "sandbox/test_grading.py",
    "sandbox/test_promises.py",
    "gate/test_verdicts.py",
    "sealing/test_tables.py",
    "grading/engine/test_cluster.py",
    "helpers/test_any_folder.py",
    "warm/test_commands.py",
    "judging/test_judge.py",
    "judging/test_known.py",
    "intake/test_submissions.py",
    "record/test_hostile_gradebook.py",
    "dataset/test_make.py",
    "helpers/notebook/test_expected.py",
    "helpers/models/test_reference.py",
    "helpers/explorers/test_study.py",
    "helpers/explorers/test_training_explorers.py",
    "warm/test_expectations.py",
    "warm/test_randomness.py",
    "browser/test_hostile_feedback.py",
    "browser/test_warm_lab.py",
    "judging/test_fuzz.py",
    "site/test_build.py",
    "browser/test_site.py",
)
# A worker takes a file at a time, for its tests share processes; but for these, whose tests share
# none, and the corpus, where many tests look at one batch.
APART = (
    "helpers/test_any_folder.py",
    "grading/test_stock.py",
    "foreign/test_marks.py",
    "processes/test_surroundings.py",
)
BATCHES = "hostile/test_corpus.py"
# What several files use is made once where one worker has all of them: a batch, a JupyterLab.
TOGETHER = {
    "browser/test_hostile_formgrader.py": "tests/hostile/test_corpus.py[words-calm]",
    "browser/test_student.py": "browser",
    "browser/test_drawing.py": "browser",
    "browser/test_explorers.py": "browser",
}
BATCH = re.compile(r"\[([a-z]+-[a-z]+)")


def unit(test: str) -> str:
    """Return what a worker takes together with a test, given by its id."""
    file = test.partition("::")[0]
    if file.endswith(APART):
        return test
    if file.endswith(BATCHES) and (batch := BATCH.search(test)):
        return f"{file}[{batch[1]}]"
    return next((name for end, name in TOGETHER.items() if file.endswith(end)), file)


def place(test: str) -> int:
    """Return how early a test is to be taken: the smaller, the earlier."""
    file = test.partition("::")[0]
    found = (number for number, long in enumerate(LONGEST) if file.endswith(long))
    return next(found, len(LONGEST))


class Scheduling(LoadFileScheduling):
    """Hands out units in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)

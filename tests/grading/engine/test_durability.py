"""Killed at any step: a rerun finishes, and repeats nothing."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from .grading import Options, grade, grading
from .processes import mentioned_in, started, wait_for
from .records import MARKED, SECTION, TWICE, check, recorded, rows_of, scores


def killed_at(point: str, course, *options: str) -> Path:
    """Have `course grade` die at a point; return the file by which its processes are known."""
    mark = course.root.parent / f"{course.root.name}-{point}"
    process = started(course, *options, COURSE_FAULT=f"{point}:{mark}")
    told = process.communicate()[1]
    assert mark.exists(), f"{point} was never reached: {told}"
    assert process.returncode == -signal.SIGKILL
    return mark


@pytest.mark.parametrize("point", ["gradebook-begun", "gradebook-made", "before-cells"])
def test_a_grader_killed_at_its_first_steps_is_run_again(handed_in, warm_cluster, point):
    killed_at(point, handed_in, "--scheduler", warm_cluster.address)
    assert rows_of(handed_in, "SELECT 1 FROM course_attempt") == []
    grade(handed_in, handed_in.sections, scheduler=warm_cluster.address)
    check(handed_in)


@pytest.mark.parametrize(
    "point", ["before-files", "before-rename", "before-record", "before-commit", "after-record"]
)
def test_a_grader_killed_as_it_records_is_run_again(marked, warm_cluster, point):
    killed_at(point, marked, "--scheduler", warm_cluster.address)
    there = len(rows_of(marked, "SELECT 1 FROM course_attempt"))
    assert there == (2 if point == "after-record" else 1)
    again = grade(marked, marked.sections, scheduler=warm_cluster.address)
    assert sum(one.skipped for one in again) == there
    check(marked, MARKED)


def test_a_grader_in_another_process_knows_what_is_graded(handed_in, warm_cluster):
    grade(handed_in, handed_in.sections, scheduler=warm_cluster.address)
    again = started(handed_in)
    told = again.communicate()[1]
    assert again.returncode == 0, told
    check(handed_in)


@pytest.mark.parametrize("point", ["worker-begins", "worker-ends"])
def test_a_grader_killed_as_it_examines_leaves_no_process(handed_in, point):
    mark = killed_at(point, handed_in)
    wait_for(lambda: not mentioned_in("environ", str(mark)), "the end of all that it started")
    grade(handed_in, handed_in.sections)
    check(handed_in)


def test_a_grader_killed_while_an_answer_runs_takes_it_along(course, submit):
    name = "open('/proc/self/comm', 'w').write('endless')"
    submit("anna", {"add": f"{name}\nwhile True:\n    pass"})
    grader = started(course)
    wait_for(lambda: mentioned_in("comm", "endless"), "the answer's start")
    grader.kill()
    grader.communicate()
    wait_for(lambda: not mentioned_in("comm", "endless"), "the answer's end")
    assert rows_of(course, "SELECT 1 FROM course_attempt") == []


def test_folders_of_a_killed_grader_go_with_the_next_run_and_those_of_a_living_one_stay(
    course, submit, tmp_path
):
    place = tmp_path / "temporary"
    place.mkdir()

    def folders() -> set[str]:
        return {path.name for path in place.glob("course-*")}

    submit("anna", {"add": "import time\ntime.sleep(600)"})
    submit("bob", {"twice": TWICE}, "02-more")
    grader = started(course, TMPDIR=str(place))
    kinds = {"course-session", "course-judge"}  # and a home, where there is no sandbox
    wait_for(lambda: {n.rpartition("-")[0] for n in folders()} >= kinds, "an answer's start")
    before = folders()
    for kill, left in ((False, before), (True, set())):
        if kill:
            grader.kill()
            grader.communicate()
            assert folders() == before
        other = started(course, "--force", TMPDIR=str(place), section="02-more")
        told = other.communicate()[1]
        assert other.returncode == 0, told
        assert folders() == left


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize("lose", [cut, lambda path: path.write_bytes(b""), Path.unlink])
def test_an_executed_notebook_that_a_power_cut_took_is_made_again(marked, warm_cluster, lose):
    grade(marked, marked.sections, scheduler=warm_cluster.address)
    path = marked.autograded("bob", SECTION) / "sums.ipynb"
    whole = path.read_bytes()
    lose(path)
    again = grade(marked, marked.sections, scheduler=warm_cluster.address)
    assert [g.attempt.student for g in again if not g.skipped] == ["bob"]
    assert len(path.read_bytes()) == len(whole)
    assert scores(marked) == MARKED


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_hundreds_of_unchanged_submissions_are_skipped(course, submit):
    blank = submit("s000", {}).read_bytes()
    for number in range(1, 300):
        submit(f"s{number:03}", blank)
    options = Options(jobs=2)
    assert sum(not one.skipped for one in grading(course, course.sections, options)) == 300
    written = {path: path.stat().st_mtime_ns for path in course.root.glob("autograded/**/*.ipynb")}
    assert sum(one.skipped for one in grading(course, course.sections, options)) == 300
    assert len(recorded(course)) == 300
    assert all(path.stat().st_mtime_ns == time for path, time in written.items())

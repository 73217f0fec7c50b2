"""Others at the gradebook, or at the same section: waited for, or told of."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading

import pytest

from course.errors import CourseError
from course.record import database
from course.record.locks import only_grader, only_registrar

from .grading import Options, grade, grading
from .processes import started, wait_for
from .records import HANDED_IN, MARKED, SCORES, SECTION, TWICE, check, rows_of, scores


class Holder:
    """Another program that holds the gradebook for itself."""

    LINES = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read() if len(sys.argv) == 2 else time.sleep(float(sys.argv[2]))
db.execute("COMMIT")
"""

    def __init__(self, course, *seconds: str) -> None:
        line = [sys.executable, "-c", self.LINES, str(course.root / "gradebook.db"), *seconds]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(line, text=True, **pipes)
        assert self.process.stdout.readline() == "held\n"

    def release(self) -> None:
        """Let the gradebook go; wait for that."""
        self.process.communicate()


def test_a_gradebook_is_waited_for_longer_than_sqlite_does_by_itself(marked, warm_cluster):
    assert database.PATIENCE > 30
    holder = Holder(marked, "8")  # SQLite waits for 5 s when nobody asks for more
    grade(marked, marked.sections, scheduler=warm_cluster.address)
    assert holder.process.poll() is not None
    holder.release()
    check(marked, MARKED)


def test_a_gradebook_that_is_taken_in_the_middle_is_waited_for(handed_in, warm_cluster):
    folder = handed_in.root / "autograded"
    holders = []

    def take(_) -> None:
        if holders:
            return
        holders.append(Holder(handed_in))
        threading.Thread(target=let_go).start()

    def let_go() -> None:  # when the grader has come to the next submission's record
        wait_for(lambda: len(list(folder.rglob("*.ipynb"))) == 2, "the second submission")
        holders[0].release()

    grade(handed_in, handed_in.sections, scheduler=warm_cluster.address, report=take)
    check(handed_in)


def test_a_gradebook_that_stays_locked_is_told_and_nothing_is_lost(
    marked, warm_cluster, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    holder = Holder(marked)
    with pytest.raises(CourseError, match="cannot be used: database is locked"):
        grade(marked, marked.sections, scheduler=warm_cluster.address)
    holder.release()
    results = grading(marked, marked.sections, Options(scheduler=warm_cluster.address))
    assert [next(results).attempt.student, next(results).skipped] == ["anna", False]
    holder = Holder(marked)
    with pytest.raises(CourseError, match="nothing graded so far is lost"):
        list(results)
    holder.release()
    grade(marked, marked.sections, scheduler=warm_cluster.address)
    check(marked, MARKED)


def test_a_second_grader_of_a_section_is_sent_away(handed_in, warm_cluster):
    results = grading(handed_in, handed_in.sections, Options(scheduler=warm_cluster.address))
    next(results)
    second = started(handed_in)
    assert "Another `course grade`" in (told := second.communicate()[1])
    assert str(os.getpid()) in told and SECTION in told and second.returncode == 1
    list(results)
    check(handed_in)


def test_two_graders_of_different_sections_share_a_new_gradebook(handed_in, submit, warm_cluster):
    for student in HANDED_IN:
        submit(student, {"twice": TWICE}, "02-more")
    sections = (SECTION, "02-more")
    at = ("--scheduler", warm_cluster.address)
    for grader in [started(handed_in, *at, section=section) for section in sections]:
        told = grader.communicate()[1]
        assert grader.returncode == 0, told
    counts = rows_of(handed_in, "SELECT section, count(*) FROM course_attempt GROUP BY section")
    assert counts == [(section, len(HANDED_IN)) for section in sections]
    assert scores(handed_in) == {student: score + 1 for student, score in SCORES.items()}


def unlockable(monkeypatch, code: int) -> None:
    """Have the disk say that it has no locks."""

    def refuse(*arguments):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_that_has_no_locks_is_told(course, monkeypatch, code):
    unlockable(monkeypatch, code)
    for lock in (only_grader(course, course.sections[0]), only_registrar(course)):
        with pytest.raises(CourseError, match=r"can be locked: .*Put the course on a disk"), lock:
            pass


@pytest.mark.filterwarnings("error")
def test_where_there_is_no_call_for_locks_a_file_stands_for_one(course, monkeypatch):
    unlockable(monkeypatch, errno.ENOSYS)
    section = course.sections[0]
    another = pytest.raises(CourseError, match="Another `course grade`")
    with only_grader(course, section), another, only_grader(course, section):
        pass
    with only_grader(course, section):
        pass

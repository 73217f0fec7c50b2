"""What comes into a folder is graded as it comes, whole, and once."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from course.demo.samples import hand_in
from course.errors import CourseError
from course.grading.jobs import Options
from course.grading.watching import SECONDS, watching
from course.notebook.reading import read_source
from tests.sums import RIGHT

SECTION = "01-sums"
NAMED = "Ann Lee_1_assignsubmission_file_sums.ipynb"
PATIENCE = 60


@pytest.fixture
def answers(course):
    """Return what a student hands in."""
    return hand_in(read_source(course.sections[0].notebooks[0], course.config), RIGHT)


@pytest.fixture
def inbox(tmp_path):
    """Return an empty folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def watch(course, folder, **told) -> Iterator:
    """Watch a folder without a sandbox, and not for ever."""
    end = time.monotonic() + PATIENCE
    how = {"go_on": lambda: time.monotonic() < end} | told
    return watching(course, course.sections, folder, Options(sandbox=False), **how)


def test_what_comes_into_a_folder_is_taken_in_and_graded(course, inbox, answers):
    with closing(watch(course, inbox)) as graded:
        (inbox / NAMED).write_bytes(answers)
        first = next(graded)
        assert (first.attempt.student, first.total.points) == ("Ann-Lee", 4)
        (inbox / NAMED.replace("Ann Lee_1", "Bob Ray_2")).write_bytes(answers)
        assert next(graded).attempt.student == "Bob-Ray"
    assert course.submitted("Bob-Ray", SECTION).is_dir()


@pytest.mark.parametrize("room", [".", "source", "release", "autograded"])
def test_no_folder_of_the_courses_own_is_watched(course, room):
    (course.root / room).mkdir(exist_ok=True)
    with pytest.raises(CourseError, match=r"this course's own .*/, and no download"):
        next(watch(course, course.root / room))
    assert not course.submitted("x", "x").parent.parent.exists()


def test_a_file_is_waited_for_to_its_end(course, inbox, answers):
    half = len(answers) // 2

    def write() -> None:
        with (inbox / NAMED).open("wb", buffering=0) as file:
            for part in (answers[:half], answers[half:]):
                file.write(part)
                time.sleep(SECONDS / 2)

    writer = threading.Thread(target=write)
    writer.start()
    with closing(watch(course, inbox, refused=lambda one: pytest.fail(str(one)))) as graded:
        assert [row.verdict for row in next(graded).attempt.rows][:3] == ["passed"] * 3
    writer.join()


def test_what_is_refused_is_said_and_the_next_is_graded(course, inbox, answers):
    told = []
    (inbox / "notes.ipynb").write_bytes(json.dumps({"cells": []}).encode())
    (inbox / NAMED).write_bytes(answers)
    with closing(watch(course, inbox, refused=told.append)) as graded:
        assert next(graded).attempt.student == "Ann-Lee"
        (inbox / NAMED.replace("Ann Lee_1", "Bob Ray_2")).write_bytes(answers)
        assert next(graded).attempt.student == "Bob-Ray"
    assert [one.name for one in told] == ["notes.ipynb"]


def test_the_submissions_themselves_can_be_watched(course, answers):
    path = course.submitted("ann", SECTION) / "sums.ipynb"
    path.parent.mkdir(parents=True)
    with closing(watch(course, path.parents[2])) as graded:
        path.write_bytes(answers)
        assert next(graded).attempt.student == "ann"
        path.write_bytes(answers.replace(b"return a + b", b"return a - b"))
        again = next(graded)
    assert (again.attempt.student, again.total.points) == ("ann", 1)


def test_a_folder_that_is_not_there_is_named(course, tmp_path):
    with pytest.raises(CourseError, match="nowhere is no folder"):
        next(watch(course, tmp_path / "nowhere"))

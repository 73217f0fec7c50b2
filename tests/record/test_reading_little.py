"""What is asked of one student is answered without reading everybody's rows."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from course.record.store import open_record
from course.record.table import ATTEMPTS
from course.returns.export import marks
from tests.classes import SECTION, attempt, small_course

# Of each student there are some; all else is as long as the course.
OF_STUDENTS = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
OF_STUDENTS |= {ATTEMPTS.name, "course_shared"}


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path)


@contextmanager
def counting(asked: list[int]) -> Iterator[None]:
    """Add to the last number for each statement that a database is given in the block."""

    def count(*_):
        asked[-1] += 1

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)


@pytest.fixture
def read_whole(course):
    """Return an open record, and which tables its queries since read from end to end."""
    with open_record(course) as record:
        record.register(course.sections[0])
        found: set[str] = set()

        def look(connection, cursor, statement, values, context, many):
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                raw = connection.connection.driver_connection
                one = values[0] if many else values
                for *_, step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", one):
                    if (told := re.match(r"SCAN (\w+)", step)) and told[1] in OF_STUDENTS:
                        found.add(f"{told[1]}: {statement}")

        sa.event.listen(record.book.db.get_bind(), "before_cursor_execute", look)
        yield record, found


def test_recording_reads_nobody_elses_rows(read_whole):
    record, found = read_whole
    for _ in range(2):  # what is new, and what was there
        record.write(attempt("anna", {"add": "No."}, add="failed"))
    assert not found


def test_the_marks_of_one_are_found_without_everybody_elses(read_whole):
    record, found = read_whole
    record.write(attempt("anna"))
    assert record.standing("anna", SECTION).grades
    assert record.tries("anna", SECTION)
    assert not found


def test_a_class_is_exported_in_as_many_queries_as_one_student(course):
    asked = []
    for students in (["anna"], ["bela", "chen", "dora"]):
        with open_record(course) as record:
            record.register(course.sections[0])
            for student in students:
                record.write(attempt(student))
        asked.append(0)
        with counting(asked):
            assert len(marks(course, course.sections)) == 1 + 3 * (len(asked) - 1)
    assert asked[0] == asked[1]


def test_a_table_that_was_made_without_the_index_gets_it(course):
    with open_record(course):
        pass
    file = course.root / "gradebook.db"
    (name,) = (index.name for index in ATTEMPTS.indexes)
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"DROP INDEX {name}")
    with open_record(course):
        pass
    with closing(sqlite3.connect(file)) as db:
        there = db.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
    assert (name,) in there

"""What a person gives to one of a group counts for all of it; whom else it is not given to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from course.record.attempts import Attempt, Hashes, Team
from course.record.store import open_record
from tests.classes import SECTION, attempt, small_course

GROUP = ("ann", "bob")


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path)


def of_group(by: str = "ann", members: tuple[str, ...] = GROUP, name: str = "A", **changes):
    """Return what is recorded for each of a group; `changes` are answers' hashes by exercise."""
    team = {"group": {"name": name, "members": list(members), "by": by}}
    hashes = Hashes(f"{name}{by}{members}{changes}", "b", "c")
    made = []
    for student in members:
        one = attempt(student)
        rows = tuple(replace(r, answer=changes.get(r.exercise, r.answer)) for r in one.rows)
        made.append(Attempt(student, SECTION, hashes, rows, None, team))
    return made


@pytest.fixture
def write(course):
    """Return a function that records the attempts of a group."""
    with open_record(course) as record:
        record.register(course.sections[0])

    def write(*attempts: Attempt) -> None:
        with open_record(course) as record:
            record.write(*attempts)

    return write


@pytest.fixture
def give(course):
    """Return a function that marks as formgrader does."""

    def give(student: str, points: float | None, comment: str | None = None) -> None:
        with Gradebook(course.db_url, course.directory.course_id) as book:
            grade = book.find_grade("why", "sums", SECTION, student)
            grade.manual_score = points
            grade.needs_manual_grade = points is None
            if comment is not None:
                book.find_comment("why", "sums", SECTION, student).manual_comment = comment
            book.db.commit()

    return give


def look(course) -> tuple[dict[str, tuple[float, str, bool]], list[str]]:
    """Return what `why` counts for each student, and what is told meanwhile."""
    told: list[str] = []
    with open_record(course) as record:
        record.assess(SECTION, lambda trouble: told.append(str(trouble)))
        standings = record.standings(SECTION)
        rows = {one.student: one.rows[-1] for one in record.last_attempts(SECTION)}
    return {student: tuple(standings[student].of(row)) for student, row in rows.items()}, told


def test_an_attempt_says_whose_group_it_is():
    one, _ = of_group()
    assert one.team == Team("A", ("ann", "bob"), "ann") and attempt("ann").team is None
    whole = {"name": "A", "members": ["ann"], "by": "ann"}
    assert replace(one, circumstances={"group": whole}).team is not None
    astray = [whole | {"by": "../ann"}, whole | {"members": ["ann", ".."]}, whole | {"name": 3}]
    for spoilt in ("A", {"name": "A"}, whole | {"members": "ab"}, [], *astray):
        assert replace(one, circumstances={"group": spoilt}).team is None


@pytest.mark.parametrize("marked", GROUP)
def test_a_mark_and_a_comment_count_for_all(course, write, give, marked):
    write(*of_group())
    write(attempt("eve"))
    give(marked, 1.5, "Nearly.")
    found, told = look(course)
    assert found == {
        "ann": (1.5, "Nearly.", False),
        "bob": (1.5, "Nearly.", False),
        "eve": (0.0, "", True),
    }
    assert told == []


@pytest.mark.parametrize("first", GROUP)
@pytest.mark.parametrize("then", GROUP)
def test_what_is_changed_later_counts_for_all(course, write, give, first, then):
    write(*of_group())
    give(first, 1.5, "Nearly.")
    look(course)
    give(then, 2, "")
    assert look(course)[0] == dict.fromkeys(GROUP, (2.0, "", False))
    give(first, None)
    assert look(course)[0] == dict.fromkeys(GROUP, (0.0, "", True))


def test_marks_that_contradict_each_other_stay_and_are_told_until_they_agree(course, write, give):
    write(*of_group())
    give("ann", 2)
    give("bob", 1)
    for _ in range(2):
        found, told = look(course)
        assert [found[student][0] for student in GROUP] == [2.0, 1.0]
        assert len(told) == 1 and "Group A" in told[0] and "why" in told[0]
        assert "ann 2" in told[0] and "bob 1" in told[0]
    give("bob", 2)
    assert look(course) == (dict.fromkeys(GROUP, (2.0, "", False)), [])


def test_a_mark_survives_a_new_grading_of_the_same_answer(course, write, give):
    write(*of_group())
    give("bob", 2)
    look(course)
    write(*of_group(by="bob"))
    assert look(course)[0] == dict.fromkeys(GROUP, (2.0, "", False))


def test_a_mark_on_another_answer_waits_for_a_person(course, write, give):
    write(*of_group())
    give("bob", 2)
    look(course)
    write(*of_group(why="another"))
    assert look(course)[0] == dict.fromkeys(GROUP, (2.0, "", True))


def test_a_mark_that_was_not_shared_yet_survives_a_new_grading(course, write, give):
    write(*of_group())
    give("bob", 2)
    write(*of_group(by="ann", add="another"))
    assert look(course)[0] == dict.fromkeys(GROUP, (2.0, "", False))


def test_who_joins_gets_what_the_group_has(course, write, give):
    write(*of_group())
    write(attempt("cyd"))
    give("ann", 2, "Well done.")
    look(course)
    write(*of_group(members=("ann", "bob", "cyd")))
    assert set(look(course)[0].values()) == {(2.0, "Well done.", False)}


def test_what_who_joins_has_for_another_answer_is_nobody_elses(course, write, give):
    write(*of_group())
    own = attempt("cyd")
    write(replace(own, rows=tuple(replace(row, answer="own") for row in own.rows)))
    give("ann", 2)
    give("cyd", 0.5)
    look(course)
    write(*of_group(members=("ann", "bob", "cyd")))
    assert set(look(course)[0].values()) == {(2.0, "", False)}


def test_who_is_marked_and_forms_a_group_keeps_the_mark_of_that_answer(course, write, give):
    write(attempt("ann"))
    give("ann", 2)
    write(*of_group())
    assert look(course)[0] == dict.fromkeys(GROUP, (2.0, "", False))


def test_who_leaves_has_marks_of_their_own(course, write, give):
    write(*of_group())
    give("ann", 2)
    look(course)
    write(attempt("bob"))
    give("bob", 1)
    found, told = look(course)
    assert [found[student][0] for student in GROUP] == [2.0, 1.0] and told == []


def test_two_groups_have_marks_of_their_own(course, write, give):
    write(*of_group())
    write(*of_group(by="cyd", members=("cyd", "dan"), name="B"))
    give("ann", 2)
    give("cyd", 1)
    found, _ = look(course)
    assert [found[student][0] for student in ("ann", "bob", "cyd", "dan")] == [2, 2, 1, 1]


def test_what_is_no_score_is_given_to_nobody(course, write, give):
    write(*of_group())
    give("ann", 2)
    look(course)
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.db.connection().exec_driver_sql(
            "UPDATE grade SET manual_score = 'much' WHERE manual_score = 2 AND id = "
            f"'{book.find_grade('why', 'sums', SECTION, 'ann').id}'"
        )
        book.db.commit()
    with open_record(course) as record:
        record.assess(SECTION)
        assert record.standing("bob", SECTION).grades["sums", "why"] == (2.0, False)


def test_a_gradebook_of_an_earlier_version_gets_the_table(course, write):
    write(*of_group())
    with open_record(course) as record:
        record.book.db.connection().exec_driver_sql("DROP TABLE course_shared")
        record.book.db.commit()
    assert look(course)[1] == []

"""What hostile, broken and unlucky submissions get from `course grade`."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from nbgrader.api import Gradebook

from course.harmless.rendered import FORMULA, TEXT
from tests.hostile.batch import TELLTALE, graded_once
from tests.hostile.case import Case
from tests.hostile.corpus import BATCHES, GROUPS, NOT_RUN, Group
from tests.hostile.ground import INSIDE, VICTIM
from tests.tools import sandboxed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
LONGEST_MESSAGE = 2_000
PASSIVE = FORMULA | TEXT
PASSIVE |= {"html", "head", "meta", "title", "style", "body", "main", "div", "i", "nav", "a"}
PASSIVE |= {"span", "section", "header", "img", "details", "summary", "footer"}


def _marks(of: Group | Case) -> list:
    return [pytest.mark.sandbox] if of.needs_sandbox else []


# An id begins with the batch's name: tests/scheduling.py has one worker take all of a batch.
EACH_BATCH = [pytest.param(batch, marks=_marks(batch), id=name) for name, batch in BATCHES.items()]
EACH_CASE = [
    pytest.param(group, case, marks=_marks(case), id=f"{group.batch}-{name}-{case.name}")
    for name, group in GROUPS.items()
    for case in group.cases
]
TELLING = pytest.param(GROUPS["telling"], id=GROUPS["telling"].batch)


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """Return a function from a group to what came of its batch."""
    return lambda group: graded_once(group.batch, tmp_path_factory)


@pytest.mark.parametrize(("group", "case"), EACH_CASE)
def test_each_exercise_gets_its_verdict_and_its_points(graded, group, case):
    rows = graded(group).rows[case.id]
    verdicts = {name: row["verdict"] for name, row in rows.items()}
    inside = {name for name, row in rows.items() if row["judged"]}
    assert INSIDE != "forbid" or not inside
    wrong = {n: v for n, v in verdicts.items() if n not in inside and not case.allows(n, v)}
    told = {name: rows[name]["message"][:500] for name in wrong}
    assert not wrong, f"{case.about}: {told}"
    for name, row in rows.items():
        full = group.lesson.points[name]
        assert row["max_points"] == full
        assert row["points"] == (full if row["verdict"] == "passed" else 0)


@pytest.mark.parametrize(("group", "case"), EACH_CASE)
def test_nothing_is_learned(graded, group, case):
    told = graded(group).told[case.id]
    assert not [what for what, word in TELLTALE.items() if word in told]


@pytest.mark.parametrize(("group", "case"), EACH_CASE)
def test_no_hidden_input_and_no_expected_value_is_learned(graded, group, case):
    batch = graded(group)
    assert not [what for what in batch.hidden if what in batch.seen[case.id]]


@pytest.mark.parametrize("group", [TELLING])
def test_what_answers_noted_is_there_for_the_instructor(graded, group):
    batch = graded(group)
    for name in ("noted-printed", "noted-raised", "noted-in-added-cells"):
        assert [what for what in batch.hidden if what in batch.told[name]], name


@pytest.mark.parametrize(("group", "case"), EACH_CASE)
def test_what_is_told_is_short_and_in_words(graded, group, case):
    for row in graded(group).rows[case.id].values():
        message = row["message"]
        assert message or row["verdict"] == "passed"
        assert len(message) <= LONGEST_MESSAGE
        assert all(line.isprintable() for line in message.split("\n"))
        assert "Traceback" not in message and str(graded(group).ground.folder) not in message


@pytest.mark.parametrize("group", EACH_BATCH)
def test_the_batch_goes_on_to_its_end(graded, group):
    batch = graded(group)
    lesson = group.lesson
    assert {name: row["points"] for name, row in batch.rows[VICTIM].items()} == lesson.points
    wanted = {case.id for case in group.runnable(sandboxed=sandboxed())}
    assert set(batch.rows) == wanted | {VICTIM}


@pytest.mark.parametrize("group", EACH_BATCH)
def test_no_process_is_left(graded, group):
    assert graded(group).left == []


@pytest.mark.parametrize("group", EACH_BATCH)
def test_no_file_is_left(graded, group):
    assert graded(group).litter == []


@pytest.mark.parametrize("group", EACH_BATCH)
def test_what_belongs_to_others_is_as_it_was(graded, group):
    assert graded(group).changed == []


@pytest.mark.parametrize("group", EACH_BATCH)
def test_only_who_handed_in_is_given_anything(graded, group):
    batch = graded(group)
    for room in ("autograded", "feedback"):
        folders = {path.name for path in (batch.ground.root / room).iterdir() if path.is_dir()}
        assert folders == set(batch.rows)


@pytest.mark.parametrize("group", EACH_BATCH)
def test_nobody_is_called(graded, group):
    assert graded(group).callers == []


@pytest.mark.parametrize("group", EACH_BATCH)
def test_the_gradebook_holds_these_marks_and_no_others(graded, group):
    batch = graded(group)
    lesson = group.lesson
    with Gradebook(batch.ground.course.db_url) as book:
        for student, rows in batch.rows.items():
            found = book.find_submission_notebook(lesson.notebook, lesson.section, student)
            scores = {grade.name.removesuffix("-test"): grade.score for grade in found.grades}
            assert scores == {name: row["points"] for name, row in rows.items()}


class _Elements(HTMLParser):
    """Collects what of a page could be active."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in PASSIVE:
            self.active.append(tag)
        for name, value in attributes:
            remote = name in ("src", "href", "action") and not re.match(
                r"#|data:image/png;base64,[A-Za-z0-9+/=]+$", value or ""
            )
            if name.startswith("on") or remote:
                self.active.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("group", EACH_BATCH)
def test_no_page_of_feedback_holds_anything_active(graded, group):
    pages = graded(group).pages
    found = {student: _Elements(page).active for student, page in pages.items()}
    assert not {student: active for student, active in found.items() if active}


@pytest.mark.parametrize("group", EACH_BATCH)
def test_the_names_of_students_are_their_own(group):
    counted = Counter(case.id for case in group.cases)
    assert [name for name, count in counted.items() if count > 1] == []


def test_what_is_not_run_has_a_reason():
    assert all(NOT_RUN.values())

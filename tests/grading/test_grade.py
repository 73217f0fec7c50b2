"""Grading reads, rebuilds, examines and records; nothing stops a batch."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
from pathlib import Path

import nbformat
import pytest
import sqlalchemy as sa
from nbgrader.api import Gradebook

from course.cli import main
from course.demo.samples import hand_in, solutions
from course.errors import CourseError
from course.grading.engine.warmth import WARMTH
from course.grading.grade import grade
from course.notebook.reading import read_source
from course.record.attempts import FAULT
from course.record.named import Named
from course.record.store import open_record
from course.returns.export import as_csv, as_json, marks
from course.returns.feedback import feedback
from tests.sums import RIGHT, SLIP


@pytest.fixture
def submit(course):
    """Return a function that hands in a student's answers, or the bytes of a file."""

    def put(student: str, answers: dict | bytes) -> Path:
        source = read_source(course.sections[0].notebooks[0], course.config)
        data = answers if isinstance(answers, bytes) else hand_in(source, answers)
        path = course.submitted(student, "01-sums") / "sums.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def verdicts(course):
    """Return a function that grades and returns verdicts by student."""

    def run(**how) -> dict[str, list[str]]:
        return {g.attempt.student: [r.verdict for r in g.attempt.rows] for g in graded(**how)}

    def graded(**how) -> list:
        return grade(course, course.sections, **({"sandbox": False} | how))

    run.graded = graded
    return run


def scores(course, student: str) -> dict[str, float]:
    with Gradebook(course.db_url) as book:
        found = book.find_submission_notebook("sums", "01-sums", student)
        return {grade.name: grade.score for grade in found.grades}


def test_every_kind_of_submission_gets_its_verdicts(course, submit, verdicts):
    submit("anna", {**RIGHT, "why": "So."})
    submit("bob", {})
    submit("carl", b"not json")
    submit("dora", {**RIGHT, "add": SLIP.code})
    (course.submitted("emil", "01-sums")).mkdir(parents=True)
    course.submitted("fay", "01-sums").parent.mkdir(parents=True)
    course.submitted("fay", "01-sums").write_text("a file")
    found = verdicts()
    assert found["anna"] == ["passed", "passed", "passed", "manual"]
    assert found["bob"] == ["unanswered"] * 4
    assert found["carl"] == ["malformed"] * 4
    assert found["dora"][0] == "failed"
    assert found["emil"] == ["missing"] * 4
    assert found["fay"] == ["malformed"] * 4
    assert scores(course, "anna") == {"add-test": 2, "shape-test": 1, "twice-test": 1, "why": 0}
    assert set(scores(course, "carl").values()) == {0}


def test_a_resubmission_never_keeps_the_old_score(course, submit, verdicts):
    submit("anna", RIGHT)
    verdicts()
    assert scores(course, "anna")["add-test"] == 2
    submit("anna", b"{")
    verdicts()
    assert scores(course, "anna")["add-test"] == 0
    submit("anna", {**RIGHT, "add": "import os; os._exit(1)"})
    verdicts()
    assert scores(course, "anna")["add-test"] == 0
    assert scores(course, "anna")["shape-test"] == 1


def test_what_is_graded_already_is_not_graded_again_unless_forced(course, submit, verdicts):
    submit("anna", RIGHT)
    submit("bob", {})
    verdicts()
    submit("bob", RIGHT)
    again = {g.attempt.student: g.skipped for g in verdicts.graded()}
    assert again == {"anna": True, "bob": False}
    assert not any(g.skipped for g in verdicts.graded(force=True))


def test_a_seed_grades_again_what_is_graded_already(course, submit, tmp_path):
    submit("anna", RIGHT)
    out = tmp_path / "rows.jsonl"
    line = ["grade", "--course", str(course.root), "--no-sandbox", "--json", str(out)]
    for seed in ("5", "6"):
        assert main([*line, "--seed", seed]) == 0
        rows = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
        assert {row["seed"] for row in rows} == {int(seed)}
    assert main([*line, "--seed", "-1"]) == main([*line, "--seed", str(2**31)]) == 2


def test_a_changed_test_regrades(course, submit, verdicts):
    submit("anna", RIGHT)
    verdicts()
    path = course.sections[0].notebooks[0]
    path.write_text(path.read_text().replace("total == 10", "total == 11"))
    (graded,) = verdicts.graded()
    assert not graded.skipped
    assert [row.verdict for row in graded.attempt.rows][2] == "failed"


def test_new_words_of_a_mistake_are_told_without_force(course, submit, verdicts):
    submit("anna", {**RIGHT, "twice": "def twice(x):\n    return x + 2"})
    assert verdicts()["anna"][2] == "failed"
    file = course.sections[0].folder / "mistakes.py"
    code = "def twice(x):\\n    return 2 + x"
    file.write_text(f'mistake("twice", words="You add 2.", code="{code}")', encoding="utf-8")
    (graded,) = verdicts.graded()
    assert [row.message for row in graded.attempt.rows][2].endswith("\nYou add 2.")
    file.write_text("this is no Python", encoding="utf-8")
    (graded,) = verdicts.graded()
    assert [row.verdict for row in graded.attempt.rows][:3] == ["passed", "passed", "failed"]


def test_a_manual_score_survives_and_is_flagged_where_the_answer_changed(course, submit, verdicts):
    submit("anna", {**RIGHT, "why": "So."})
    verdicts()

    def mark(score=None):
        with Gradebook(course.db_url) as book:
            found = book.find_grade("why", "sums", "01-sums", "anna")
            if score is not None:
                found.manual_score, found.needs_manual_grade = score, False
                book.db.commit()
            return found.manual_score, found.needs_manual_grade

    mark(1.5)
    verdicts(force=True)
    assert mark() == (1.5, False)
    submit("anna", {**RIGHT, "why": "Something else."})
    verdicts()
    assert mark() == (1.5, True)


def test_the_table_of_attempts_only_grows(course, submit, verdicts):
    submit("anna", RIGHT)
    verdicts()
    verdicts(force=True)
    with open_record(course) as record:
        count = sa.text("SELECT count(*) FROM course_attempt")
        assert record.book.db.execute(count).scalar() == 2
        for change in ("DELETE FROM course_attempt", "UPDATE course_attempt SET student = 'x'"):
            with pytest.raises(sa.exc.IntegrityError, match="append-only"):
                record.book.db.execute(sa.text(change))
            record.book.db.rollback()


def test_a_failed_write_leaves_nothing_of_the_attempt(course, submit, monkeypatch, verdicts):
    submit("anna", RIGHT)
    verdicts()
    submit("anna", {})

    def fail(*_):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("course.record.table.asdict", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        verdicts()
    assert scores(course, "anna")["add-test"] == 2


def test_names_with_spaces_and_other_letters_are_fine(course, submit, verdicts):
    submit("Dílba Şahin 王", RIGHT)
    assert verdicts() == {"Dílba Şahin 王": ["passed", "passed", "passed", "unanswered"]}
    assert feedback(course, course.sections)[0].is_file()


@pytest.mark.parametrize("student", ["", ".", "..", ".replaced", "a/b", "nobody"])
def test_a_student_whom_no_folder_is_named_for_is_refused_and_not_recorded(
    course, submit, verdicts, student
):
    submit("anna", RIGHT)
    (course.submitted("x", "x").parents[1] / ".replaced").mkdir()
    with pytest.raises(CourseError, match=f"There is no student {student!r} in"):
        verdicts(students=[student])
    assert verdicts() == {"anna": ["passed", "passed", "passed", "unanswered"]}
    assert not (course.root / "01-sums").exists()


@pytest.mark.parametrize("scheduler", ["", "foo", "http://foo:1", "tcp://foo", "foo:8786/x"])
def test_what_is_no_address_of_a_scheduler_is_refused_at_once(submit, verdicts, scheduler):
    submit("anna", RIGHT)
    with pytest.raises(CourseError, match="is no address of a scheduler"):
        verdicts(scheduler=scheduler)


def test_exercises_that_come_or_go_once_a_section_is_graded_are_named(course, submit, verdicts):
    submit("anna", RIGHT)
    verdicts()
    (path,) = course.sections[0].notebooks
    nb = json.loads(path.read_text(encoding="utf-8"))
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "add":
            cell["metadata"]["nbgrader"]["grade_id"] = "plus"
    path.write_text(json.dumps(nb), encoding="utf-8")
    with pytest.raises(CourseError, match=r"in sums\.ipynb new: plus; in sums\.ipynb gone: add"):
        verdicts()


@pytest.mark.parametrize("what", ["folder", "student"])
def test_what_cannot_be_read_stops_nobody_else(course, submit, verdicts, monkeypatch, what):
    submit("anna", RIGHT)
    place = submit("bob", RIGHT).parent
    calls = {"folder": [(os, "scandir"), (os, "listdir")], "student": [(os, "stat"), (os, "lstat")]}

    def refusing(call):
        def refuse(path, *arguments, **named):
            if str(path).startswith(str(place)):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return call(path, *arguments, **named)

        return refuse

    for module, name in calls[what]:
        monkeypatch.setattr(module, name, refusing(getattr(module, name)))
    assert verdicts() == {
        "anna": ["passed", "passed", "passed", "unanswered"],
        "bob": ["malformed"] * 4,
    }


def test_pages_are_written_but_for_one_whose_notebook_has_gone(course, submit, verdicts):
    for student in ("anna", "bob", "carl"):
        submit(student, RIGHT)
    verdicts()
    (course.autograded("bob", "01-sums") / "sums.ipynb").unlink()
    told = []
    assert len(feedback(course, course.sections, trouble=told.append)) == 2
    assert re.search(r"bob.*sums\.ipynb cannot be read.*Run `course grade`", str(told[0]))
    assert len(told) == 1
    assert sorted(path.parts[-3] for path in course.root.glob("feedback/*/*/*")) == ["anna", "carl"]
    verdicts()
    assert len(feedback(course, course.sections)) == 3


def test_nothing_handed_in_is_said(course):
    with pytest.raises(CourseError, match="nothing to grade"):
        grade(course, course.sections)


def test_an_unknown_student_is_named(course, submit):
    submit("anna", RIGHT)
    with pytest.raises(CourseError, match="no student 'zoe'"):
        grade(course, course.sections, students=["zoe"])


def test_a_named_student_without_a_submission_is_missing(course, submit, verdicts):
    submit("anna", RIGHT)
    (course.root / "submitted" / "bob").mkdir()
    assert verdicts(students=["bob"]) == {"bob": ["missing"] * 4}


@pytest.mark.slow
def test_a_fresh_kernel_gives_the_same_verdicts(submit, verdicts):
    submit("anna", RIGHT)
    submit("dora", {**RIGHT, "add": SLIP.code})
    warm = verdicts()
    assert verdicts(cold=True, force=True) == warm


def test_the_executed_notebook_is_ours_with_the_answers_and_outputs(course, submit, verdicts):
    submit("dora", {**RIGHT, "add": SLIP.code})
    verdicts()
    path = course.autograded("dora", "01-sums") / "sums.ipynb"
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    by_id = {cell.id: cell for cell in nb.cells}
    assert by_id["add"].source == SLIP.code
    assert by_id["add-test"].outputs[-1].ename == "CheckFailed"


class TestFeedback:
    """A page shows the task, the answer, the verdict and the diagnosis."""

    @pytest.fixture
    def page(self, course, submit, verdicts):
        hostile = (
            "from IPython.display import HTML, SVG, display\n"
            "display(HTML('<script>alert(1)</script><img src=x onerror=alert(2)>'))\n"
            "print('</pre><script>alert(3)</script>')\n"
            "def add(a, b):\n    return a * b  # <script>"
        )
        submit("<b>eve", {**RIGHT, "add": hostile, "why": "<script>alert(4)</script>"})
        verdicts()
        return feedback(course, course.sections)[0].read_text(encoding="utf-8")

    def test_it_names_the_mistake(self, page):
        assert "You multiply." in page

    def test_it_shows_no_hidden_test_and_no_solution(self, page):
        for secret in ("agrees_with", "lambda a, b", "return a + b", "total == 10", "Because."):
            assert secret not in page.replace("return add(x, x)", "")

    def test_no_delimiter_is_in_it(self, page):
        assert "Exercise 1.4 · Say why" in page
        assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)", page)

    def test_nothing_in_it_is_active(self, page):
        assert "<script" not in page
        assert "<img src=x" not in page
        assert "default-src 'none'" in page
        assert "<b>eve" not in page

    def test_a_malformed_submission_is_told_why_once(self, course, submit, verdicts):
        submit("carl", b"not json")
        verdicts()
        text = feedback(course, course.sections)[0].read_text(encoding="utf-8")
        assert text.count("not JSON") == 1

    def test_who_is_known_is_called_by_name(self, course, submit, verdicts):
        submit("anna", {**RIGHT, "why": "So."})
        verdicts()
        with open_record(course) as record:
            record.name([Named("anna", "Anna", "Lee")], replace=True)
        text = feedback(course, course.sections)[0].read_text(encoding="utf-8")
        assert "Feedback for Anna Lee (anna)" in text
        assert "2 points wait for a person" in text

    def test_a_written_answer_is_rendered(self, course, submit, verdicts):
        submit("anna", {**RIGHT, "why": "Since $a^2$ is **large**. <script>1</script>"})
        verdicts()
        text = feedback(course, course.sections)[0].read_text(encoding="utf-8")
        assert "<msup>" in text and "<strong>large</strong>" in text and "<script" not in text

    def test_a_persons_comment_on_code_is_on_it(self, course, submit, verdicts):
        submit("anna", RIGHT)
        verdicts()
        with Gradebook(course.db_url) as book:
            book.find_comment("add", "sums", "01-sums", "anna").manual_comment = "Neat."
            book.db.commit()
        text = feedback(course, course.sections)[0].read_text(encoding="utf-8")
        assert '<p class="comment">Neat.</p>' in text

    def test_a_persons_score_and_comment_are_on_it(self, course, submit, verdicts):
        submit("anna", {**RIGHT, "why": "So."})
        verdicts()
        with Gradebook(course.db_url) as book:
            book.find_grade("why", "sums", "01-sums", "anna").manual_score = 1.5
            book.find_grade("why", "sums", "01-sums", "anna").needs_manual_grade = False
            book.find_comment("why", "sums", "01-sums", "anna").manual_comment = "Well said."
            book.db.commit()
        text = feedback(course, course.sections)[0].read_text(encoding="utf-8")
        assert "Well said." in text and "<strong>5.5</strong>" in text


def test_the_table_after_grading_counts_what_a_person_gave(course, submit, verdicts):
    submit("anna", {**RIGHT, "why": "So."})
    (first,) = verdicts.graded()
    assert (first.total.points, first.total.awaited) == (4, 1)
    with Gradebook(course.db_url) as book:
        grade = book.find_grade("why", "sums", "01-sums", "anna")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()
    (again,) = verdicts.graded()
    (forced,) = verdicts.graded(force=True)
    exported = marks(course, course.sections)[0].points
    assert again.total.points == forced.total.points == exported == 5.5


def test_marks_are_exported(course, submit, verdicts):
    submit("=cmd", RIGHT)
    submit("bob", {**RIGHT, "why": "So."})
    verdicts()
    found = marks(course, course.sections)
    rows = list(csv.DictReader(as_csv(found).splitlines()))
    assert [row["student"] for row in rows] == ["'=cmd", "bob"]
    assert [(row["points"], row["max_points"]) for row in rows] == [("4", "6")] * 2
    assert rows[1]["to_be_graded"] == "1"
    assert json.loads(as_json(found))[0]["exercises"][0]["verdict"] == "passed"


def test_solutions_lose_their_delimiters(sums):
    assert "###" not in "".join(solutions(sums).values())


@pytest.fixture
def no_session_today(monkeypatch):
    """Have each session fail to open, and return a list with an entry for each attempt."""
    calls = []

    def broken(imports, folder, bounds):
        calls.append(folder)
        raise RuntimeError("no session today")

    monkeypatch.setattr(WARMTH, "session", broken)
    yield calls
    monkeypatch.undo()


def test_a_fault_of_the_grader_is_tried_again_and_then_shown_as_its_own(
    course, submit, no_session_today
):
    submit("anna", RIGHT)
    (graded,) = grade(course, course.sections, sandbox=False)
    assert len(no_session_today) == 2
    assert {row.verdict for row in graded.attempt.rows} == {"error"}
    assert "no session today" in graded.attempt.rows[0].message
    with Gradebook(course.db_url) as book:
        found = book.find_grade("add-test", "sums", "01-sums", "anna")
        assert (found.auto_score, found.needs_manual_grade) == (None, True)
        notebook = book.find_submission_notebook("sums", "01-sums", "anna")
        notes = [note.comment or "" for note in notebook.comments]
    page = feedback(course, course.sections)[0].read_text(encoding="utf-8")
    assert not any("no session today" in told for told in (page, *notes))  # that is its owner's
    assert FAULT in page


def test_what_the_grader_failed_at_is_graded_at_the_next_run(
    course, submit, verdicts, no_session_today, monkeypatch
):
    submit("anna", RIGHT)
    grade(course, course.sections, sandbox=False)
    monkeypatch.undo()
    assert verdicts()["anna"][:3] == ["passed"] * 3

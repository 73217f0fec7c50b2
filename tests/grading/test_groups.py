"""What one of a group hands in is graded once, and counts for each of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from course.cli import main
from course.demo.samples import hand_in
from course.errors import CourseError
from course.folder import open_course
from course.grading.grade import grade
from course.intake.enrolling import enrol
from course.marking.desk import Desk
from course.marking.questions import questions
from course.notebook.reading import read_source
from course.record.by_hand import Overtaken
from course.record.lateness import PerDay
from course.returns.export import as_csv, as_json, marks
from course.returns.feedback import feedback
from course.returns.report import report
from tests.builders import CONFIG, make_course
from tests.stock import nbgrader
from tests.sums import RIGHT, SUMS

SECTION = "01-sums"
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLASS = "id,first_name,last_name\nann,Ann,Lee\nbob,Bob,Ray\ncyd,Cyd,Oz\neve,Eve,Ox\n"
WRONG = {**RIGHT, "add": "def add(a, b):\n    return a * 0"}
POLICY = f"""
c.AssignLatePenalties.plugin_class = "{PerDay.__module__}.PerDay"
c.PerDay.percent = 25
"""


@pytest.fixture
def course(tmp_path):
    """Return a course with a due date and a list of four, of whom two are a group."""
    syllabus = f'[[section]]\nname = "{SECTION}"\ntitle = "Sums"\ndue = {DUE.isoformat()}\n'
    made = make_course(tmp_path, {SECTION: {"sums": SUMS}}, syllabus=syllabus)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG + POLICY, encoding="utf-8")
    (tmp_path / "class.csv").write_text(CLASS, encoding="utf-8")
    made = open_course(tmp_path)
    enrol(made, tmp_path / "class.csv")
    return made


@pytest.fixture
def groups(course):
    """Return a function that says who works with whom: groups by the letters of their members."""

    def write(*teams: str) -> None:
        names = {"a": "ann", "b": "bob", "c": "cyd", "e": "eve"}
        rows = [f"G{number},{names[x]}\n" for number, team in enumerate(teams, 1) for x in team]
        (course.root / "groups.csv").write_text("group,student\n" + "".join(rows), "utf-8")

    write("ab")
    return write


@pytest.fixture
def submit(course):
    """Return a function that hands in answers, some hours after they were due."""

    def put(student: str, answers: dict[str, str], hours: float = -1) -> None:
        source = read_source(course.sections[0].notebooks[0], course.config)
        folder = course.submitted(student, SECTION)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sums.ipynb").write_bytes(hand_in(source, answers))
        when = DUE + timedelta(hours=hours)
        (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")

    return put


@pytest.fixture
def graded(course):
    """Return a function that grades; it returns points by student, and what was said."""

    def run(**how) -> tuple[dict[str, float], list[str]]:
        said: list[str] = []
        found = grade(course, course.sections, sandbox=False, say=said.append, **how)
        told = [text for text in said if not text.startswith("Waiting")]
        return {one.attempt.student: one.total.points for one in found}, told

    return run


def attempts(course) -> list[tuple[str, str]]:
    with Gradebook(course.db_url, course.directory.course_id) as book:
        rows = book.db.connection().exec_driver_sql(
            "SELECT student, circumstances FROM course_attempt ORDER BY id"
        )
        return [(student, text) for student, text in rows]


def test_it_is_graded_once_and_recorded_for_each(course, groups, submit, graded):
    submit("ann", RIGHT)
    submit("cyd", WRONG)
    assert graded() == ({"ann": 4, "bob": 4, "cyd": 1}, [])
    recorded = {student: json.loads(text) for student, text in attempts(course)}
    assert recorded["bob"]["group"] == {"name": "G1", "members": ["ann", "bob"], "by": "ann"}
    assert recorded["ann"]["seed"] == recorded["bob"]["seed"] and "group" not in recorded["cyd"]
    with Gradebook(course.db_url, course.directory.course_id) as book:
        own = book.find_submission(SECTION, "bob")
        assert own.score == 4 and own.timestamp == datetime(2026, 3, 1, 11)
        assert own.student.last_name == "Ray"
    executed = [course.autograded(name, SECTION) / "sums.ipynb" for name in ("ann", "bob")]
    assert executed[0].read_bytes() == executed[1].read_bytes()
    # Nothing has changed: nothing is graded again.
    assert graded()[0] == {"ann": 4, "bob": 4, "cyd": 1} and len(attempts(course)) == 3
    assert graded(students=["bob"], force=True) == ({"ann": 4, "bob": 4}, [])


def test_pages_marks_and_tables_tell_of_the_group(course, groups, submit, graded, capsys):
    submit("ann", {**RIGHT, "why": "So."})
    submit("cyd", {**RIGHT, "why": "Because."})
    root = ["--course", str(course.root)]
    assert main(["grade", "--no-sandbox", "--json", str(course.root / "v.jsonl"), *root]) == 0
    lines = (course.root / "v.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["student"] for line in lines} == {"ann", "bob", "cyd"}
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["bob", "G1", SECTION] in [line[:3] for line in table]
    assert ["cyd", SECTION] in [line[:2] for line in table]
    pages = {
        page.parents[1].name: page.read_text("utf-8") for page in feedback(course, course.sections)
    }
    for student in ("ann", "bob"):
        assert "Handed in by Ann Lee for group G1: Ann Lee, Bob Ray." in pages[student]
    assert "group" not in pages["cyd"]
    found = marks(course, course.sections)
    rows = as_csv(found).splitlines()
    assert rows[0].endswith(",late_penalty,group")
    assert [row.rsplit(",", 1)[1] for row in rows[1:]] == ["G1", "G1", ""]
    assert [one["group"] for one in json.loads(as_json(found))] == ["G1", "G1", ""]
    page = report(course, course.sections)
    assert page.count("(G1)") == 2
    assert "Exercise 1.4 · Say why: 2 answers" in page  # the group's is marked once
    assert "eve" in page


def test_without_groups_tables_are_as_they_were(course, submit, graded):
    submit("ann", RIGHT)
    graded()
    assert as_csv(marks(course, course.sections)).splitlines()[0].endswith(",email,late_penalty")


def test_what_came_last_counts_and_that_is_said(course, groups, submit, graded):
    submit("ann", RIGHT, hours=-5)
    submit("bob", WRONG, hours=-2)
    points, said = graded()
    assert points == {"ann": 1, "bob": 1}
    assert said == [
        "Group G1, 01-sums: ann and bob have handed in; what bob did last (2026-03-01 10:00 UTC) "
        "counts for ann, bob."
    ]
    submit("ann", RIGHT, hours=-1)
    assert graded()[0] == {"ann": 4, "bob": 4}


def test_each_is_late_by_their_own_extension(course, groups, submit, graded):
    submit("ann", RIGHT, hours=30)
    assert graded()[0] == {"ann": 2, "bob": 2}
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.find_submission(SECTION, "bob").extension = timedelta(hours=48)
        book.db.commit()
    assert {m.student: m.points for m in marks(course, course.sections)} == {"ann": 2, "bob": 4}
    assert graded(force=True)[0] == {"ann": 2, "bob": 4}


def test_a_mark_by_hand_counts_for_all(course, groups, submit, graded):
    submit("ann", {**RIGHT, "why": "So."})
    graded()
    with Gradebook(course.db_url, course.directory.course_id) as book:
        found = book.find_grade("why", "sums", SECTION, "bob")
        found.manual_score, found.needs_manual_grade = 1.5, False
        book.db.commit()
    told = {one.student: (one.points, one.to_be_graded) for one in marks(course, course.sections)}
    assert told == {"ann": (5.5, 0), "bob": (5.5, 0)}
    assert graded(force=True)[0] == {"ann": 5.5, "bob": 5.5}


def test_a_groups_answer_is_marked_once_for_all(course, groups, submit, graded):
    submit("ann", {**RIGHT, "why": "So."})
    submit("cyd", {**RIGHT, "why": "Not so."})
    graded()
    desk = Desk(course, questions(course, course.sections))
    key = f"{SECTION}/sums/why"
    assert (desk.overview()[0]["answers"], desk.overview()[0]["waiting"]) == (2, 2)
    names = desk.names(key)
    assert sorted(names.values()) == ["Ann Lee, Bob Ray", "Cyd Oz"]
    mark = next(m for m in desk.sheet(key)["marks"] if names[m["id"]] != "Cyd Oz")
    now = desk.mark(key, mark["id"], mark["version"], {"points": 1.5, "comment": "Why?"})
    with Gradebook(course.db_url, course.directory.course_id) as book:
        for student in ("ann", "bob"):
            grade = book.find_grade("why", "sums", SECTION, student)
            assert (grade.manual_score, grade.needs_manual_grade) == (1.5, False)
            assert book.find_comment("why", "sums", SECTION, student).manual_comment == "Why?"
        grade.manual_score = 2.0  # as formgrader does, of the one whose answer is not shown
        book.db.commit()
    with pytest.raises(Overtaken) as refused:
        desk.mark(key, now["id"], now["version"], {"points": 0.0})
    assert refused.value.now.points == 2.0
    assert {m["points"] for m in desk.sheet(key)["marks"]} == {2.0, None}


def test_a_group_that_changes_is_graded_again(course, groups, submit, graded):
    submit("ann", RIGHT)
    graded()
    groups("abc")
    assert graded() == ({"ann": 4, "bob": 4, "cyd": 4}, [])
    groups("ac", "be")  # bob leaves, and has nothing of his own
    points, said = graded()
    assert points == {"ann": 4, "cyd": 4}
    assert len(said) == 1 and "bob was in group G1" in said[0] and "stays recorded" in said[0]
    submit("eve", WRONG)
    assert graded() == ({"ann": 4, "cyd": 4, "bob": 1, "eve": 1}, [])
    groups()
    submit("bob", RIGHT)
    points, said = graded()
    assert points == {"ann": 4, "bob": 4, "eve": 1} and len(said) == 1 and "cyd was" in said[0]


def test_who_has_no_folder_and_no_group_is_refused_as_ever(course, groups, submit, graded):
    submit("ann", RIGHT)
    with pytest.raises(CourseError, match="no student 'cyd'"):
        graded(students=["cyd"])
    with pytest.raises(CourseError, match="no student 'bob'"):
        (course.root / "groups.csv").unlink()
        graded(students=["bob"])


def test_what_the_file_says_wrong_stops_grading_before_it_begins(course, groups, submit, capsys):
    submit("ann", RIGHT)
    groups("ab", "bc")
    assert main(["grade", "--no-sandbox", "--course", str(course.root)]) == 2
    assert "groups.csv, line 4: 'bob' is in group 'G2'" in " ".join(capsys.readouterr().err.split())
    assert not (course.root / "autograded").exists()


def test_collect_tells_of_groups_and_asks_nothing_of_who_has_handed_in_by_one(
    course, groups, submit, tmp_path, capsys
):
    source = read_source(course.sections[0].notebooks[0], course.config)
    for student in ("ann", "cyd"):
        path = tmp_path / "come" / student / SECTION / "sums.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(hand_in(source, RIGHT))
    asked = ["--roster", str(course.root / "class.csv"), "--course", str(course.root)]
    assert main(["collect", str(tmp_path / "come"), *asked]) == 0
    shown = capsys.readouterr()
    assert f"{SECTION} is missing from 1: Eve Ox (eve)" in shown.out
    assert [line.split()[1] for line in shown.out.splitlines() if line.startswith("ann")] == ["G1"]
    submit("bob", RIGHT, hours=9_000)
    assert main(["collect", str(tmp_path / "come"), "--course", str(course.root)]) == 0
    assert "what bob did last" in " ".join(capsys.readouterr().err.split())
    groups("ab", "bx".replace("x", "a"))
    assert main(["collect", str(tmp_path / "come"), "--course", str(course.root)]) == 1
    assert "groups.csv, line 4" in " ".join(capsys.readouterr().err.split())


def test_the_exchange_releases_the_page_of_who_handed_in_and_stops_at_nobodys(
    course, groups, submit, graded, tmp_path
):
    """Stock nbgrader names a released page by a secret of the submission, and fails without one."""
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    with open(course.root / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\n")
    submit("bob", RIGHT)
    secret = course.submitted("bob", SECTION) / "submission_secret.txt"
    secret.write_text("of bob", encoding="utf-8")
    graded()
    feedback(course, course.sections)
    folders = {name: course.feedback(name, SECTION) for name in ("ann", "bob")}
    secrets = {name: (path / secret.name).read_text("utf-8") for name, path in folders.items()}
    assert secrets["bob"] == "of bob" and len(secrets["ann"]) > 40
    times = {(path / "timestamp.txt").read_text("utf-8") for path in folders.values()}
    assert len(times) == 1
    feedback(course, course.sections)
    assert (folders["ann"] / secret.name).read_text("utf-8") == secrets["ann"]
    nbgrader(course.root, f"release_feedback {SECTION}")
    released = {path.read_text("utf-8") for path in exchange.rglob("*.html")}
    assert released == {(path / "sums.html").read_text("utf-8") for path in folders.values()}

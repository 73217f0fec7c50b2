"""First pages: a student's over all sections, and the instructor's over all students."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.cli import main
from course.errors import CourseError
from course.folder import open_course
from course.record.attempts import Attempt, Hashes
from course.record.named import Named
from course.record.store import open_record
from course.returns.feedback import feedback
from course.returns.indexes import indexes
from tests.builders import make_course
from tests.classes import SECTION, attempt, execute, record, small_course
from tests.sums import SUMS

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def course(tmp_path):
    """Return a course of three sections; in the first two were graded, in the second one."""
    syllabus = "".join(
        f'[[section]]\nname = "{name}"\ntitle = "{title}"\n'
        for name, title in ((SECTION, "Sums"), ("02-more", "More sums"), ("03-last", "Last"))
    )
    sections = {name: {"sums": SUMS} for name in (SECTION, "02-more", "03-last")}
    made = make_course(tmp_path, sections, syllabus=syllabus)
    with open_record(made) as book:
        book.name([Named("ann", "Ann", "Lee"), Named("bob", EVIL, "Ray")], replace=True)
    record(made, "ann", submission="first", add="failed", shape="failed")
    record(made, "ann", submission="second", shape="unanswered")
    record(made, "bob", add="failed")
    for student in ("ann", "bob"):
        execute(made, student, {})
    with open_record(made) as book:
        book.register(made.sections[1])
        one = attempt("bob")
        rows = tuple(type(row)(**{**vars(row), "section": "02-more"}) for row in one.rows)
        team = {"group": {"name": EVIL, "members": ["bob", "eve"], "by": "bob"}}
        book.write(Attempt("bob", "02-more", Hashes("x", "y", "z"), rows, None, team))
    execute(made, "bob", {}, 1)
    return made


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</head>")[1]).split())


def test_a_students_page_tells_of_each_section_that_somebody_was_graded_in(course):
    feedback(course, course.sections)
    assert indexes(course) == [
        course.root / "feedback" / "ann" / "index.html",
        course.root / "feedback" / "bob" / "index.html",
        course.root / "feedback" / "index.html",
    ]
    page = text(course.root / "feedback" / "ann" / "index.html")
    assert 'href="01-sums/sums.html"' in page and "Ann Lee" in page
    told = plain(page)
    assert "Sums 3 of 6 points" in told and "2 points wait for a person" in told
    assert "Points from tests, one submission after another: 1, 3 of 4." in told
    assert "More sums Nothing handed in" in told and "Last" not in told
    assert "bob" not in page and "Ray" not in page


def test_a_link_is_there_where_its_page_is(course):
    feedback(course, course.sections[:1])
    indexes(course)
    page = text(course.root / "feedback" / "bob" / "index.html")
    assert 'href="01-sums/sums.html"' in page and "02-more/" not in page
    links = re.findall(r'href="([^"]+\.html)"', text(course.root / "feedback" / "index.html"))
    assert links and all((course.root / "feedback" / link).is_file() for link in links)


def test_the_instructors_page_has_everybody_in_order_with_links(course):
    feedback(course, course.sections)
    indexes(course)
    page = text(course.root / "feedback" / "index.html")
    assert page.index("Ann Lee") < page.index("Ray")
    assert 'href="ann/index.html"' in page and 'href="bob/01-sums/sums.html"' in page
    assert "for you, not for students" in plain(page)


def test_names_and_groups_are_text(course):
    feedback(course, course.sections)
    for path in indexes(course):
        assert "<img" not in text(path) and "default-src &#39;none&#39;" not in text(path)
        assert "default-src 'none'" in text(path)
    assert "&lt;img" in text(course.root / "feedback" / "bob" / "index.html")


def test_one_students_page_alone_leaves_the_others(course):
    feedback(course, course.sections, students=["ann"])
    assert [path.parent.name for path in indexes(course, students=["ann"])] == ["ann", "feedback"]


@pytest.mark.parametrize("ids", [["zed"], ["ann", "zed"]])
def test_who_was_never_graded_is_named_before_a_page_is_written(course, ids):
    with pytest.raises(CourseError, match="Nothing of 'zed' has been graded in ") as caught:
        feedback(course, course.sections, students=ids)
    assert caught.value.remedy and not (course.root / "feedback").exists()


def test_another_layout_of_folders_has_its_links_too(tmp_path):
    made = small_course(tmp_path)
    with open(tmp_path / "nbgrader_config.py", "a", encoding="utf-8") as file:
        layout = '"{nbgrader_step}/{assignment_id}/{student_id}"'
        file.write(f"c.CourseDirectory.directory_structure = {layout}\n")
    made = open_course(made.root)
    (made.root / "source" / SECTION).rename(made.path("source", SECTION))
    record(made, "ann")
    execute(made, "ann", {})
    feedback(made, made.sections)
    own, whole = indexes(made)
    for path in (own, whole):
        (link,) = set(re.findall(r'href="([^"]*sums\.html)"', text(path)))
        assert (path.parent / link).resolve() == made.feedback("ann", SECTION) / "sums.html"


def test_a_student_whose_record_is_spoilt_is_told_and_the_others_have_theirs(course):
    feedback(course, course.sections)
    with open_record(course) as book:
        db = book.book.db.connection()
        db.exec_driver_sql("DROP TRIGGER course_attempt_no_UPDATE")
        db.exec_driver_sql("UPDATE course_attempt SET verdicts = '{' WHERE student = 'bob'")
        book.book.db.commit()
    told: list[str] = []
    made = indexes(course, trouble=lambda error: told.append(str(error)))
    assert [path.parent.name for path in made] == ["ann", "feedback"]
    assert told and all("'bob'" in one for one in told)


def test_a_student_who_is_called_as_a_page_is_named(course):
    (course.root / "feedback" / "index.html").mkdir(parents=True)
    with pytest.raises(CourseError, match=r"index\.html is the folder of a student"):
        indexes(course)
    assert (course.root / "feedback" / "ann" / "index.html").is_file()


def test_the_command_writes_them(course, capsys):
    assert main(["feedback", "01", "--course", str(course.root)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "2 pages in" in shown and str(Path("feedback", "index.html")) in shown.replace(" ", "")

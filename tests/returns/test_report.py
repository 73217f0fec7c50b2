"""The report: what it counts, whom it names, and that no script runs in it but our own."""

from __future__ import annotations

import json
import re
from functools import partial
from html.parser import HTMLParser

import pytest
from nbgrader.api import Gradebook

from course.cli import main
from course.errors import CourseError
from course.record.attempts import Attempt, Hashes, Row
from course.record.named import Named
from course.record.store import open_record
from course.returns.gathering import gather
from course.returns.report import report
from tests.builders import make_course
from tests.classes import MINUS, SECTION, record, small_course
from tests.sums import SUMS


@pytest.fixture
def course(tmp_path):
    """Return a course with a known mistake."""
    return small_course(tmp_path)


@pytest.fixture
def graded(course):
    """Return a function that records one attempt."""
    return partial(record, course)


def gathered(course, *people: Named):
    with open_record(course) as book:
        (page,) = gather(course, book, course.sections, people, pytest.fail)
    return page


def test_a_section_in_numbers(course, graded):
    graded("ann")
    graded("bob", {"add": MINUS}, add="failed")
    graded("bob", {"add": f"{MINUS}\nInputs: 2, 2."}, add="failed", shape="unanswered")
    page = gathered(course, Named("cyd", "Cyd", "Oz"))
    assert [line.points for line in page.lines] == [4.0, 1.0]
    assert [line.attempts for line in page.lines] == [1, 2]
    assert page.bins == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    assert [(c.label, c.share) for c in page.hardest] == [("1.1", 0.5), ("1.2", 0.5), ("1.3", 1.0)]
    assert [(column.exercise, count) for column, count in page.waiting] == [("why", 2)]
    assert [one.id for one in page.missing] == ["cyd"]
    assert [(one.label, one.words, one.count) for one in page.common] == [("1.1", MINUS, 1)]


def test_a_persons_points_count(course, graded):
    graded("ann")
    with Gradebook(course.db_url) as book:
        grade = book.find_grade("why", "sums", SECTION, "ann")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    page = gathered(course)
    assert (page.lines[0].points, page.lines[0].awaited, page.bins[-1]) == (6.0, 0, 1)


class Page(HTMLParser):
    """Collects scripts, elements and the text of cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.remote: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name.startswith("on") or (name in ("src", "href") and not value.startswith("#")):
                self.remote.append(f"{tag} {name}={value}")


def test_nothing_that_people_chose_is_active(course, graded):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    graded("ann", {"add": evil}, add="failed")
    with open_record(course) as book:
        book.name([Named("ann", evil, "'\"><b onclick=x>")], replace=True)
    text = report(course, course.sections)
    page = Page(text)
    assert page.tags.count("script") == 3 and page.tags.count("img") == 0 and not page.remote
    assert "alert(1)</script>" not in text
    words = re.search(r'id="words">(.*?)</script>', text)[1]
    assert json.loads(words) == [evil]
    assert "script-src 'sha256-" in text and "default-src 'none'" in text


def test_several_sections_have_an_overview(tmp_path, monkeypatch):
    made = make_course(tmp_path, {"01-sums": {"sums": SUMS}, "02-more": {"more": SUMS}})
    with open_record(made) as book:
        for section in made.sections:
            name = section.notebooks[0].stem
            book.register(section)
            row = Row(
                "ann", section.name, name, "add", "add-test", "1.1", 2, 2, "passed", "", 0, "h"
            )
            book.write(Attempt("ann", section.name, Hashes("a", "b", "c"), (row,)))
    text = report(made, made.sections)
    assert "All sections" in text and 'href="#02-more"' in text
    assert "All sections" not in report(made, made.sections[:1])


def test_where_nothing_was_graded_it_says_so(course):
    with pytest.raises(CourseError, match="has been graded yet"):
        report(course, course.sections)


def test_the_command_takes_a_list_of_the_class(course, graded, tmp_path, capsys):
    graded("ann")
    listed, out = tmp_path / "list.csv", tmp_path / "out" / "class.html"
    listed.write_text("id,first_name,last_name\nann,Ann,Lee\ncyd,Cyd,Oz\n", encoding="utf-8")
    line = ["report", "--course", str(course.root), "--roster", str(listed), "--out", str(out)]
    assert main(line) == 0
    text = out.read_text(encoding="utf-8")
    assert "Ann Lee" in text and "<li>Cyd Oz</li>" in text


def test_every_attempt_is_exported_in_order(course, graded, tmp_path):
    graded("ann", add="failed")
    graded("bob")
    graded("ann")
    out = tmp_path / "all.json"
    line = ["export", "--course", str(course.root), "--format", "attempts", "--out", str(out)]
    assert main(line) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [(one["student"], one["points"]) for one in found] == [
        ("ann", 2),
        ("bob", 4),
        ("ann", 4),
    ]
    assert found[0]["exercises"][0]["verdict"] == "failed" and found[0]["graded_at"]

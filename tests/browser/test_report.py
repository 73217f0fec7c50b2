"""Report, feedback and first pages in a real browser: read by everybody, walked by keys."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from course.folder import Course
from course.record.named import Named
from course.record.store import open_record
from course.returns.feedback import feedback
from course.returns.indexes import indexes
from course.returns.report import report
from tests.classes import MINUS, execute, record, small_course

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")
PAGES = ("report", "feedback", "index", "class")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """Return a course in which three were graded."""
    made = small_course(
        tmp_path_factory.mktemp("class"), "solutions_after = 2026-01-01T00:00:00Z\n"
    )
    with open_record(made) as book:
        names = (
            ("ann", "Ann", "Lee"),
            ("bob", "雷", "李"),
            ("cyd", "Cyd", "Oz"),
            ("dan", "Dan", "Ox"),
        )
        book.name([Named(*name) for name in names], replace=True)
    record(made, "ann")
    for number in range(9):
        record(
            made, "bob", submission=str(number), add="unanswered", shape="partial", twice="memory"
        )
    record(
        made, "bob", {"add": MINUS, "twice": "Nothing came back."}, add="failed", twice="timeout"
    )
    record(made, "cyd", add="partial", shape="unanswered", twice="error")
    answers = {"add": "def add(a, b):\n    return a - b", "why": "Since $a^2$ **grows**.\n\n- so"}
    for student in ("ann", "bob", "cyd"):
        execute(made, student, answers)
    return made


@pytest.fixture(scope="module")
def pages(course, tmp_path_factory):
    """Return the report, a page of feedback and the two first pages, as files."""
    whole = tmp_path_factory.mktemp("report") / "report.html"
    whole.write_text(report(course, course.sections), encoding="utf-8")
    made = {"report": whole, "feedback": feedback(course, course.sections)[1]}
    own = indexes(course)
    return made | {"index": own[1], "class": own[-1]}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", PAGES)
def test_everybody_can_read_it(page, pages, which, scheme, width, shoot):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(pages[which].as_uri())
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"{which}-{scheme}-{width}")


@pytest.mark.parametrize("which", PAGES)
def test_it_asks_for_nothing_and_says_nothing(page, pages, which):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.goto(pages[which].as_uri())
    assert [one for one in seen if not one.startswith(("file:", "data:"))] == []


def test_arrow_keys_read_verdict_by_verdict(page, pages):
    page.goto(pages["report"].as_uri())
    page.locator(".grid").focus()
    told = page.locator(".told")
    page.keyboard.press("ArrowRight")  # the first exercise of the first student
    assert told.inner_text() == "Ann Lee, Exercise 1.1 · add: right, 2 of 2."
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert "Not right yet".lower() in told.inner_text() and MINUS in told.inner_text()
    page.keyboard.press("ArrowLeft")  # there is none to the left
    assert MINUS in told.inner_text()


def test_a_pointer_reads_them_too(page, pages):
    page.goto(pages["report"].as_uri())
    page.locator(".grid tbody td", has_text="T").hover()
    assert "stopped: too slow" in page.locator(".told").inner_text()


def test_a_formula_stands_as_one(page, pages):
    page.goto(pages["feedback"].as_uri())
    assert page.locator(".written msup").count() == 1
    assert page.locator(".written strong").inner_text() == "grows"


def test_links_lead_from_the_class_to_a_student_to_a_page_and_its_model_solution(page, pages):
    page.goto(pages["class"].as_uri())
    page.get_by_role("link", name="雷 李").click()
    page.get_by_role("link", name="Sums").click()
    page.locator("summary", has_text="A model solution").first.click()
    assert "return a + b" in page.locator("section").first.inner_text()

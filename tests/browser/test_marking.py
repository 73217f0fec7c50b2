"""Marking in a real browser: by keys, into the gradebook, while others mark and servers stop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbgrader.api import Gradebook

from course.folder import Course, open_course
from course.record.by_hand import Place
from course.record.named import Named
from course.record.store import open_record
from tests.classes import SECTION, execute, record, small_course
from tests.marking.serving import graded, serving

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")
SAVED = "article.here .saved:text-is('Saved')"


@pytest.fixture(scope="module")
def answered(tmp_path_factory) -> Course:
    """Return a course in which three wrote an answer, with a name each."""
    made = graded(small_course(tmp_path_factory.mktemp("class")))
    with open_record(made) as book:
        names = (("ann", "Ann", "Lee"), ("bob", "雷", "李"), ("cyd", "Cyd", "<b>Oz</b>"))
        book.name([Named(*name) for name in names], replace=True)
    return made


@pytest.fixture
def course(answered, tmp_path) -> Course:
    """Return a copy of it."""
    return open_course(shutil.copytree(answered.root, tmp_path / "course"))


@pytest.fixture
def served(course):
    """Return the server on it."""
    with serving(course) as one:
        yield one


@pytest.fixture
def marking(page, served):
    """Return the page, opened on the first answer that waits."""
    begin(page, served)
    return page


def begin(page, served) -> None:
    page.goto(served.page())
    page.locator("article.here").wait_for()
    page.locator(".body > .soft").first.wait_for(state="detached")


def settled(page) -> None:
    """Wait until nothing is on its way, and what is here is saved."""
    page.locator(SAVED).wait_for()


def held(course: Course) -> dict[str, tuple]:
    """Return what nbgrader has of each answer: points, comment, whether it waits."""
    with Gradebook(course.db_url) as book:
        return {
            student: (
                book.find_grade("why", "sums", SECTION, student).manual_score,
                book.find_comment("why", "sums", SECTION, student).manual_comment,
                book.find_grade("why", "sums", SECTION, student).needs_manual_grade,
            )
            for student in ("ann", "bob", "cyd", "dan")
        }


def here(page, course: Course) -> str:
    """Return whose answer one is at."""
    mark = page.locator("article.here").get_attribute("data-id")
    with open_record(course) as book:
        (found,) = book.by_hand(Place(SECTION, "sums", "why"), only=[mark])
    return found.student


def test_a_whole_question_is_marked_by_keys(marking, course, shoot):
    page = marking
    assert page.locator("#count").inner_text() == "0 of 3 marked, 1 left empty"
    assert "#token" not in page.url
    first = here(page, course)
    page.keyboard.press("1")
    page.keyboard.press(".")
    page.keyboard.press("c")
    page.keyboard.type("Say why.")
    page.keyboard.press("Escape")
    settled(page)
    assert held(course)[first] == (1.5, "Say why.", False)
    page.keyboard.press("+")
    page.locator("#kept li").wait_for()
    page.keyboard.press("Enter")
    second = here(page, course)
    page.keyboard.press("2")
    page.keyboard.press("a")
    settled(page)
    assert second != first and held(course)[second] == (2.0, "Say why.", False)
    page.keyboard.press("a")  # out again
    page.keyboard.press("Enter")
    third = here(page, course)
    page.keyboard.press("0")
    settled(page)
    assert held(course)[third] == (0.0, None, False) and held(course)[second][1] is None
    assert page.locator("#count").inner_text() == "3 of 3 marked, 1 left empty"
    page.keyboard.press("Enter")
    page.locator("#told", has_text="No answer to this question waits.").wait_for()
    assert here(page, course) == third
    shoot(page, "marking-done")


def test_what_is_typed_is_saved_at_a_pause(marking, course):
    student = here(marking, course)
    marking.keyboard.press("c")
    marking.keyboard.type("Half a sen")
    settled(marking)
    assert held(course)[student] == (None, "Half a sen", True)


def test_the_last_changes_are_undone_one_by_one(marking, course):
    page = marking
    student = here(page, course)
    for key in ("1", "2", "Enter", "u"):
        page.keyboard.press(key)
    page.locator("article.here .state:text-is('1 of 2 points')").wait_for()
    settled(page)
    assert here(page, course) == student and held(course)[student][0] == 1.0
    page.keyboard.press("u")
    page.locator("article.here .state:text-is('Waits for you')").wait_for()
    settled(page)
    assert held(course)[student] == (None, None, True)
    page.keyboard.press("u")
    page.locator("#told", has_text="There is nothing to undo.").wait_for()


def test_more_points_than_there_are_cannot_be_given(marking, course):
    page = marking
    page.keyboard.press("3")
    page.locator("#told", has_text="This question has at most 2 points.").wait_for()
    page.locator("article.here input").fill("2.25")
    page.locator("article.here .alert", has_text="2.25 is no number of points").wait_for()
    assert {points for points, *_ in held(course).values()} == {None}
    page.locator("article.here input").fill("0.75")
    settled(page)
    assert held(course)[here(page, course)][0] == 0.75


@pytest.mark.parametrize(("button", "points"), [("Keep that", 2.0), ("Put mine in its place", 0.0)])
def test_who_was_overtaken_decides(marking, course, served, button, points):
    page, student = marking, here(marking, course)
    sheet = served.desk.sheet("01-sums/sums/why")
    mark = page.locator("article.here").get_attribute("data-id")
    (one,) = (m for m in sheet["marks"] if m["id"] == mark)
    served.desk.mark(sheet["key"], mark, one["version"], {"points": 2.0, "comment": "Theirs."})
    page.keyboard.press("0")
    alert = page.locator("article.here .alert")
    alert.wait_for()
    assert "Somebody else has marked this answer meanwhile." in alert.inner_text()
    assert "2 points, “Theirs.”" in alert.inner_text()
    assert held(course)[student][0] == 2.0
    alert.get_by_role("button", name=button).click()
    alert.wait_for(state="hidden")
    settled(page)
    assert held(course)[student] == (points, "Theirs.", False)


def test_an_answer_that_changed_meanwhile_is_shown_before_it_is_marked(marking, course):
    page, student = marking, here(marking, course)
    execute(course, student, {"why": "A *new* answer."})
    record(course, student, answer="another")
    page.keyboard.press("2")
    page.locator("article.here .alert", has_text="graded again meanwhile").wait_for()
    page.locator("article.here .written em", has_text="new").wait_for()
    assert held(course)[student][0] is None


def test_an_answer_that_changed_since_is_flagged_until_somebody_says_that_it_stands(
    page, served, course
):
    for one in served.desk.sheet("01-sums/sums/why")["marks"]:
        served.desk.mark("01-sums/sums/why", one["id"], one["version"], {"points": 1.0})
    record(course, "ann", answer="another")
    begin(page, served)
    assert here(page, course) == "ann"
    state = page.locator("article.here .state")
    assert state.inner_text() == "Changed since it was marked: 1 of 2 points"
    assert page.locator("#count").inner_text() == "3 of 4 marked, 1 changed since"
    page.keyboard.press("1")
    settled(page)
    assert state.inner_text() == "1 of 2 points" and not held(course)["ann"][2]


def test_what_could_not_be_saved_stays_and_is_sent_again(marking, course):
    page, student = marking, here(marking, course)
    page.context.set_offline(True)
    page.keyboard.press("2")
    page.locator("#alarm", has_text="does not answer").wait_for()
    assert page.locator("article.here .saved").inner_text() == "Not saved"
    assert held(course)[student][0] is None
    page.context.set_offline(False)
    settled(page)
    page.locator("#alarm").wait_for(state="hidden")
    assert held(course)[student][0] == 2.0


def test_a_server_that_was_started_anew_gets_what_waits(page, course):
    with serving(course) as first:
        begin(page, first)
        student = here(page, course)
    page.keyboard.press("2")
    page.locator("#alarm", has_text="does not answer").wait_for()
    with serving(course, first.port) as second:
        page.locator("#alarm", has_text="Open the address that").wait_for()
        assert held(course)[student][0] is None
        page.goto(second.page())  # the same page: only what stands behind # is another
        settled(page)
        page.locator("#alarm").wait_for(state="hidden")
        assert held(course)[student][0] == 2.0 and "#token" not in page.url


def test_what_others_mark_is_seen_and_passed_by(marking, course, served):
    page = marking
    ids = [root.get_attribute("data-id") for root in page.locator("article.waits").all()]
    sheet = served.desk.sheet("01-sums/sums/why")
    (one,) = (m for m in sheet["marks"] if m["id"] == ids[1])
    served.desk.mark(sheet["key"], ids[1], one["version"], {"points": 1.0})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("#count", has_text="1 of 3 marked").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("article.here").get_attribute("data-id") == ids[2]


def test_names_are_shown_only_to_who_asks(marking, page):
    names = page.locator("article h2")
    assert names.all_inner_texts() == ["Answer 1", "Answer 2", "Answer 3", "Answer 4"]
    page.keyboard.press("v")
    page.get_by_text("· Ann Lee").wait_for()
    assert any("· Cyd <b>Oz</b>" in name for name in names.all_inner_texts())
    page.keyboard.press("v")
    assert names.all_inner_texts() == ["Answer 1", "Answer 2", "Answer 3", "Answer 4"]


def test_single_keys_can_be_turned_off(marking, course):
    page = marking
    page.keyboard.press("?")
    page.get_by_label("Single keys do this").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator("article.here").focus()
    page.keyboard.press("2")
    page.get_by_role("button", name="1", exact=True).first.click()
    settled(page)
    assert sorted(str(points) for points, *_ in held(course).values()) == ["1.0", *["None"] * 3]


def test_answers_can_be_read_by_their_length(marking, page):
    page.get_by_label("Order").select_option("long")
    lengths = [len(text) for text in page.locator("article .body").all_inner_texts()]
    assert lengths[:3] == sorted(lengths[:3], reverse=True)


def test_nothing_that_a_student_wrote_runs(marking, page):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    assert page.locator("article script, article a, article svg").count() == 0
    assert "moved" not in page.title()
    assert "<script>document.title = 'moved'</script>" in page.locator("#answers").inner_text()


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[str]:
    """Return the address of another page on this machine."""
    (tmp_path / "index.html").write_text("<title>Another</title><p>", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


ASK = """async ([address, token, options]) => {
  const headers = options.mode ? {} : { Authorization: `Bearer ${token}` };
  return fetch(address, { headers, ...options }).then((one) => one.type, (error) => error.name);
}"""
OPTIONS = [
    {},
    {"method": "PUT", "body": "{}"},
    {"method": "DELETE", "body": "{}"},
    {"mode": "no-cors"},
    {"method": "POST", "body": "{}", "mode": "no-cors"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_another_page_gets_nothing_even_with_the_token(page, served, elsewhere, options):
    page.goto(elsewhere)
    for path in ("", "api/questions", "api/mark", "api/ticket"):
        sent = [served.address + path, served.guard.token, options]
        assert page.evaluate(ASK, sent) == "TypeError"


def test_another_page_cannot_frame_it(page, served, elsewhere):
    page.goto(elsewhere)
    framed = f'<iframe src="{served.page()}"></iframe>'
    with page.expect_event("framenavigated", lambda frame: frame.url != "about:blank") as gone:
        page.evaluate("framed => { document.body.innerHTML = framed }", framed)
    assert gone.value.url == "chrome-error://chromewebdata/"


def test_a_used_ticket_opens_nothing(page, served):
    ticket = f"{served.address}#ticket={served.guard.ticket()}&question="
    page.goto(ticket)
    page.locator("article.here").wait_for()
    other = page.context.browser.new_page()
    other.goto(ticket)
    other.locator("#alarm", has_text="was used before").wait_for()
    assert other.locator("article").count() == 0
    other.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(page, served, scheme, width, shoot):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    begin(page, served)
    page.keyboard.press("1")
    settled(page)
    for state in ("page", "keys"):
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"marking-{state}-{scheme}-{width}")
        page.keyboard.press("?")

"""A page of feedback on a hostile answer, in a real browser: nothing of it runs or calls."""

from __future__ import annotations

import pytest

from tests.hostile.batch import run_batch
from tests.hostile.corpus import CALM, Group
from tests.hostile.exhaustion import floods
from tests.hostile.reaching import shipping

pytestmark = [pytest.mark.browser, pytest.mark.slow]
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
LARGEST = 200_000  # characters; the answers of one case print 30 MB
LONG = next(case for case in floods.CASES if case.name == "one-long-line")
CASES = (*shipping.SHOWN, *(c for c in shipping.NAMES if c.name == "named-page"), LONG)


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Return what came of the answers that show something active."""
    return run_batch(Group("pages", CASES, CALM), tmp_path_factory.mktemp("pages"))


@pytest.fixture
def watched(page):
    """Return the page, and the list of what it asks for and says."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    return page, seen


def opened(page, batch, student: str) -> None:
    lesson = batch.ground.group.lesson
    folder = batch.ground.course.feedback(student, lesson.section)
    page.goto((folder / f"{lesson.notebook}.html").as_uri())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_on_the_page_runs_or_loads(batch, watched, case):
    page, seen = watched
    opened(page, batch, case.id)
    assert page.locator("section").count() == 3
    assert page.title() == f"01-sums: feedback for {case.id}"
    assert page.locator("script, iframe, object, embed, svg, base, form, link").count() == 0
    assert [url for url in seen if not url.startswith(("file:", "data:"))] == []


def test_what_an_answer_shows_is_there_as_text(batch, page):
    opened(page, batch, "shows-active")
    shown = "\n".join(page.locator("pre.output").all_inner_texts())
    assert "<script>document.title = 'moved'</script>" in shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_policy_is_strict_and_the_page_is_small(batch, case):
    page = batch.pages[case.id]
    head = page.partition("<title>")[0]
    assert POLICY in head and len(page) < LARGEST


def test_the_policy_alone_stops_what_would_get_onto_a_page(batch, page, tmp_path):
    stopped = {}
    page.on("requestfailed", lambda request: stopped.update({request.url: request.failure}))
    away = "http://127.0.0.1:9"  # nobody is there: without the policy the failure is another
    active = (
        "<script>document.title = 'moved'</script><img src='data:,' onerror=\"document.title = 1\">"
        f"<script src='{away}/a.js'></script><img src='{away}/b.png'>"
        f"<link rel='stylesheet' href='{away}/c.css'>"
    )
    plain = batch.pages["shows-active"]
    assert "<main>" in plain
    (tmp_path / "page.html").write_text(plain.replace("<main>", f"<main>{active}"), "utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator("script").count() == 2
    assert page.title() == "01-sums: feedback for shows-active"
    assert stopped == dict.fromkeys(
        [f"{away}/{name}" for name in ("a.js", "b.png", "c.css")], "csp"
    )

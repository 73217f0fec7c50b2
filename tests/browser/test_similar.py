"""The page of alike answers in a real browser: read by everybody, and silent."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from course.comparing.alike import compare
from course.comparing.page import page as page_of
from course.record.named import Named
from tests.builders import make_course
from tests.comparing.conftest import CELLS, EVERYTHING, SECTION, disguised, hand_in_all, independent

pytestmark = pytest.mark.browser
EVIL = "<img src=http://127.0.0.1:9/x><script>console.log('ran')</script>"


@pytest.fixture(scope="module")
def similar(tmp_path_factory):
    """Return the page of a class in which two are alike, as a file."""
    course = make_course(tmp_path_factory.mktemp("class"), {SECTION: {"pooling": CELLS}})
    texts = {f"s{n:02}": text for n, text in enumerate(independent())}
    texts["s05"] = texts["s05"].replace("top = values[0]", f"top = values[0]  # {EVIL}")
    texts["zoe"] = disguised(EVERYTHING, independent()[5])
    hand_in_all(course, {student: {"max-pool": text} for student, text in texts.items()})
    (section,) = course.sections
    found = compare(course, section, pytest.fail)
    people = {"zoe": Named("zoe", "雷", "李"), "s05": Named("s05", "Ann", "Oz")}
    file = tmp_path_factory.mktemp("similar") / "similar.html"
    file.write_text(page_of([(section, found)], people), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(page, similar, scheme, width, shoot):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(similar.as_uri())
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one, other = (side.bounding_box() for side in page.locator(".sides > div").all())
    assert (one["y"] == other["y"]) == (width > 1_000)  # side by side, or one below the other
    shoot(page, f"similar-{scheme}-{width}")


def test_on_paper_all_of_it_is_there(page, similar, shoot):
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto(similar.as_uri())
    for side in page.locator("pre").all():
        assert side.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
        assert side.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    shoot(page, "similar-print")


def test_it_asks_for_nothing_and_runs_nothing(page, similar):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.goto(similar.as_uri())
    assert [one for one in seen if not one.startswith("file:")] == []
    assert EVIL in page.locator("pre").first.inner_text()


def test_names_are_folded_away(page, similar):
    page.goto(similar.as_uri())
    assert not page.get_by_text("雷 李").is_visible()
    page.get_by_text("Who wrote them").click()
    assert page.get_by_text("雷 李").is_visible()

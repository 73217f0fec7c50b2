"""The site in a real browser: for every screen and every reader, and without a script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from course.site.build import build
from tests.builders import code, markdown
from tests.site.making import CELLS, OUTPUTS, SECTION, made_course, picture, printed

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")
WIDE = "\n".join(" ".join(f"{row * column:4d}" for column in range(60)) for row in range(4))
LESSON = f"lessons/{SECTION}.html"
PAGES = ("index.html", LESSON, "docs/words.html", "search.html")
MORE = [
    markdown("| a term | in one line |\n|---|---|\n| `light` | " + "what one sees " * 9 + "|"),
    code(f"print(table)  # {'and so on ' * 20}", id="table"),
    code('explorers.show("overlap")', id="boxes"),
    markdown("$$S = \\sum_{i=1}^{n} " + " + ".join(f"x_{{{i}}}" for i in range(30)) + "$$"),
    markdown("<details><summary>Hint 1: look</summary>There.</details>"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a site with all that a page can hold."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs").mkdir()
    words = "# Words\n\n| term | in one line |\n|---|---|\n| light | what one sees |\n"
    (folder / "docs" / "words.md").write_text(f"{words}\n```bash\nmake lab\n```\n")
    outputs = OUTPUTS | {"table": [printed(WIDE)], "boxes": [picture("explorer overlap: left 2")]}
    course, runs = made_course(folder, cells=[*CELLS, *MORE], outputs=outputs)
    build(course, course.sections, folder / "public", notebooks=runs)
    return folder / "public"


@pytest.fixture
def plain(chromium):
    """Open an empty page on a telephone whose browser runs no script."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, color_scheme="dark"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it(page, site, name, scheme, width, shoot):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{site}/{name}")
    shoot(page, f"site-{name.replace('/', '-').removesuffix('.html')}-{scheme}-{width}")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_the_front_page_is_whole_without_a_script(plain, site):
    plain.goto(f"file://{site}/index.html")
    card = plain.locator("a.card")
    assert card.is_visible() and "How much light is there?" in card.inner_text()
    dark = plain.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert max(int(part) for part in dark.strip("rgb()").split(",")[:3]) < 60
    plain.locator("label.nav-overlay-icon").first.click()
    plain.locator(".sidebar-tree >> text=Words").click()
    assert plain.locator("h1").inner_text().startswith("Words")


def test_an_explorer_is_stepped_through_by_keys_without_a_script(plain, site):
    plain.goto(f"file://{site}/{LESSON}")
    frames = plain.locator(".stepper .frames img")
    seen = [frames.nth(i).is_visible() for i in range(frames.count())]
    assert seen == [True] + [False] * (len(seen) - 1)
    plain.locator(".stepper input").first.focus()
    plain.keyboard.press("ArrowRight")
    assert frames.nth(1).is_visible() and not frames.nth(0).is_visible()


def test_words_of_a_lesson_are_found(page, site):
    page.goto(f"file://{site}/search.html?q=halve")
    page.locator("#search-results li a").first.wait_for()
    assert "Light" in page.locator("#search-results li a").first.inner_text()


LOOK = Path(__file__).resolve().parents[2] / ".ci" / "look.py"
SIZES = {"light": (1280, 2000), "dark": (1280, 2000), "phone": (390, 844), "projector": (1280, 720)}


def looked(site, shots):
    line = [sys.executable, str(LOOK), str(site), str(shots)]
    return subprocess.run(line, capture_output=True, text=True, timeout=240)


def test_ci_keeps_the_front_page_a_lesson_and_a_guide_as_every_reader_sees_them(site, tmp_path):
    done = looked(site, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for page in ("index", f"lessons-{SECTION}", "docs-words"):
        for way, size in SIZES.items():
            with Image.open(tmp_path / f"site-{page}-{way}.png") as shot:
                assert shot.size == size
                ground = np.median(np.asarray(shot.convert("L")))
            assert ground < 60 if way in ("dark", "phone") else ground > 200, (page, way)
    assert len(list(tmp_path.glob("site-search-*.png"))) == 1


def test_ci_names_a_page_that_is_wrong_for_one_of_them(site, tmp_path):
    wrong = shutil.copytree(site, tmp_path / "site")
    with open(wrong / "docs" / "words.html", "a", encoding="utf-8") as file:
        file.write('<div style="width: 600px">wide</div>')
    done = looked(wrong, tmp_path / "shots")
    assert done.returncode == 1
    assert "docs/words.html, phone, 390 pixels wide: it is " in done.stdout
    assert "projector, 1280" not in done.stdout

"""Open the pages of a site in Chromium as readers do, keep a picture of each, and run axe-core.

Usage: python .ci/look.py build/site build/screenshots

The front page and the first page of each folder, a lesson and a guide, are looked at in light, in
dark, on a telephone and on a projector; the others in one of these ways, in turn.
Exit status: 0, or 1 where a page has something serious for who cannot see it or uses keys alone, is
wider than a telephone, asks for anything from elsewhere, or complains; each is named.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from course.doctor.probes import find_browser


class View(NamedTuple):
    """How somebody looks at a page: the scheme of the system, width and height in pixels."""

    scheme: str
    width: int
    height: int


VIEWS = {
    "light": View("light", 1280, 2000),
    "dark": View("dark", 1280, 2000),
    "phone": View("dark", 390, 844),
    "projector": View("light", 1280, 720),
}
GRAVE = ("serious", "critical")


def looked_at(browser: Browser, page: Path, name: str, shots: Path, way: str) -> Iterator[str]:
    """Yield what is wrong with a page, as one of the readers sees it."""
    scheme, width, height = VIEWS[way]
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    said: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: said.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(page.as_uri())
    file = f"site-{name.removesuffix('.html').replace('/', '-')}-{way}.png"
    tab.screenshot(path=shots / file)
    where = f"{name}, {way}, {width} pixels wide"
    yield from (f"{where}: {text}" for text in said if not text.startswith(("file:", "data:")))
    if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
        yield f"{where}: it is {wide} pixels wide"
    for one in Axe().run(tab).response["violations"]:
        if one["impact"] in GRAVE:
            yield f"{where}: {one['help']} ({one['id']}), as in {one['nodes'][0]['html'][:120]}"
    context.close()


def views(site: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each page with its name and a way to look at it: first ones in all, others in turn."""
    pages = {page.relative_to(site).as_posix(): page for page in sorted(site.rglob("*.html"))}
    folders = {name.rpartition("/")[0]: name for name in reversed(pages)}
    first = {"index.html", *(name for folder, name in folders.items() if folder)}
    for number, (name, page) in enumerate(pages.items()):
        for way in VIEWS if name in first else [list(VIEWS)[number % len(VIEWS)]]:
            yield page, name, way


def main(site: Path, shots: Path) -> int:
    """Look at every page; return the exit status."""
    program = find_browser()
    if program is None:
        print("Chromium is missing: apt install chromium")
        return 1
    shots.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    seen = list(views(site.resolve()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        found = [
            text for page, name, way in seen for text in looked_at(browser, page, name, shots, way)
        ]
        browser.close()
    for text in found:
        print(text)
    print(f"{len(seen)} looks at the pages of {site}; pictures are in {shots}")
    return 1 if found or not seen else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

"""Open the pages of a site in Chromium as readers do, keep a picture of each, and run axe-core.

Usage: python .ci/look.py build/site build/screenshots
Exit status: 0, or 1 where a page has something serious for who cannot see it or uses keys alone, is
wider than a telephone, asks for anything from elsewhere, or complains; each is named.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VIEWS = (("light", 1280, 900), ("dark", 390, 844))
GRAVE = ("serious", "critical")
TALLEST = 4000  # pixels of a picture that is kept


def looked_at(browser: Browser, site: Path, page: Path, shots: Path) -> Iterator[str]:
    """Yield what is wrong with a page, as each of the readers sees it."""
    name = page.relative_to(site).as_posix()
    for scheme, width, height in VIEWS:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        said: list[str] = []
        tab = context.new_page()
        tab.on("request", lambda request, said=said: said.append(request.url))
        tab.on("console", lambda message, said=said: said.append(message.text))
        tab.on("pageerror", lambda error, said=said: said.append(str(error)))
        tab.goto(page.as_uri())
        tall = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
        file = shots / f"site-{name.removesuffix('.html').replace('/', '-')}-{scheme}-{width}.png"
        clip = {"x": 0, "y": 0, "width": width, "height": tall}
        tab.screenshot(path=file, clip=clip, full_page=True)
        where = f"{name}, {scheme}, {width} pixels wide"
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{where}: it is {wide} pixels wide"
        for one in Axe().run(tab).response["violations"]:
            if one["impact"] in GRAVE:
                yield f"{where}: {one['help']} ({one['id']}), as in {one['nodes'][0]['html'][:120]}"
        yield from (f"{where}: {x}" for x in said if not x.startswith(("file:", "data:")))
        context.close()


def main(site: Path, shots: Path) -> int:
    """Look at every page; return the exit status."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print("Chromium is missing: apt install chromium")
        return 1
    shots.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    pages = sorted(site.resolve().rglob("*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        found = [text for page in pages for text in looked_at(browser, site.resolve(), page, shots)]
        browser.close()
    for text in found:
        print(text)
    print(f"{len(pages)} pages looked at; pictures are in {shots}")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

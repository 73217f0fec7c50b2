"""What is demanded of the pages before anybody sees them: links, loads, words, weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FRONT, OTHERS = 1_000_000, 5_000_000  # bytes of a page with all that it loads
LOADS = {"img": "src", "script": "src", "source": "src", "iframe": "src", "video": "src"}
LOADS |= {"audio": "src", "embed": "src", "object": "data", "input": "src", "track": "src"}
STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
INLINE = ("data:",)
BREAKS = {"p", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "div", "details", "summary"}


@dataclass
class Page:
    """What stands on a page.

    Attributes
    ----------
    ids : set of str
    links : list of str
        Where it leads.
    loads : list of str
        What a browser loads to show it.
    wordless : list of str
        Pictures that say nothing to who does not see them: no alternative text at all.
    text : str
        What there is to read, its pictures' words included.
    """

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        page = self.page
        if found.get("id"):
            page.ids.add(found["id"])
        if tag == "a" and "href" in found:
            page.links.append(found["href"])
        if tag == "link" and found.get("rel") in ("stylesheet", "preload", "icon", "prefetch"):
            page.loads.append(found.get("href", ""))
        if found.get(LOADS.get(tag, "")):
            page.loads.append(found[LOADS[tag]])
        page.loads += [part.split()[0] for part in found.get("srcset", "").split(",") if part]
        if tag == "img" and "alt" not in found:
            page.wordless.append(found.get("src", ""))
        page.loads += urls(found.get("style", ""))
        self._pieces += [f"\n{found[name]}\n" for name in ("alt", "title") if found.get(name)]
        self._silent += tag in ("script", "style")
        if tag in BREAKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")
        if tag in BREAKS or tag in ("pre", "td", "th"):
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data)

    def close(self) -> None:
        super().close()
        self.page.text = "".join(self._pieces)


def read_page(text: str) -> Page:
    """Return what stands on a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def urls(style: str) -> list[str]:
    """Return what a style sheet loads."""
    return [a or b for a, b in STYLE_URL.findall(style) if not (a or b).startswith(INLINE)]


def find_faults(site: Path) -> tuple[list[str], dict[str, Page]]:
    """Return what is wrong with the pages of a folder, in sentences, and the pages by name."""
    pages = {
        path.relative_to(site).as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    faults = [fault for name, page in pages.items() for fault in _in_page(site, name, pages, page)]
    for path in sorted(site.rglob("*.css")):
        name = path.relative_to(site).as_posix()
        for url in urls(path.read_text(encoding="utf-8")):
            faults += _load(site, name, url)
    return faults, pages


def weight(site: Path, name: str, page: Page) -> int:
    """Return the bytes of a page with all that a browser can load for it."""
    files = {site / name} | {f for load in page.loads if (f := _file(site, name, load)[0])}
    fonts = {
        found
        for sheet in files
        if sheet.suffix == ".css" and sheet.is_file()
        for url in urls(sheet.read_text(encoding="utf-8"))
        if (found := _file(site, sheet.relative_to(site).as_posix(), url)[0])
    }
    return sum(file.stat().st_size for file in files | fonts if file.is_file())


def _in_page(site: Path, name: str, pages: dict[str, Page], page: Page) -> Iterator[str]:
    for link in page.links:
        if urlsplit(link).scheme or link.startswith("//"):
            continue  # to somebody else's page, for a reader to follow
        file, part = _file(site, name, link)
        if file is None or not file.is_file():
            yield f"{name}: the link {link} leads nowhere"
        elif part and file.suffix == ".html":
            target = pages[file.relative_to(site).as_posix()]
            if part not in target.ids:
                yield f"{name}: the link {link} leads to a place that is not on that page"
    for load in page.loads:
        yield from _load(site, name, load)
    yield from (f"{name}: the picture {source} has no alt text" for source in page.wordless)
    most = FRONT if name == "index.html" else OTHERS
    if (bytes_ := weight(site, name, page)) > most:
        yield f"{name} and what it loads take {bytes_ / 1e6:.1f} MB, more than {most / 1e6:g}"


def _load(site: Path, name: str, url: str) -> Iterator[str]:
    if url.startswith(INLINE):
        return
    if urlsplit(url).scheme or url.startswith("//"):
        yield f"{name} loads {url} from elsewhere"
        return
    file, _ = _file(site, name, url)
    if file is None or not file.is_file():
        yield f"{name} loads {url}, which is not there"


def _file(site: Path, name: str, url: str) -> tuple[Path | None, str]:
    """Return the file of the site that a relative address means, and the part of it."""
    split = urlsplit(url)
    if split.scheme or split.netloc:
        return None, ""
    path = unquote(split.path)
    found = (site / name).parent / path if path else site / name
    found = found.resolve()
    if found.is_dir():
        found /= "index.html"
    return (found if found.is_relative_to(site.resolve()) else None), unquote(split.fragment)

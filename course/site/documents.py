"""The pages of ``docs/`` and their like: as they are, but for links that lead out of the site."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Collection
from html import escape
from pathlib import Path

from course.site.lessons import Lesson
from course.site.settings import Group, Settings

LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
FENCED = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.M | re.S)
CARDS = "<!-- lessons -->"
# Guides have no formulas, and a shell's $VARIABLE is none.
NO_FORMULAS = "---\nmyst:\n  enable_extensions: []\n---\n\n"


def write_documents(root: Path, settings: Settings, source: Path) -> None:
    """Copy the pages of all groups to where Sphinx finds them, and the pictures that they show."""
    pages = {page for group in settings.groups for page in group.pages}
    for page in sorted(pages):
        text = (root / page).read_text(encoding="utf-8")
        _write(source / page, NO_FORMULAS + _linked(text, page, page, pages, root, source))


def write_front(root: Path, settings: Settings, lessons: list[Lesson], source: Path) -> None:
    """Write the front page: its text, a card for each lesson, and the order of all pages."""
    pages = {page for group in settings.groups for page in group.pages}
    cards = "".join(map(_card, lessons))
    shown = f"<div class='cards'>{cards}</div>"
    text = f"# {settings.title}\n\n{CARDS}\n"
    if settings.front:
        text = (root / settings.front).read_text(encoding="utf-8")
        text = _linked(text, settings.front, "index.md", pages, root, source)
    if CARDS not in text:
        text += f"\n{CARDS}\n"
    groups = [Group("Lessons", tuple(f"{one.page}.md" for one in lessons)), *settings.groups]
    order = "\n\n".join(map(_tree, groups))
    _write(source / "index.md", f"{NO_FORMULAS}{text.replace(CARDS, shown)}\n\n{order}\n")


def _card(lesson: Lesson) -> str:
    picture = lesson.picture.thumbnail("", "") if lesson.picture else ""
    words = f"<strong>{escape(lesson.title)}</strong><span>{escape(lesson.question)}</span>"
    facts = f"<small class='facts'>{lesson.facts}</small>"
    return f"<a class='card' href='{lesson.page}.html'>{picture}{words}{facts}</a>"


def _tree(group: Group) -> str:
    pages = "\n".join(f"/{page.removesuffix('.md')}" for page in group.pages)
    return f"```{{toctree}}\n:hidden:\n:caption: {group.caption}\n\n{pages}\n```"


def _linked(
    text: str, page: str, place: str, pages: Collection[str], root: Path, source: Path
) -> str:
    """Return a page's text with its links as they are from `place`, and its pictures beside it.

    A link to a file that is no page of the site becomes its words: whoever reads the site may have
    no copy of the course.
    """

    def link(match: re.Match) -> str:
        picture, words, target = match.groups()
        if re.match(r"[a-z]+:|#", target):
            return match[0]
        path, _, part = target.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if picture and (root / file).is_file():
            (source / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / file, source / file)
        elif file not in pages:
            return words
        way = posixpath.relpath(file, posixpath.dirname(place) or ".")
        return f"{picture}[{words}]({way}{'#' if part else ''}{part})"

    pieces, end = [], 0
    for fence in FENCED.finditer(text):
        pieces += [LINK.sub(link, text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*pieces, LINK.sub(link, text[end:])])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

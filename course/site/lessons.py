"""The page of a lesson: what it asks, how long it takes, its pictures, and the lesson itself."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from course.authoring.listing import Listed
from course.console import number
from course.site.cells import anchor, page_of
from course.site.executed import Executed
from course.site.pictures import Album, Picture

FOLDER = "lessons"
NOTEBOOKS = "notebooks"
ROOT = "../"  # from a lesson's page to the site's folder
STRIP = 6  # thumbnails above a lesson


@dataclass(frozen=True)
class Lesson:
    """A page that was written.

    Attributes
    ----------
    page : str
        In the site's folder, without an ending.
    section : str
    title, question, facts : str
    picture : Picture or None
        The one that its card shows.
    """

    page: str
    section: str
    title: str
    question: str
    facts: str
    picture: Picture | None


def write_lesson(
    done: Executed, about: Listed, source: Path, album: Album, picture: str = ""
) -> Lesson:
    """Write the page of a lesson as Markdown, and the notebook to take away.

    Parameters
    ----------
    done : Executed
    about : Listed
        What `course list` says of the section.
    source : Path
        Where Sphinx finds the pages.
    album : Album
    picture : str
        Id of the cell whose picture the card shows; the first explorer by default.
    """
    section = done.section
    name = section.name if len(about.notebooks) < 2 else f"{section.name}-{done.file.stem}"
    text, pictures = page_of(done.nb, name, ROOT, album)
    if not text.startswith("# "):
        text = f"# {section.title}\n\n{text}"
    notebook = f"{NOTEBOOKS}/{name}.ipynb"
    facts = _facts(about)
    take = f"<a href='{ROOT}{notebook}' download>Take the notebook</a>"
    head = "\n\n".join(
        part
        for part in (
            f"<p class='question'>{escape(section.question)}</p>" if section.question else "",
            f"<p class='facts'>{facts} {take}</p>",
            _strip(pictures, name),
        )
        if part
    )
    title, _, rest = text.partition("\n")
    page = source / FOLDER / f"{name}.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"{title}\n\n{head}\n\n{rest}", encoding="utf-8")
    copy = source / "extra" / notebook
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(done.file.read_bytes())
    shown = _chosen(pictures, f"{name}-{picture}" if picture else "")
    return Lesson(
        f"{FOLDER}/{name}", section.name, title.removeprefix("# "), section.question, facts, shown
    )


def _facts(about: Listed) -> str:
    count = about.autograded + about.manual
    facts = (
        f"{about.minutes} minutes" if about.minutes else "",
        f"{number(about.points)} points" if about.points else "",
        f"{count} exercise{'s' if count > 1 else ''}" if count else "",
    )
    return "".join(f"<span>{fact}</span> " for fact in facts if fact).strip()


def _strip(pictures: list[Picture], name: str) -> str:
    if not pictures:
        return ""
    count = min(STRIP, len(pictures))
    chosen = [pictures[i * len(pictures) // count] for i in range(count)]
    links = (
        f"<a href='#{anchor(one.name.removeprefix(f'{name}-').removesuffix('.webp'))}'>"
        f"{one.thumbnail(ROOT, one.brief)}</a>"
        for one in chosen
    )
    return f"<nav class='strip' aria-label='Pictures of this lesson'>{''.join(links)}</nav>"


def _chosen(pictures: list[Picture], name: str) -> Picture | None:
    named = [one for one in pictures if name and one.name == f"{name}.webp"]
    explorers = [one for one in pictures if one.alt.startswith("explorer ")]
    return next(iter([*named, *explorers, *pictures]), None)

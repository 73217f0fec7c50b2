"""What a course says of its site: ``[site]`` in ``course/syllabus.toml``.

    [site]
    title = "Computer vision"           # the course's id where it is left out
    front = "docs/index.md"             # the text of the front page; <!-- lessons --> are the cards

    [[site.group]]                      # pages below the lessons, in this order
    caption = "Guides"
    pages = ["docs/students.md"]

    [site.pictures]                     # which cell's picture a lesson's card shows
    "02-convolution" = "sobel"

What lies in ``docs/`` and no group names stands at the end of the last one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from course.errors import CourseError
from course.folder import SYLLABUS_FILE, Course

PAGES = "docs"
OTHERS = "Reference"


@dataclass(frozen=True)
class Group:
    """Pages under one caption, by their paths in the course's folder."""

    caption: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """What a course says of its site.

    Attributes
    ----------
    title : str
    front : str
        Path of the front page's text; empty where there is none.
    groups : tuple of Group
    pictures : dict
        From a section's name to the id of a cell.
    """

    title: str
    front: str = ""
    groups: tuple[Group, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)


def read_settings(course: Course) -> Settings:
    """Return a course's settings.

    Raises
    ------
    CourseError
        When the file cannot be used, or names a page or a section that there is not.
    """
    path = course.root / SYLLABUS_FILE
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    site = found.get("site", {})
    try:
        groups = [Group(one["caption"], tuple(one["pages"])) for one in site.get("group", [])]
        front, pictures = site.get("front", ""), dict(site.get("pictures", {}))
        title = site.get("title") or _name_of(course)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise CourseError(
            f"{path}: [site] is not written as `course site` reads it.",
            "Each [[site.group]] has a caption and a list of pages; see CONTRIBUTING.md.",
        ) from None
    named = [page for group in groups for page in group.pages]
    for page in [*named, *([front] if front else [])]:
        if not (course.root / page).is_file():
            raise CourseError(
                f"{path}: [site] names {page}, which is not there.", "Write it, or take it out."
            )
    for name in pictures:
        course.section(name)
    folder = course.root / PAGES
    others = [f"{PAGES}/{one.name}" for one in sorted(folder.glob("*.md"))]
    left = tuple(page for page in others if page not in [*named, front])
    if left and groups:
        groups[-1] = Group(groups[-1].caption, (*groups[-1].pages, *left))
    elif left:
        groups = [Group(OTHERS, left)]
    return Settings(title, front, tuple(groups), pictures)


def _name_of(course: Course) -> str:
    return str(course.config.CourseDirectory.get("course_id", "") or Path(course.root).name)

"""`course site`: static pages of the lessons as they ran, and of the course's own documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.authoring.leaks import LEAK_REMEDY
from course.authoring.listing import list_sections
from course.authoring.release import beside, leaks_of, replace_folder
from course.console import Report
from course.errors import FOUND, CourseError
from course.files import copy_folder
from course.folder import SYLLABUS_FILE, Course, Section
from course.notebook.regions import kinds
from course.scratch import Scratch
from course.site import engine
from course.site.built import Page, find_faults, weight
from course.site.documents import write_documents, write_front
from course.site.executed import read_executed, run_released
from course.site.lessons import Lesson, write_lesson
from course.site.pictures import Album
from course.site.settings import Settings, read_settings

MARK = ".course-site"  # in the folder of a site: only such a one, or an empty one, is replaced


@dataclass(frozen=True)
class Built:
    """A site that stands.

    Attributes
    ----------
    folder : str
    pages : dict
        From the name of each page to its bytes with all that it loads.
    """

    folder: str
    pages: dict[str, int]


def build(
    course: Course,
    sections: list[Section],
    out: Path,
    *,
    notebooks: Path | None = None,
    jobs: int = 2,
    report: Report = lambda name, done, total: None,
) -> Built:
    """Make the site of some sections.

    Parameters
    ----------
    course : Course
    sections : list of Section
    out : Path
        The folder that the site becomes; an earlier site in it is replaced when the new one is
        whole and nothing is wrong with it.
    notebooks : Path, optional
        What ``course run --released --out`` wrote; the notebooks are run where it is left out.
    jobs : int
        Notebooks at a time, where they are run.
    report : callable
        Told a name, how much is done, how much there is.

    Raises
    ------
    CourseError
        When a lesson fails or was not run as it stands in release/, Sphinx finds fault with a page,
        a page gives away what students must not see, or is not as it must be: each link leads
        somewhere, nothing is loaded from elsewhere, pictures have words, no page is too heavy.
    """
    engine.demand()
    _demand_room(out)
    settings = read_settings(course)
    with Scratch("site") as scratch:
        source, site, runs = (Path(scratch, name) for name in ("source", "site", "runs"))
        if notebooks is None:
            run_released(course, sections, runs, jobs, report)
        done = read_executed(course, sections, notebooks or runs)
        about = {one.section: one for one in list_sections(course, sections)}
        album = Album(source / "extra")
        lessons: list[Lesson] = []
        for one in done:
            report("pages", len(lessons), len(done) + 1)
            name = one.section.name
            chosen = settings.pictures.get(name, "")
            lessons.append(write_lesson(one, about[name], source, album, chosen))
        _demand_pictures(settings, lessons)
        write_documents(course.root, settings, source)
        write_front(course.root, settings, lessons, source)
        report("pages", len(done), len(done) + 1)
        engine.make_pages(source, site, settings.title)
        report("pages", len(done) + 1, len(done) + 1)
        pages = _inspected(course, sections, site, lessons, Path(scratch, "texts"))
        (site / MARK).touch()
        _put(site, out)
    return Built(str(out), pages)


def _demand_pictures(settings: Settings, lessons: list[Lesson]) -> None:
    """Refuse a card's picture that no cell shows: another one would stand there unnoticed."""
    for section, cell in settings.pictures.items():
        own = [one for one in lessons if one.section == section]
        shown = [one.picture.name for one in own if one.picture]
        if own and not any(name.endswith(f"-{cell}.webp") for name in shown):
            raise CourseError(
                f"{SYLLABUS_FILE}: [site.pictures] names the cell {cell!r} of {section}, which "
                "shows no picture.",
                "Name another cell, or take the line out.",
            )


def _inspected(
    course: Course, sections: list[Section], site: Path, lessons: list[Lesson], texts: Path
) -> dict[str, int]:
    """Return what each page weighs; raise what is wrong with the pages."""
    faults, pages = find_faults(site)
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise CourseError(
            f"The site is not put in its place:\n{lines}\n",
            "Fix what makes these pages, and build again.",
            code=FOUND,
        )
    if leaks := _leaks(course, sections, pages, lessons, texts):
        lines = "\n".join(f"  {leak}" for leak in leaks)
        raise CourseError(
            f"No site is made, because everybody would see what students must not:\n{lines}\n",
            LEAK_REMEDY,
            code=FOUND,
        )
    return {name: weight(site, name, page) for name, page in pages.items()}


def _leaks(
    course: Course,
    sections: list[Section],
    pages: dict[str, Page],
    lessons: list[Lesson],
    texts: Path,
) -> list[str]:
    """Return what the pages give away: a lesson's of its own section, the others of any.

    A guide for authors may name delimiters; a lesson that does has kept some.
    """
    own = {f"{one.page}.html": one.section for one in lessons}
    marks = [mark for kind in kinds(course.config) for mark in (kind.begin, kind.end)]
    for name, page in pages.items():
        text = page.text
        for mark in marks if name not in own else ():
            text = text.replace(mark, "")
        path = texts / own.get(name, "shared") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found: list[str] = []
    for section in sections:
        for folder in (texts / section.name, texts / "shared"):
            found += [f"{section.name}: {leak}" for leak in leaks_of(course, section, folder)]
    return found


def _demand_room(out: Path) -> None:
    """Refuse a folder that holds something else: it would be replaced."""
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise CourseError(
            f"{out} holds something that is no site of ours.", "Give another folder with --out."
        )


def _put(site: Path, out: Path) -> None:
    with beside(out) as fresh:
        copy_folder(site, fresh)
        replace_folder(fresh, out)

"""`course release`: make the student versions in release/, or check that they are up to date."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.authoring.conversion import NoRoom, convert
from course.authoring.drift import Drift, compare
from course.authoring.leaks import LEAK_REMEDY, Leak, find_leaks
from course.console import Report
from course.errors import FOUND, CourseError
from course.files import copy_folder
from course.folder import KEPT_BACK, Course, Section
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_source
from course.record.spoilt import Trouble, raise_it
from course.scratch import Scratch


@dataclass(frozen=True)
class Released:
    """A student version that stands in release/.

    Attributes
    ----------
    section : str
    folder : str
    files : tuple of str
        Relative to `folder`.
    changed : bool
        Whether anything differs from the release before.
    """

    section: str
    folder: str
    files: tuple[str, ...]
    changed: bool


class LeakError(CourseError):
    """A section whose release would give something away; `leaks` lists what."""

    def __init__(self, section: str, leaks: list[Leak]) -> None:
        lines = "\n".join(f"  {section}/{leak}" for leak in leaks)
        super().__init__(
            f"{section} is not released, because students would see what they must not:\n{lines}\n",
            LEAK_REMEDY,
            code=FOUND,
        )
        self.leaks = leaks


def release(
    course: Course,
    sections: list[Section],
    *,
    check: bool = False,
    report: Report = lambda name, done, total: None,
    trouble: Trouble = raise_it,
) -> list[Drift | Released]:
    """Make the student versions of some sections.

    Parameters
    ----------
    course : Course
    sections : list of Section
    check : bool
        Change nothing; return what release/ would have to change.
    report : callable
        Told a name, sections done, sections in all.
    trouble : callable
        Told, as a `CourseError`, of each section that cannot be released, which stays as it was;
        the others are. By default the first one is raised, and none is.

    Returns
    -------
    list of Released, or of Drift where `check` is set

    Raises
    ------
    CourseError
        When release/ cannot be written, or from `trouble`: when a section has no notebook or
        one that cannot be converted, or something of a solution, a hidden test, a mark scheme or
        mistakes.py would be released (`LeakError`).
    """
    with Scratch("release") as scratch:
        made: dict[Section, Path] = {}
        for number, section in enumerate(sections):
            report("release", number, len(sections))
            try:
                made[section] = _make(course, section, scratch)
            except NoRoom:
                raise  # the same for every section
            except CourseError as error:
                trouble(error)
        report("release", len(sections), len(sections))
        drifts = {s: compare(s.name, folder, course.release(s.name)) for s, folder in made.items()}
        if check:
            return [d for found in drifts.values() for d in found] + _strays(course, sections)
        return [_put(course, s, folder, bool(drifts[s])) for s, folder in made.items()]


def leaks_of(course: Course, section: Section, folder: Path) -> list[Leak]:
    """Return what a folder of students' files gives away of a section."""
    sources = [read_source(path, course.config) for path in section.notebooks]
    mistakes = [m for name in KEPT_BACK for m in read_mistakes(section.folder / name)]
    return find_leaks(folder, sources, mistakes, course.config, course.may_show)


def _make(course: Course, section: Section, scratch: str) -> Path:
    """Return the student version of a section, with nothing in it that must not be seen."""
    folder = Path(scratch, section.name)
    folder.mkdir(parents=True)
    made = convert(course, section, folder)
    if leaks := leaks_of(course, section, made):
        raise LeakError(section.name, leaks)
    return made


def _put(course: Course, section: Section, made: Path, changed: bool) -> Released:
    """Enter a section into the gradebook, and move its student version into place."""
    from course.record.store import register  # it loads SQLAlchemy, which --check does without

    target = course.release(section.name)
    if changed:
        with beside(target) as fresh:
            copy_folder(made, fresh)
            # First, so that cells that the gradebook refuses are never handed out.
            register(course, section)
            replace_folder(fresh, target)
    else:
        register(course, section)
    files = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
    return Released(section.name, str(target), tuple(files), changed)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a free path on the file system of `target`, whose folder is gone afterwards.

    Raises
    ------
    CourseError
        When nothing can be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CourseError(
            f"{target.parent} cannot be written: {(error.strerror or 'error').lower()}.",
            "Check that it is a folder that you may write, and that the disk is not full.",
        ) from None
    try:
        yield Path(folder, target.name)
    except OSError as error:
        raise CourseError(
            f"{target} cannot be written: {(error.strerror or str(error)).lower()}.",
            f"What was in {target.name} is still there; fix this and run again.",
            code=FOUND,
        ) from None
    finally:
        # Should even putting the old one back have failed, it must not be swept away.
        if target.exists() or not _old(Path(folder, target.name)).exists():
            shutil.rmtree(folder, ignore_errors=True)


def replace_folder(fresh: Path, target: Path) -> None:
    """Put the folder `fresh` in the place of `target`; on failure the old one is back."""
    old = _old(fresh)
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _old(fresh: Path) -> Path:
    """Return where the folder that `fresh` replaces waits meanwhile."""
    return fresh.with_name(f"{fresh.name}.old")


def _strays(course: Course, sections: list[Section]) -> list[Drift]:
    """Return the folders of release/ that belong to no section, when all sections are asked for."""
    folder = course.release("x").parent
    if len(sections) < len(course.sections) or not folder.is_dir():
        return []
    known = {section.name for section in course.sections}
    return [
        Drift(path.name, "", "superfluous")
        for path in sorted(folder.iterdir())
        if path.is_dir() and path.name not in known and not path.name.startswith(".")
    ]

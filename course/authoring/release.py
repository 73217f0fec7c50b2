"""`course release`: make the student versions in release/, or check that they are up to date."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.authoring.conversion import convert
from course.authoring.drift import Drift, compare
from course.authoring.leaks import Leak, find_leaks
from course.console import Report
from course.errors import FOUND, CourseError
from course.files import copy_folder
from course.folder import KEPT_BACK, Course, Section
from course.notebook.cells import read_source
from course.notebook.mistakes import read_mistakes
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
    """A release that would give something away; `leaks` lists what, by section."""

    def __init__(self, leaks: list[tuple[str, Leak]]) -> None:
        lines = "\n".join(f"  {section}/{leak}" for section, leak in leaks)
        super().__init__(
            f"Nothing is released, because students would see what they must not:\n{lines}\n",
            "Put it between the delimiters, or take it out of the source.",
            code=FOUND,
        )
        self.leaks = [leak for _, leak in leaks]


def release(
    course: Course,
    sections: list[Section],
    *,
    check: bool = False,
    report: Report = lambda name, done, total: None,
) -> list[Drift | Released]:
    """Make the student versions of some sections, all of them or none.

    Parameters
    ----------
    course : Course
    sections : list of Section
    check : bool
        Change nothing; return what release/ would have to change.
    report : callable
        Told a name, sections done, sections in all.

    Returns
    -------
    list of Released, or of Drift where `check` is set

    Raises
    ------
    CourseError
        When a section has no notebook or one that cannot be converted, or release/ cannot
        be written.
    LeakError
        When something of a solution, a hidden test, a mark scheme or mistakes.py would be
        released; release/ stays as it is.
    """
    with Scratch("release") as scratch:
        made = {}
        for number, section in enumerate(sections):
            report("release", number, len(sections))
            made[section.name] = convert(course, section, _folder(scratch, section.name))
        report("release", len(sections), len(sections))
        found = [
            (section.name, leak)
            for section in sections
            for leak in leaks_of(course, section, made[section.name])
        ]
        if found:
            raise LeakError(found)
        drifts = {s.name: compare(s.name, made[s.name], course.release(s.name)) for s in sections}
        if check:
            return [d for s in sections for d in drifts[s.name]] + _strays(course, sections)
        return [_put(course, s, made[s.name], bool(drifts[s.name])) for s in sections]


def leaks_of(course: Course, section: Section, folder: Path) -> list[Leak]:
    """Return what a folder of students' files gives away of a section."""
    sources = [read_source(path, course.config) for path in section.notebooks]
    mistakes = [m for name in KEPT_BACK for m in read_mistakes(section.folder / name)]
    return find_leaks(folder, sources, mistakes, course.config)


def _folder(scratch: str, name: str) -> Path:
    folder = Path(scratch, name)
    folder.mkdir(parents=True)
    return folder


def _put(course: Course, section: Section, made: Path, changed: bool) -> Released:
    """Enter a section into the gradebook, and move its student version into place."""
    from course.record.store import register  # it loads SQLAlchemy, which --check does without

    target = course.release(section.name)
    if changed:
        with _beside(target) as fresh:
            copy_folder(made, fresh)
            # First, so that cells that the gradebook refuses are never handed out.
            register(course, section)
            replace_folder(fresh, target)
    else:
        register(course, section)
    files = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
    return Released(section.name, str(target), tuple(files), changed)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a free path on the file system of `target`, whose folder is gone afterwards."""
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
            "The old student version is still there; mend this and run again.",
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

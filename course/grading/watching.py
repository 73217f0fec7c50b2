"""`course grade --watch`: whatever comes into a folder is taken in and graded as it comes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from course.errors import CourseError
from course.folder import Course, Section, is_left_behind
from course.grading.grade import Graded, grading
from course.grading.jobs import Options
from course.intake.collect import collect, require_foreign
from course.intake.taken import Collected, Refused

SECONDS = 0.4  # between two looks: a file that is as it was in the last one has arrived
Stamp = tuple[tuple[str, int, int], ...]


def watching(
    course: Course,
    sections: list[Section],
    folder: Path,
    options: Options,
    *,
    say: Callable[[str], None] = lambda text: None,
    refused: Callable[[Refused], None] = lambda one: None,
    trouble: Callable[[CourseError], None] = lambda error: None,
    go_on: Callable[[], bool] = lambda: True,
) -> Iterator[Graded]:
    """Yield each submission when it is recorded, for as long as it is to go on.

    Parameters
    ----------
    course : Course
    sections : list of Section
        Only what is of these is graded.
    folder : Path
        Where downloads or notebooks come in; or ``submitted/``, where they are in already.
    options : Options
    say : callable
        Told in a sentence what is waited for.
    refused : callable
        Told of each file that was not taken in.
    trouble : callable
        Told of what could not be graded; it is tried again when it is handed in again.
    go_on : callable
        Asked before each look.

    Raises
    ------
    CourseError
        When there is no such folder, or it is one of the course's own.
    """
    require_watchable(course, folder)
    taken_in = _holds_what_was_taken_in(course, folder)
    look = _Look(folder, 2 if taken_in else 1)
    while go_on():
        arrived = look.arrived()
        handed_in: dict[Section, list[str]] = defaultdict(list)
        if taken_in:
            for path in arrived:
                _add(course, sections, handed_in, path.parent.name, path.name)
        else:
            for path in arrived:
                for one in collect(course, [path]):
                    if isinstance(one, Collected):
                        _add(course, sections, handed_in, one.student, one.section)
                    else:
                        refused(one)
        for section, students in handed_in.items():
            try:
                yield from grading(
                    course, [section], options, students=students, say=say, trouble=trouble
                )
            except CourseError as error:
                trouble(error)
        if not arrived:
            time.sleep(SECONDS)


def _add(
    course: Course,
    sections: list[Section],
    handed_in: dict[Section, list[str]],
    student: str,
    name: str,
) -> None:
    section = next((s for s in sections if s.name == name), None)
    if section is not None and course.submitted(student, name).is_dir():
        handed_in[section] = sorted({*handed_in[section], student})


def require_watchable(course: Course, folder: Path) -> None:
    """Demand that it is a folder where submissions come in, and no other one of the course's.

    Raises
    ------
    CourseError
    """
    if not folder.is_dir():
        raise CourseError(f"{folder} is no folder.", "Make it, or give another one to watch.")
    if not _holds_what_was_taken_in(course, folder):
        require_foreign(course, folder)


def _holds_what_was_taken_in(course: Course, folder: Path) -> bool:
    return folder.resolve() == _top(course).resolve()


def _top(course: Course) -> Path:
    return course.submitted("x", "x").parent.parent


class _Look:
    """Sees what has come into a folder, or changed there, and is written to its end.

    Parameters
    ----------
    folder : Path
    depth : int
        How far below it what is handed in together lies: submitted/STUDENT/SECTION at 2.
    """

    def __init__(self, folder: Path, depth: int) -> None:
        self._pattern, self._folder = "/".join("*" * depth), folder
        self._told: dict[Path, Stamp] = {}
        self._seen: dict[Path, Stamp] = {}

    def arrived(self) -> list[Path]:
        """Return what is new since it was told, and as it was at the last look."""
        found: dict[Path, Stamp] = {}
        for path in sorted(self._folder.glob(self._pattern)):
            if not (path.name.startswith(".") or is_left_behind(path.name)):
                found[path] = _stamp(path)
        settled = [p for p, s in found.items() if s and self._seen.get(p) == s != self._told.get(p)]
        self._seen = found
        self._told |= {path: found[path] for path in settled}
        return settled


def _stamp(path: Path) -> Stamp:
    """Return what tells a file, or all within a folder, from an older state of it."""
    stamps = []
    for file in [path, *(path.rglob("*") if path.is_dir() else ())]:
        try:
            about = file.lstat()
        except OSError:  # it has just gone
            continue
        if not file.is_dir():
            stamps.append((str(file), about.st_mtime_ns, about.st_size))
    return tuple(sorted(stamps))

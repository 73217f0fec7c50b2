"""A course folder: where it is, which sections it has, where each step keeps its files.

Any nbgrader course folder will do. Where ``course/syllabus.toml`` names sections, those are
the course's, in that order; elsewhere every folder below ``source/`` that holds a notebook is
one.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from helpers.ground.litter import is_litter

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.errors import CourseError
from course.sections import (
    Section,
    from_folders,
    from_syllabus,
    goes_on,
    package,
    policy,
    seconds_a_cell,
    shown_lines,
)

if TYPE_CHECKING:  # half a second, which no command should pay before its first step
    from nbgrader.coursedir import CourseDirectory

CONFIG_FILE = "nbgrader_config.py"
SYLLABUS_FILE = Path("course", "syllabus.toml")
# Rooms of a course, by nbgrader's own names, in which lies what others have made.
ROOMS = ("submitted", "autograded", "feedback", "release", "downloaded", "hand-in")
RENAMED = re.compile(rf"\.(?:{'|'.join(ROOMS)})_directory *= *r?(['\"])([^'\"\n\0]+)\1")
# What never reaches a student, beside nbgrader's own list.
KEPT_BACK = ["mistakes.py"]
# What programs leave behind, beside what a system or an editor does.
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache")
# Nbgrader's own defaults, where the configuration says nothing; a test compares them with it.
STRUCTURE = os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}")


@dataclass(frozen=True)
class Course:
    """An opened course folder.

    Attributes
    ----------
    root : Path
        The folder that holds ``source/``.
    config : Config
        What ``nbgrader_config.py`` says, with the root set.
    """

    root: Path
    config: Config = field(repr=False)

    @cached_property
    def directory(self) -> CourseDirectory:
        """Nbgrader's own view of the folder."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config)

    @property
    def db_url(self) -> str:
        """Where nbgrader's gradebook is."""
        return self._setting("db_url", sqlite_url(self.root / "gradebook.db"))

    def _setting(self, name: str, default: str) -> str:
        value = self.config.CourseDirectory.get(name, default)
        return str(value)

    @cached_property
    def syllabus(self) -> list[Section]:
        """The sections that a syllabus names; none in most courses."""
        return from_syllabus(self.root / SYLLABUS_FILE, lambda name: self.path("source", name))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in their order."""
        if not (found := self.syllabus or from_folders(self.source)):
            raise CourseError(
                f"The course in {self.root} has no sections: {self.source} is empty.",
                "Make a folder source/NAME with a notebook in it.",
            )
        return found

    @cached_property
    def goes_on(self) -> bool:
        """Whether a student's "Run All" goes on over what is not answered yet."""
        return goes_on(self.root / SYLLABUS_FILE)

    @cached_property
    def package(self) -> str:
        """Where a notebook that runs elsewhere fetches the course; empty where nothing is said."""
        return package(self.root / SYLLABUS_FILE)

    @cached_property
    def inside(self) -> str:
        """What becomes of tests that need the student's own process; see `sections.POLICIES`."""
        return policy(self.root / SYLLABUS_FILE)

    @cached_property
    def seconds(self) -> float | None:
        """Seconds that the syllabus gives a student's cell at grading, or None."""
        return seconds_a_cell(self.root / SYLLABUS_FILE)

    @property
    def may_show(self) -> list[str]:
        """Lines of solutions and tests that students may see."""
        return shown_lines(self.root / SYLLABUS_FILE)

    @property
    def source(self) -> Path:
        """The folder of the source notebooks."""
        return self.path("source", "x").parent

    def path(self, step: str, section: str, student: str = ".") -> Path:
        """Return the folder of a step ("source", "release", ...), by student and section."""
        folder = self._setting("directory_structure", STRUCTURE).format(
            nbgrader_step=self._setting(f"{step}_directory", step),
            student_id=student,
            assignment_id=section,
        )
        return Path(os.path.normpath(self.root / folder))

    def release(self, section: str) -> Path:
        """Return ``release/<section>``."""
        return self.path("release", section)

    def submitted(self, student: str, section: str) -> Path:
        """Return ``submitted/<student>/<section>``."""
        return self.path("submitted", section, student)

    def autograded(self, student: str, section: str) -> Path:
        """Return ``autograded/<student>/<section>``."""
        return self.path("autograded", section, student)

    def feedback(self, student: str, section: str) -> Path:
        """Return ``feedback/<student>/<section>``."""
        return self.path("feedback", section, student)

    def section(self, name: str) -> Section:
        """Return the section called `name`; its number or the rest of its name will do.

        Raises
        ------
        CourseError
            When there is none, or more than one.
        """
        wanted = name.strip().rstrip("/").removeprefix("source/").casefold()
        fits = [s for s in self.sections if wanted == s.name.casefold()]
        if not fits:
            fits = [
                s
                for s in self.sections
                if wanted in (s.name.split("-", 1)[0], s.name.split("-", 1)[-1].casefold())
            ]
        if len(fits) == 1:
            return fits[0]
        known = ", ".join(s.name for s in fits or self.sections)
        if fits:
            raise CourseError(f"{name!r} fits more than one section: {known}.", "Give it in full.")
        raise CourseError(f"There is no section {name!r}.", f"The sections are: {known}.")

    def pick(self, names: list[str] | None) -> list[Section]:
        """Return the named sections, each once, or all of them when none is named."""
        if not names:
            return list(self.sections)
        return list(dict.fromkeys(self.section(name) for name in names))


def is_left_behind(name: str) -> bool:
    """Tell whether a file or folder of this name is no part of a course, but litter or a cache.

    Other names that begin with a dot are the author's, as they are for nbgrader.
    """
    return is_litter(name) or name in CACHES or name.endswith((".pyc", ".pyo"))


def no_extra_file(_folder: str, names: list[str]) -> list[str]:
    """Return which of a folder's names are no files that lie beside a notebook for its cells."""
    return [
        name
        for name in names
        if name.endswith(".ipynb") or name in KEPT_BACK or is_left_behind(name)
    ]


def sqlite_url(file: Path) -> str:
    """Return a database file's address: a name may hold what means something in an address."""
    return "sqlite:///" + quote(os.fspath(file), safe=" +/\\:" if os.name == "nt" else " +/")


def open_course(folder: Path | str = ".") -> Course:
    """Open the course in `folder`, or in the nearest folder above that holds one.

    Raises
    ------
    CourseError
        When there is no course, or its configuration cannot be read.
    """
    start = Path(folder).resolve()
    if not start.is_dir():
        raise CourseError(f"{folder} is not a folder.", "Give the folder that holds source/.")
    found = _courses_above(start)
    if start in found and Path(folder) != Path():  # and not only where somebody happens to be
        return _open(start)
    # A room may lie on another disk, behind a link: then its course is above the link.
    around = [] if Path(folder).is_absolute() else _courses_above(_as_gone_to(Path(folder)))
    if nearest := _outside_rooms([*found, *around]):
        return _open(nearest[0].resolve())
    raise CourseError(
        f"{start} holds no course: there is no source/ folder here or above.",
        "Go to the course's folder, or give it with --course.",
    )


def _courses_above(start: Path) -> list[Path]:
    """Return the folders that may hold a course, from `start` on and up."""
    above = (start, *start.parents)
    return [root for root in above if (root / "source").is_dir() or _has_own_config(root)]


def _as_gone_to(folder: Path) -> Path:
    """Return a folder by the names by which a shell went there, links among them."""
    here = Path(os.environ.get("PWD", ""))
    gone = here.is_absolute() and here.is_dir() and here.samefile(".")
    return Path(os.path.normpath((here if gone else Path.cwd()) / folder))


def _outside_rooms(found: list[Path]) -> list[Path]:
    """Return which of them lie in no room for others' files of a later one; nearer ones first."""
    outside: list[Path] = []
    rooms: list[Path] = []
    for root in dict.fromkeys(reversed(found)):  # what lies in a room has no rooms of its own
        place = root.resolve()
        if not any(place.is_relative_to(room) for room in rooms):
            outside.insert(0, root)
            rooms += _rooms(root)
    return outside


def _has_own_config(root: Path) -> bool:
    """Tell whether a configuration stands there, which is code: and not one that anybody put there.

    Where everybody may write, as in the folder of temporary files, only one's own is taken.
    """
    file = root / CONFIG_FILE
    if not file.is_file():
        return False
    if os.name != "posix" or not root.stat().st_mode & stat.S_IWOTH:
        return True
    return file.stat().st_uid in (0, os.getuid())


def _rooms(root: Path) -> list[Path]:
    """Return a course's rooms for others' files; none where a folder source/ holds other things."""
    file = root / CONFIG_FILE
    if not (file.is_file() or any(root.glob("source/*/*.ipynb"))):
        return []
    names = {*ROOMS, *_renamed(file)}
    return [(root / name).resolve() for name in names]


def _renamed(file: Path) -> list[str]:
    """Return what a configuration calls its rooms, as far as that can be read without running it.

    It need not be the one that is run in the end.
    """
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [found[2] for found in RENAMED.finditer(text)]


def _named(root: Path, named: object) -> Path:
    """Return the root that a configuration names, where the folder it stands in holds no course.

    A course that was copied or moved goes by where it is, whatever it says.
    """
    if (root / "source").is_dir() or not isinstance(named, str) or not (root / named).is_dir():
        return root
    return (root / named).resolve()


def _configuration(root: Path) -> Config:
    """Return what a folder's own configuration says; nothing where it has none."""
    file = root / CONFIG_FILE
    if not file.is_file():
        return Config()
    if not _has_own_config(root):
        raise CourseError(
            f"{file} is another user's, in a folder where everybody may write: it is not run.",
            f"Look at it; if it is the course's, take that right away (chmod o-w {root}).",
        )
    try:
        # A whole path is taken as it is: in others "$HOME" and "~" would mean something.
        return PyFileConfigLoader(str(file), path=str(root)).load_config()
    except Exception as error:  # the file is Python: anything can go wrong in it
        raise CourseError(
            f"{file} cannot be read: {type(error).__name__}: {error}.",
            "Fix it; `nbgrader --help-all` lists what may stand there.",
        ) from None


def _open(root: Path) -> Course:
    config = _configuration(root)
    root = _named(root, config.CourseDirectory.get("root"))
    config.CourseDirectory.root = str(root)
    # Nbgrader's own default is wrong where the folder's name means something in an address.
    config.CourseDirectory.setdefault("db_url", sqlite_url(root / "gradebook.db"))
    for part in ("header", "footer"):  # relative to the root, wherever we are called from
        if isinstance(config.IncludeHeaderFooter.get(part), str):
            config.IncludeHeaderFooter[part] = str(root / config.IncludeHeaderFooter[part])
    course = Course(root, config)
    if not course.source.is_dir():
        raise CourseError(
            f"{root} has no {course.source.name}/ folder.",
            f"Make {course.source} with a folder a section, or give another folder with --course.",
        )
    try:
        os.scandir(course.source).close()
    except PermissionError:
        raise CourseError(
            f"{course.source} cannot be read: permission denied.", "Ask its owner for access."
        ) from None
    return course

"""The folder ``submitted/``: a newer submission takes the place of an older one.

Never the other way round, and nothing is lost: what was replaced is kept in
``submitted/.replaced/STUDENT/SECTION/TIME/``, which nbgrader does not see.
``timestamp.txt`` beside the notebook holds the time, as nbgrader reads it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from datetime import UTC, datetime
from filecmp import cmp
from pathlib import Path

from course.files import write_atomically
from course.folder import Course, Section
from course.intake.finding import TIMESTAMP, handed_in_at
from course.intake.members import Refusal

REPLACED = ".replaced"


class Shelf:
    """The submissions of a course."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self.top = course.submitted("x", "x").parent.parent
        self.top.mkdir(parents=True, exist_ok=True)

    def put(
        self, file: Path, time: datetime, student: str, section: Section, notebook: str
    ) -> tuple[Path, str]:
        """Put a notebook where it belongs.

        Parameters
        ----------
        file : Path
            A file on the same disk; it is moved.
        time : datetime
            When it was handed in, UTC.
        student, section, notebook
            Whose it is, and which notebook.

        Returns
        -------
        Path, str
            Where it is now, and "new", "replaced" or "unchanged".

        Raises
        ------
        Refusal
            When a newer one is there, or the place is taken by something else.
        """
        self._check_student(student)
        folder = self._course.submitted(student, section.name)
        for part in (folder.parent, folder):
            if part.is_symlink() or (part.exists() and not part.is_dir()):
                raise Refusal(f"{part.relative_to(self.top)} in submitted/ is no folder: remove it")
        target = folder / f"{notebook}.ipynb"
        status = "new"
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise Refusal(f"{target.relative_to(self.top)} in submitted/ is no file: remove it")
        if target.exists():
            if cmp(file, target, shallow=False):
                return target, "unchanged"
            before = _time_of(target)
            if time < before:
                raise Refusal(
                    f"a newer one, of {before:%Y-%m-%d %H:%M} UTC, is there", harmless=True
                )
            self._keep(target, before)
            status = "replaced"
        folder.mkdir(parents=True, exist_ok=True)
        # The time first: a run that is cut off between the two is then taken up again.
        write_atomically(folder / TIMESTAMP, f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n")
        with file.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(file, target)
        return target, status

    def _check_student(self, student: str) -> None:
        """Refuse an id that a disk which ignores case would mix up with another."""
        for folder in self.top.iterdir():
            if folder.name != student and _folded(folder.name) == _folded(student):
                raise Refusal(f"{student!r} differs from the student {folder.name!r} in case only")

    def _keep(self, target: Path, time: datetime) -> None:
        """Copy what is about to be replaced, and its time, to where nbgrader does not look."""
        section = target.parent
        kept = self.top / REPLACED / section.parent.name / section.name
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=kept) as scratch:
            copy = Path(scratch, "copy")
            copy.mkdir()
            for path in (target, section / TIMESTAMP):
                if path.is_file():
                    shutil.copy2(path, copy)
            name = f"{time:%Y-%m-%dT%H-%M-%S}"
            places = (kept / (f"{name}.{n}" if n else name) for n in range(10_000))
            copy.rename(next(place for place in places if not place.exists()))


def _time_of(target: Path) -> datetime:
    """Return when the notebook that is there was handed in: by ``timestamp.txt``, else its own."""
    told = handed_in_at(target.parent)
    return told.replace(tzinfo=UTC) if told else datetime.fromtimestamp(target.stat().st_mtime, UTC)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

"""Feedback pages in one archive, each under the name by which a platform knows whose it is.

Moodle ("Upload multiple feedback files in a zip") and Canvas ("Upload Submissions") go by the names
that files had in their own download: those are remembered when submissions are collected.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from course.folder import Course, Section
from course.intake.person import Person

# The earliest that an archive can hold: the same pages, the same bytes.
DATE = (1980, 1, 1, 0, 0, 0)
PARTS = str.maketrans("_/\\", "   ")  # what parts a name from what follows, and folders


def pack(
    course: Course, section: Section, pages: list[Path], people: Iterable[Person], out: Path
) -> list[str]:
    """Write an archive of a section's pages.

    Parameters
    ----------
    course : Course
    section : Section
    pages : list of Path
        As `course.returns.feedback` wrote them.
    people : iterable of Person
    out : Path
        The archive; one that is there is replaced when the new one is whole.

    Returns
    -------
    list of str
        Who is left out, since no download told a name for them.
    """
    marks = {person.id: _mark(person, section.name) for person in people}
    left_out: list[str] = []
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(".part", f".{out.name}.", out.parent)
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for page in sorted(pages):
                student = page.parents[1].name
                if page.parent != course.feedback(student, section.name):
                    continue
                if not marks.get(student):
                    left_out.append(student)
                    continue
                info = zipfile.ZipInfo(f"{marks[student]}{page.name}", DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, page.read_bytes())
        os.chmod(temporary, 0o644)
        os.replace(temporary, out)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return list(dict.fromkeys(left_out))


def _mark(person: Person, section: str) -> str:
    """Return what a platform wants before a page's name; nothing where that is not known.

    Who has handed in nothing, as another of the group did, has none of a download: Moodle's is made
    of the name and the participant's number, where a grading worksheet told that.
    """
    if found := person.marks.get(section):
        return found
    if person.platform == "moodle" and (number := person.numbers.get(section)):
        return f"{person.name.translate(PARTS)}_{number}_assignsubmission_file_"
    return ""

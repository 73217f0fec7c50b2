"""How learning platforms name what they let you download: who, which section, which file.

- ours: ``STUDENT/SECTION/file.ipynb``
- Moodle: ``Full Name_1234567_assignsubmission_file_/file.ipynb``, and the same in one name
- Canvas: ``lastfirst_123_456_file.ipynb``, ``lastfirst_LATE_123_456_file-1.ipynb``
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

MOODLE = re.compile(r"(?P<person>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)")
CANVAS = re.compile(
    r"(?P<person>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)", re.IGNORECASE
)
# What browsers, file managers, Jupyter and Canvas put behind the name of a second copy.
COPY = re.compile(r"(\s*\(\d+\)|\s*\(new( \d+)?\)|[-_ ]+copy( ?\d+)?|-\d+)$", re.IGNORECASE)
MAX_ID = 100  # characters; nbgrader's database takes 128
MAX_ID_BYTES = 200  # most file systems take 255
ID_MARKS = "-_.@'"


@dataclass(frozen=True)
class Origin:
    """What a name in a download tells.

    Attributes
    ----------
    file : str
        The file's own name, without what the platform put before it.
    person : str
        The name of the student as the platform writes it; empty where it does not tell.
    number : str
        The platform's number for the person; empty where there is none.
    keeps_number : bool
        Whether the number is the same in every assignment: Canvas's is, Moodle's is not.
    section : str
        The folder of a section; empty where there is none.
    is_id : bool
        Whether `person` is an id already, as in our own layout.
    late : bool
        Whether the platform calls it late.
    """

    file: str
    person: str = ""
    number: str = ""
    keeps_number: bool = False
    section: str = ""
    is_id: bool = False
    late: bool = False


def read_name(name: PurePosixPath, sections: Collection[str]) -> Origin:
    """Return what a checked name tells, given the names of the course's sections."""
    folders, file = name.parts[:-1], name.name
    known = {section.casefold(): section for section in sections}
    section = known.get(folders[-1].casefold(), "") if folders else ""
    for part in name.parts:
        if found := MOODLE.fullmatch(part):
            own = found["file"] if part == file else file
            return Origin(own, found["person"].strip(), found["number"], section=section)
    if found := CANVAS.fullmatch(file):
        person, late = found["person"], found["late"] is not None
        return Origin(found["file"], person, found["number"], True, section, late=late)
    if section and len(folders) > 1:
        return Origin(file, folders[-2], section=section, is_id=True)
    return Origin(file, section=section)


def student_id(person: str) -> str:
    """Make an id from a person's name: letters of every script stay, the rest becomes "-".

    Empty when nothing is left. The id never holds a path separator, a wildcard or a leading
    dot, so it can be a folder's name and nbgrader's.
    """
    name = unicodedata.normalize("NFC", person)
    name = "".join(c for c in name if unicodedata.category(c) != "Cf")  # invisible joiners
    kept = "".join(c if _is_letter(c) or c in "._" else "-" for c in name)
    kept = re.sub(r"-{2,}", "-", kept).strip("-._")[: MAX_ID - 20]  # a number may follow
    return kept.encode()[: MAX_ID_BYTES - 20].decode(errors="ignore").rstrip("-._")


def is_student_id(text: str) -> bool:
    """Tell whether `text` can stand as it is: a folder's name without separators or wildcards."""
    return (
        0 < len(text) <= MAX_ID
        and len(text.encode("utf-8", "replace")) <= MAX_ID_BYTES
        and unicodedata.is_normalized("NFC", text)
        and text[0] not in "-. "
        and text[-1] not in ". "
        and all(_is_letter(c) or c in ID_MARKS or c == " " for c in text)
    )


def plain_stems(file: str) -> list[str]:
    """Return a file's name without its ending, then without one mark of a copy after another."""
    stem = unicodedata.normalize("NFC", PurePosixPath(file).stem).strip().casefold()
    stems = [stem]
    while (shorter := COPY.sub("", stems[-1]).strip()) and shorter != stems[-1]:
        stems.append(shorter)
    return stems


def _is_letter(character: str) -> bool:
    # Mn and Mc: vowel signs and accents that have no letter of their own.
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")

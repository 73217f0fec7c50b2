"""How learning platforms name what they let you download: who, which section, which file.

- ours: ``STUDENT/SECTION/file.ipynb``
- Moodle: ``Full Name_1234567_assignsubmission_file_/file.ipynb``, and the same in one name
- Canvas: ``lastfirst_123_456_file.ipynb``, ``lastfirst_LATE_123_456_file-1.ipynb``,
  ``anon_a1B2c_456_file.ipynb``

A student chooses what lies within a folder or an archive of theirs, but not its name: of several
names that could tell whose a file is, the outermost does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from course.intake.likeness import INVISIBLE, is_reserved
from course.intake.members import Refusal
from course.intake.names import stem_of

MOODLE = re.compile(r"(?P<person>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)")
MOODLES_MARK = re.compile(r"_\d+_assignsubmission_")
CANVAS = re.compile(
    # A name that holds "_" itself is told by Canvas's numbers, which are long.
    r"(?P<person>[^_]+(?=_(?:LATE_)?\d+_\d+_)|.+?(?=_(?:LATE_)?\d{3,}_\d{3,}_))"
    r"_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)",
    re.IGNORECASE,
)
# Where Canvas hides names from who marks; its sign of a person is another in each assignment.
CANVAS_NAMELESS = re.compile(
    r"(?P<person>anon)_(?P<late>LATE_)?(?P<number>(?!late_|\d+_\d)[a-z0-9]{3,20})_"
    r"(?P<late_too>LATE_)?\d+_(?P<file>.+)",
    re.IGNORECASE,
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
    platform : {"", "moodle", "canvas"}
    mark : str
        What the platform put before the file's own name, by which it knows whose it is.
    depth : int
        How many folders lie around the name that tells the person; -1 where none does.
    """

    file: str
    person: str = ""
    number: str = ""
    keeps_number: bool = False
    section: str = ""
    is_id: bool = False
    late: bool = False
    platform: str = ""
    mark: str = ""
    depth: int = -1


def read_name(name: PurePosixPath, sections: Collection[str]) -> Origin:
    """Return what a checked name tells, given the names of the course's sections.

    Raises
    ------
    Refusal
        When a name bears the marks of two people.
    """
    folders, file = name.parts[:-1], name.name
    known = {section.casefold(): section for section in sections}
    section = known.get(folders[-1].casefold(), "") if folders else ""
    # Ours is the pair STUDENT/SECTION; a section's folder on top has nobody's name above it.
    ours = next((i for i, folder in enumerate(folders) if folder.casefold() in known), 0) - 1
    for depth, part in enumerate(name.parts):
        if found := _platforms_name(part):
            own = found.file if depth == len(folders) else file
            return replace(found, file=own, section=section, depth=depth)
        if depth == ours:
            return Origin(file, part, section=section, is_id=True, depth=depth)
    return Origin(file, section=section)


def read_own_name(name: str) -> Origin | None:
    """Return what the name of a download tells, where it is one person's by its platform's name."""
    return _platforms_name(name)


def _platforms_name(part: str) -> Origin | None:
    if found := MOODLE.fullmatch(part):
        person = found["person"].strip()
        for more in MOODLES_MARK.split(part)[1:-1]:
            if more.removeprefix("file").strip("_ ") != person:
                raise Refusal(
                    "its name bears the marks of two people: rename it, or give --student"
                )
        mark = part[: found.start("file")].removesuffix("_") + "_"
        return Origin(found["file"], person, found["number"], platform="moodle", mark=mark)
    own = CANVAS_NAMELESS.fullmatch(part)
    if found := own or CANVAS.fullmatch(part):
        told = found.groupdict()
        return Origin(
            told["file"],
            told["person"],
            told["number"],
            keeps_number=own is None,
            late=bool(told["late"] or told.get("late_too")),
            platform="canvas",
            mark=part[: found.start("file")],
        )
    return None


def student_id(person: str) -> str:
    """Make an id from a person's name: letters of every script stay, the rest becomes "-".

    Empty when nothing is left. The id never holds a path separator, a wildcard or a leading
    dot, so it can be a folder's name and nbgrader's.
    """
    name = unicodedata.normalize("NFC", person)
    name = "".join(c for c in INVISIBLE.sub("", name) if unicodedata.category(c) != "Cf")
    kept = "".join(c if _is_letter(c) or c in "._" else "-" for c in name)
    kept = re.sub(r"-{2,}", "-", kept).strip("-._")[: MAX_ID - 20]  # a number may follow
    kept = kept.encode()[: MAX_ID_BYTES - 20].decode(errors="ignore").rstrip("-._")
    if not any(map(str.isalnum, kept)):  # accents without letters are seen by nobody
        return ""
    return f"student-{kept}" if is_reserved(kept) else kept


def is_student_id(text: str) -> bool:
    """Tell whether `text` can stand as it is: a folder's name without separators or wildcards."""
    return (
        0 < len(text) <= MAX_ID
        and len(text.encode("utf-8", "replace")) <= MAX_ID_BYTES
        and unicodedata.is_normalized("NFC", text)
        and text[0] not in "-. "
        and text[-1] not in ". "
        and not is_reserved(text)
        and not INVISIBLE.search(text)
        and any(map(str.isalnum, text))
        and all(_is_letter(c) or c in ID_MARKS or c == " " for c in text)
    )


def plain_stems(file: str) -> list[str]:
    """Return a file's name without its ending, then without one mark of a copy after another."""
    stem = unicodedata.normalize("NFC", stem_of(file)).strip().casefold()
    stems = [stem]
    while (shorter := COPY.sub("", stems[-1]).strip()) and shorter != stems[-1]:
        stems.append(shorter)
    return stems


def _is_letter(character: str) -> bool:
    # Mn and Mc: vowel signs and accents that have no letter of their own.
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")

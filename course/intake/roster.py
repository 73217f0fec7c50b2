"""Who is in the class: what a platform's list of students tells of each.

- Canvas's grade book: ``Student`` ("Lee, Ann"), ``ID``, ``SIS User ID``, ``SIS Login ID``
- Moodle's grading worksheet: ``Identifier`` ("Participant 1234567"), ``Full name``
- Moodle's participants and grades: ``First name``, ``Last name`` (or ``Surname``), ``ID number``
- a list of one's own, as ``nbgrader db student import`` takes it: ``id``, ``first_name``,
  ``last_name``, ``email``, ``lms_user_id``
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.intake.sheets import Sheet, read_sheet

PARTICIPANT = re.compile(r"\D*(\d+)")  # "Participant" in whatever language
CANVAS_OWN = ("points possible", "student, test", "test student")  # rows that are nobody's
FULL_NAME = ("Full name", "Fullname", "Name")
ID = ("id", "student", "student_id")  # in a list of one's own
EMAIL = ("Email address", "Email", "E-mail")
LMS_ID = ("lms_user_id", "ID number", "SIS User ID")


@dataclass(frozen=True)
class Listed:
    """Somebody in a list.

    Attributes
    ----------
    name : str
        As the platform writes it, first name first.
    first, last, email : str
    lms_id, login : str
        What the institution calls the person.
    id : str
        Our id, where the list is one's own.
    number : str
        The platform's number: Canvas's for all sections, Moodle's for the worksheet's.
    platform : {"", "moodle", "canvas"}
    """

    name: str = ""
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""
    id: str = ""
    number: str = ""
    platform: str = ""
    login: str = ""


def read_roster(file: Path) -> list[Listed]:
    """Return who stands in a list, each once.

    Raises
    ------
    CourseError
        When the file is no list of students, or holds nobody; in a list of one's own, where
        somebody has no id, or two have the same.
    """
    sheet = read_sheet(file)
    reading = next((read for read, fits in _KINDS if fits(sheet)), None)
    if reading is None:
        raise CourseError(
            f"{file} is no list of students: its columns are {', '.join(sheet.columns[:8])}.",
            "Give Canvas's grade book, Moodle's grading worksheet or participants, or a table "
            "with the columns id, first_name, last_name, email. (Export it in English.)",
        )
    if reading is _of_own:
        _require_ids(sheet)
    found = [one for row in sheet.rows if (one := reading(sheet, row)) is not None]
    if not found:
        raise CourseError(f"{file} names no student.", "Export it again, with students in it.")
    return list(dict.fromkeys(found))


def is_canvas(sheet: Sheet) -> bool:
    """Tell whether it is a grade book of Canvas."""
    names = (sheet.column("Student"), sheet.column("ID"), sheet.column("Section"))
    return None not in names


def is_worksheet(sheet: Sheet) -> bool:
    """Tell whether it is a grading worksheet of Moodle."""
    return sheet.column("Identifier") is not None


def of_canvas(sheet: Sheet, row: list[str]) -> Listed | None:
    """Return who stands in a row of Canvas's grade book; None where it is nobody's."""
    name, number = sheet.cell(row, "Student"), sheet.cell(row, "ID")
    if not number.isdecimal() or name.casefold().startswith(CANVAS_OWN):
        return None
    last, comma, first = name.partition(",")
    first, last = (first.strip(), last.strip()) if comma else parted(name)
    login = sheet.cell(row, "SIS Login ID")
    email = login if "@" in login else ""
    lms_id = sheet.cell(row, "SIS User ID") or login
    whole = " ".join(filter(None, (first, last)))
    return Listed(whole, first, last, email, lms_id, "", number, "canvas", login)


def of_worksheet(sheet: Sheet, row: list[str]) -> Listed | None:
    """Return who stands in a row of Moodle's grading worksheet."""
    number = PARTICIPANT.fullmatch(sheet.cell(row, "Identifier"))
    if number is None:
        return None
    name = sheet.cell(row, *FULL_NAME)
    lms_id = sheet.cell(row, *LMS_ID)
    return Listed(name, *parted(name), sheet.cell(row, *EMAIL), lms_id, "", number[1], "moodle")


def parted(name: str) -> tuple[str, str]:
    """Guess first and last name where nobody tells: the last word is the last name."""
    first, _, last = name.strip().rpartition(" ")
    return first.strip(), last


def _is_participants(sheet: Sheet) -> bool:
    return (
        sheet.column("First name") is not None and sheet.column("Last name", "Surname") is not None
    )


def _of_participants(sheet: Sheet, row: list[str]) -> Listed | None:
    first, last = sheet.cell(row, "First name"), sheet.cell(row, "Last name", "Surname")
    name = " ".join(filter(None, (first, last)))
    if not name:
        return None
    return Listed(
        name, first, last, sheet.cell(row, *EMAIL), sheet.cell(row, *LMS_ID), platform="moodle"
    )


def _is_own(sheet: Sheet) -> bool:
    return sheet.column(*ID) is not None


def _require_ids(sheet: Sheet) -> None:
    """Demand that each in a list of one's own has an id, and nobody else's."""
    known: dict[str, tuple[int, Listed | None]] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        id_, one = sheet.cell(row, *ID), _of_own(sheet, row)
        if not id_:
            raise CourseError(
                f"{sheet.file}, line {line}: {' '.join(row).strip()!r} has no id.",
                "Give it one, or take the line away.",
            )
        before, other = known.setdefault(id_, (line, one))
        if other != one:
            raise CourseError(
                f"{sheet.file}, line {line}: {id_!r} is in line {before} already.",
                "Give each an id of their own, or take one line away.",
            )


def _of_own(sheet: Sheet, row: list[str]) -> Listed | None:
    id_ = sheet.cell(row, *ID)
    first, last = sheet.cell(row, "first_name"), sheet.cell(row, "last_name")
    name = " ".join(filter(None, (first, last))) or sheet.cell(row, *FULL_NAME)
    if not (first or last):
        first, last = parted(name)
    if not id_:
        return None
    return Listed(name, first, last, sheet.cell(row, *EMAIL), sheet.cell(row, *LMS_ID), id_)


_KINDS: tuple[tuple[Callable[[Sheet, list[str]], Listed | None], Callable[[Sheet], bool]], ...] = (
    (of_worksheet, is_worksheet),
    (of_canvas, is_canvas),
    (_of_participants, _is_participants),
    (_of_own, _is_own),
)

"""A person who has an id: what is remembered of them, and the file that it is remembered in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from course.errors import CourseError
from course.files import write_atomically
from course.intake.lms import is_student_id
from course.intake.roster import parted
from course.record.named import Named


@dataclass
class Person:
    """Who has an id.

    Attributes
    ----------
    id : str
    name : str
        As the platform writes it; empty where the id was given by a person.
    platform : {"", "moodle", "canvas"}
    numbers : dict
        From a section to Moodle's number in it; Canvas's only one stands under "".
    first, last, email, lms_id : str
        As a list of the class tells them; empty before.
    marks : dict
        From a section to what the platform put before the name of the file that was handed in: so
        it knows whose a page of feedback is.
    """

    id: str
    name: str = ""
    platform: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The name for people to read; the id where none is known."""
        return " ".join(filter(None, (self.first, self.last))) or self.name or self.id

    @property
    def named(self) -> Named:
        """The name for the gradebook, guessed where no list of the class tells it."""
        first, last = (self.first, self.last) if self.listed else parted(self.name)
        return Named(self.id, first, last, self.email, self.lms_id)

    @property
    def listed(self) -> bool:
        """Whether a list of the class told the name."""
        return bool(self.first or self.last)


def read_people(file: Path) -> list[Person]:
    """Return who is remembered in a file; nobody where there is none.

    Raises
    ------
    CourseError
        When it cannot be read.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        people = [Person(**one) for one in found]
        for person in people:
            if not (is_student_id(person.id) and isinstance(person.numbers, dict)):
                raise ValueError(f"{person.id!r:.80} cannot be a student's id")
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(
            f"{file} cannot be read: {error}.",
            "Restore it from a backup; or remove it, and who has which id is learned again.",
        ) from None
    return people


def write_people(file: Path, people: Iterable[Person]) -> None:
    """Write down who is known, by id."""
    found = sorted(map(asdict, people), key=lambda one: one["id"])
    write_atomically(file, json.dumps(found, ensure_ascii=False, indent=1) + "\n")

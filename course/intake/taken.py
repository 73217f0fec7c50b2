"""What came of collecting: notebooks that were taken, and what was not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from course import console
from course.intake.groups import Groups
from course.intake.placing import REPLACED


@dataclass(frozen=True)
class Collected:
    """A notebook that is now in ``submitted/``.

    Attributes
    ----------
    student, section, notebook : str
        The student by our id.
    status : {"new", "replaced", "unchanged"}
    time : datetime
        When it was handed in; UTC.
    path : Path
    person : str
        The full name as the LMS writes it, for a table of students; empty where it tells none.
    number : str
        The LMS's number of the person, Canvas's everywhere, Moodle's in one assignment.
    platform : {"", "moodle", "canvas"}
    late : bool
        Whether the LMS calls it late.
    note : str
        What a person should look at; mostly empty.
    """

    student: str
    section: str
    notebook: str
    status: str
    time: datetime
    path: Path
    person: str = ""
    number: str = ""
    platform: str = ""
    late: bool = False
    note: str = ""


@dataclass(frozen=True)
class Refused:
    """What was not taken, why, and whether nobody needs to act."""

    source: str
    name: str
    why: str
    harmless: bool = False

    def __str__(self) -> str:
        where = self.source if self.name == self.source else f"{self.source}: {self.name}"
        return f"{where}: {'skipped' if self.harmless else 'not taken'}: {self.why}."


def table(results: list[Collected | Refused], groups: Groups) -> Table:
    """Return what was taken as a table."""
    taken = [one for one in results if isinstance(one, Collected)]
    teams = [groups.named(one.student, one.section) for one in taken]
    grouped = ("group",) if any(teams) else ()
    made = console.table("student", *grouped, "section", "notebook", "handed in", "")
    for one, team in zip(taken, teams, strict=True):
        when = f"{one.time:%Y-%m-%d %H:%M} UTC{' (late)' if one.late else ''}"
        kept = f"replaced: the one before is in {REPLACED}/" if one.status == "replaced" else ""
        about = "; ".join(filter(None, (kept or one.status, one.note)))
        names = map(escape, (one.student, *(team for _ in grouped)))
        made.add_row(*names, one.section, one.notebook, when, escape(about))
    return made

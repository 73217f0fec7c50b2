"""The rows of a platform's table: whose each is, and what we enter into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from course.errors import CourseError
from course.intake.person import Person
from course.intake.roster import Listed
from course.intake.sheets import Sheet
from course.returns.export import Mark

_Places = dict[str, set[int]]


@dataclass(frozen=True)
class Filled:
    """A platform's file with our marks in it.

    Attributes
    ----------
    text : str
    entered : int
        How many marks.
    notes : list of str
        Whose mark has no row, and whatever else a person should look at.
    """

    text: str
    entered: int
    notes: list[str]


class Rows:
    """Finds the rows of people, and has marks entered into them.

    A row is found by the platform's number for a person. Where we have none it is found by what
    the institution calls them, or by a name; where several rows fit, nothing is entered.

    Parameters
    ----------
    sheet : Sheet
    people : iterable of Person
    read : callable
        From a sheet and a row to whose it is.
    key : str
        Under which a person's number on this sheet is known; see `Person`.

    Attributes
    ----------
    entered : list of list of str
        The rows with marks.
    notes : list of str
    """

    def __init__(
        self,
        sheet: Sheet,
        people: Iterable[Person],
        read: Callable[[Sheet, list[str]], Listed | None],
        key: str,
    ) -> None:
        self._people = {person.id: person for person in people}
        self._key = key
        self._rows: list[list[str]] = []
        self._numbers: _Places = defaultdict(set)
        self._ids: _Places = defaultdict(set)
        self._names: _Places = defaultdict(set)
        for row in sheet.rows:
            if (one := read(sheet, row)) is not None:
                self._take(one, row)
        self.entered: list[list[str]] = []
        self.notes: list[str] = []

    def fill(
        self,
        marks: list[Mark],
        full: float | None,
        scale: bool,
        enter: Callable[[list[str], Mark, float], str],
    ) -> None:
        """Enter the marks of a section, each into its row, or note why not.

        Parameters
        ----------
        marks : list of Mark
        full : float or None
            The platform's full marks, where it tells them.
        scale : bool
            Whether points are given in proportion to these.
        enter : callable
            Given the row, the mark and the points; returns why it did nothing, or nothing.
        """
        for mark in marks:
            found = self._find(mark.student)
            if len(found) == 1:
                points = mark.points * full / mark.max_points if scale and full else mark.points
                why = enter(found[0], mark, points)
            else:
                why = f"{len(found)} rows could be theirs" if found else "no row is theirs"
            if why:
                self.notes.append(f"{mark.student}, {mark.section}: {why}; not entered.")
            else:
                self.entered += found
        if waiting := sum(bool(mark.to_be_graded) for mark in marks):
            self.notes.append(
                f"{marks[0].section}: {waiting} marks wait for a person, and are entered without "
                "those points. Mark them and export again."
            )
        if marks and full and not scale and full != marks[0].max_points:
            self.notes.append(
                f"{marks[0].section} has {marks[0].max_points:g} points here and {full:g} on the "
                "platform: --scale gives marks in proportion."
            )

    def _find(self, student: str) -> list[list[str]]:
        """Return the rows that may be somebody's."""
        person = self._people.get(student, Person(student))
        if self._key in person.numbers:
            return self._at(self._numbers, {person.numbers[self._key]})
        ids = {student, person.lms_id} - {""}
        called = {person.called, person.name} - {""}
        return self._at(self._ids, ids) or self._at(self._names, called)

    def _take(self, one: Listed, row: list[str]) -> None:
        """Take in a row, to be found by whose it is."""
        place = len(self._rows)
        self._rows.append(row)
        self._numbers[one.number].add(place)
        self._names[one.name].add(place)
        for id_ in (one.login, one.lms_id, one.email):
            self._ids[id_].add(place)

    def _at(self, places: _Places, keys: Iterable[str]) -> list[list[str]]:
        found = set().union(*(places.get(key, ()) for key in keys))
        return [self._rows[place] for place in sorted(found)]


def number(text: str) -> float | None:
    """Return the number that a cell holds, with a point or a comma; None where it holds none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def refusal(sheet: Sheet, what: str, remedy: str) -> CourseError:
    """Return the error that a file is not what was asked for."""
    columns = ", ".join(sheet.columns[:6])
    return CourseError(f"{sheet.file} is no {what}: its columns are {columns}.", remedy)

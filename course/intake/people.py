"""Whose submissions are whose: person, number and id, remembered beside ``submitted/``.

Platforms tell people by names that people can choose, and by numbers. An id, once given, stays one
person's: somebody else whose name would make it gets another, and where it cannot be told who it
is, the submission is refused. Canvas's number is the same everywhere, Moodle's in one assignment.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course.folder import Course
from course.intake.lms import Origin, is_student_id, student_id
from course.intake.members import Refusal
from course.intake.person import Person, read_people, write_people
from course.intake.register import Register
from course.intake.roster import Listed

FILE = ".people.json"
# Moodle's and Canvas's word for everybody where names are hidden from who marks.
NAMELESS = ("participant", "anon")
NOWHERE = "."  # no section's name


class People:
    """The people of a course; see the module.

    Parameters
    ----------
    folder : Path
        ``submitted/``.

    Raises
    ------
    CourseError
        When what is remembered cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._known = Register(read_people(self.file))
        self._changed = False

    def save(self) -> None:
        """Write down what is new, before anything is put where it says."""
        if self._changed:
            write_people(self.file, self._known)
            self._changed = False

    def __iter__(self) -> Iterator[Person]:
        return iter(self._known)

    def get(self, id_: str) -> Person | None:
        """Return who has an id."""
        return self._known.get(id_)

    def knows(self, name: str) -> bool:
        """Tell whether somebody's id is, or looks, like this."""
        return self._known.get(name) is not None

    def given(self, id_: str, origin: Origin, section: str) -> tuple[str, str]:
        """Return an id that a person or our own layout has given, and a note.

        Raises
        ------
        Refusal
            When it would be taken for somebody else's.
        """
        if not is_student_id(id_):
            raise Refusal(f"{id_!r} cannot be a student's id: rename the folder")
        known = self.get(id_)
        if known is None:
            known = self._add(Person(id_))
        if known.id != id_:
            how = "in case only" if known.id.casefold() == id_.casefold() else "by its looks only"
            raise Refusal(f"{id_!r} differs from the student {known.id!r} {how}: rename the folder")
        if origin.platform and known.name in ("", origin.person):
            self._remember(known, origin, section)
        return id_, ""

    def claim(self, origin: Origin, section: str, *, twins: bool, shared: bool) -> tuple[str, str]:
        """Return the id of somebody whom a platform names, and a note; mostly empty.

        Parameters
        ----------
        origin : Origin
        section : str
        twins : bool
            Whether somebody else in the same download has the same name.
        shared : bool
            Whether somebody else there would get the same id.

        Raises
        ------
        Refusal
            When it cannot be told whether it is who has the id.
        """
        known = self._find(origin, section, twins)
        if known is not None:
            renamed = known.name not in ("", origin.person)
            note = f"was called {known.name!r} before" if renamed else ""
            self._remember(known, origin, section)
            return known.id, note
        name = student_id(origin.person)
        numbered = "-".join(part for part in (name, origin.number) if part)
        always = origin.keeps_number or _is_nameless(name)
        alone = name and not (twins or shared or always)
        for id_ in (name, numbered) if alone else (numbered,):
            if id_ and not self.knows(id_):
                note = self._note(origin, section)
                self._remember(self._add(Person(id_)), origin, section)
                if not alone and not always:
                    note = "shares a name with somebody: the number is the platform's"
                elif alone and id_ == numbered:
                    note = f"{self._who_has(name)}: the number is the platform's"
                return id_, note
        raise Refusal(f"{self._who_has(numbered)}: say whose it is with --student")

    def enrol(self, listed: Listed, section: str, *, twins: bool) -> tuple[Person | None, str]:
        """Remember what a list tells of somebody, who gets an id where none is known.

        Parameters
        ----------
        listed : Listed
        section : str
            The section whose numbers a worksheet holds; empty where that is not known.
        twins : bool
            Whether somebody else in the list has the same name.

        Returns
        -------
        person : Person or None
            Who it is; None where that cannot be told.
        note : str
            Why not.
        """
        try:
            person = self._listed(listed, section, twins)
        except Refusal as refusal:
            return None, str(refusal)
        told = {"first": listed.first, "last": listed.last, "email": listed.email}
        for name, value in (told | {"lms_id": listed.lms_id}).items():
            if value and getattr(person, name) != value:
                setattr(person, name, value)
                self._changed = True
        return person, ""

    def mark(self, id_: str, section: str, mark: str) -> None:
        """Remember what a platform puts before the name of this person's file."""
        person = self._owner(id_)
        if mark and person.marks.get(section) != mark:
            person.marks[section] = mark
            self._changed = True

    def _listed(self, listed: Listed, section: str, twins: bool) -> Person:
        """Return who stands in a list.

        Raises
        ------
        Refusal
            When it cannot be told.
        """
        # Not by an address: people can choose theirs.
        own = (self.get(x) for x in (listed.login, listed.lms_id) if x)
        if known := next((p for p in own if p is not None and not p.platform), None):
            return known
        if listed.id:
            if not is_student_id(listed.id):
                raise Refusal(
                    f"{listed.id!r} cannot be a student's id: in the list, use letters, digits, "
                    "and - _ . @ within"
                )
            self.given(listed.id, Origin("", is_id=True), section)
            return self._owner(listed.id)
        keeps = listed.platform == "canvas"
        named = Origin("", listed.name, listed.number, keeps, platform=listed.platform)
        numbered = keeps or bool(section and listed.number)
        if twins and not numbered:
            raise Refusal(f"two are called {listed.name!r}, and the list has no number for them")
        key = "" if keeps else section if numbered else NOWHERE
        person = self._find(named, key, twins)
        if person is None:
            name = student_id(listed.name)
            ids = [] if twins or _is_nameless(name) else [name]
            ids += ["-".join(filter(None, (name, listed.number)))] if listed.number else []
            free = next((id_ for id_ in ids if id_ and not self.knows(id_)), None)
            if free is None:
                raise Refusal(f"{self._who_has(ids[-1])}" if ids else f"{listed.name!r} is no name")
            person = self._add(Person(free, "" if keeps else listed.name, listed.platform))
        if numbered and person.numbers.get(key) != listed.number:
            with self._known.changing(person):
                person.numbers[key] = listed.number
            self._changed = True
        return person

    def _find(self, origin: Origin, section: str, twins: bool) -> Person | None:
        """Return who this is, where that is known."""
        if origin.keeps_number:
            return next(iter(self._known.numbered(origin.platform, "", origin.number)), None)
        called = self._known.called(origin.platform, origin.person)
        for person in called:
            if person.numbers.get(section) == origin.number:
                return person
        if twins or _is_nameless(student_id(origin.person)) or len(called) != 1:
            return None
        (person,) = called
        if section in person.numbers:
            raise Refusal(
                f"{origin.person!r} handed in {section} as number {person.numbers[section]} "
                f"before, and this is number {origin.number}: where it is the same person, collect "
                f"it with --student {person.id}; where it is another, with another id"
            )
        return person

    def _note(self, origin: Origin, section: str) -> str:
        """Return who had the number in this section before somebody new came with it."""
        for person in self._known.numbered(origin.platform, section, origin.number):
            return f"its number {origin.number} is that of {person.name!r}, {person.id}"
        return ""

    def _add(self, person: Person) -> Person:
        self._known.add(person)
        self._changed = True
        return person

    def _owner(self, id_: str) -> Person:
        """Return who has an id that somebody has."""
        if (person := self._known.get(id_)) is None:
            raise KeyError(f"nobody has the id {id_!r}")
        return person

    def _remember(self, person: Person, origin: Origin, section: str) -> None:
        key = "" if origin.keeps_number else section
        told = (origin.person, origin.platform, origin.number)
        if (person.name, person.platform, person.numbers.get(key)) != told:
            with self._known.changing(person):
                person.name, person.platform = origin.person, origin.platform
                person.numbers[key] = origin.number
            self._changed = True

    def _who_has(self, id_: str) -> str:
        owner = self._owner(id_)
        who = f"{owner.name!r}" if owner.name else "a student collected before"
        same = "that id" if owner.id == id_ else f"{owner.id!r}, which looks the same,"
        return f"would be {id_!r}, but {same} is {who}"


def everybody(course: Course) -> list[Person]:
    """Return all of a course whom a platform or a list has named."""
    return list(People(course.submitted("x", "x").parent.parent))


def _is_nameless(name: str) -> bool:
    return name.casefold() in NAMELESS

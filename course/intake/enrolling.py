"""`course collect --roster`: who is in the class, what they are called, who is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from course.folder import Course, Section
from course.intake.groups import NONE, Groups, counts_for, works
from course.intake.people import People
from course.intake.person import Person
from course.intake.placing import Shelf
from course.intake.roster import read_roster
from course.record.locks import only_collector


@dataclass(frozen=True)
class Enrolled:
    """What came of a list of the class.

    Attributes
    ----------
    people : list of Person
        Who stands in it, by name.
    notes : list of str
        Whom it names, and nothing could be entered of, and why.
    """

    people: list[Person]
    notes: list[str]

    def without(self, course: Course, section: Section, groups: Groups = NONE) -> list[Person]:
        """Return who of them has handed in nothing of a section, nor has their group."""
        there = counts_for(works(course, section, groups))
        return [person for person in self.people if person.id not in there]


def enrol(course: Course, file: Path, section: Section | None = None) -> Enrolled:
    """Remember who stands in a list, and enter their names into the gradebook.

    Parameters
    ----------
    course : Course
    file : Path
        A platform's export, or a list of one's own; see `course.intake.roster`.
    section : Section, optional
        Whose numbers they are, where it is a grading worksheet of Moodle.

    Raises
    ------
    CourseError
        When the file is no list of students, or the gradebook cannot be written.
    """
    listed = read_roster(file)
    names = Counter(one.name for one in listed)
    found: dict[str, Person] = {}
    notes: list[str] = []
    with only_collector(course):
        people = People(Shelf(course).top)
        for one in listed:
            place = section.name if section else ""
            person, why = people.enrol(one, place, twins=names[one.name] > 1)
            if person is None:
                notes.append(f"{one.name or one.id}: {why}.")
            else:
                found[person.id] = person
        people.save()
        from course.record.store import open_record  # slow to import

        with open_record(course) as record:
            record.name([person.named for person in found.values()], replace=True)
    return Enrolled(sorted(found.values(), key=lambda p: (p.last, p.first, p.id)), notes)

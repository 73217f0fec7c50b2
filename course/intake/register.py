"""Who has an id, found by it, by a platform's number and by name without looking at everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from course.intake.likeness import likeness
from course.intake.person import Person

_Key = tuple[str, ...]


class Register:
    """The people of a course; of several who fit, the one who came first stands first.

    A number or a name of theirs is changed within `changing` alone.

    Parameters
    ----------
    people : iterable of Person
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._known: dict[str, Person] = {}
        self._order: dict[str, int] = {}
        self._places: defaultdict[_Key, set[str]] = defaultdict(set)
        for person in people:
            self.add(person)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._known.values())

    def get(self, id_: str) -> Person | None:
        """Return who has an id, or one that looks like it."""
        return self._known.get(likeness(id_))

    def add(self, person: Person) -> None:
        """Take somebody in, in the place of who has the id."""
        own = likeness(person.id)
        if own in self._known:
            self._forget(self._known[own])
        self._order.setdefault(own, len(self._order))
        self._known[own] = person
        self._note(person)

    @contextmanager
    def changing(self, person: Person) -> Iterator[None]:
        """Find somebody by what they are called and numbered after the block."""
        self._forget(person)
        try:
            yield
        finally:
            self._note(person)

    def called(self, platform: str, name: str) -> list[Person]:
        """Return who has a name on a platform."""
        return self._at(platform, name)

    def numbered(self, platform: str, section: str, number: str) -> list[Person]:
        """Return who has a number in a section on a platform."""
        return self._at(platform, section, number)

    def _at(self, *key: str) -> list[Person]:
        found = sorted(self._places.get(key, ()), key=self._order.__getitem__)
        return [self._known[own] for own in found]

    def _note(self, person: Person) -> None:
        for key in _keys(person):
            self._places[key].add(likeness(person.id))

    def _forget(self, person: Person) -> None:
        for key in _keys(person):
            self._places[key].discard(likeness(person.id))


def _keys(person: Person) -> Iterator[_Key]:
    """Yield what somebody is found by; what is remembered may hold anything, and is not found."""
    keys = [(person.platform, person.name)]
    keys += [(person.platform, section, number) for section, number in person.numbers.items()]
    return (key for key in keys if all(isinstance(part, str) for part in key))

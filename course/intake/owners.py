"""Whose the files of one download are: the outermost name that tells somebody, and no other.

A folder or an archive of a student holds what the student likes, other people's names too. So all
names that tell a person stand at one level of a download; what tells one further in is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path, PurePosixPath

from course.intake.archives import Member
from course.intake.likeness import likeness
from course.intake.lms import Origin, read_name, student_id
from course.intake.members import Refusal
from course.intake.people import People


class Names:
    """The names that people have in one download."""

    def __init__(self, origins: list[Origin]) -> None:
        self._people = {(o.person, o.number) for o in origins if o.person}
        named = {(o.person, o.number) for o in origins if o.person and _is_named(o)}
        self._numbers: dict[str, set[str]] = {}
        self._ids: dict[str, set[tuple[str, str]]] = {}
        for person, number in named:
            self._numbers.setdefault(person, set()).add(number)
            self._ids.setdefault(likeness(student_id(person)), set()).add((person, number))

    @property
    def several(self) -> bool:
        """Whether more than one person is told."""
        return len(self._people) > 1

    @property
    def some(self) -> str:
        """A few of them, for a sentence."""
        names = sorted({person for person, _ in self._people})
        return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")

    def twins(self, origin: Origin) -> bool:
        """Tell whether somebody else has the same name."""
        return len(self._numbers.get(origin.person, ())) > 1

    def shared(self, origin: Origin) -> bool:
        """Tell whether somebody else's name would make the same id."""
        return len(self._ids.get(likeness(student_id(origin.person)), ())) > 1


def outermost(
    members: list[Member],
    origins: list[Origin | Refusal],
    people: People,
    sections: Collection[str],
) -> list[Origin | Refusal]:
    """Return the origins, with a refusal for each that a folder of somebody's could have forged."""
    origins = _without_crowds(members, origins, sections)
    telling = [(m, o) for m, o in zip(members, origins, strict=True) if _tells(o)]
    if not telling:
        return origins
    level = min(origin.depth for _, origin in telling)
    around = sorted({member.name.parts[:level] for member, o in telling if o.depth == level})
    refusal = _refusal(around, people)
    found: list[Origin | Refusal] = []
    for member, origin in zip(members, origins, strict=True):
        if not _tells(origin):
            found.append(origin)
        elif origin.depth > level:
            found.append(
                Refusal(
                    f"it lies in {member.name.parts[level]!r} and names {origin.person!r}, where "
                    "others are named one level up: collect that folder by itself, with --student"
                )
            )
        else:
            found.append(refusal or origin)
    return found


def owned(origins: list[Origin | Refusal], owner: Origin) -> list[Origin | Refusal]:
    """Return the origins of the files in a download that is one person's by its own name."""
    names = Names([origin for origin in origins if isinstance(origin, Origin)])
    if owner.platform == "canvas" and names.several:
        return [_crowded("the download", owner.person, names.some)] * len(origins)
    return [
        origin
        if isinstance(origin, Refusal)
        else replace(owner, file=origin.file, section=origin.section, depth=0)
        for origin in origins
    ]


def is_single(members: list[Member], path: Path) -> bool:
    """Tell whether the download is a notebook by itself, which has but one name."""
    return [str(member.name) for member in members] == [path.name]


def _without_crowds(
    members: list[Member], origins: list[Origin | Refusal], sections: Collection[str]
) -> list[Origin | Refusal]:
    """Refuse what lies in a folder that is named as Canvas does, but holds several people's.

    Such a name is soon made by chance: week_1_2026_all.
    """
    inside: dict[str, set[str]] = {}
    for member, origin in zip(members, origins, strict=True):
        if _is_canvas_folder(member, origin):
            within = PurePosixPath(*member.name.parts[origin.depth + 1 :])
            try:
                person = read_name(within, sections).person
            except Refusal:
                continue
            inside.setdefault(member.name.parts[origin.depth], set()).update({person} - {""})
    found: list[Origin | Refusal] = []
    for member, origin in zip(members, origins, strict=True):
        named = set()
        if _is_canvas_folder(member, origin):
            named = inside.get(member.name.parts[origin.depth], set())
        crowd = ", ".join(sorted(named)[:3])
        found.append(_crowded("its folder", origin.person, crowd) if len(named) > 1 else origin)
    return found


def _is_canvas_folder(member: Member, origin: Origin | Refusal) -> bool:
    return (
        isinstance(origin, Origin)
        and origin.platform == "canvas"
        and origin.depth < len(member.name.parts) - 1
    )


def _crowded(what: str, owner: str, crowd: str) -> Refusal:
    return Refusal(
        f"{what} is named as if it were {owner!r}'s alone, and names several people ({crowd}): "
        "rename it where it is not, else give --student"
    )


def _refusal(around: list[tuple[str, ...]], people: People) -> Refusal | None:
    """Return why nobody is believed who is named below these folders; None where all is well."""
    if len(around) > 1:
        some = ", ".join(repr("/".join(folders)) for folders in around[:3])
        return Refusal(f"people are named in several folders ({some}): collect each by itself")
    if known := next((folder for folder in around[0] if people.knows(folder)), None):
        return Refusal(
            f"it lies in {known!r}, which is the id of a student: collect that folder by itself, "
            f"with --student {known}"
        )
    return None


def _tells(origin: Origin | Refusal) -> bool:
    return isinstance(origin, Origin) and bool(origin.person)


def _is_named(origin: Origin) -> bool:
    return not origin.is_id and not origin.keeps_number

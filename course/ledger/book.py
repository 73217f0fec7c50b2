"""The book: all claims of a course, by section."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.folder import Course, Section
from course.ledger.declared import Claim, read_claims

FOLDER = "claims"
KEPT = "kept"


@dataclass(frozen=True)
class Entry:
    """One claim in its place.

    Attributes
    ----------
    section : Section
    claim : Claim
    module : Path
        The file that declares it.
    kept : Path
        Where what was measured is, once it is.
    """

    section: Section
    claim: Claim
    module: Path
    kept: Path


def has_ledger(course: Course) -> bool:
    """Tell whether a course keeps a ledger: whether it has a folder of claims."""
    return (course.root / FOLDER).is_dir()


def modules_of(course: Course, section: Section) -> list[Path]:
    """Return the files of a section's claims.

    ``claims/convolution.py`` is that of ``02-convolution``; where one file grows too long, others
    stand beside it, as ``claims/convolution_learning.py``.
    """
    number, dash, rest = section.name.partition("-")
    name = (rest if dash and number.isdigit() else section.name).replace("-", "_")
    folder = course.root / FOLDER
    return [folder / f"{name}.py", *sorted(folder.glob(f"{name}_*.py"))]


def entries(course: Course, sections: list[Section] | None = None) -> list[Entry]:
    """Return the claims of some sections, in their order; those of all by default.

    Raises
    ------
    CourseError
        When a module cannot be read, or two claims have one id.
    """
    found = [
        Entry(section, claim, module, module.parent / KEPT / f"{claim.name}.json")
        for section in (course.sections if sections is None else sections)
        for module in modules_of(course, section)
        for claim in read_claims(module)
    ]
    seen: dict[str, Entry] = {}
    for entry in found:
        if (other := seen.setdefault(entry.claim.name, entry)) is not entry:
            raise CourseError(
                f"{entry.module}, line {entry.claim.line}: the claim {entry.claim.name!r} stands "
                f"in {other.module}, line {other.claim.line} as well.",
                "Give one of them another id.",
            )
    return found


def pick(course: Course, names: list[str] | None) -> list[Entry]:
    """Return the claims of the named sections, and the named claims; all where none is named.

    Raises
    ------
    CourseError
        When the course keeps no ledger, or a name is neither a section's nor a claim's.
    """
    if not has_ledger(course):
        raise CourseError(
            f"{course.root} keeps no ledger: there is no folder {FOLDER}/.",
            f"Make it, with a module a section; {FOLDER}/convolution.py is that of 02-convolution.",
        )
    everything = entries(course)
    if not names:
        return everything
    chosen: dict[str, Entry] = {}
    for name in names:
        for entry in _named(course, name, everything):
            chosen[entry.claim.name] = entry
    return list(chosen.values())


def _named(course: Course, name: str, everything: list[Entry]) -> list[Entry]:
    if own := [entry for entry in everything if entry.claim.name == name]:
        return own
    try:
        section = course.section(name)
    except CourseError as error:
        ids = ", ".join(entry.claim.name for entry in everything) or "none"
        raise CourseError(
            f"There is no section and no claim {name!r}.", f"{error.remedy} The claims are: {ids}."
        ) from None
    return [entry for entry in everything if entry.section.name == section.name]

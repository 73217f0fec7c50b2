"""`course collect`: downloads of an LMS into ``submitted/STUDENT/SECTION/``."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.console import Report
from course.errors import CourseError
from course.folder import Course, Section
from course.intake.archives import Member, unpack
from course.intake.lms import Origin, is_student_id, plain_stems, read_name, read_own_name
from course.intake.matching import Matcher
from course.intake.members import Refusal
from course.intake.names import notebook_name, stem_of, stray_of
from course.intake.owners import Names, is_single, outermost, owned
from course.intake.people import People
from course.intake.placing import Shelf
from course.intake.shares import Shares
from course.intake.taken import Collected, Refused
from course.record.locks import only_collector

STEPS = ("source", "release", "submitted", "autograded", "feedback")


@dataclass(frozen=True)
class _HandedIn:
    """A file whose student and notebook are known."""

    member: Member
    origin: Origin
    student: str
    section: Section
    notebook: str
    note: str


def collect(
    course: Course,
    paths: list[Path],
    *,
    section: Section | None = None,
    student: str | None = None,
    report: Report = lambda name, done, total: None,
) -> list[Collected | Refused]:
    """Take the notebooks of some downloads; return what was taken and what was not.

    Parameters
    ----------
    course : Course
    paths : list of Path
        Folders, archives (zip, tar) or notebooks.
    section : Section, optional
        Where the files do not tell; a file that tells another one is refused.
    student : str, optional
        The id of who handed in all of it, whatever names stand within.
    report : callable
        Told a download's name, files done, files in all.

    Raises
    ------
    CourseError
        When a path is not there, or is the course's own, or the id cannot be used.
    OSError
        With its name, when a folder of the course cannot be written; what was taken is kept.
    """
    for path in paths:
        if not path.exists():
            raise CourseError(f"{path} is not there.", "Give a folder, a zip, a tar or a notebook.")
    if student is not None and not is_student_id(student):
        raise CourseError(
            f"{student!r} cannot be a student's id.", "Use letters, digits, and - _ . @ within."
        )
    for path in paths:
        require_foreign(course, path)
    shelf = Shelf(course)
    results: list[Collected | Refused] = []
    matcher = Matcher(course.sections)
    with only_collector(course):
        people = People(shelf.top)
        for path in paths:
            with tempfile.TemporaryDirectory(prefix=".collecting-", dir=shelf.top) as scratch:
                desk = _Desk(path, shelf, people, matcher, section, student)
                results += desk.take(Path(scratch), report)
    return results


def require_foreign(course: Course, path: Path) -> None:
    """Demand that a download is none of the rooms of a course, lies in none, and holds none.

    Raises
    ------
    CourseError
        Else what is there would be handed in: our solutions, or what was graded, as new.
    """
    own = path.resolve()
    for step in STEPS:
        room = course.path(step, "x").parent.resolve()
        if room == own or own in room.parents or room in own.parents:
            how = "is" if room == own else "holds" if own in room.parents else "lies in"
            raise CourseError(
                f"{path} {how} this course's own {room.name}/, and no download.",
                "Put what was handed in into a folder of its own, and give that.",
            )


class _Desk:
    """Takes in what one download holds."""

    def __init__(
        self,
        path: Path,
        shelf: Shelf,
        people: People,
        matcher: Matcher,
        section: Section | None,
        student: str | None,
    ) -> None:
        self.path, self.source = path.resolve(), path.resolve().name
        self.shelf, self.people, self.matcher = shelf, people, matcher
        self.section, self.student = section, student
        self.sections = [s.name for s, _ in matcher.places]

    def take(self, scratch: Path, report: Report) -> list[Collected | Refused]:
        shares = Shares(self.path, self.sections, self._owner())
        refused: list[tuple[str, Refusal]] = list(shares.refused.items())
        members: list[Member] = []
        for found in unpack(self.path, scratch, shares.bars):
            if isinstance(found, Member):
                members.append(found)
            else:
                refused.append(found)
        twice = Counter(str(m.name).casefold() for m in members)
        origins = self._origins(members)
        names = Names([o for o in origins if isinstance(o, Origin)])
        handed_in: dict[tuple[str, str, str], list[_HandedIn]] = defaultdict(list)
        for number, (member, origin) in enumerate(zip(members, origins, strict=True)):
            report(self.source, number, len(members))
            try:
                if twice[str(member.name).casefold()] > 1:
                    raise Refusal("another file here has the same name, but for case at most")
                if isinstance(origin, Refusal):
                    raise origin
                one = self._identify(member, origin, names)
                handed_in[one.student, one.section.name, one.notebook].append(one)
            except Refusal as refusal:
                refused.append((str(member.name), refusal))
        self.people.save()
        taken: list[Collected | Refused] = []
        for several in handed_in.values():
            newest, *others = sorted(several, key=_preference, reverse=True)
            why = f"{newest.member.name} is newer, or has the right name"
            refused += [(str(o.member.name), Refusal(why, harmless=True)) for o in others]
            try:
                taken.append(self._put(newest))
            except Refusal as refusal:
                refused.append((str(newest.member.name), refusal))
        # Litter is refused without a word.
        said = [Refused(self.source, n, str(r), r.harmless) for n, r in refused if str(r)]
        return taken + said

    def _owner(self) -> str:
        """Return who has handed in the whole download, where that is told beforehand."""
        if self.student is not None:
            return self.student
        with suppress(Refusal):
            if not notebook_name(self.path.name) and (own := read_own_name(self.path.name)):
                return own.person
        return ""

    def _origins(self, members: list[Member]) -> list[Origin | Refusal]:
        """Return whose each file is, by the outermost name that tells; else why it is refused."""
        found: list[Origin | Refusal] = []
        for member in members:
            try:
                found.append(read_name(member.name, self.sections))
            except Refusal as refusal:
                told = self.student is not None
                found.append(Origin(member.name.name) if told else refusal)
        if self.student is not None:
            return found
        try:
            own = read_own_name(self.path.name)
        except Refusal as refusal:
            return [refusal] * len(found)
        if own is not None and not is_single(members, self.path):
            return owned(found, own)
        return outermost(members, found, self.people, self.sections)

    def _identify(self, member: Member, origin: Origin, names: Names) -> _HandedIn:
        if self.student is not None and names.several:
            raise Refusal(
                f"the download holds what several people handed in ({names.some}), so all of it "
                "cannot be --student's: leave that out"
            )
        if self.student is None and not origin.person:
            raise Refusal(
                "it cannot be told whose it is: give --student, or name it "
                "STUDENT/SECTION/file.ipynb"
            )
        section, notebook = self._place(member, origin)
        if self.student is not None:
            student, note = self.people.given(self.student, origin, section.name)
            if origin.is_id and origin.person != student:
                note = f"the name {origin.person!r} within is left aside"
        elif origin.is_id:
            student, note = self.people.given(origin.person, origin, section.name)
        else:
            student, note = self.people.claim(
                origin, section.name, twins=names.twins(origin), shared=names.shared(origin)
            )
        self.people.mark(student, section.name, origin.mark)
        return _HandedIn(member, origin, student, section, notebook, note)

    def _place(self, member: Member, origin: Origin) -> tuple[Section, str]:
        within = next((s for s, _ in self.matcher.places if s.name == origin.section), None)
        try:
            section, notebook = self.matcher.find(origin.file, member.file, within)
        except Refusal:
            if self.section is None or within is not None:
                raise
            section, notebook = self.matcher.find(origin.file, member.file, self.section)
        if self.section not in (None, section):
            raise Refusal(f"it is of {section.name}, and {self.section.name} was asked for")
        return section, notebook

    def _put(self, one: _HandedIn) -> Collected:
        path, status = self.shelf.put(
            one.member.file, one.member.time, one.student, one.section, one.notebook
        )
        return Collected(
            one.student,
            one.section.name,
            one.notebook,
            status,
            one.member.time,
            path,
            "" if one.origin.is_id else one.origin.person,
            one.origin.number,
            one.origin.platform,
            one.origin.late,
            one.note,
        )


def _preference(one: _HandedIn) -> tuple[int, datetime, bool, str]:
    """Order the copies of one student's notebook: the last is taken.

    One of the right name outdoes what Jupyter made beside it, however new that is.
    """
    file, name = one.origin.file, plain_stems(f"{one.notebook}.ipynb")[0]
    made_from = stray_of(stem_of(file))
    named = 3 if name in plain_stems(file) else 2 if made_from is None else 0
    named += made_from == name
    return named, one.member.time, file == f"{one.notebook}.ipynb", file

"""The record: nbgrader's gradebook, and beside it an append-only table of attempts.

One writer; one transaction a submission. nbgrader's own tools (formgrader, export,
generate_feedback) work on what is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import IncludeHeaderFooter, InstantiateTests, SaveCells

from course import faults
from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.notebook.cells import grade_id
from course.notebook.reading import read_authored
from course.record.attempts import Attempt
from course.record.by_hand import ByHand, Place, enter_by_hand, read_by_hand
from course.record.database import begin_writing, patient
from course.record.entered import holds
from course.record.gradebook import open_gradebook
from course.record.lateness import assess, last_due
from course.record.locks import only_registrar
from course.record.named import Named
from course.record.scores import CellList, enter, read_list
from course.record.sharing import begin_sharing, share
from course.record.spoilt import Trouble, raise_it
from course.record.standing import Standing
from course.record.standings import read_standings
from course.record.students import enter_students, read_students
from course.record.table import append, grouped, newest, newest_of, tries

DONE = (IncludeHeaderFooter, InstantiateTests)  # by read_authored
BATCH = 200  # attempts held at a time


@contextmanager
def open_record(course: Course) -> Iterator[Record]:
    """Open the course's record; the gradebook is made when there is none.

    Raises
    ------
    CourseError
        When the gradebook cannot be opened or is locked by another program.
    """
    with open_gradebook(course) as book:
        yield Record(course, book)


class Record:
    """The opened record of a course."""

    def __init__(self, course: Course, book: api.Gradebook) -> None:
        self.course = course
        self.book = book
        self._lists: dict[str, CellList] = {}

    def register(self, section: Section) -> None:
        """Enter a section's cells into the gradebook, as ``nbgrader generate_assignment`` does.

        Raises
        ------
        CourseError
            When the section is graded already and cells were added or removed since.
        """
        self._lists.pop(section.name, None)
        with only_registrar(self.course):
            self._register(section)

    def _register(self, section: Section) -> None:
        self.book.update_or_create_assignment(section.name)
        names = {path.stem for path in section.notebooks}
        entered = {nb.name for nb in self.book.find_assignment(section.name).notebooks}
        faults.point("before-cells")
        try:
            for path in section.notebooks:
                self._save_cells(section, path)
            for old in entered - names:
                self.book.remove_notebook(old, section.name)
            if section.due is not None:
                self.book.update_or_create_assignment(section.name, duedate=section.due)
        except RuntimeError as error:
            raise CourseError(
                f"{section.name} cannot be entered into the gradebook, for some of it is graded: "
                f"{self._moved(section) or error}.",
                "Texts, solutions and tests may change, but no exercise may come or go: let the "
                "cells' grade_ids be those of before, or keep the change for the next class, which "
                "begins a gradebook.db of its own.",
                code=FOUND,
            ) from None

    def _moved(self, section: Section) -> str:
        """Return which cells have come or gone since a section was entered."""
        told = []
        for path in section.notebooks:
            with suppress(MissingEntry):
                cells = self.book.find_notebook(path.stem, section.name).source_cells
                old = {cell.name for cell in cells}
                new = set(
                    filter(None, map(grade_id, read_authored(path, self.course.config).cells))
                )
                for names, what in ((new - old, "new"), (old - new, "gone")):
                    if names:
                        told.append(f"in {path.name} {what}: {', '.join(sorted(names))}")
        return "; ".join(told)

    def _save_cells(self, section: Section, path: Path) -> None:
        nb = read_authored(path, self.course.config)
        resources = {
            "nbgrader": {
                "notebook": path.stem,
                "assignment": section.name,
                "db_url": patient(self.course.db_url),
            }
        }
        for preprocessor in GenerateAssignment(config=self.course.config).preprocessors:
            if preprocessor in DONE:
                continue
            last = preprocessor is SaveCells
            if last and holds(self.book, section.name, path.stem, nb):
                return  # it asks and tells much, cell by cell
            step = preprocessor(config=self.course.config)
            nb, resources = step.preprocess(nb, resources)
            if last:
                break
        self.book.db.expire_all()  # SaveCells wrote through a connection of its own

    def last_attempts(self, section: str, trouble: Trouble = raise_it) -> list[Attempt]:
        """Return the newest attempt of each student, in the order of their ids.

        `trouble` is told of each that cannot be used.
        """
        return list(newest(self.book.db.connection(), section, trouble=trouble))

    def attempts_of(
        self, section: str, students: list[str], trouble: Trouble = raise_it
    ) -> Iterator[Attempt]:
        """Yield the newest attempt of each of these students; few are held at a time.

        `trouble` is told of each that cannot be used.
        """
        for begin in range(0, len(students), BATCH):
            some = students[begin : begin + BATCH]
            yield from newest(self.book.db.connection(), section, some, trouble)

    def standing(self, student: str, section: str) -> Standing:
        """Return what the exercises of a submission count; see `course.record.standing`."""
        return self.standings(section, [student]).get(student, Standing())

    def standings(self, section: str, students: list[str] | None = None) -> dict[str, Standing]:
        """Return the same of all students who handed in, or some."""
        return read_standings(self.book.db, section, students)

    def assess(self, section: str, tell: Trouble = lambda trouble: None) -> None:
        """Set what hangs on more than a submission: a group's marks, and what lateness costs.

        What a person gave to one of a group is given to the others, and what late submissions lose
        is set by the due date and extensions of today. `tell` is told where two of a group were
        marked differently.
        """
        with self._transaction() as db:
            share(db, section, tell)
            assess(db, section, self.course.config)

    def grouped(self, section: str) -> list[Attempt]:
        """Return the newest attempts that count for a group."""
        return [
            one for team in grouped(self.book.db.connection(), section).values() for one in team
        ]

    def tries(self, student: str, section: str) -> list[tuple[str, Attempt]]:
        """Return all attempts of one student, in order, and when each was graded (UTC)."""
        return list(tries(self.book.db.connection(), section, student))

    def last_due(self, section: str) -> datetime | None:
        """Return when the last may hand in (UTC), with everybody's extensions."""
        return last_due(self.book.db, section)

    def students(self) -> dict[str, Named]:
        """Return what is known of each student, by id."""
        return read_students(self.book.db)

    def name(self, students: Iterable[Named], *, replace: bool) -> None:
        """Enter the names of students; see `course.record.students.enter_students`."""
        with self._transaction() as db:
            enter_students(db, students, replace=replace)

    def write(self, *attempts: Attempt, tell: Trouble = lambda trouble: None) -> None:
        """Record what was graded once: scores, comments and the attempts, or nothing of it.

        Parameters
        ----------
        *attempts : Attempt
            One; of a group's submission one for each member.
        tell : callable
            Told, as a `CourseError`, where members of a group had different marks.
        """
        section = attempts[0].section
        with self._transaction() as db:
            if section not in self._lists:
                self._lists[section] = read_list(db, section)
            before = {
                one.student: newest_of(db.connection(), section, one.student) for one in attempts
            }
            if teams := {one.hashes.submission for one in before.values() if one and one.team}:
                share(db, section, submissions=teams)  # what was given since, before it is flagged
            for attempt in attempts:
                enter(db.connection(), self._lists[section], attempt, before[attempt.student])
                append(db.connection(), attempt)
            begin_sharing(db, attempts, tell)
            assess(db, section, self.course.config, [one.student for one in attempts])
            faults.point("before-commit")

    def by_hand(
        self, place: Place, trouble: Trouble = raise_it, only: Collection[str] | None = None
    ) -> list[ByHand]:
        """Return what the gradebook holds of each answer to an exercise that a person marks.

        Of all, or of the marks with these ids; `trouble` is told of what cannot be used.
        """
        return read_by_hand(self.book.db, place, trouble, only)

    def mark(self, place: Place, mark: str, seen: str, **change: Any) -> ByHand:
        """Change one mark that a person gives; see `course.record.by_hand.enter_by_hand`.

        It counts for all of a group, and so does what formgrader has given to another of it.
        """
        with self._transaction() as db:
            of_group = [
                one.attempt
                for one in read_by_hand(db, place, lambda spoilt: None, [mark])
                if one.attempt.team
            ]
            works = [attempt.hashes.submission for attempt in of_group]
            share(db, place.section, submissions=works)
            student = enter_by_hand(db, place, mark, seen, change).student
            share(db, place.section, submissions=works)
            members = [name for attempt in of_group for name in attempt.team.members]
            assess(db, place.section, self.course.config, members or [student])
            (now,) = read_by_hand(db, place, raise_it, [mark])
            faults.point("before-commit")
        return now

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """Yield the database; what is done to it is kept when all went well, else nothing is."""
        db = self.book.db
        try:
            begin_writing(db.connection())
            yield db
            db.commit()
        except BaseException:
            db.rollback()
            raise


def register(course: Course, section: Section) -> None:
    """Enter one section into the course's gradebook."""
    with open_record(course) as record:
        record.register(section)

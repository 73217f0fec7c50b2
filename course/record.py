"""The record: nbgrader's gradebook, and beside it an append-only table of attempts.

One writer; one transaction a submission. nbgrader's own tools (formgrader, export,
generate_feedback) work on what is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import sqlalchemy.orm
from nbgrader import api
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells

from course import faults
from course.attempts import Attempt, Row, append, newest
from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.gradebook import open_gradebook, patient
from course.notebooks import read_notebook

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

    def register(self, section: Section) -> None:
        """Enter a section's cells into the gradebook, as ``nbgrader generate_assignment`` does.

        Raises
        ------
        CourseError
            When the section is graded already and cells were added or removed since.
        """
        self.book.update_or_create_assignment(section.name)
        names = {path.stem for path in section.notebooks}
        entered = {nb.name for nb in self.book.find_assignment(section.name).notebooks}
        try:
            for path in section.notebooks:
                self._save_cells(section, path)
            for old in entered - names:
                self.book.remove_notebook(old, section.name)
        except RuntimeError as error:
            raise CourseError(
                f"{section.name} cannot be entered into the gradebook: {error}.",
                "Keep the cells' grade_ids as they were, or begin a new gradebook.db.",
                code=FOUND,
            ) from None

    def _save_cells(self, section: Section, path: Path) -> None:
        nb = read_notebook(path)
        resources = {
            "nbgrader": {
                "notebook": path.stem,
                "assignment": section.name,
                "db_url": patient(self.course.db_url),
            }
        }
        for preprocessor in GenerateAssignment(config=self.course.config).preprocessors:
            step = preprocessor(config=self.course.config)
            nb, resources = step.preprocess(nb, resources)
            if preprocessor is SaveCells:
                break
        self.book.db.expire_all()  # SaveCells wrote through a connection of its own

    def last_attempts(self, section: str) -> list[Attempt]:
        """Return the newest attempt of each student, in the order of their ids."""
        return newest(self.book.db.connection(), section)

    def attempts_of(self, section: str, students: list[str]) -> Iterator[Attempt]:
        """Yield the newest attempt of each of these students; few are held at a time."""
        for begin in range(0, len(students), BATCH):
            some = students[begin : begin + BATCH]
            yield from newest(self.book.db.connection(), section, some)

    def scores(
        self, student: str, section: str, notebook: str
    ) -> dict[str, tuple[float, str | None, bool]]:
        """Return each grade cell's score, a person's comment, and whether one is awaited.

        The scores are the gradebook's: where a person gave one, it counts.
        """
        found = self.book.find_submission_notebook(notebook, section, student)
        comments = {c.name: c.manual_comment for c in found.comments}
        return {
            g.name: (g.score, comments.get(g.name), bool(g.needs_manual_grade))
            for g in found.grades
        }

    def write(self, attempt: Attempt) -> None:
        """Record one attempt: scores, comments and the attempt itself, or nothing of it."""
        db = self.book.db
        try:
            before = newest(db.connection(), attempt.section, [attempt.student])
            own = self._notebooks_of(attempt)
            answers = {row.grade_id: row.answer for old in before for row in old.rows}
            self._write_grades(attempt, own, answers)
            self._write_comments(attempt, own)
            append(db.connection(), attempt)
            faults.point("before-commit")
            db.commit()
        except BaseException:
            db.rollback()
            raise

    # nbgrader's own objects would be loaded again, one by one, after each commit.

    def _notebooks_of(self, attempt: Attempt) -> dict[str, str]:
        """Return the ids of the submission's notebooks by name; what is not there is made."""
        db = self.book.db
        student, section = attempt.student, attempt.section
        assignment = db.scalar(sa.select(api.Assignment.id).where(api.Assignment.name == section))
        if db.get(api.Student, student) is None:
            db.execute(sa.insert(api.Student), [{"id": student}])
        mine = sa.and_(
            api.SubmittedAssignment.assignment_id == assignment,
            api.SubmittedAssignment.student_id == student,
        )
        submission = db.scalar(sa.select(api.SubmittedAssignment.id).where(mine))
        if submission is None:
            submission = api.new_uuid()
            values = {"id": submission, "assignment_id": assignment, "student_id": student}
            db.execute(sa.insert(api.SubmittedAssignment), [values])
        timestamp = {"id": submission, "timestamp": attempt.handed_in}
        db.execute(sa.update(api.SubmittedAssignment), [timestamp])
        has = sa.select(api.SubmittedNotebook.notebook_id, api.SubmittedNotebook.id)
        has = has.where(api.SubmittedNotebook.assignment_id == submission)
        known = dict(db.execute(has).all())
        all_ = sa.select(api.Notebook.id, api.Notebook.name)
        names = dict(db.execute(all_.where(api.Notebook.assignment_id == assignment)).all())
        for notebook in names.keys() - known.keys():
            known[notebook] = _mirror(db, submission, notebook)
        return {names[notebook]: own for notebook, own in known.items()}

    def _write_grades(
        self, attempt: Attempt, own: dict[str, str], old_answers: dict[str, str]
    ) -> None:
        """Enter the scores; a person's score stays, and is flagged where its answer changed."""
        found = sa.select(api.Grade.notebook_id, api.BaseCell.name, api.Grade.id)
        found = found.add_columns(api.Grade.manual_score, api.Grade.needs_manual_grade)
        found = found.join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        found = found.where(api.Grade.notebook_id.in_(own.values()))
        entered = {(notebook, cell): rest for notebook, cell, *rest in self.book.db.execute(found)}
        changes = []
        for row in attempt.rows:
            grade, by_person, awaited = entered[own[row.notebook], row.grade_id]
            by_hand = row.verdict in ("manual", "error")
            if by_person is None:
                awaited = by_hand
            elif old_answers.get(row.grade_id) != row.answer:
                awaited = True
            score = None if by_hand else row.points
            changes.append({"id": grade, "auto_score": score, "needs_manual_grade": awaited})
        self.book.db.execute(sa.update(api.Grade), changes)

    def _write_comments(self, attempt: Attempt, own: dict[str, str]) -> None:
        found = sa.select(api.Comment.notebook_id, api.BaseCell.name, api.Comment.id)
        found = found.join(api.BaseCell, api.Comment.cell_id == api.BaseCell.id)
        found = found.where(api.Comment.notebook_id.in_(own.values()))
        entered = {(notebook, cell): id_ for notebook, cell, id_ in self.book.db.execute(found)}
        changes = {
            entered[own[row.notebook], cell]: _comment(row)
            for row in attempt.rows
            for cell in (row.grade_id, row.exercise)
            if (own[row.notebook], cell) in entered
        }
        values = [{"id": comment, "auto_comment": text} for comment, text in changes.items()]
        if values:
            self.book.db.execute(sa.update(api.Comment), values)


def _mirror(db: sa.orm.scoped_session, submission: str, notebook: str) -> str:
    """Give a submission its empty grades and comments, as nbgrader's add_submission does."""
    own = api.new_uuid()
    values = {"id": own, "assignment_id": submission, "notebook_id": notebook}
    db.execute(sa.insert(api.SubmittedNotebook), [values])
    cells = sa.select(api.BaseCell.id, api.BaseCell.type)
    cells = db.execute(cells.where(api.BaseCell.notebook_id == notebook)).all()
    for entry, kinds in (
        (api.Grade, ("GradeCell", "TaskCell")),
        (api.Comment, ("SolutionCell", "TaskCell")),
    ):
        rows = [{"cell_id": id_, "notebook_id": own} for id_, kind in cells if kind in kinds]
        if rows:
            db.execute(sa.insert(entry), rows)
    return own


def _comment(row: Row) -> str | None:
    if row.verdict == "unanswered":
        return "No response."
    return None if row.verdict in ("manual", "passed") else row.message


def register(course: Course, section: Section) -> None:
    """Enter one section into the course's gradebook."""
    with open_record(course) as record:
        record.register(section)

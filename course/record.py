"""The record: nbgrader's gradebook, and beside it an append-only table of attempts.

One writer; one transaction a submission. nbgrader's own tools (formgrader, export,
generate_feedback) work on what is written here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import sqlalchemy.orm
from nbgrader import api
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from sqlalchemy.exc import OperationalError

from course.attempts import Attempt, Row, append, make_table, newest
from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.notebooks import read_notebook


@contextmanager
def open_record(course: Course) -> Iterator[Record]:
    """Open the course's record; the gradebook is made when there is none.

    Raises
    ------
    CourseError
        When the gradebook cannot be opened or is locked by another program.
    """
    _find_alembic()
    try:
        with api.Gradebook(course.db_url, course.directory.course_id) as book:
            make_table(book)
            yield Record(course, book)
    except OperationalError as error:
        raise CourseError(
            f"The gradebook {course.db_url} cannot be used: {error.orig}.",
            "Check that you may write it and that no other program holds it, then run again; "
            "nothing graded so far is lost.",
            code=FOUND,
        ) from None


def _find_alembic() -> None:
    """Put our environment's commands on PATH: nbgrader starts ``alembic`` by its bare name."""
    folder = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if folder not in paths:
        os.environ["PATH"] = os.pathsep.join([folder, *paths])


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
                "db_url": self.course.db_url,
            }
        }
        for preprocessor in GenerateAssignment(config=self.course.config).preprocessors:
            step = preprocessor(config=self.course.config)
            nb, resources = step.preprocess(nb, resources)
            if preprocessor is SaveCells:
                break
        self.book.db.expire_all()  # SaveCells wrote through a connection of its own

    def last_attempt(self, student: str, section: str) -> Attempt | None:
        """Return the newest attempt, or None."""
        return next(iter(newest(self.book, section, student)), None)

    def last_attempts(self, section: str) -> list[Attempt]:
        """Return the newest attempt of each student, in the order of their ids."""
        return newest(self.book, section)

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
        before = self.last_attempt(attempt.student, attempt.section)
        old_answers = {row.grade_id: row.answer for row in before.rows} if before else {}
        db = self.book.db
        try:
            submission = self._submission(attempt)
            submission.timestamp = attempt.handed_in
            notebooks = {nb.name: nb for nb in submission.notebooks}
            for row in attempt.rows:
                changed = old_answers.get(row.grade_id) != row.answer
                _write_row(notebooks[row.notebook], row, changed)
            append(self.book, attempt)
            db.commit()
        except BaseException:
            db.rollback()
            raise

    def _submission(self, attempt: Attempt) -> api.SubmittedAssignment:
        """Return the gradebook's submission, made without a commit of its own."""
        db = self.book.db
        student = db.get(api.Student, attempt.student)
        if student is None:
            student = api.Student(id=attempt.student)
            db.add(student)
        assignment = self.book.find_assignment(attempt.section)
        try:
            submission = self.book.find_submission(attempt.section, attempt.student)
        except api.MissingEntry:
            submission = api.SubmittedAssignment(assignment=assignment, student=student)
            db.add(submission)
        db.flush()
        has = {nb.notebook_id for nb in submission.notebooks}
        for notebook in assignment.notebooks:
            if notebook.id not in has:
                _mirror(db, submission, notebook)
        db.flush()
        db.refresh(submission)
        return submission


def _mirror(
    db: sa.orm.scoped_session, submission: api.SubmittedAssignment, notebook: api.Notebook
) -> None:
    """Give a submission its empty grades and comments, as nbgrader's add_submission does."""
    own = api.SubmittedNotebook(notebook_id=notebook.id, assignment_id=submission.id)
    db.add(own)
    db.flush()
    graded = [*notebook.grade_cells, *notebook.task_cells]
    answered = [*notebook.solution_cells, *notebook.task_cells]
    db.add_all([api.Grade(cell_id=cell.id, notebook_id=own.id) for cell in graded])
    db.add_all([api.Comment(cell_id=cell.id, notebook_id=own.id) for cell in answered])


def _write_row(notebook: api.SubmittedNotebook, row: Row, changed: bool) -> None:
    """Enter one exercise; a manual score stays, and is flagged where its answer changed."""
    grade = next(g for g in notebook.grades if g.name == row.grade_id)
    by_hand = row.verdict in ("manual", "error")
    grade.auto_score = None if by_hand else row.points
    if grade.manual_score is None:
        grade.needs_manual_grade = by_hand
    elif changed:
        grade.needs_manual_grade = True
    for comment in notebook.comments:
        if comment.name in (row.grade_id, row.exercise):
            comment.auto_comment = _comment(row)


def _comment(row: Row) -> str | None:
    if row.verdict == "unanswered":
        return "No response."
    return None if row.verdict in ("manual", "passed") else row.message


def register(course: Course, section: Section) -> None:
    """Enter one section into the course's gradebook."""
    with open_record(course) as record:
        record.register(section)

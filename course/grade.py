"""Grade submissions: read, rebuild, examine, record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.attempts import Attempt, Row
from course.errors import FOUND, CourseError
from course.examine import Limits, OpenSession, Outcome, examine
from course.files import write_atomically
from course.folder import Course, Section
from course.hashes import environment_hash, hash_of, submission_hash, tests_hash
from course.notebooks import Exercise, exercises, grade_id, read_source
from course.rebuild import Rebuilder, Rebuilt, stub_notebook
from course.record import open_record
from course.sessions import Source, session_for, session_source
from course.submissions import Malformed, find_file, read_submission, submitting_students

MISSING = "No notebook was handed in."


@dataclass(frozen=True)
class Graded:
    """One graded submission, or one that needed no new grading.

    Attributes
    ----------
    attempt : Attempt
    skipped : bool
        Whether the recorded attempt had the same hashes and was kept.
    """

    attempt: Attempt
    skipped: bool = False


@dataclass(frozen=True)
class Job:
    """One submission to be graded."""

    course: Course
    section: Section
    student: str
    hashes: tuple[str, str, str]


def grade(
    course: Course,
    sections: list[Section],
    *,
    students: list[str] | None = None,
    jobs: int = 2,
    force: bool = False,
    cold: bool = False,
    sessions: Source | None = None,
    limits: Limits | None = None,
    report: Callable[[Graded], None] = lambda graded: None,
    plan: Callable[[int], None] = lambda count: None,
) -> list[Graded]:
    """Grade the submissions of some sections and record them.

    Parameters
    ----------
    course : Course
    sections : list of Section
    students : list of str, optional
        Only these; all who handed something in when left out.
    jobs : int
        Submissions at the same time.
    force : bool
        Grade again what is graded already with the same submission, tests and environment.
    cold : bool
        Open a fresh kernel for each submission, in place of a fork of a warm process.
    sessions : Source, optional
        Where sessions come from; `cold` chooses when left out.
    limits : Limits, optional
    report : callable
        Called with each `Graded` as it is recorded.
    plan : callable
        Called first, with the number of submissions.

    Raises
    ------
    CourseError
        When a student is unknown, there is nothing to grade, or the record cannot be written.
    """
    if jobs < 1:
        raise CourseError(f"--jobs {jobs} is too few.", "Give 1 or more.")
    chosen = {section.name: _students(course, section, students) for section in sections}
    if not any(chosen.values()):
        raise CourseError(
            f"There is nothing to grade: {course.submitted('x', 'x').parent.parent} has no "
            f"submission of {', '.join(chosen)}.",
            "Take submissions in with `course collect PATH`.",
            code=FOUND,
        )
    plan(sum(map(len, chosen.values())))
    done = []
    with open_record(course) as record:
        todo = []
        for section in sections:
            if not chosen[section.name]:
                continue
            record.register(section)
            tests = tests_hash(section)
            for student in chosen[section.name]:
                hashes = (submission_hash(course, student, section), tests, environment_hash())
                last = record.last_attempt(student, section.name)
                if last and last.same_as(*hashes) and not force and not _failed_by_us(last):
                    done.append(Graded(last, skipped=True))
                    report(done[-1])
                else:
                    todo.append(Job(course, section, student, hashes))
        if todo:
            with (
                _sessions(todo, sessions, cold) as source,
                closing(_grade_all(todo, source, jobs, limits or Limits())) as attempts,
            ):
                for attempt in attempts:
                    record.write(attempt)
                    done.append(Graded(attempt))
                    report(done[-1])
    return done


def _sessions(
    todo: list[Job], sessions: Source | None, cold: bool
) -> AbstractContextManager[Source]:
    if sessions is not None:
        return nullcontext(sessions)
    sections = dict.fromkeys(job.section for job in todo)
    config = todo[0].course.config
    notebooks = [read_source(path, config) for s in sections for path in s.notebooks]
    return session_source(notebooks, cold=cold)


def _students(course: Course, section: Section, wanted: list[str] | None) -> list[str]:
    there = submitting_students(course, section)
    if wanted is None:
        return there
    for student in wanted:
        if not course.submitted(student, section.name).parent.is_dir() or "/" in student:
            raise CourseError(
                f"There is no student {student!r} in {course.submitted('x', 'x').parent.parent}.",
                "Give the name of a folder there.",
            )
    return wanted


def _failed_by_us(attempt: Attempt) -> bool:
    return any(row.verdict == "error" for row in attempt.rows)


def _grade_all(todo: list[Job], sessions: Source, jobs: int, limits: Limits) -> Iterator[Attempt]:
    """Yield attempts as they are done; executed notebooks are written before that."""
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(grade_submission, job, sessions, limits) for job in todo]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def grade_submission(job: Job, sessions: Source, limits: Limits) -> Attempt:
    """Grade one submission and write its executed notebooks; record nothing."""
    rows: list[Row] = []
    folder = job.course.autograded(job.student, job.section.name)
    for path in job.section.notebooks:
        source = read_source(path, job.course.config)
        found, nb = _grade_notebook(job, path, source, sessions, limits)
        rows += found
        write_atomically(folder / path.name, nbformat.writes(_for_formgrader(nb)) + "\n")
    submitted = job.course.submitted(job.student, job.section.name)
    return Attempt(
        job.student,
        job.section.name,
        *job.hashes,
        rows=tuple(rows),
        handed_in=job.course.directory.get_existing_timestamp(str(submitted)),
    )


def _grade_notebook(
    job: Job, path: Path, source: NotebookNode, sessions: Source, limits: Limits
) -> tuple[list[Row], NotebookNode]:
    row = partial(_row, job.student, job.section.name, path.stem)
    try:
        folder = job.course.submitted(job.student, job.section.name)
        file = find_file(folder, path.stem, names=[p.stem for p in job.section.notebooks])
        rebuilt = Rebuilder(source).rebuild(read_submission(file))
    except FileNotFoundError:
        return _all(source, row, "missing", MISSING)
    except Malformed as error:
        return _all(source, row, "malformed", str(error))
    open_session = partial(session_for, job.section, sessions)
    try:
        outcomes, nb = _examine_twice(rebuilt, open_session, limits)
    except Exception as error:  # the grader's own fault is a verdict too, and stops no batch
        reason = f"The grader failed ({type(error).__name__}: {error}); run it again."
        return _all(source, row, "error", reason)
    texts = {grade_id(cell): cell.source for cell in rebuilt.nb.cells if grade_id(cell)}
    rows = []
    for outcome in outcomes:
        answer = "\n".join(texts[name] for name in outcome.exercise.answers)
        j = outcome.judgement
        rows.append(row(outcome.exercise, j.verdict, j.message, j.points, j.seconds, answer))
    return rows, nb


def _examine_twice(
    rebuilt: Rebuilt, open_session: OpenSession, limits: Limits
) -> tuple[list[Outcome], NotebookNode]:
    """Examine a notebook; where the grader itself fails, try once more."""
    try:
        return examine(rebuilt, open_session, limits)
    except Exception:  # a second failure goes to the caller, with its own words
        return examine(rebuilt, open_session, limits)


def _row(
    student: str,
    section: str,
    notebook: str,
    exercise: Exercise,
    verdict: str,
    message: str,
    points: float = 0.0,
    seconds: float = 0.0,
    answer: str = "",
) -> Row:
    return Row(
        student=student,
        section=section,
        notebook=notebook,
        exercise=exercise.name,
        grade_id=exercise.id,
        title=exercise.title,
        points=points,
        max_points=exercise.points,
        verdict=verdict,
        message=message,
        seconds=round(seconds, 3),
        answer=hash_of(answer.encode()),
    )


def _all(
    source: NotebookNode, row: Callable[..., Row], verdict: str, message: str
) -> tuple[list[Row], NotebookNode]:
    """Give every exercise the same verdict; the notebook is ours with nothing answered."""
    return [row(e, verdict, message) for e in exercises(source)], stub_notebook(source).nb


def _for_formgrader(nb: NotebookNode) -> NotebookNode:
    """Give the cells what nbgrader's formgrader expects of an autograded notebook."""
    from nbgrader.utils import compute_checksum

    for cell in nb.cells:
        if grade_id(cell):
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return nb

"""Grade submissions: what is new or changed goes through the engine and into the record."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from course import faults
from course.attempts import Attempt, Hashes, Known, known_attempts
from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import Course, Section
from course.hashes import environment_hash, submission_hash, tests_hash
from course.locks import only_grader
from course.submissions import (
    Malformed,
    find_file,
    handed_in_at,
    read_bytes,
    submitting_students,
)

if TYPE_CHECKING:  # slow to import; the warm process is at its own imports meanwhile
    from course.engine.flow import Failed
    from course.engine.tasks import Examined, Package, Refused, Task
    from course.examine import Limits
    from course.record import Record

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


class Summary(NamedTuple):
    """What a table says of one submission: little enough to be kept of thousands."""

    section: str
    student: str
    points: float
    max_points: float
    verdicts: str
    skipped: bool


def summary(one: Graded) -> Summary:
    """Return what a table says of a graded submission."""
    rows = one.attempt.rows
    counted = Counter(row.verdict for row in rows)
    return Summary(
        sys.intern(one.attempt.section),
        one.attempt.student,
        sum(row.points for row in rows),
        sum(row.max_points for row in rows),
        sys.intern(", ".join(f"{n} {verdict}" for verdict, n in counted.most_common())),
        one.skipped,
    )


@dataclass(frozen=True)
class Job:
    """One submission to be graded."""

    section: Section
    student: str
    hashes: Hashes


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes
    ----------
    jobs : int
        Submissions at the same time.
    scheduler : str or None
        Address of a running Dask scheduler; a cluster of this process when None.
    force : bool
        Grade again what is graded already with the same submission, tests and environment.
    cold : bool
        Open a fresh kernel for each submission, in place of a fork of a warm process.
    limits : Limits, optional
    """

    jobs: int = 2
    scheduler: str | None = None
    force: bool = False
    cold: bool = False
    limits: Limits | None = None


def grade(
    course: Course,
    sections: list[Section],
    *,
    students: list[str] | None = None,
    report: Callable[[Graded], None] = lambda graded: None,
    plan: Callable[[int], None] = lambda count: None,
    **options: object,
) -> list[Graded]:
    """Grade the submissions of some sections and record them; see `grading`.

    Parameters
    ----------
    course : Course
    sections : list of Section
    students : list of str, optional
        Only these; all who handed something in when left out.
    report : callable
        Called with each `Graded` as it is recorded.
    plan : callable
        Called first, with the number of submissions.
    **options
        The fields of `Options`.
    """
    done = []
    for graded in grading(course, sections, Options(**options), students=students, plan=plan):
        report(graded)
        done.append(graded)
    return done


def grading(
    course: Course,
    sections: list[Section],
    options: Options,
    *,
    students: list[str] | None = None,
    plan: Callable[[int], None] = lambda count: None,
) -> Iterator[Graded]:
    """Yield each submission when it is recorded; keep none of them.

    Raises
    ------
    CourseError
        When a student is unknown, there is nothing to grade, another grader is at it, the
        scheduler cannot be used, or the record cannot be written.
    """
    if options.jobs < 1:
        raise CourseError(f"--jobs {options.jobs} is too few.", "Give 1 or more.")
    chosen = {section: _students(course, section, students) for section in sections}
    if not any(chosen.values()):
        raise CourseError(
            f"There is nothing to grade: {course.submitted('x', 'x').parent.parent} has no "
            f"submission of {', '.join(section.name for section in sections)}.",
            "Take submissions in with `course collect PATH`.",
            code=FOUND,
        )
    plan(sum(map(len, chosen.values())))
    with ExitStack() as stack:
        for section in sections:
            if chosen[section]:
                stack.enter_context(only_grader(course, section))
        todo, kept = _divide(course, chosen, options.force)
        if todo:
            _warm_up(todo, options)
        record = stack.enter_context(_open_record(course))
        for section, people in kept.items():
            yield from (Graded(a, skipped=True) for a in record.attempts_of(section, people))
        if todo:
            yield from _grade(course, todo, options, record)


def _divide(
    course: Course, chosen: dict[Section, list[str]], force: bool
) -> tuple[list[Job], dict[str, list[str]]]:
    """Return what is to be graded, and by section who is graded already."""
    todo: list[Job] = []
    kept: dict[str, list[str]] = {}
    for section, people in chosen.items():
        known = known_attempts(course.db_url, section.name) if people else {}
        tests, environment = tests_hash(course, section), environment_hash()
        for student in people:
            hashes = Hashes(submission_hash(course, student, section), tests, environment)
            if force or not _is_done(course, section, student, known.get(student), hashes):
                todo.append(Job(section, student, hashes))
            else:
                kept.setdefault(section.name, []).append(student)
    return todo, kept


def _is_done(
    course: Course, section: Section, student: str, known: Known | None, hashes: Hashes
) -> bool:
    """Tell whether this is graded: recorded without a fault, and its notebooks are whole."""
    if known is None or known.hashes != hashes or known.failed_by_us:
        return False
    folder = course.autograded(student, section.name)
    return all(_is_whole(folder / path.name) for path in section.notebooks)


def _is_whole(path: Path) -> bool:
    """Tell whether a notebook's end is there: a disk that lost power may have cut it off."""
    try:
        with path.open("rb") as file:
            file.seek(-3, 2)
            return file.read() == b"\n}\n"
    except OSError:
        return False


def _warm_up(todo: list[Job], options: Options) -> None:
    """Have the warm process begin with its imports before we begin with ours."""
    if options.scheduler is None and not options.cold:
        from course.engine.warmth import WARMTH

        WARMTH.begin(_imports(todo))


def _imports(todo: list[Job]) -> tuple[str, ...]:
    from course.warm.client import imports_in

    sections = dict.fromkeys(job.section for job in todo)
    return imports_in(path for section in sections for path in section.notebooks)


def _open_record(course: Course) -> AbstractContextManager[Record]:
    from course.record import open_record

    return open_record(course)


def _grade(course: Course, todo: list[Job], options: Options, record: Record) -> Iterator[Graded]:
    """Yield attempts as they are recorded; executed notebooks are written before that."""
    from course.engine.flow import Failed, Flow

    jobs = {(job.section.name, job.student): job for job in todo}
    for section in dict.fromkeys(job.section for job in todo):
        record.register(section)
    flow = Flow(min(options.jobs, len(todo)), options.scheduler)
    with closing(flow.run(_tasks(course, todo, options))) as results:
        for result in results:
            if isinstance(result, Failed):
                result = _as_examined(result)
            job = jobs.pop((result.section, result.student))
            yield Graded(_keep(course, job, result, record))


def _keep(course: Course, job: Job, result: Examined, record: Record) -> Attempt:
    """Write the executed notebooks, then the record: a crash in between is graded again."""
    folder = course.autograded(job.student, job.section.name)
    submitted = course.submitted(job.student, job.section.name)
    attempt = Attempt(
        job.student,
        job.section.name,
        job.hashes,
        rows=result.rows,
        handed_in=handed_in_at(submitted),
    )
    faults.point("before-files")
    for name, text in result.executed.items():
        _write(folder / f"{name}.ipynb", text)
    faults.point("before-record")
    record.write(attempt)
    faults.point("after-record")
    return attempt


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Make room or mend the folder's rights, then run again: everything graded so far is "
            "recorded.",
            code=FOUND,
        ) from None


def _tasks(course: Course, todo: Iterable[Job], options: Options) -> Iterator[Task]:
    """Yield the tasks one by one; a submission's bytes are read when its turn comes."""
    from course.engine.about import about
    from course.engine.tasks import Task
    from course.examine import Limits

    imports = _imports(list(todo))
    packages: dict[str, Package] = {}
    for job in todo:
        package = packages.get(job.section.name)
        if package is None:
            package = packages[job.section.name] = _package(course, job.section, imports)
        yield Task(
            job.student,
            package,
            _handed_in(course, job),
            limits=options.limits or Limits(),
            cold=options.cold,
            about=about() if options.scheduler else {},
        )


def _package(course: Course, section: Section, imports: tuple[str, ...]) -> Package:
    import nbformat

    from course.engine.tasks import Package
    from course.notebooks import read_source
    from course.sessions import section_files

    sources = {p.stem: nbformat.writes(read_source(p, course.config)) for p in section.notebooks}
    return Package(section.name, sources, section_files(section), imports)


def _handed_in(course: Course, job: Job) -> dict[str, bytes | Refused]:
    from course.engine.tasks import Refused

    names = [path.stem for path in job.section.notebooks]
    folder = course.submitted(job.student, job.section.name)
    found: dict[str, bytes | Refused] = {}
    for name in names:
        try:
            found[name] = read_bytes(find_file(folder, name, names=names))
        except FileNotFoundError:
            found[name] = Refused("missing", MISSING)
        except Malformed as error:
            found[name] = Refused("malformed", str(error))
    return found


def _as_examined(failed: Failed) -> Examined:
    """Give every exercise the verdict "error": the grader's own fault is never a zero."""
    from course.engine.tasks import Refused
    from course.engine.work import verdict_for_all

    reason = f"The grader failed ({failed.reason}); run it again."
    return verdict_for_all(failed.task, Refused("error", reason))


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

"""Grade submissions: what is new or changed goes through the engine and into the record."""

from __future__ import annotations

import gc
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from course.errors import FOUND, CourseError
from course.examining.reading import begin_reading
from course.folder import Course, Section
from course.grading.engine.addresses import require_address
from course.grading.jobs import Job, Options, divide, imports_of, tasks, works_of
from course.grading.keeping import as_examined, keep
from course.intake.groups import Groups, Work, outdone, read_groups
from course.record.attempts import Attempt
from course.record.locks import only_grader
from course.record.spoilt import Trouble, raise_it
from course.record.standing import Standing, Total, total

if TYPE_CHECKING:  # slow to import; the warm process is at its own imports meanwhile
    from course.grading.engine.flow import Flow
    from course.grading.engine.here import Here
    from course.record.named import Named
    from course.record.store import Record


@dataclass(frozen=True)
class Graded:
    """One graded submission, or one that needed no new grading.

    Attributes
    ----------
    attempt : Attempt
    total : Total
        What it counts, with what people gave.
    skipped : bool
        Whether the recorded attempt had the same hashes and was kept.
    """

    attempt: Attempt
    total: Total
    skipped: bool = False


class Summary(NamedTuple):
    """What a table says of one submission: little enough to be kept of thousands."""

    section: str
    student: str
    points: float
    max_points: float
    verdicts: str
    skipped: bool
    sandboxed: bool
    inside: int
    awaited: int
    group: str = ""


def summary(one: Graded) -> Summary:
    """Return what a table says of a graded submission."""
    rows = one.attempt.rows
    counted = Counter(row.verdict for row in rows)
    return Summary(
        sys.intern(one.attempt.section),
        one.attempt.student,
        one.total.points,
        one.total.max_points,
        sys.intern(", ".join(f"{n} {verdict}" for verdict, n in counted.most_common())),
        one.skipped,
        one.attempt.sandboxed,
        sum(bool(row.judged) for row in rows),
        one.total.awaited,
        one.attempt.team.name if one.attempt.team else "",
    )


def grade(
    course: Course,
    sections: list[Section],
    *,
    students: list[str] | None = None,
    report: Callable[[Graded], None] = lambda graded: None,
    plan: Callable[[int], None] = lambda count: None,
    say: Callable[[str], None] = lambda text: None,
    **options: object,
) -> list[Graded]:
    """Grade the submissions of some sections and record them; see `grading`.

    Parameters
    ----------
    course : Course
    sections : list of Section
    students : list of str, optional
        Only these, and whom they work with; all who handed something in when left out.
    report : callable
        Called with each `Graded` as it is recorded.
    plan : callable
        Called first, with the number of submissions.
    say : callable
        Told in a sentence when something is waited for.
    **options
        The fields of `Options`.
    """
    done = []
    how = {"students": students, "plan": plan, "say": say}
    for graded in grading(course, sections, Options(**options), **how):
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
    say: Callable[[str], None] = lambda text: None,
    trouble: Callable[[CourseError], None] = raise_it,
) -> Iterator[Graded]:
    """Yield each submission when it is recorded; keep none of them.

    What a group handed in is graded once, and recorded and yielded for each member. `trouble` is
    told, when the others are graded, of each section that cannot be.

    Raises
    ------
    CourseError
        When a student is unknown, groups cannot be as their file says, there is nothing to grade,
        another grader is at it, the scheduler cannot be used, or the record cannot be written.
    """
    if options.jobs < 1:
        raise CourseError(f"--jobs {options.jobs} is too few.", "Give 1 or more.")
    if options.scheduler is not None:
        require_address(options.scheduler)
    if options.cold and options.sandbox:
        raise CourseError(
            "--cold starts kernels outside of the sandbox.",
            "Leave it out; or give --no-sandbox too, where you trust who handed in.",
        )
    groups = read_groups(course)
    chosen = {section: works_of(course, section, students, groups) for section in sections}
    if not any(chosen.values()):
        raise CourseError(
            f"There is nothing to grade: {course.submitted('x', 'x').parent.parent} has no "
            f"submission of {', '.join(section.name for section in sections)}.",
            "Take submissions in with `course collect PATH`.",
            code=FOUND,
        )
    plan(sum(len(work.members) for works in chosen.values() for work in works))
    for section, works in chosen.items():
        for told in filter(None, (outdone(section, work) for work in works)):
            say(told)
    with ExitStack() as stack:
        for section in sections:
            if chosen[section]:
                stack.enter_context(only_grader(course, section))
        todo, kept = divide(course, chosen, options)
        if todo:
            _warm_up(course, imports_of(todo[0].section), options)
            gc.disable()  # imports make much and drop little: to look for that takes long
            stack.callback(gc.enable)
        record = stack.enter_context(_open_record(course))
        if students is None:
            for section, works in chosen.items():
                _tell_who_left(record, section, works, groups, say)
        for section, people in kept.items():
            found = record.attempts_of(section, people, _teller(say))
            record.assess(section, _teller(say))
            standings = record.standings(section)
            for attempt in found:
                standing = standings.get(attempt.student, Standing())
                yield Graded(attempt, _total(attempt, standing), skipped=True)
        if todo:
            yield from _grade(course, todo, options, record, say, trouble)


def _teller(say: Callable[[str], None]) -> Trouble:
    """Return what says an error in a sentence."""
    return lambda error: say(str(error))


def _tell_who_left(
    record: Record, section: Section, works: list[Work], groups: Groups, say: Callable[[str], None]
) -> None:
    """Say for whom a group's work is recorded who is in it no longer, and has none of their own."""
    counted = {student for work in works for student in work.members}
    for one in record.grouped(section.name):
        if one.student in counted or one.team is None:
            continue
        if groups.named(one.student, section.name) != one.team.name:
            say(
                f"{one.student} was in group {one.team.name} when {section.name} was graded, is "
                "in it no longer, and has handed in nothing: the group's work stays recorded until "
                "something else is."
            )


def _warm_up(course: Course, imports: tuple[str, ...], options: Options) -> None:
    """Have the warm process begin with its imports before we begin with ours."""
    if options.scheduler is None and not options.cold:
        from course.grading.engine.warmth import WARMTH

        begin_reading()
        WARMTH.begin(imports, options.confinement, [str(course.root)])


def _open_record(course: Course) -> AbstractContextManager[Record]:
    from course.record.store import open_record

    return open_record(course)


def _grade(
    course: Course,
    todo: list[Job],
    options: Options,
    record: Record,
    say: Callable[[str], None],
    trouble: Callable[[CourseError], None],
) -> Iterator[Graded]:
    """Yield attempts as they are recorded; executed notebooks are written before that."""
    from course.grading.engine.tasks import Failed
    from course.grading.packages import read_packages

    sections = dict.fromkeys(job.section for job in todo)
    packages, faulty = read_packages(course, sections, say)
    todo = [job for job in todo if job.section.name in packages]
    if not todo:
        raise faulty[0]
    jobs = {(job.section.name, job.student): job for job in todo}
    for section in dict.fromkeys(job.section for job in todo):
        record.register(section)
    record.name(_named(course, todo), replace=False)
    seed = secrets.randbelow(2**31) if options.seed is None else options.seed
    how = {"sandbox": options.sandbox, "seed": seed}
    gc.freeze()  # what was imported stays: the collector need not look at it again and again
    gc.enable()
    engine = _engine(options, len(todo), say)
    with closing(engine.run(tasks(course, todo, packages, options, seed))) as results:
        for result in results:
            if isinstance(result, Failed):
                result = as_examined(result)
            job = jobs.pop((result.section, result.student))
            for attempt in keep(course, job, result, record, how, _teller(say)):
                standing = record.standing(attempt.student, attempt.section)
                yield Graded(attempt, _total(attempt, standing))
    for error in faulty:  # the other sections are graded all the same
        trouble(error)


def _engine(options: Options, count: int, say: Callable[[str], None]) -> Here | Flow:
    """Return what has so many submissions examined: on this machine, or by a cluster."""
    if options.scheduler is None:
        from course.grading.engine.here import Here

        return Here(min(options.jobs, count))
    from course.grading.engine.flow import Flow

    return Flow(options.scheduler, say=say)


def _total(attempt: Attempt, standing: Standing) -> Total:
    """Return what an attempt counts; by its own verdicts where the gradebook holds no number."""
    try:
        return total(attempt, standing)
    except ValueError:
        rows = attempt.rows
        return Total(sum(row.points for row in rows), sum(row.max_points for row in rows), 0)


def _named(course: Course, todo: list[Job]) -> list[Named]:
    """Return what platforms and lists tell of who is graded."""
    from course.intake.people import everybody

    graded = {student for job in todo for student in job.work.members}
    return [person.named for person in everybody(course) if person.id in graded]

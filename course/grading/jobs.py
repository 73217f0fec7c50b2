"""What is to be graded, and what of it goes to the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course.errors import CourseError
from course.folder import Course, Section
from course.grading.hashes import environment_hash, tests_hash, work_hash
from course.intake.finding import find_file
from course.intake.groups import Groups, Work, works
from course.intake.submissions import Malformed, read_bytes
from course.notebook.writing import END
from course.record.attempts import Hashes, Known
from course.record.table import known_attempts
from course.sandbox.bounds import Bounds, bounds_for

if TYPE_CHECKING:  # slow to import; the warm process is at its own imports meanwhile
    from course.examining.progress import Limits
    from course.grading.engine.tasks import Package, Refused, Task

READY = 2  # sections for which a process stands by: each holds its libraries twice
MISSING = "No notebook was handed in."


@dataclass(frozen=True)
class Job:
    """One submission to be graded."""

    section: Section
    work: Work
    hashes: Hashes

    @property
    def student(self) -> str:
        """Who handed it in."""
        return self.work.student


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes
    ----------
    jobs : int
        Submissions at the same time.
    scheduler : str or None
        Address of a running Dask scheduler; threads of this process when None.
    force : bool
        Grade again what is graded already with the same submission, tests and environment.
    cold : bool
        Start a warm process for each submission, in place of one for all.
    sandbox : bool
        Confine what students' cells can reach; refuse where that does not hold.
    seed : int or None
        Seed of the hidden tests' random cases; drawn when None. A recorded one replays a dispute.
    limits : Limits, optional
    bounds : Bounds, optional
        What a session in the sandbox may use up.
    """

    jobs: int = 2
    scheduler: str | None = None
    force: bool = False
    cold: bool = False
    sandbox: bool = True
    seed: int | None = None
    limits: Limits | None = None
    bounds: Bounds | None = None

    @property
    def confinement(self) -> Bounds | None:
        """What a session may use up in its sandbox, or None where it has none."""
        if not self.sandbox:
            return None
        # The workers of a cluster are nobody's other work.
        return self.bounds or bounds_for(self.jobs)


def works_of(
    course: Course, section: Section, wanted: list[str] | None, groups: Groups
) -> list[Work]:
    """Return what was handed in, or what is of those who are wanted, where they exist."""
    there = works(course, section, groups)
    if wanted is None:
        return there
    teams = groups.of(section)
    for student in wanted:
        team = next((team for team in teams if student in team.members), None)
        if any(student in work.members for work in there):
            continue
        if team is None and not _has_a_folder(course, student, section):
            raise CourseError(
                f"There is no student {student!r} in {course.submitted('x', 'x').parent.parent}.",
                "Give the name of a folder there.",
            )
        there.append(Work(student, team.members if team else (student,), team.name if team else ""))
    return [work for work in there if set(work.members) & set(wanted)]


def _has_a_folder(course: Course, student: str, section: Section) -> bool:
    """Tell whether a folder of ``submitted/`` has this name: no way out of it, and no other."""
    plain = student and not student.startswith(".") and not set(student) & set("/\\\0")
    return bool(plain) and course.submitted(student, section.name).parent.is_dir()


def divide(
    course: Course, chosen: dict[Section, list[Work]], options: Options
) -> tuple[list[Job], dict[str, list[str]]]:
    """Return what is to be graded, and by section who is graded already."""
    todo: list[Job] = []
    kept: dict[str, list[str]] = {}
    for section, there in chosen.items():
        known = known_attempts(course.db_url, section.name) if there else {}
        tests, environment = tests_hash(course, section), environment_hash()
        for work in there:
            hashes = Hashes(work_hash(course, work, section), tests, environment)
            last = [known.get(student) for student in work.members]
            done = not options.force and all(_is_done(one, hashes, options) for one in last)
            if done and all(_are_whole(course, section, student) for student in work.members):
                kept.setdefault(section.name, []).extend(work.members)
            else:
                todo.append(Job(section, work, hashes))
    return todo, kept


def _is_done(last: Known | None, hashes: Hashes, options: Options) -> bool:
    """Tell whether somebody's last attempt is what grading would record again."""
    if last is None or last.hashes != hashes or last.failed_by_us:
        return False
    # What was graded without the sandbox is graded again with it.
    return last.sandbox or not options.sandbox


def _are_whole(course: Course, section: Section, student: str) -> bool:
    """Tell whether the executed notebooks are there, to their ends."""
    folder = course.autograded(student, section.name)
    return all(_is_whole(folder / path.name) for path in section.notebooks)


def _is_whole(path: Path) -> bool:
    """Tell whether a notebook's end is there: a disk that lost power may have cut it off."""
    try:
        with path.open("rb") as file:
            file.seek(-len(END), 2)
            return file.read() == END.encode()
    except OSError:
        return False


def to_come(course: Course) -> list[Section]:
    """Return the sections that something was handed in of last, at most `READY` of them."""
    submitted = course.submitted("x", "x").parent.parent
    last = {}
    for section in course.sections:
        with suppress(OSError):
            times = [path.stat().st_mtime for path in submitted.glob(f"*/{section.name}")]
            last[section] = max(times, default=0.0)
    newest = sorted(filter(last.get, last), key=last.get, reverse=True)
    return newest[:READY]


def imports_of(section: Section) -> tuple[str, ...]:
    """Return what a warm process imports for a section: what its own notebooks do, and no others.

    With more, an answer that forgets an import would pass by what else is graded.
    """
    from course.warm.imports import imports_in

    return imports_in(section.notebooks)


def tasks(
    course: Course,
    todo: Sequence[Job],
    packages: Mapping[str, Package],
    options: Options,
    seed: int,
) -> Iterator[Task]:
    """Yield the tasks one by one; a submission's bytes are read when its turn comes."""
    from course.grading.engine.about import about
    from course.grading.engine.tasks import Task
    from course.grading.limits import limits_for

    limits = options.limits or limits_for(course)
    # Notebooks of one submission share the cores that other submissions leave idle; what a
    # cluster's workers do else is not known here.
    abreast = 1 if options.scheduler else max(1, options.jobs // max(1, len(todo)))
    for job in todo:
        package = packages[job.section.name]
        yield Task(
            job.student,
            package,
            _handed_in(course, job, package),
            limits=limits,
            check_seed=seed,
            bounds=options.confinement,
            private=(str(course.root),),
            cold=options.cold,
            abreast=abreast,
            about=about() if options.scheduler else {},
        )


def _handed_in(course: Course, job: Job, package: Package) -> dict[str, bytes | Refused]:
    from course.grading.engine.tasks import Refused

    names = [path.stem for path in job.section.notebooks]
    folder = course.submitted(job.student, job.section.name)
    found: dict[str, bytes | Refused] = {}
    for name in names:
        if reason := package.unfit.get(name):
            found[name] = Refused("error", reason)
            continue
        try:
            found[name] = read_bytes(find_file(folder, name, names=names))
        except FileNotFoundError:
            found[name] = Refused("missing", MISSING)
        except Malformed as error:
            found[name] = Refused("malformed", str(error))
    return found

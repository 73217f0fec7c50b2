"""Commands for whoever grades: submissions in, verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.machine import warm
from course.commands.options import (
    Jobs,
    Json,
    OwnFolder,
    Quiet,
    Sections,
    Students,
    add,
    finish,
    flag,
    opened,
)

if TYPE_CHECKING:  # nbgrader takes seconds to import
    from course.folder import Course, Section
    from course.grading.grade import Options
    from course.intake.enrolling import Enrolled
    from course.intake.groups import Groups


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "collect": (
            collect,
            "course collect moodle-download.zip",
            "course collect anna.ipynb --student anna --section 02-convolution",
            "course collect --roster canvas-gradebook.csv",
        ),
        "grade": (
            grade,
            "course grade 02-convolution",
            "course grade --student anna --json verdicts.jsonl",
            "course grade --scheduler tcp://10.0.0.7:8786",
            "course grade --watch ~/Downloads/handed-in",
        ),
        "warm": (warm, "course warm", "course warm --minutes 480", "course warm --end"),
    }
    add(app, "Submissions", commands)


def collect(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="A folder, zip or tar from your LMS, or a notebook."),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Who is in the class: a CSV of Canvas or Moodle, or your own."
        ),
    ] = None,
    section: Annotated[
        str | None,
        typer.Option(metavar="SECTION", help="Where the files do not tell; others are refused."),
    ] = None,
    student: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Who handed in all of it, whatever names stand within."),
    ] = None,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Take submissions from downloads of your LMS into submitted/STUDENT/SECTION/."""
    from course.errors import FOUND, CourseError
    from course.intake import collect, enrolling, taken
    from course.intake.groups import NONE, read_groups

    found, picked = opened([section] if section else None)
    if not paths and roster is None:
        raise CourseError("There is nothing to collect.", "Give a PATH, or --roster FILE.")
    where = picked[0] if section else None
    enrolled = enrolling.enrol(found, roster, where) if roster else None
    with console.answers(json) as answer, console.progress("Collecting") as report:
        results = collect.collect(
            found,
            paths or [],
            section=where,
            student=student,
            report=report,
        )
        for one in results:
            answer(one)
    groups, wrong = NONE, None
    try:  # after what came was taken in: it may be the first of somebody who is in a group
        groups = read_groups(found)
    except CourseError as error:
        wrong = error
    if paths and not results:
        raise CourseError(
            f"Nothing that was handed in is in {', '.join(map(str, paths))}.",
            "Give what your LMS exports: a folder, zip or tar with notebooks, or a notebook.",
            code=FOUND,
        )
    if paths:
        console.show(taken.table(results, groups))
    if enrolled:
        _show_missing(found, picked, enrolled, groups)
    if groups:
        came = {one.section for one in results if isinstance(one, taken.Collected)}
        _show_outdone(found, came, groups)
    refused = [one for one in results if isinstance(one, taken.Refused)]
    for one in refused:
        (console.note if one.harmless else console.complain)(str(one))
    for note in enrolled.notes if enrolled else ():
        console.complain(note)
    if wrong:
        console.complain(str(wrong))
    finish(wrong or [one for one in refused if not one.harmless] or (enrolled and enrolled.notes))


def _show_outdone(course: Course, names: set[str], groups: Groups) -> None:
    """Say of which groups several have handed in."""
    from course.intake.groups import outdone, works

    for section in (section for section in course.sections if section.name in names):
        for told in filter(None, (outdone(section, w) for w in works(course, section, groups))):
            console.note(told)


def _show_missing(
    course: Course, sections: list[Section], enrolled: Enrolled, groups: Groups
) -> None:
    """Say who of a list has handed in nothing, by section; nothing of sections nobody has."""
    console.show(escape(f"{len(enrolled.people)} in the list"))
    for section in sections:
        missing = enrolled.without(course, section, groups)
        if 0 < len(missing) < len(enrolled.people):
            names = ", ".join(f"{person.called} ({person.id})" for person in missing)
            console.show(escape(f"{section.name} is missing from {len(missing)}: {names}"))


def grade(
    sections: Sections = None,
    students: Students = None,
    jobs: Jobs = 2,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of a running Dask scheduler: tcp://HOST:PORT.",
        ),
    ] = None,
    force: Annotated[bool, flag("--force", help="Grade again what has not changed since.")] = False,
    cold: Annotated[
        bool, flag("--cold", help="Start each one from nothing, in place of a warm process's fork.")
    ] = False,
    no_sandbox: Annotated[
        bool, flag("--no-sandbox", help="Confine nothing: only for answers that you trust.")
    ] = False,
    watch: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Take in and grade what comes into a folder, until Ctrl-C."
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=2**31 - 1,
            help="Grade again, by the seed that --json told of an attempt.",
        ),
    ] = None,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Grade submissions and record the verdicts."""
    from dataclasses import asdict

    from course.errors import CourseError
    from course.grading import grade

    found, picked = opened(sections)
    again = force or seed is not None  # what is recorded stays by its own seed
    options = grade.Options(jobs, scheduler, again, cold, not no_sandbox, seed)
    if watch is not None:
        _watch(found, picked, watch, options, json)
        return
    summary, broken = [], []
    faulty: list[CourseError] = []
    with console.answers(json) as answer, console.progress("Grading", rate=True) as report:
        count = {"done": 0, "total": 0}

        def plan(total: int) -> None:
            count["total"] = total
            report("submissions", 0, total)

        told = {"students": students, "plan": plan, "say": console.note}
        told["trouble"] = faulty.append
        for one in grade.grading(found, picked, options, **told):
            count["done"] += 1
            report("submissions", count["done"], count["total"])
            summary.append(grade.summary(one))
            for row in one.attempt.rows:
                answer(asdict(row) | one.attempt.circumstances)
                if row.verdict == "error":
                    broken.append(row)
    from course.commands import tables  # last: it needs what is slow to import

    console.show(tables.graded(summary))
    inside = sum(one.inside for one in summary)
    if inside and found.inside == "tell":
        console.note(
            f"Judged inside students' own processes, where who knows how can make a test pass: "
            f"{inside} verdicts. `course check` says why."
        )
    if unconfined := sum(not one.sandboxed for one in summary):
        console.complain(f"Graded without a sandbox: {unconfined} of {len(summary)}.", "yellow")
    for row in broken:
        console.complain(f"{row.student}, {row.section}, {row.exercise}: {row.message}")
    for error in faulty:
        console.complain(str(error))
    finish(broken or faulty)


def _watch(
    course: Course, sections: list[Section], folder: Path, options: Options, json: Path | None
) -> None:
    """Grade what comes in until somebody ends it; a line for each submission."""
    from dataclasses import asdict

    from course.grading import grade, watching

    watching.require_watchable(course, folder)
    console.note(f"Waiting for what comes into {folder}. Ctrl-C ends it.")
    told = {"say": console.note, "refused": lambda one: console.complain(str(one))}
    told["trouble"] = lambda error: console.complain(str(error))
    with console.answers(json) as answer:
        for one in watching.watching(course, sections, folder, options, **told):
            about = grade.summary(one)
            console.show(
                escape(
                    f"{about.student}  {f'{about.group}  ' if about.group else ''}{about.section}"
                    f"  {about.points:g} of {about.max_points:g}"
                    f"  {about.verdicts}"
                )
            )
            for row in one.attempt.rows:
                answer(asdict(row) | one.attempt.circumstances)

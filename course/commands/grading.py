"""Commands for whoever grades: submissions in, verdicts, feedback, marks out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.options import (
    Jobs,
    Json,
    OwnFolder,
    Quiet,
    Sections,
    Students,
    examples,
    finish,
    flag,
    opened,
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "collect": (
            collect,
            "course collect moodle-download.zip",
            "course collect anna.ipynb --student anna --section 02-convolution",
        ),
        "grade": (
            grade,
            "course grade 02-convolution",
            "course grade --student anna --json verdicts.jsonl",
            "course grade --scheduler tcp://10.0.0.7:8786",
        ),
        "feedback": (feedback, "course feedback 02-convolution"),
        "export": (export, "course export --format csv --out marks.csv"),
    }
    for name, (function, *lines) in commands.items():
        app.command(name, epilog=examples(*lines), rich_help_panel="Submissions")(function)


def collect(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="A folder, zip or tar from your LMS, or a notebook."),
    ],
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
    from course.intake import collect, taken

    found, picked = opened([section] if section else None)
    with console.answers(json) as answer, console.progress("Collecting") as report:
        results = collect.collect(
            found,
            paths,
            section=picked[0] if section else None,
            student=student,
            report=report,
        )
        for one in results:
            answer(one)
    console.show(taken.table(results))
    refused = [one for one in results if isinstance(one, taken.Refused)]
    for one in refused:
        (console.note if one.harmless else console.complain)(str(one))
    finish([one for one in refused if not one.harmless])


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
        bool, flag("--cold", help="Start each one afresh, in place of a warm process's fork.")
    ] = False,
    no_sandbox: Annotated[
        bool, flag("--no-sandbox", help="Confine nothing: only for answers that you trust.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(metavar="N", help="Replay an attempt: the seed that --json told of it."),
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
    options = grade.Options(jobs, scheduler, force, cold, not no_sandbox, seed)
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


def feedback(
    sections: Sections = None,
    students: Students = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write a page a student: the task, the answer, the verdict, the diagnosis."""
    from course.errors import CourseError
    from course.returns import feedback

    found, picked = opened(sections)
    spoilt: list[CourseError] = []
    with console.progress("Writing pages") as report:
        count = iter(range(1, 10**9))
        pages = feedback.feedback(
            found,
            picked,
            students=students,
            report=lambda page: report("pages", next(count), 0),
            trouble=spoilt.append,
        )
    where = found.feedback("x", "x").parent.parent
    console.show(escape(f"{len(pages)} {'page' if len(pages) == 1 else 'pages'} in {where}"))
    for one in spoilt:
        console.complain(str(one))
    finish(spoilt)


def export(
    sections: Sections = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="csv or json.")] = "csv",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write; stdout by default.")
    ] = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write the marks as a table or as JSON."""
    from course.errors import CourseError
    from course.files import write_atomically
    from course.returns import export

    if form not in export.FORMATS:
        raise CourseError(
            f"There is no format {form!r}.", f"The formats are: {', '.join(export.FORMATS)}."
        )
    spoilt: list[CourseError] = []
    text = export.FORMATS[form](export.marks(*opened(sections), trouble=spoilt.append))
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomically(out, text)
        console.note(f"Written: {out}")
    for one in spoilt:
        console.complain(str(one))
    finish(spoilt)

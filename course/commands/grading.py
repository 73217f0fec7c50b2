"""Commands for whoever grades: submissions in, verdicts, feedback, marks out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

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
    opened,
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help."""
    app.command(
        "collect",
        epilog=examples(
            "course collect moodle-download.zip",
            "course collect anna.ipynb --student anna --section 02-convolution",
        ),
    )(collect)
    app.command(
        "grade", epilog=examples("course grade 02-convolution", "course grade --student anna")
    )(grade)
    app.command("feedback", epilog=examples("course feedback 02-convolution"))(feedback)
    app.command("export", epilog=examples("course export --format csv --out marks.csv"))(export)


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
        typer.Option(metavar="ID", help="Whose it is, where the files do not tell."),
    ] = None,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Take submissions from downloads of your LMS into submitted/STUDENT/SECTION/."""
    from course import collect

    opened_course, picked = opened([section] if section else None)
    with console.answers(json) as answer, console.progress("Collecting") as report:
        taken = collect.collect(
            opened_course,
            paths,
            section=picked[0] if section else None,
            student=student,
            report=report,
        )
        for one in taken:
            answer(one)
    console.show(collect.table(taken))
    refused = [one for one in taken if isinstance(one, collect.Refused)]
    for one in refused:
        (console.note if one.harmless else console.complain)(str(one))
    finish([one for one in refused if not one.harmless])


def grade(
    sections: Sections = None,
    students: Students = None,
    jobs: Jobs = 2,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed since.")
    ] = False,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Grade submissions and record the verdicts."""
    from dataclasses import asdict

    from course import grade

    opened_course, picked = opened(sections)
    with console.answers(json) as answer, console.progress("Grading") as report:
        done = []

        def count(total: int) -> None:
            report("submissions", 0, total)
            done.append(total)

        def graded(one: grade.Graded) -> None:
            for row in one.attempt.rows:
                answer(asdict(row))

        results = grade.grade(
            opened_course,
            picked,
            students=students,
            jobs=jobs,
            force=force,
            plan=count,
            report=graded,
        )


def feedback(
    sections: Sections = None,
    students: Students = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write a page a student: the task, the answer, the verdict, the diagnosis."""
    from course import feedback

    pages = feedback.feedback(*opened(sections), students=students)
    console.show(f"{len(pages)} pages")


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
    from course import export
    from course.errors import CourseError
    from course.files import write_atomically

    if form not in export.FORMATS:
        raise CourseError(
            f"There is no format {form!r}.", f"The formats are: {', '.join(export.FORMATS)}."
        )
    text = export.FORMATS[form](export.marks(*opened(sections)))
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomically(out, text)
        console.note(f"Written: {out}")

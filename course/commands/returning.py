"""Commands that give back what was graded: pages of feedback, marks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.options import (
    OwnFolder,
    Quiet,
    Sections,
    Students,
    add,
    finish,
    flag,
    opened,
    require_file,
)

if TYPE_CHECKING:  # nbgrader takes seconds to import
    from course.folder import Course, Section


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "feedback": (
            feedback,
            "course feedback 02-convolution",
            "course feedback 02-convolution --zip to-upload.zip",
        ),
        "report": (
            report,
            "course report",
            "course report 02-convolution --roster gradebook.csv --out class.html",
        ),
        "export": (
            export,
            "course export --format csv --out marks.csv",
            "course export 02 --format moodle --into worksheet.csv --out upload.csv",
            "course export --format canvas --into gradebook.csv --out upload.csv",
        ),
    }
    add(app, "Submissions", commands)


def feedback(
    sections: Sections = None,
    students: Students = None,
    archive: Annotated[
        Path | None,
        typer.Option(
            "--zip",
            metavar="FILE",
            help="Also pack a section's pages as Moodle or Canvas take them.",
        ),
    ] = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write each student a page: the task, the answer, the verdict, the diagnosis."""
    from course.errors import CourseError
    from course.returns import feedback, indexes

    found, picked = opened(sections)
    if archive is not None and len(picked) != 1:
        raise CourseError("--zip packs the pages of one section.", "Name it.")
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
        told = set(map(str, spoilt))
        *_, whole = indexes.indexes(
            found,
            students=students,
            report=report,
            trouble=lambda error: None if str(error) in told else spoilt.append(error),
        )
    where = found.path("feedback", ".")
    console.show(escape(f"{len(pages)} {'page' if len(pages) == 1 else 'pages'} in {where}"))
    console.show(escape(f"For you, with links to all of them: {whole}"))
    if archive is not None:
        _pack(found, picked[0], pages, archive)
    for one in spoilt:
        console.complain(str(one))
    finish(spoilt)


def _pack(course: Course, section: Section, pages: list[Path], archive: Path) -> None:
    from course.intake.people import everybody
    from course.returns.pages import pack

    left_out = pack(course, section, pages, everybody(course), archive)
    console.note(f"Written: {archive}")
    if left_out:
        console.complain(
            f"Not in it, as no download of a platform told how it names their files: "
            f"{', '.join(left_out)}.",
            "yellow",
        )


def report(
    sections: Sections = None,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who is in the class: a CSV of Canvas or Moodle."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the page.")] = Path(
        "report.html"
    ),
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write a page that shows how the class did: for you, not for students."""
    from course.errors import CourseError
    from course.files import write_where_told
    from course.intake.enrolling import enrol
    from course.intake.people import everybody
    from course.returns.report import report

    require_file(out)
    found, picked = opened(sections)
    notes = enrol(found, roster).notes if roster else []
    spoilt: list[CourseError] = []
    people = [person.named for person in everybody(found)]
    write_where_told(out, report(found, picked, people, trouble=spoilt.append))
    console.note(f"Written: {out}")
    for one in (*notes, *map(str, spoilt)):
        console.complain(one)
    finish(notes or spoilt)


def export(
    sections: Sections = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="csv, json, attempts, canvas or moodle."),
    ] = "csv",
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Canvas's grade book, or Moodle's grading worksheet, to fill in."
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="NAME", help="Canvas's column, one for each section."),
    ] = None,
    scale: Annotated[
        bool, flag("--scale", help="In proportion to the platform's full marks.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write; stdout by default.")
    ] = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write the marks: a table, JSON, or what Canvas and Moodle take."""
    from course.errors import CourseError
    from course.files import write_where_told
    from course.returns import formats

    asked = formats.Asked(into, columns, scale)
    chosen = formats.chosen(form, asked)
    found, picked = opened(sections)
    spoilt: list[CourseError] = []
    made = chosen.write(found, picked, asked, spoilt.append)
    if out is None or str(out) == "-":
        sys.stdout.write(made.text)
    else:
        write_where_told(out, made.text)
        console.note(", ".join(filter(None, (f"Written: {out}", made.about))))
    for note in made.notes:
        console.complain(note, "yellow")
    for one in spoilt:
        console.complain(str(one))
    finish(spoilt)

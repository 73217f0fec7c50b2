"""Commands for whoever sets a machine up and looks around on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from course import console
from course.commands.options import (
    Jobs,
    Json,
    OwnFolder,
    Quiet,
    finish,
    flag,
    opened_course,
)
from course.errors import CourseError

if TYPE_CHECKING:
    from course.grading.grade import Graded

ReadyFor = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SECTION",
        help="Names or numbers, four at most; the two handed in of last when left out.",
    ),
]


def doctor(json: Json = None, course: OwnFolder = None, quiet: Quiet = False) -> None:
    """Say what works on this machine, and how to mend what does not."""
    from course.doctor import report as doctor

    with console.answers(json) as answer, console.progress("Looking") as report:
        probes = doctor.doctor(_course_if_any(), report=report)
        for probe in probes:
            answer(probe)
    console.show(doctor.table(probes))
    failed = [p for p in probes if p.state == "fail"]
    for probe in failed:
        console.complain(f"{probe.name}: {probe.value}. {probe.remedy}")
    finish(failed)


def _course_if_any() -> object:
    """Return the course, or None outside of one or where its libraries are missing."""
    try:
        return opened_course()
    except (CourseError, ImportError):
        return None


def warm(
    sections: ReadyFor = None,
    minutes: Annotated[
        float,
        typer.Option(metavar="N", min=0.1, help="It ends by itself after so long without use."),
    ] = 60,
    stop: Annotated[
        bool, flag("--end", help="End it, when the last grader that uses it is done.")
    ] = False,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Keep a warm process for graders to come: each begins without its slow imports."""
    from course.grading.jobs import imports_of, to_come
    from course.sandbox import outer
    from course.warm import ready

    if stop:
        ended = ready.end()
        console.show(f"Ended: {ended}." if ended else "There was none.")
        return
    found = opened_course()
    chosen = found.pick(sections) if sections else to_come(found)
    if len(chosen) > ready.SECTIONS:
        raise CourseError(
            f"{len(chosen)} sections are too many to be ready for: each holds its libraries twice.",
            f"Name {ready.SECTIONS} at most.",
        )
    outer.require()
    pid = ready.start(minutes, str(found.root))
    ready.prepare(*map(imports_of, chosen))
    names = " ".join(section.name for section in chosen)
    until = f"until {minutes:g} minutes have passed unused"
    console.show(
        f"{pid} stands by for `course grade {names}`, {until}."
        if chosen
        else f"{pid} stands by, {until}. Nothing is handed in: name the sections to be ready for."
    )


def data(
    size: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help=r"full: as published; small: a tenth.  \[default: full]"),
    ] = None,
    root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=r"Where the tree goes.  \[default: the course's folder]"),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Convert CASIA's own files: .gnt or pictures."),
    ] = None,
    jobs: Jobs = 2,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Write the handwriting as a tree of pictures, CASIA-Dataset/, or what is missing of it."""
    from course.dataset import make

    found = _course_if_any()
    root = root or (found.root if found else Path.cwd())
    with console.answers(json) as answer, console.progress("Drawing", rate=True) as report:
        sets = make.data(root, size=size, source=source, jobs=jobs, report=report)
        for one in sets:
            answer(one)
    console.show(make.table(sets))
    there = "" if any(one.written for one in sets) else " All was there already."
    console.show(escape(f"In {root.resolve()}.{there}"))
    missing = [sentence for one in sets for sentence in make.gaps(one)]
    for sentence in missing:
        console.complain(sentence)
    finish(missing)


def lab(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="-- OPTION", help="Given to JupyterLab as it is.")
    ] = None,
    instructor: Annotated[
        bool, flag("--instructor", help="Open the course itself, with formgrader.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535)] = 8888,
    browser: Annotated[
        bool, flag("--browser/--no-browser", help="Open a browser window, as by default.")
    ] = True,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Open JupyterLab on work/, your own copy of the released notebooks."""
    from course.lab import jupyterlab

    finish(
        jupyterlab.lab(
            opened_course(),
            instructor=instructor,
            port=port,
            browser=browser,
            arguments=arguments or [],
            say=console.note,
        )
    )


def demo(
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="An empty folder for it; a temporary one by default."),
    ] = None,
    jobs: Jobs = 2,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Take sample submissions through release, collect, grade, feedback and export."""
    from course.commands import tables
    from course.demo import loop

    def graded(one: Graded) -> None:
        points, of = (
            sum(getattr(r, k) for r in one.attempt.rows) for k in ("points", "max_points")
        )
        console.note(f"     {one.attempt.student}, {one.attempt.section}: {points:g} of {of:g}")

    done = loop.demo(opened_course(), out, jobs=jobs, say=console.note, graded=graded)
    console.show("")
    console.show(tables.demo(done))
    for what, path in tables.places(done):
        console.show(f"{what:<16}{escape(str(path))}")
    console.show(escape(f"Written ones:   course mark --course {done.root}"))
    console.show(escape(f"Formgrader:     course lab --instructor --course {done.root}"))

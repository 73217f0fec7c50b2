"""Commands for whoever writes, checks and reads the notebooks."""

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
    Sections,
    examples,
    finish,
    flag,
    opened,
    opened_course,
)

if TYPE_CHECKING:
    from course.grading.grade import Graded


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "doctor": (doctor, "course doctor"),
        "list": (list_, "course list", "course list --json - | jq .points"),
        "data": (data, "course data --size small", "course data --from ~/CASIA --root /srv/data"),
        "release": (release, "course release 02-convolution", "course release --check"),
        "check": (check, "course check 02 --jobs 2"),
        "run": (run, "course run 02-convolution", "course run --released --out build/released"),
        "lab": (lab, "course lab", "course lab --instructor -- --ip 0.0.0.0"),
        "demo": (demo, "course demo", "course demo --out sample-course"),
    }
    for name, (function, *lines) in commands.items():
        app.command(name, epilog=examples(*lines), rich_help_panel="Lessons")(function)


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
    from course.errors import CourseError

    try:
        return opened_course()
    except (CourseError, ImportError):
        return None


def list_(
    sections: Sections = None, json: Json = None, course: OwnFolder = None, quiet: Quiet = False
) -> None:
    """List the sections with minutes, points and exercises."""
    from course.authoring import listing

    with console.answers(json) as answer:
        rows = listing.list_sections(*opened(sections))
        for row in rows:
            answer(row)
    console.show(listing.table(rows))
    broken = [row for row in rows if row.problem]
    for row in broken:
        console.complain(row.problem)
    finish(broken)


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


def release(
    sections: Sections = None,
    check: Annotated[
        bool, flag("--check", help="Change nothing; fail when release/ has drifted.")
    ] = False,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Make the student versions in release/ from the notebooks in source/."""
    from course.authoring import release

    with console.answers(json) as answer, console.progress("Releasing") as report:
        made = release.release(*opened(sections), check=check, report=report)
        for one in made:
            answer(one)
    drifted = [one for one in made if isinstance(one, release.Drift)]
    for drift in drifted:
        console.complain(f"{drift}. Run `course release {drift.section}`.")
        console.detail(escape(drift.diff))
    if not check:
        for one in made:
            files = "1 file" if len(one.files) == 1 else f"{len(one.files)} files"
            changed = "written" if one.changed else "unchanged"
            console.show(escape(f"{one.folder}: {changed}, {files}"))
    elif not drifted:
        console.show("[green]release/ is up to date.[/]")
    finish(drifted)


def check(
    sections: Sections = None,
    jobs: Jobs = 1,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Check every exercise against its solution, its stub and its mistakes."""
    from course import gate

    with console.answers(json) as answer, console.progress("Checking") as report:
        found = gate.check(*opened(sections), jobs=jobs, report=report)
        for finding in found:
            answer(finding)
    for finding in found:
        console.complain(str(finding), style="")
    console.show("[green]Nothing found.[/]" if not found else f"{len(found)} found.")
    finish(found)


def run(
    sections: Sections = None,
    released: Annotated[
        bool, flag("--released", help="Run the student versions in release/.")
    ] = False,
    profile: Annotated[
        str, typer.Option(metavar="PROFILE", help="fast: minutes; full: the reference.")
    ] = "fast",
    jobs: Jobs = 2,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=r"Where executed notebooks go.  \[default: build/run]"),
    ] = None,
    cold: Annotated[
        bool, flag("--cold", help="A fresh kernel for each, in place of a warm process's fork.")
    ] = False,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Run notebooks from top to bottom and say which failed, and how long each took."""
    from course.running import run, times

    found, picked = opened(sections)
    out = out or found.root / "build" / "run"
    options = {"released": released, "profile": profile, "jobs": jobs, "out": out, "cold": cold}
    with console.answers(json) as answer, console.progress("Running") as report:
        results = run.run(found, picked, **options, report=report)
        for result in results:
            answer(times.record(result))
    times.save(results, out)
    console.show(times.table(results))
    for text in times.notes(results):
        console.note(text)
    failed = [result for result in results if result.failure]
    for result in failed:
        console.complain(times.sentence(result))
        console.detail(times.details(result))
    finish(failed)


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
    console.show(escape(f"Formgrader:     course lab --instructor --course {done.root}"))

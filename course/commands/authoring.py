"""Commands for whoever writes and checks the notebooks."""

from __future__ import annotations

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
    finish,
    flag,
    opened,
)


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


def release(
    sections: Sections = None,
    check: Annotated[
        bool, flag("--check", help="Change nothing; fail when release/ has drifted.")
    ] = False,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Make the student versions in release/ from source/, and seal the words of mistakes."""
    from course.authoring import outline, release
    from course.drafting.left import left
    from course.errors import CourseError
    from course.sealing import tables

    refused: list[CourseError] = []
    with console.answers(json) as answer, console.progress("Releasing") as report:
        found, picked = opened(sections)
        options = {"check": check, "report": report, "trouble": refused.append}
        made = release.release(found, picked, **options)
        made += outline.outline(found, picked, **options)
        made += tables.seal(found, picked, **options)
        for one in made:
            answer(one)
    if len(set(map(str, refused))) == 1 and not made:
        raise refused[0]
    for text in dict.fromkeys(map(str, refused)):  # one file may stop the one and the other
        console.complain(text)
    drifted = [one for one in made if isinstance(one, release.Drift)]
    for drift in drifted:
        console.complain(f"{drift}. Run `course release {drift.section}`.")
        console.detail(escape(drift.diff))
    if not check:
        for one in made:
            changed = "written" if one.changed else "unchanged"
            if isinstance(one, outline.Outlined):
                if one.changed:
                    told = f"{one.exercises} exercises for checks.summary"
                    console.show(escape(f"{one.file}: {changed}, {told}"))
                continue
            if isinstance(one, tables.Sealed):
                told = f"{one.named} of {one.mistakes} mistakes show in a notebook"
                if one.mistakes or one.changed:
                    console.show(escape(f"{one.file}: {changed}, {told}"))
                for reason in one.left_out:
                    console.note(escape(f"{one.section}: {reason}."))
                continue
            files = "1 file" if len(one.files) == 1 else f"{len(one.files)} files"
            console.show(escape(f"{one.folder}: {changed}, {files}"))
    elif not drifted and not refused:
        console.show("[green]release/ is up to date.[/]")
    for section in picked:
        if count := left(found, section):
            told = f"{count} blanks are left, and students see those that are not hidden"
            console.note(f"{section.name}: {told}. `course check {section.name}` names each.")
    finish(drifted or refused)


def check(
    sections: Sections = None,
    executed: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="What `course run --out DIR` wrote; run now when left out."
        ),
    ] = None,
    jobs: Jobs = 2,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Check every exercise against its solution, its stub and its mistakes."""
    from course import gate

    with console.answers(json) as answer, console.progress("Checking") as report:
        checked = opened(sections)
        found = gate.check(*checked, jobs=jobs, executed=executed, report=report)
        for finding in found:
            answer(finding)
    counted = [finding for finding in found if not finding.style]
    for finding in counted:
        console.complain(str(finding), style="")
    if style := gate.sum_up(found):
        console.note(style)
    notes = (gate.unfilled(found), gate.drafts(checked[1]), gate.open_claims(*checked))
    for note in filter(None, notes):
        console.note(note)
    console.show("[green]Nothing found.[/]" if not counted else f"{len(counted)} found.")
    finish(counted)


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


def site(
    sections: Sections = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=r"Where the pages go.  \[default: build/site]"),
    ] = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="What `course run --released --out DIR` wrote; run now when left out.",
        ),
    ] = None,
    jobs: Jobs = 2,
    json: Json = None,
    course: OwnFolder = None,
    quiet: Quiet = False,
) -> None:
    """Make static pages of the lessons as they run, without solutions, and of docs/."""
    from course.site import build

    found, picked = opened(sections)
    out = out or found.root / "build" / "site"
    with console.answers(json) as answer, console.progress("Making pages") as report:
        options = {"notebooks": notebooks, "jobs": jobs, "report": report}
        made = build.build(found, picked, out, **options)
        answer(made)
    heaviest = max(made.pages, key=made.pages.get)
    console.show(
        escape(
            f"{made.folder}: {len(made.pages)} pages. The first one and what it loads take "
            f"{made.pages['index.html'] / 1e6:.1f} MB; the heaviest is {heaviest}, "
            f"{made.pages[heaviest] / 1e6:.1f} MB."
        )
    )

"""`course check`: hold the sections to every rule."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

from nbformat import NotebookNode

from course.console import Report
from course.errors import CourseError
from course.examining.opening import Source, session_for, session_source
from course.examining.rehearsal import placed
from course.folder import Course, Section
from course.gate.blanks import has_blanks
from course.gate.evidence import Evidence
from course.gate.findings import Finding, rules_for
from course.gate.giveaways import Probe
from course.gate.lesson import Chapter, Lesson
from course.gate.needs import can_be_run
from course.gate.plain import read_run, run_plainly
from course.gate.rehearsal import Rehearsal
from course.notebook.mistakes import Mistake
from course.notebook.reading import read_source
from course.notebook.versions import solved_version, student_version

READABLE = "readable"


def check(
    course: Course,
    sections: list[Section],
    *,
    jobs: int = 1,
    run: bool = True,
    executed: Path | None = None,
    report: Report = lambda name, done, total: None,
) -> list[Finding]:
    """Return what is wrong with some sections.

    Parameters
    ----------
    course : Course
    sections : list of Section
    jobs : int
        Notebooks that run at the same time.
    run : bool
        Run the notebooks; without it only what can be seen in the files is looked at.
    executed : Path, optional
        What ``course run --out`` wrote of these very notebooks: they are not run once more. Their
        exercises are tried all the same.
    report : callable
        Told a notebook's name, steps done, steps in all.

    Returns
    -------
    list of Finding
        In the order of sections, notebooks and cells.

    Raises
    ------
    CourseError
        When `jobs` is no number of jobs, no notebook can be run here, or one was not executed.
    """
    if jobs < 1:
        raise CourseError(f"--jobs {jobs} is too few.", "Give 1 or more.")
    findings: list[Finding] = []
    chapters = [_open(course, section, findings) for section in sections]
    for chapter in chapters:
        for lesson in chapter.lessons:
            findings += _apply(lesson, lesson)
        findings += _apply(chapter, chapter)
    if run:
        runnable = [one for one in chapters if not has_blanks(one)]
        findings += _run_all(runnable, jobs, executed, report)
    return _in_order(findings, chapters)


def _open(course: Course, section: Section, findings: list[Finding]) -> Chapter:
    """Return a section's readable notebooks; what cannot be read is a finding."""
    lessons, complete = [], True
    try:
        paths = section.notebooks
    except CourseError as error:
        findings.append(Finding(section.name, "", "", READABLE, error.what, error.remedy))
        return Chapter(course, section, (), complete=False)
    for path in paths:
        lesson = Lesson(course, section, path)
        try:
            _ = lesson.nb, lesson.raw, read_source(path, course.config)
        except CourseError as error:
            found = Finding(section.name, path.name, "", READABLE, error.what, error.remedy)
            findings.append(found)
            complete = False
        else:
            lessons.append(lesson)
    return Chapter(course, section, tuple(lessons), complete)


def _apply(subject: Lesson | Chapter | Evidence, where: Lesson | Chapter) -> Iterator[Finding]:
    house = bool(where.course.syllabus)
    own = where.path.name if isinstance(where, Lesson) else ""
    for rule in rules_for(subject, house=house):
        for cell, message, remedy, file in rule.find(subject):
            file = own if file is None else file
            style = rule.style and not house
            yield Finding(where.section.name, file, cell, rule.name, message, remedy, style)


def _run_all(
    chapters: list[Chapter], jobs: int, executed: Path | None, report: Report
) -> list[Finding]:
    todo = [
        (chapter, lesson)
        for chapter in chapters
        for lesson in chapter.lessons
        if lesson.student is not None and can_be_run(lesson)
    ]
    if not todo:
        return []
    ran = [executed and read_run(x.section.name, x.path, executed) for _, x in todo]
    over = Event()
    with session_source([lesson.nb for _, lesson in todo]) as sessions:
        one = partial(_run, sessions, over, report, min(jobs, len(todo)))
        with ThreadPoolExecutor(jobs) as pool:
            try:
                found = list(pool.map(one, *zip(*todo, strict=True), ran))
            except BaseException:  # Ctrl-C above all: notebooks end with the cell they are at
                over.set()
                pool.shutdown(cancel_futures=True)
                raise
    return [finding for some in found for finding in some]


def _run(
    sessions: Source,
    over: Event,
    report: Report,
    jobs: int,
    chapter: Chapter,
    lesson: Lesson,
    ran: tuple[NotebookNode, str] | None,
) -> list[Finding]:
    nb = read_source(lesson.path, lesson.course.config)
    name = f"{lesson.section.name}/{lesson.path.name}"
    total, done = len(lesson.code) + len(lesson.automatic), 0

    def step() -> None:
        nonlocal done
        if over.is_set():
            raise CancelledError
        done += 1
        report(name, min(done, total), total)

    report(name, 0, total)
    executed, stopped = ran or run_plainly(
        solved_version(nb), lesson.section.folder, lesson.course.root, step, jobs
    )
    open_session = partial(session_for, lesson.section, sessions)
    placement = placed(nb, lesson.course.inside, open_session)
    evidence = Evidence(lesson, executed, stopped, placement=placement)
    probe = Probe(lesson.course.root)
    rehearsal = Rehearsal(nb, open_session, probe, mistakes=_mistakes(chapter))
    rehearsal.run(evidence, student_version(nb), step)
    report(name, total, total)
    return list(_apply(evidence, lesson))


def _mistakes(chapter: Chapter) -> list[Mistake]:
    try:
        return chapter.mistakes
    except CourseError:
        return []  # the rule "mistakes-readable" says so


def _in_order(findings: list[Finding], chapters: list[Chapter]) -> list[Finding]:
    places: dict[tuple[str, str, str], int] = {}
    for chapter in chapters:
        for lesson in chapter.lessons:
            for number, cell in enumerate(lesson.nb.cells):
                places[chapter.section.name, lesson.path.name, cell.id] = number
    order = {chapter.section.name: number for number, chapter in enumerate(chapters)}

    def place(finding: Finding) -> tuple:
        cell = places.get((finding.section, finding.notebook, finding.cell), -1)
        return order[finding.section], finding.notebook, cell

    return sorted(findings, key=place)

"""A worker's part: examine one submission."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from functools import lru_cache, partial
from socket import gethostname
from tempfile import gettempdir

from helpers.checks.words import in_words

import nbformat
from nbformat import NotebookNode

from course import faults
from course.errors import FOUND, CourseError
from course.examining.added import answer_cells
from course.examining.examine import examine
from course.examining.opening import cold_session, folder_of
from course.examining.placement import told_by_text
from course.examining.progress import Outcome
from course.examining.rebuild import Rebuilder, Rebuilt, stub_notebook
from course.files import is_full
from course.grading.engine.about import check_about
from course.grading.engine.places import PLACES
from course.grading.engine.tasks import Examined, Refused, RowMaker, Task, row_maker, rows_of_all
from course.grading.engine.warmth import WARMTH
from course.harmless.executed import make_harmless
from course.intake.submissions import Malformed, parse_submission
from course.notebook.cells import grade_id
from course.notebook.exercises import Exercise
from course.notebook.mistakes import Mistake
from course.notebook.provenance import write_script
from course.notebook.writing import in_lines
from course.record.attempts import Row
from course.session import Session


def examine_task(task: Task) -> Examined:
    """Examine one submission; whatever it holds, an answer comes back.

    Raises
    ------
    CourseError
        When this worker's versions are not the coordinator's, its sandbox does not hold, or its
        disk is full: the same for every submission, and no verdict on any.
    """
    check_about(task.about)
    faults.point("worker-begins")
    with _room():
        return _examine(task)


def _examine(task: Task) -> Examined:
    foresee(tuple(task.package.sources.values()), task.package.mistakes)
    warm = () if task.cold else (task.package.imports, task.bounds, task.private)
    rows: list[Row] = []
    executed = {}
    with WARMTH.held(*warm) if warm else nullcontext() as kept:
        for name, (found, nb) in _examine_notebooks(task):
            rows += found
            executed[name] = _written(nb, task.package.sources[name])
        if kept:
            kept.confirm()  # where nothing had to be run, too
    faults.point("worker-ends")
    return Examined(task.student, task.package.section, tuple(rows), executed)


def _examine_notebooks(task: Task) -> Iterator[tuple[str, tuple[list[Row], NotebookNode]]]:
    """Yield what comes of each notebook, in their order; more than one is run where told so."""
    names, one = list(task.package.sources), partial(_examine_notebook, task)
    if min(task.abreast, len(names)) == 1:
        yield from ((name, one(name)) for name in names)
        return
    with ThreadPoolExecutor(task.abreast, "notebook") as pool:
        yield from zip(names, pool.map(one, names), strict=True)


@contextmanager
def _room() -> Iterator[None]:
    """Tell that a disk is full from what a submission holds: no student can write on it."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        raise CourseError(
            f"The temporary folder {gettempdir()} of {gethostname()} is full: {error}.",
            "Make room there, or set TMPDIR to a folder that has some; then run again: everything "
            "graded so far is recorded.",
            code=FOUND,
        ) from None


@lru_cache(maxsize=32)
def foresee(sources: tuple[str, ...], mistakes: tuple[Mistake, ...]) -> None:
    """Work out what is kept of our own notebooks, while the warm process is at its imports."""
    with suppress(Exception):  # it is met again where a submission is examined, and told there
        for source in sources:
            write_script(rebuilder(source).source, mistakes)


@lru_cache(maxsize=32)
def rebuilder(source: str) -> Rebuilder:
    """Return the rebuilder of one of our notebooks; made once for all its submissions."""
    return Rebuilder(nbformat.reads(source, as_version=4))


def _examine_notebook(task: Task, name: str) -> tuple[list[Row], NotebookNode]:
    ours = rebuilder(task.package.sources[name])
    row = row_maker(task.student, task.package.section, name)
    given = task.handed_in[name]
    if isinstance(given, Refused):
        return _all(ours, row, given)
    try:
        rebuilt = ours.rebuild(parse_submission(given))
    except Malformed as error:
        return _all(ours, row, Refused("malformed", str(error)))
    try:
        outcomes, nb = _examine_twice(rebuilt, task, name)
    except Exception as error:  # the grader's own fault is a verdict too, and stops no batch
        if is_full(error):
            raise
        reason = f"The grader failed ({in_words(error)}); run it again."
        return _all(ours, row, Refused("error", reason))
    texts = {grade_id(cell): _answer(cell) for cell in rebuilt.nb.cells if grade_id(cell)}
    rows = []
    for outcome in outcomes:
        answer = "\n".join(_answers(rebuilt.nb, texts, outcome.exercise))
        j = outcome.judgement
        how = f"inside: {j.inside}" if j.inside else ""
        rows.append(row(outcome.exercise, j.verdict, j.message, j.points, j.seconds, answer, how))
    return rows, nb


def _answers(nb: NotebookNode, texts: dict[str, str], exercise: Exercise) -> list[str]:
    """Return what is remembered of each cell of an answer; of what a person marks, all they see."""
    if exercise.manual:
        return [_answer(cell) for cell in answer_cells(nb, exercise)]
    return [texts[name] for name in exercise.answers]


def _answer(cell: NotebookNode) -> str:
    """Return what is remembered of an answer as a hash: its text, and the pictures with it."""
    attached = cell.get("attachments")
    return cell.source + (json.dumps(attached, sort_keys=True) if attached else "")


def verdict_for_all(task: Task, why: Refused) -> Examined:
    """Return the same verdict for every exercise of a submission."""
    rows: list[Row] = []
    executed = {}
    for name, source in task.package.sources.items():
        row = row_maker(task.student, task.package.section, name)
        found, nb = _all(rebuilder(source), row, why)
        rows += found
        executed[name] = _written(nb, source)
    return Examined(task.student, task.package.section, tuple(rows), executed)


def _written(nb: NotebookNode, source: str) -> str:
    """Return the text for ``autograded/``: the one way by which anything gets there."""
    make_harmless(nb, rebuilder(source).own_texts)
    return in_lines(_for_formgrader(nb))


def _all(ours: Rebuilder, row: RowMaker, why: Refused) -> tuple[list[Row], NotebookNode]:
    """Give every exercise the same verdict; the notebook is ours with nothing answered."""
    rows = rows_of_all(ours.source, row, why.verdict, why.message)
    return rows, stub_notebook(ours.source).nb


def _examine_twice(rebuilt: Rebuilt, task: Task, name: str) -> tuple[list[Outcome], NotebookNode]:
    """Examine a notebook; where the grader itself fails, try once more."""
    once = partial(_examine_rebuilt, rebuilt, task, name)
    try:
        return once()
    except Exception:  # a second failure goes to the caller, with its own words
        return once()


def _examine_rebuilt(rebuilt: Rebuilt, task: Task, name: str) -> tuple[list[Outcome], NotebookNode]:
    """Examine a notebook; the first submissions are examined while our own solution is tried.

    That seldom finds what the tests' text does not tell. Where it does, or where two that ran at
    once may have been in each other's way, they are examined again.
    """
    open_one = partial(_session, task)
    how = {"check_seed": task.check_seed, "mistakes": task.package.mistakes}
    judged = partial(examine, rebuilt, open_one, task.limits, **how)
    finding = PLACES.of(task, name, rebuilt.source, open_one)
    if not finding.done():
        guess = told_by_text(rebuilt.source, task.package.inside)
        outcomes, nb = judged(placement=guess)
        late = any(outcome.judgement.verdict == "timeout" for outcome in outcomes)
        if not late and not finding.result().adds_to(guess):
            return outcomes, nb
    return judged(placement=finding.result())


@contextmanager
def _session(task: Task) -> Iterator[Session]:
    WARMTH.require()
    open_one = cold_session if task.cold else WARMTH.session
    with (
        folder_of(task.package.files) as folder,
        open_one(task.package.imports, folder, task.bounds) as session,
    ):
        yield session


def _for_formgrader(nb: NotebookNode) -> NotebookNode:
    """Give the cells what nbgrader's formgrader expects of an autograded notebook."""
    from nbgrader.utils import compute_checksum

    for cell in nb.cells:
        if grade_id(cell):  # what the marks hold is the lesson's, too: see `copied`
            checksum = compute_checksum(cell)
            cell.metadata.nbgrader = NotebookNode(cell.metadata.nbgrader, checksum=checksum)
    return nb

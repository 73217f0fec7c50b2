"""What goes to a worker and what comes back: bytes and plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from nbformat import NotebookNode

from course.door.outputs import plain
from course.examining.progress import Limits
from course.grading.hashes import hash_of
from course.notebook.exercises import Exercise, exercises
from course.notebook.mistakes import Mistake
from course.record.attempts import Row
from course.sandbox.bounds import Bounds

AHEAD = 2  # tasks handed in for each that runs: a worker never waits for the next one
MOST_BYTES = 256 * 2**20  # of submissions that are out at the same time
TRIES = 3


@dataclass(frozen=True)
class Refused:
    """A notebook that cannot be examined: the verdict of all its exercises, and why."""

    verdict: str
    message: str


@dataclass(frozen=True)
class Package:
    """What of ours the examination of a section's submissions needs.

    Attributes
    ----------
    section : str
    sources : dict
        From a notebook's name to its text, with solutions and hidden tests.
    files : dict
        The section's own files that its cells may read, by relative path.
    imports : tuple of str
        Its own import statements, which a warm process runs once.
    inside : str
        What becomes of tests that need the student's own process; see `course.sections.POLICIES`.
    unfit : dict
        Why a notebook's cells cannot be run here, by its name.
    missing : dict
        Packages that a notebook imports and that are not installed, by its name.
    mistakes : tuple of Mistake
        The section's known ones.
    """

    section: str
    sources: dict[str, str]
    files: dict[str, bytes]
    imports: tuple[str, ...]
    inside: str = "forbid"
    unfit: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Task:
    """One submission to be examined.

    Attributes
    ----------
    student : str
    package : Package
    handed_in : dict
        From a notebook's name to the file's bytes, or to why there are none.
    limits : Limits
    check_seed : int
        Seed of the hidden tests' random cases, drawn anew for each grading run.
    bounds : Bounds or None
        What a session may use up in its sandbox; None for no sandbox.
    private : tuple of str
        Paths that no session may see, which the sandbox's probe tries to.
    cold : bool
        Start a warm process for each session, in place of one for all.
    abreast : int
        How many of its notebooks are examined at the same time.
    about : dict
        The coordinator's versions; a worker with others refuses the task.
    """

    student: str
    package: Package
    handed_in: dict[str, bytes | Refused]
    limits: Limits = field(default_factory=Limits)
    check_seed: int = 0
    bounds: Bounds | None = None
    private: tuple[str, ...] = ()
    cold: bool = False
    abreast: int = 1
    about: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes that it carries."""
        given = sum(len(d) for d in self.handed_in.values() if isinstance(d, bytes))
        return given + sum(map(len, self.package.sources.values()))


@dataclass(frozen=True)
class Examined:
    """One examined submission: a row an exercise, and the executed notebooks as text."""

    student: str
    section: str
    rows: tuple[Row, ...]
    executed: dict[str, str]


@dataclass(frozen=True)
class Failed:
    """A task that no worker brought to its end, and why."""

    task: Task
    reason: str


RowMaker = Callable[..., Row]


def row_maker(student: str, section: str, notebook: str) -> RowMaker:
    """Return a function that makes this notebook's rows."""
    return partial(_row, student, section, notebook)


def rows_of_all(source: NotebookNode, row: RowMaker, verdict: str, message: str) -> list[Row]:
    """Return the same verdict for every exercise of a notebook."""
    return [row(exercise, verdict, message) for exercise in exercises(source)]


def _row(
    student: str,
    section: str,
    notebook: str,
    exercise: Exercise,
    verdict: str,
    message: str,
    points: float = 0.0,
    seconds: float = 0.0,
    answer: str = "",
    judged: str = "",
) -> Row:
    return Row(
        student=student,
        section=section,
        notebook=notebook,
        exercise=exercise.name,
        grade_id=exercise.id,
        title=exercise.title,
        points=points,
        max_points=exercise.points,
        verdict=verdict,
        message=plain(message),
        seconds=round(seconds, 3),
        answer=hash_of(answer.encode()),
        judged=judged,
    )

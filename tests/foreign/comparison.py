"""The same course graded by stock nbgrader and by `course grade`, mark by mark."""

from __future__ import annotations

import gc
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.authoring.conversion import canonical
from course.folder import Course, open_course
from course.grading.grade import grade
from course.notebook.cells import grade_id, is_answer
from course.notebook.regions import without_delimiters
from tests.builders import KERNELSPEC, notebook
from tests.foreign import kept, stock
from tests.foreign.habit import Answers, Group, Habit
from tests.tools import sandboxed

RIGHT, STUB = "right", "stub"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "foreign"\n'


@dataclass(frozen=True)
class Line:
    """One grade cell of one submission, as both sides mark it."""

    habit: str
    student: str
    cell: str
    points: float
    stock: float | None
    ours: float | None
    verdict: str
    message: str

    def __str__(self) -> str:
        """Return it as a row of a table."""
        where = f"{self.habit}/{self.student}/{self.cell}"
        told = f"{self.verdict}: {self.message}".splitlines()[0][:110]
        return f"{where:<52}{self.stock!s:>7}{self.ours!s:>7} of {self.points:<5g}{told}"


@dataclass(frozen=True)
class Comparison:
    """All marks of a group.

    Attributes
    ----------
    lines : list of Line
    trouble : dict
        What stock nbgrader says of assignments that it could not grade.
    """

    lines: list[Line]
    trouble: dict[str, str]

    def table(self, chosen: list[Line]) -> str:
        """Return some lines as a readable table, with stock nbgrader's troubles below."""
        head = f"{'habit/student/cell':<52}{'stock':>7}{'ours':>7}"
        told = [f"stock on {name}: {reason}" for name, reason in self.trouble.items()]
        return "\n".join([head, *map(str, chosen), *told])


def compare(group: Group, folder: Path) -> Comparison:
    """Build the group's course, have both sides grade it, and put their marks side by side."""
    ours, expected, trouble = marked_by_stock(group, folder)
    _sweep()
    graded = grade(ours, ours.sections, sandbox=sandboxed(), jobs=2)
    rows = {
        (row.section, row.student, row.notebook, row.grade_id): row
        for one in graded
        for row in one.attempt.rows
    }
    found = stock.marks(ours)
    lines = []
    for key, row in rows.items():
        section, student, name, cell = key
        cell = cell if name == section else f"{name}/{cell}"
        theirs_mark = expected.get(key, (None, False))[0]
        ours_mark = found.get(key, (None, False))[0]
        told = row.verdict, row.message
        lines.append(Line(section, student, cell, row.max_points, theirs_mark, ours_mark, *told))
    return Comparison(lines, trouble)


def marked_by_stock(
    group: Group, folder: Path, *, anew: bool = False
) -> tuple[Course, kept.Marks, dict[str, str]]:
    """Return a copy of the group's course with its submissions, stock's marks and its troubles.

    Stock nbgrader grades them where nothing is kept of these very ones, or where all is measured
    `anew`, to be kept.
    """
    theirs = _build(group, folder / "stock")
    with stock.kernels(theirs, plain=group.plain):
        trouble = stock.release(theirs)
        for habit in group.habits:
            _hand_in(theirs, habit)
        ours = _copy(theirs, folder / "ours")
        digest = kept.digest_of(ours)
        if not anew and (known := kept.find(group.name, digest)):
            return ours, *known
        trouble |= stock.autograde(theirs)
    marks = stock.marks(theirs)
    if anew:
        kept.keep(group.name, digest, marks, trouble)
    return ours, marks, trouble


def _sweep() -> None:
    """Collect what stock nbgrader leaves open: later it would be another test's warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def students_of(habit: Habit) -> dict[str, Answers | None]:
    """Return who hands in what; None for the notebook as it was released."""
    return {RIGHT: {}, STUB: None, **habit.right, **habit.wrong}


def _build(group: Group, folder: Path) -> Course:
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG + group.config, encoding="utf-8")
    for habit in group.habits:
        place = folder / "source" / habit.name
        place.mkdir(parents=True)
        for name, cells in habit.notebooks.items():
            nb = _as_written(notebook(cells), habit)
            (place / f"{name}.ipynb").write_text(canonical(nb), encoding="utf-8")
        _write(place, habit.files)
    _write(folder, group.files)
    return open_course(folder)


def _as_written(nb: NotebookNode, habit: Habit) -> NotebookNode:
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}} | habit.metadata
    nb.metadata = nbformat.from_dict({k: v for k, v in metadata.items() if v is not None})
    nb.nbformat_minor = habit.minor
    if habit.minor < 5:
        for cell in nb.cells:
            del cell["id"]
    return nb


def _write(folder: Path, files) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _hand_in(course: Course, habit: Habit) -> None:
    """Write what students hand in: the released notebooks with answers filled in."""
    for path in sorted(course.release(habit.name).glob("*.ipynb")):
        source = nbformat.read(course.source / habit.name / path.name, as_version=4)
        right = {
            grade_id(cell): "\n".join(without_delimiters(cell.source))
            for cell in filter(is_answer, source.cells)
        }
        for student, answers in students_of(habit).items():
            nb = nbformat.read(path, as_version=4)
            for cell in filter(is_answer, nb.cells) if answers is not None else ():
                cell.source = (right | dict(answers))[grade_id(cell)]
            target = course.submitted(student, habit.name) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(nb, target)


def _copy(course: Course, folder: Path) -> Course:
    """Copy what a course begins with: its configuration, source and submissions."""
    leave = shutil.ignore_patterns("gradebook.db", "release", "autograded")
    shutil.copytree(course.root, folder, ignore=leave)
    return open_course(folder)


def unmeant(group: Group, lines: list[Line]) -> Iterator[Line]:
    """Yield what differs and is not documented, and what is documented and does not differ."""
    habits = {habit.name: habit for habit in group.habits}
    for line in lines:
        habit = habits[line.habit]
        if habit.refused:
            told = line.verdict == "error" and habit.refused in line.message
            if not told and (line.verdict, line.student) != ("unanswered", STUB):
                yield line
        elif (line.stock != line.ours) != ((line.student, line.cell) in habit.differs):
            yield line


def unsound(group: Group, lines: list[Line]) -> Iterator[Line]:
    """Yield where a habit is not what it says: stock marks a right answer down, or no wrong one."""
    habits = {habit.name: habit for habit in group.habits}
    sums: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if not habits[line.habit].refused and line.verdict != "manual":
            sums.setdefault((line.habit, line.student), []).append(line)
    for (name, student), found in sums.items():
        habit = habits[name]
        full = all(line.stock == line.points for line in found)
        if student == RIGHT or student in habit.right:
            meant = full or any(who == student for who, _ in habit.differs)
        else:
            meant = not full or (student == STUB and habit.paid_stub)
        if not meant:
            yield from found

"""Mark the same honest answers with stock ``nbgrader autograde`` and with ``course grade``.

    python benchmarks/verdicts.py [SECTION …]

Handed in are, of each section: every solution, every stub as it was released, and every mistake of
mistakes.py, packed into as few submissions as hold them all. Both sides must give each exercise of
each submission the same points. Prints how many they agree on, and names what they do not.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from grading import ROOT, run
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from course.demo.loop import copy_course
from course.demo.samples import hand_in, solutions
from course.folder import Course, Section, open_course
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.reading import read_source


def submissions(source: NotebookNode, mistakes: list[Mistake]) -> Iterator[tuple[str, dict]]:
    """Yield names and answers: the solutions, the stubs, the first mistakes, the second ..."""
    right = solutions(source)
    yield "solutions", right
    yield "stubs", {}
    wrong = defaultdict(list)
    for mistake in mistakes:
        wrong[mistake.exercise].append((mistake.exercise, mistake.code))
    for number, batch in enumerate(zip_longest(*wrong.values()), 1):
        yield f"mistakes-{number}", right | dict(filter(None, batch))


def points(course: Course, section: Section) -> dict[tuple[str, str], float]:
    """Return what the gradebook holds, by student and exercise."""
    (ours,) = section.notebooks
    with Gradebook(course.db_url) as book:
        return {
            (found.student.id, grade.name): grade.auto_score
            for found in book.notebook_submissions(ours.stem, section.name)
            for grade in found.grades
        }


def compare(name: str, top: Path) -> bool:
    """Grade one section on both sides, print the outcome, return whether they agree."""
    course = copy_course(open_course(ROOT), top)
    section = course.section(name)
    (path,) = section.notebooks
    source = read_source(path, course.config)
    mistakes = read_mistakes(section.folder / "mistakes.py")
    for student, answers in submissions(source, mistakes):
        target = course.submitted(student, section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_bytes(hand_in(source, answers))
    began = time.monotonic()
    run(course, "course", "grade", section.name)
    ours = points(course, section)
    middle = time.monotonic()
    shutil.rmtree(course.root / "autograded")
    (course.root / "gradebook.db").unlink()
    run(course, "nbgrader", "generate_assignment", section.name, "--create", "--force")
    run(course, "nbgrader", "autograde", section.name, "--create")
    theirs = points(course, section)
    ended = time.monotonic()
    differ = {key for key in ours | theirs if ours.get(key) != theirs.get(key)}
    for student, grade in sorted(differ):
        key = student, grade
        print(f"{section.name}: {student}, {grade}: {theirs.get(key)} stock, {ours.get(key)} here")
    print(
        f"{section.name:<24}{len(mistakes):>9}{len(ours):>10}{len(ours) - len(differ):>8}"
        f"{ended - middle:>9.0f}{middle - began:>9.0f}"
    )
    return not differ


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", default=None)
    given = parser.parse_args()
    names = given.sections or [section.name for section in open_course(ROOT).sections]
    print(f"{'section':<24}{'mistakes':>9}{'verdicts':>10}{'equal':>8}{'stock s':>9}{'here s':>9}")
    agreed = True
    for name in names:
        with tempfile.TemporaryDirectory(prefix="benchmark-verdicts-") as folder:
            agreed &= compare(name, Path(folder))
    sys.exit(not agreed)


if __name__ == "__main__":
    main()

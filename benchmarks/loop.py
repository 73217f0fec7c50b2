"""A term in one go: collect, grade, feedback, report, marks to Canvas and Moodle, and back.

    python benchmarks/loop.py [--students 200] [--sections 01 02 ...] [--jobs 2]

A class of made-up people hands in all sections: everything right, half of it, nothing, three known
mistakes, a broken file, in turn. Each step is one command of `course`, as an instructor types it.
At the end the marks that Canvas and Moodle would take in are read from their files and compared
with `course export --format json`: each one must be the same, and nobody may be missing.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path

from grading import ROOT, run

from course.demo.loop import copy_course
from course.demo.samples import SAMPLES
from course.folder import Course, Section, open_course
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_source

GIVEN = (
    "Aino",
    "Béla",
    "Chen",
    "Dílba",
    "Emeka",
    "Fatima",
    "Giang",
    "Hana",
    "Ivo",
    "Jan",
    "Katarzyna",
)
GIVEN += ("Lucía", "Mei", "Nils", "Oya", "Priya", "Quim", "Rania", "Søren", "Tomáš")
FAMILY = (
    "Virtanen",
    "Kovács",
    "Wei",
    "Şahin",
    "Okafor",
    "El Amrani",
    "Nguyễn",
    "佐藤",
    "O'Neil",
    "Å",
)
WORKSHEET = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)


def people(count: int) -> list[tuple[str, str]]:
    """Return first and last names: no two people have the same."""
    made = []
    for number in range(count):
        family, more = FAMILY[number % len(FAMILY)], number // (len(FAMILY) * len(GIVEN))
        first = GIVEN[number // len(FAMILY) % len(GIVEN)]
        made.append((first, f"{family}-{more}" if more else family))
    return made


def download(course: Course, section: Section, names: list[tuple[str, str]], path: Path) -> None:
    """Write what Moodle offers of an assignment: a folder a person."""
    source_of = {notebook: read_source(notebook, course.config) for notebook in section.notebooks}
    mistakes = read_mistakes(section.folder / "mistakes.py")
    made = [
        {notebook.name: sample.make(source, mistakes) for notebook, source in source_of.items()}
        for sample in SAMPLES
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number, (first, family) in enumerate(names):
            folder = f"{first} {family}_{4200 + number}_assignsubmission_file_"
            for name, data in made[number % len(made)].items():
                zipped.writestr(f"{folder}/{name}", data)


def grade_book(sections: list[Section], names: list[tuple[str, str]], path: Path) -> None:
    """Write Canvas's grade book, with a column for each section and no mark."""
    columns = [f"{section.name} ({900 + n})" for n, section in enumerate(sections)]
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns]
    full = ["    Points Possible", "", "", "", "", *(s.points for s in sections)]
    rows = [
        [f"{family}, {first}", 7000 + n, f"s{n}", f"login{n}", "Lecture", *("" for _ in columns)]
        for n, (first, family) in enumerate(names)
    ]
    _write(path, [head, full, *rows])


def worksheet(section: Section, names: list[tuple[str, str]], path: Path) -> None:
    """Write Moodle's grading worksheet of an assignment, with no mark."""
    full = f"{section.points:.2f}"
    rest = ("Submitted for grading", "", full, "Yes", "-", "-", "")
    rows = [
        (f"Participant {4200 + n}", f"{first} {family}", f"p{n}@example.org", *rest)
        for n, (first, family) in enumerate(names)
    ]
    _write(path, [WORKSHEET, *rows])


def _write(path: Path, rows: list) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def run_course(course: Course, *words: str) -> float:
    """Run a command of `course`, which may have found something to tell; return its seconds."""
    return run(course, "course", *words, codes=(0, 1))


def same_marks(root: Path, sections: list[Section], names: list[tuple[str, str]]) -> int:
    """Compare the platforms' files with the record, mark by mark; return how many there are."""
    told: dict[tuple[str, str], float] = {}
    for mark in json.loads((root / "marks.json").read_text(encoding="utf-8")):
        told[mark["student"], mark["section"]] = (
            told.get((mark["student"], mark["section"]), 0.0) + mark["points"]
        )
    by_canvas, by_moodle = {}, {}
    with (root / "canvas.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["SIS Login ID"]]
    for row in rows:
        for column, text in row.items():
            if column.partition(" (")[0] in {s.name for s in sections} and text:
                by_canvas[row["Student"], column.partition(" (")[0]] = float(text)
    for section in sections:
        with (root / f"moodle-{section.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["Grade"]:
                    by_moodle[row["Full name"], section.name] = float(row["Grade"])
    count = 0
    for first, family in names:
        for section in sections:
            canvas = by_canvas.get((f"{family}, {first}", section.name))
            moodle = by_moodle.get((f"{first} {family}", section.name))
            if canvas is None or canvas != moodle:
                sys.exit(f"{first} {family}, {section.name}: Canvas {canvas}, Moodle {moodle}")
            count += 1
    if sorted(by_canvas.values()) != sorted(told.values()):
        sys.exit("What Canvas is given differs from the record.")
    return count


def main() -> None:
    """Print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--sections", nargs="*", help="all of them when left out")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    names = people(options.students)
    with tempfile.TemporaryDirectory(prefix="course-term-") as folder:
        root = Path(folder)
        course = copy_course(open_course(ROOT), root)
        sections = [course.section(one) for one in options.sections or ()] or course.sections
        chosen = [section.name for section in sections]
        took = {"release": run_course(course, "release")}
        (root / "downloads").mkdir()
        grade_book(sections, names, root / "gradebook.csv")
        took["collect"] = run_course(course, "collect", "--roster", "gradebook.csv")
        for section in sections:
            path = root / "downloads" / f"{section.name}.zip"
            download(course, section, names, path)
            took["collect"] += run_course(course, "collect", str(path), "--section", section.name)
        for section in sections:
            name = f"grade {section.name[:2]}"
            took[name] = run_course(course, "grade", section.name, "--jobs", str(options.jobs))
        for section in sections:
            pages = ("--zip", f"feedback-{section.name}.zip")
            took.setdefault("feedback", 0.0)
            took["feedback"] += run_course(course, "feedback", section.name, *pages)
        took["report"] = run_course(course, "report", *chosen, "--out", "report.html")
        took["export"] = run_course(
            course, "export", *chosen, "--format", "json", "--out", "marks.json"
        )
        into = ("--format", "canvas", "--into", "gradebook.csv", "--out", "canvas.csv")
        took["to Canvas"] = run_course(course, "export", *chosen, *into)
        took["to Moodle"] = 0.0
        for section in sections:
            sheet = root / f"worksheet-{section.name}.csv"
            worksheet(section, names, sheet)
            filled = ("--into", sheet.name, "--out", f"moodle-{section.name}.csv")
            took["to Moodle"] += run_course(
                course, "export", section.name, "--format", "moodle", *filled
            )
        count = same_marks(root, sections, names)
        size = (root / "report.html").stat().st_size / 1e6
    handed_in = len(names) * len(sections)
    print(f"{len(names)} students, {len(sections)} sections, {handed_in} submissions")
    for name, seconds in took.items():
        each = f"{seconds / len(names):>9.3f} s a submission" if name.startswith("grade") else ""
        print(f"{name:<14}{seconds:>9.1f} s{each}")
    print(f"{'all':<14}{sum(took.values()):>9.1f} s; the report has {size:.2f} MB")
    print(f"{count} marks are the same in Canvas's file, in Moodle's, and in the record")


if __name__ == "__main__":
    main()

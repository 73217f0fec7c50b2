"""docs/instructors.md, done by a reader who follows it to the letter."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course.cli import main
from course.folder import Course
from course.notebook.reading import read_source
from course.notebook.versions import student_version
from tests.builders import (
    function,
    make_course,
    markdown,
    region,
    test_cell,
    written_answer,
)
from tests.downloads import MONDAY, TUESDAY, zip_of
from tests.guide import Reader, steps, unheld
from tests.tools import unconfined

GUIDE = (Path(__file__).parent.parent / "docs" / "instructors.md").read_text(encoding="utf-8")
LESSON = [
    markdown("# 2 · Convolution", id="title"),
    markdown("### Exercise 2.1 · Blur (3 points, about 5 minutes)", id="blur-task"),
    function("blur", "blur(a, b)", "return (a + b) / 2"),
    test_cell("blur-test", "assert blur(2, 4) == 3", "assert blur(1, 2) == 1.5", points=3),
    markdown("### Exercise 2.2 · Why (2 points, about 5 minutes)", id="why-task"),
    written_answer("why", "Write here.\n" + region("It smooths.")),
]
SYLLABUS = '[[section]]\nname = "02-convolution"\ntitle = "Convolution"\nminutes = 120\n'
RIGHT = "def blur(a, b):\n    return (a + b) / 2"
WRONG = "def blur(a, b):\n    return (a + b) // 2"
GRADE_BOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Convolution (88)
    Points Possible,,,,,5
"Lee, Ann",12,u-12,alee,One,
"Ray, Bob",7,u-7,bray,One,
"Oz, Cyd",9,u-9,coz,One,
"""


def handed_in(course: Course, blur: str) -> bytes:
    """Return a notebook with an answer to the first exercise."""
    (path,) = course.section("02").notebooks
    nb = student_version(read_source(path, course.config))
    for cell in nb.cells:
        cell.source = {"blur": blur, "why": "It smooths."}.get(cell.id, cell.source)
    return nbformat.writes(nb).encode()


@pytest.fixture
def reader(tmp_path, capsys, monkeypatch) -> Reader:
    """Return somebody whose folder holds a course, and what the platform gave."""
    course = make_course(tmp_path, {"02-convolution": {"convolution": LESSON}}, syllabus=SYLLABUS)
    first = {
        "leeann_12_345_convolution.ipynb": handed_in(course, RIGHT),
        "raybob_7_346_convolution.ipynb": handed_in(course, WRONG),
        "ozcyd_9_347_convolution.pdf": b"%PDF",
    }
    zip_of(tmp_path / "submissions.zip", first, MONDAY)
    second = {"raybob_LATE_7_351_convolution.ipynb": handed_in(course, RIGHT)}
    zip_of(tmp_path / "again.zip", second, TUESDAY)
    (tmp_path / "gradebook.csv").write_text(GRADE_BOOK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(arguments: list[str]) -> str:
        main([*arguments, *(unconfined() if arguments[0] == "grade" else [])])
        shown = capsys.readouterr()
        return (shown.out + shown.err).replace(f"{tmp_path}/", "")

    return Reader(tmp_path, tmp_path / "source" / "02-convolution" / "convolution.ipynb", run)


def test_every_block_of_the_guide_is_a_step():
    assert list(unheld(GUIDE)) == []


def test_a_term_goes_as_the_guide_says(reader):
    for step in steps(GUIDE):
        reader.take(step)
    assert (reader.root / "class.html").is_file() and (reader.root / "upload.csv").is_file()

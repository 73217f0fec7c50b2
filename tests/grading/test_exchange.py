"""nbgrader's exchange, whole: out to students, in from them, graded here, and back again."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from course.cli import main
from course.demo.samples import hand_in
from course.folder import open_course
from course.notebook.reading import read_source
from tests.builders import CONFIG, make_course
from tests.stock import nbgrader
from tests.sums import RIGHT, SUMS

pytestmark = pytest.mark.slow
SECTION = "01-sums"
EXCHANGE = """\
c = get_config()
c.CourseDirectory.course_id = "tests"
c.Exchange.root = {root!r}
"""


@pytest.fixture
def places(tmp_path):
    """Return the instructor's course and the student's folder, with an exchange between them."""
    exchange, mine = tmp_path / "exchange", tmp_path / "student"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    (tmp_path / "course").mkdir()
    course = make_course(tmp_path / "course", {SECTION: {"sums": SUMS}})
    config = course.root / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8") if config.is_file() else CONFIG
    config.write_text(f"{text}\nc.Exchange.root = {str(exchange)!r}\n", encoding="utf-8")
    mine.mkdir()
    (mine / "nbgrader_config.py").write_text(EXCHANGE.format(root=str(exchange)), encoding="utf-8")
    return open_course(course.root), mine


def test_a_submission_goes_out_and_comes_back(places):
    course, mine = places
    root = course.root
    assert main(["release", "--course", str(root)]) == 0
    nbgrader(root, f"generate_assignment {SECTION} --force", f"release_assignment {SECTION}")
    nbgrader(mine, f"fetch_assignment {SECTION}")
    (fetched,) = (mine / SECTION).glob("*.ipynb")
    source = read_source(course.sections[0].notebooks[0], course.config)
    fetched.write_bytes(hand_in(source, RIGHT))
    nbgrader(mine, f"submit {SECTION}")
    nbgrader(root, f"collect {SECTION}")
    assert main(["grade", "--course", str(root), "--no-sandbox"]) == 0
    assert main(["feedback", "--course", str(root)]) == 0
    nbgrader(root, f"release_feedback {SECTION}")
    nbgrader(mine, f"fetch_feedback {SECTION}")
    (page,) = (mine / SECTION / "feedback").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert getpass.getuser() in text and "<strong>4</strong> of 6 points" in text


def test_what_a_student_leaves_in_place_of_a_note_is_not_followed(places, tmp_path):
    """A link in place of the secret would bring a file of the instructor's to the pages."""
    course, _ = places
    source = read_source(course.sections[0].notebooks[0], course.config)
    folder = course.submitted("ann", SECTION)
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(hand_in(source, RIGHT))
    secret = tmp_path / "secret"
    secret.write_text("instructor's own", encoding="utf-8")
    (folder / "submission_secret.txt").symlink_to(secret)
    (folder / "timestamp.txt").write_text("x" * 2_000, encoding="utf-8")
    assert main(["grade", "--course", str(course.root), "--no-sandbox"]) in (0, 1)
    assert main(["feedback", "--course", str(course.root)]) == 0
    left = {path.name for path in Path(course.feedback("ann", SECTION)).iterdir()}
    assert left == {"sums.html"}

"""The demo, from the command line; then what it left, in an instructor's formgrader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course.folder import open_course
from course.record.store import open_record
from tests.tools import sandboxed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
]
STUDENTS = {
    "Aino-Virtanen": "passed",
    "Béla-Kovács": "passed unanswered",
    "Chen-Wei": "unanswered",
    "Dílba-Şahin": "failed passed",
    "Emeka-Okafor": "malformed",
    "Fatima-Zahra-El-Amrani": "passed",
}


@pytest.fixture(scope="module")
def demo(root, tmp_path_factory) -> tuple[Path, str]:
    """Run ``course demo`` and return its folder and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "course"
    command = [str(Path(sys.executable).parent / "course"), "demo", "--out", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout + done.stderr


def test_every_sample_gets_the_verdicts_it_was_made_for(demo):
    folder, _ = demo
    marks = json.loads((folder / "marks.json").read_text(encoding="utf-8"))
    sections = {mark["section"] for mark in marks}
    assert len(sections) == 2
    for mark in marks:
        automatic = [e for e in mark["exercises"] if e["exercise"] not in manual(marks)]
        assert " ".join(sorted({e["verdict"] for e in automatic})) == STUDENTS[mark["student"]]


def attempts(folder: Path, section: str) -> list:
    """Return what was recorded of a section."""
    with open_record(open_course(folder)) as record:
        return list(record.last_attempts(section))


def manual(marks) -> set[str]:
    """Return the exercises that a person grades."""
    return {e["exercise"] for m in marks for e in m["exercises"] if e["verdict"] == "manual"}


def test_three_mistakes_are_named(demo):
    folder, _ = demo
    marks = json.loads((folder / "marks.json").read_text(encoding="utf-8"))
    for mark in marks:
        if mark["student"] == "Dílba-Şahin":
            failed = [e for e in mark["exercises"] if e["verdict"] == "failed"]
            assert len(failed) == 3
            assert all("\n" in e["message"] or len(e["message"]) > 20 for e in failed)


def test_it_says_what_it_does_and_where_the_pages_are(demo):
    folder, said = demo
    for word in ("Release", "Collect", "Grade", "Feedback", "Export", *STUDENTS, "told first"):
        assert word in said
    pages = sorted((folder / "feedback").rglob("*.html"))
    assert len(pages) == 2 * len(STUDENTS)
    assert str(folder / "feedback") in said


def test_it_says_whether_it_graded_in_the_sandbox(demo):
    folder, said = demo
    graded = [a for s in ("01-images-as-tensors", "02-convolution") for a in attempts(folder, s)]
    assert {attempt.sandboxed for attempt in graded} == {sandboxed()}
    if sandboxed():
        assert "in the sandbox: all" in said and "promises held" in said
    else:
        assert "without a sandbox, as with --no-sandbox: " in said and "bubblewrap" in said


@pytest.mark.browser
def test_a_feedback_page_is_drawn_and_loads_nothing(demo, page, shoot):
    folder, _ = demo
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    path = folder / "feedback" / "Dílba-Şahin" / "02-convolution" / "convolution.html"
    page.goto(path.as_uri())
    assert page.locator("section.failed").count() == 3
    shoot(page, "feedback")
    assert all(url.startswith(("file:", "data:")) for url in asked)


@pytest.mark.browser
def test_formgrader_shows_the_students(demo, jupyter, token, page, shoot):
    folder, _ = demo
    with jupyter(folder) as address:
        page.goto(f"{address}/lab?token={token}")  # logs in; formgrader's own pages do not
        page.goto(f"{address}/formgrader/manage_submissions/02-convolution")
        for student in STUDENTS:
            page.get_by_text(student).first.wait_for()
        shoot(page, "formgrader-submissions")
        page.goto(f"{address}/formgrader/gradebook/02-convolution/convolution")
        page.get_by_text("Submission #1").first.wait_for()
        shoot(page, "formgrader-gradebook")
        page.get_by_text("Submission #1").first.click()
        page.get_by_text("Exercise 2.1").first.wait_for()
        shoot(page, "formgrader-submission")

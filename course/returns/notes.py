"""What nbgrader's exchange keeps beside a submission, and releases feedback by."""

from __future__ import annotations

import secrets
from pathlib import Path

from course.files import write_atomically
from course.folder import Course
from course.record.attempts import Attempt

TIME, SECRET = "timestamp.txt", "submission_secret.txt"
LONGEST = 1_000  # bytes


def copy_notes(course: Course, attempt: Attempt) -> None:
    """Copy the notes of a submission beside the page of feedback on it.

    Who has handed in nothing, since another of the group did, gets the time of that one and a
    secret that is nobody's: a page without them would stop ``release_feedback``, and one with the
    other's secret would be released in place of the other's page.
    """
    own = course.submitted(attempt.student, attempt.section)
    target = course.feedback(attempt.student, attempt.section)
    found = {name: _note(own / name) for name in (TIME, SECRET)}
    if attempt.team is not None and not found[SECRET]:
        came = course.submitted(attempt.team.by, attempt.section)
        if _note(came / SECRET):
            found = {TIME: _note(came / TIME), SECRET: _note(target / SECRET)}
            found[SECRET] = found[SECRET] or secrets.token_hex(64)
    for name, text in found.items():
        if text:
            write_atomically(target / name, text)


def _note(note: Path) -> str:
    """Return what a note says; nothing where it is a link or too long to be one."""
    if note.is_file() and not note.is_symlink() and note.stat().st_size <= LONGEST:
        return note.read_text(encoding="utf-8")
    return ""

"""Comments that are kept for reuse, by question: in one file, which next year's course may take on.

Several people may mark at once: a change is made of what the file holds then, under a lock.
"""

from __future__ import annotations

import json
from pathlib import Path

from course.errors import FOUND, CourseError
from course.files import write_atomically
from course.folder import Course
from course.record.by_hand import LONGEST_COMMENT
from course.record.locks import only_commenter

NAME = "marking-comments.json"
MOST = 100  # of one question


def kept(course: Course, question: str) -> list[str]:
    """Return the comments that are kept for a question, in the order in which they were.

    Raises
    ------
    CourseError
        When the file holds something else.
    """
    return _read(course.root / NAME).get(question, [])


def keep(course: Course, question: str, text: str) -> list[str]:
    """Keep a comment, and return all of that question; one that is there is not kept twice.

    Raises
    ------
    CourseError
        When it is empty or too long, or there are too many.
    """
    text = text.strip() if isinstance(text, str) else ""
    if not text or len(text) > LONGEST_COMMENT:
        raise CourseError(
            f"A comment of {len(text):,} characters cannot be kept.",
            f"Give a text of 1 to {LONGEST_COMMENT:,} characters.",
        )
    with only_commenter(course):
        found = _read(course.root / NAME)
        own = found.setdefault(question, [])
        if text not in own:
            if len(own) == MOST:
                raise CourseError(f"{MOST} comments are kept already.", "Drop one of them first.")
            own.append(text)
            _write(course.root / NAME, found)
        return own


def drop(course: Course, question: str, text: str) -> list[str]:
    """Keep a comment no longer, and return the others of that question."""
    with only_commenter(course):
        found = _read(course.root / NAME)
        own = found.get(question, [])
        if text in own:
            own.remove(text)
            _write(course.root / NAME, found)
        return own


def _read(path: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise _unreadable(path, str(error)) from None
    if not isinstance(found, dict) or not all(
        isinstance(own, list) and all(isinstance(text, str) for text in own)
        for own in found.values()
    ):
        raise _unreadable(path, "it is no table of lists of texts")
    return found


def _unreadable(path: Path, why: str) -> CourseError:
    return CourseError(
        f"{path} holds no comments: {why}.", "Fix it, or move it away to begin again.", code=FOUND
    )


def _write(path: Path, found: dict[str, list[str]]) -> None:
    told = {question: own for question, own in found.items() if own}
    write_atomically(path, json.dumps(told, ensure_ascii=False, indent=2) + "\n")

"""One student's record that cannot be used: it is told, and stops nobody else's marks or page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from helpers.checks.words import in_words, one_line

from course.errors import FOUND, CourseError

LONGEST_ID = 255  # bytes, of a folder's name


class Spoilt(CourseError):
    """What is recorded of an attempt is nothing that this course has recorded."""

    def __init__(self, student: str, section: str, why: str) -> None:
        who = one_line(student)
        super().__init__(
            f"What is recorded of {who!r} in {section} cannot be used: {why}.",
            "Grade it again (`course grade --force --student ID`), or put a copy of the gradebook "
            "back.",
            code=FOUND,
        )


# Told of what cannot be used, so that it does not stop what comes after it.
Trouble = Callable[[CourseError], None]


def raise_it(trouble: CourseError) -> None:
    """Stop at what cannot be used."""
    raise trouble


@contextmanager
def sparing_others(student: str, section: str, trouble: Trouble) -> Iterator[None]:
    """Tell what goes wrong with one student's, whatever it is: it must not stop the others'."""
    try:
        yield
    except CourseError as error:
        trouble(error)
    except Exception as error:  # a gradebook, and what lies in autograded/, may hold anything
        trouble(Spoilt(student, section, in_words(error)))


def is_folder_name(student: str) -> bool:
    """Tell whether an id names a folder of its own: it leads to no other, up or down."""
    return (
        student not in ("", ".", "..")
        and len(student.encode("utf-8", "replace")) <= LONGEST_ID
        and not set(student) & {"/", "\0", os.sep, os.altsep}
    )

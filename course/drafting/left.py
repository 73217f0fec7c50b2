"""How many blanks of a section wait for its author."""

from __future__ import annotations

from contextlib import suppress

from course.drafting.syllabus import blanks_of
from course.errors import CourseError
from course.folder import KEPT_BACK, SYLLABUS_FILE, Course, Section
from course.notebook.blanks import blanks
from course.notebook.reading import read_notebook


def left(course: Course, section: Section) -> int:
    """Return the number of blanks in a section's notebooks, its mistakes and its entry."""
    texts: list[str] = []
    with suppress(CourseError):  # what cannot be read is told elsewhere
        for path in section.notebooks:
            texts += [cell.source for cell in read_notebook(path).cells]
    mistakes, syllabus = section.folder / KEPT_BACK[0], course.root / SYLLABUS_FILE
    if mistakes.is_file():
        texts.append(mistakes.read_text(encoding="utf-8"))
    count = sum(len(blanks(text)) for text in texts)
    if course.syllabus:
        count += len(blanks_of(syllabus.read_text(encoding="utf-8"), section.name))
    return count

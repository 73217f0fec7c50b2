"""The formats of `course export`: what each makes of the marks, and whether it fills in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from course.errors import CourseError
from course.folder import Course, Section
from course.record.spoilt import Trouble
from course.returns import export, platforms
from course.returns.attempts import attempts


class Asked(NamedTuple):
    """Which file is to be filled in, and how; see `course.returns.platforms.filled`."""

    into: Path | None = None
    columns: list[str] | None = None
    scale: bool = False


@dataclass(frozen=True)
class Made:
    """An export.

    Attributes
    ----------
    text : str
    about : str
        What it holds, for people; mostly empty.
    notes : list of str
        What a person should look at.
    """

    text: str
    about: str = ""
    notes: list[str] = field(default_factory=list)


Write = Callable[[Course, list[Section], Asked, Trouble], Made]


@dataclass(frozen=True)
class Format:
    """A format: what writes it, and whether it fills in a file that a platform has exported."""

    write: Write
    fills_in: bool = False


def _table(as_text: Callable[[list[export.Mark]], str]) -> Format:
    """Return a format that is made of the marks alone."""

    def write(course: Course, sections: list[Section], _: Asked, trouble: Trouble) -> Made:
        return Made(as_text(export.marks(course, sections, trouble=trouble)))

    return Format(write)


def _platform(name: str) -> Format:
    """Return a format that fills marks into a platform's file."""

    def write(course: Course, sections: list[Section], asked: Asked, trouble: Trouble) -> Made:
        marks = export.marks(course, sections, trouble=trouble)
        how = {"columns": asked.columns, "scale": asked.scale}
        done = platforms.filled(course, sections, marks, name, asked.into, **how)
        return Made(done.text, f"{done.entered} marks", done.notes)

    return Format(write, fills_in=True)


def _attempts(course: Course, sections: list[Section], _: Asked, trouble: Trouble) -> Made:
    return Made(attempts(course, sections, trouble=trouble))


FORMATS: dict[str, Format] = {
    **{name: _table(as_text) for name, as_text in export.FORMATS.items()},
    "attempts": Format(_attempts),
    **{name: _platform(name) for name in platforms.FORMATS},
}


def chosen(name: str, asked: Asked) -> Format:
    """Return a format by its name, which suits what is asked of it.

    Raises
    ------
    CourseError
        When there is none of that name, a file to be filled in is missing, or is none's, or where
        it is filled in by itself, too.
    """
    if name not in FORMATS:
        raise CourseError(
            f"There is no format {name!r}.", f"The formats are: {', '.join(FORMATS)}."
        )
    found = FORMATS[name]
    if (asked.into is not None) != found.fills_in:
        raise CourseError(
            f"--into FILE and --format {_filling_in()} go together.",
            "Give the file that the platform exports: its rows tell who is who.",
        )
    for option, given in (("--column", asked.columns), ("--scale", asked.scale)):
        if given and not found.fills_in:
            raise CourseError(
                f"{option} is of a platform's own file, and {name} has none.",
                f"Leave it out, or give --format and --into of {_filling_in()}.",
            )
    return found


def _filling_in() -> str:
    return " or ".join(name for name, form in FORMATS.items() if form.fills_in)

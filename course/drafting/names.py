"""Names of new sections and exercises: what nbgrader, Python and file systems take."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

from course.errors import CourseError

WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OTHERS = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")  # in courses of other people
ENDINGS = ("-task", "-test")
LONGEST = 50  # of an id with its ending nbformat takes 64 characters
KEPT = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))}


def demand_name(name: str, what: str, *, house: bool) -> None:
    """Refuse what can be no name of a section or an exercise.

    Parameters
    ----------
    name : str
    what : str
        "section" or "exercise", for the message.
    house : bool
        Whether names are words with dashes, as this course's own are.

    Raises
    ------
    CourseError
    """
    form = WORDS if house else OTHERS
    if not form.fullmatch(name):
        other = mended(name)
        how = "Use words in lower case with dashes" if house else "Use letters, digits, - and _"
        raise CourseError(
            f"{name!r} can be no name of {_an(what)}.", f"{how}{f': {other}' if other else ''}."
        )
    if len(name) > LONGEST:
        raise CourseError(
            f"{name!r} has {len(name)} characters; a name has {LONGEST} at most.", "Shorten it."
        )
    if name.casefold() in KEPT:
        raise CourseError(
            f"Windows keeps the name {name!r} for itself.", f"Give the {what} another name."
        )


def function_name(exercise: str) -> str:
    """Return what the function that an exercise asks for is called.

    Raises
    ------
    CourseError
        When Python takes the name for something else.
    """
    for end in ENDINGS:
        if exercise.endswith(end):
            raise CourseError(
                f"The exercise {exercise!r} ends as its {end[1:]} cell's id does.",
                f"Name it without {end}: {exercise.removesuffix(end)}.",
            )
    name = exercise.replace("-", "_")
    if not name.isidentifier():
        raise CourseError(
            f"The exercise {exercise!r} can give its name to no function: it begins with a digit.",
            "Begin it with a letter.",
        )
    if keyword.iskeyword(name) or hasattr(builtins, name):
        raise CourseError(
            f"Python itself has the name {name!r}, which the function of the exercise would take.",
            f"Say more in the name: {exercise}-rows, for example.",
        )
    return name


def mended(name: str) -> str:
    """Return the nearest name of words with dashes; empty where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"

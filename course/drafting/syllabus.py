"""The entry of a section in a syllabus, as text: comments and layout are its author's."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from itertools import pairwise

from course.notebook.blanks import Blank, blank, blanks

HEADER = re.compile(r"^\s*\[")
NAME = re.compile(r"^\s*name\s*=\s*")
ENTRY = """
[[section]]
name = {name}
title = {title}
question = {question}
minutes = {minutes}  # {reading}
points = {points}
draft = true  # takes no full number of exercises yet; take this line out when it does
"""


@dataclass(frozen=True)
class Entry:
    """Where a section's entry stands: its first line, and the one behind its last, from 0."""

    first: int
    end: int


def with_entry(text: str, name: str, title: str, minutes: int, points: float) -> str | None:
    """Return a syllabus with one more section, a draft, at its end.

    None where its sections are written in a form that no line can be added to.
    """
    entry = ENTRY.format(
        name=_quoted(name),
        title=_quoted(title),
        question=_quoted(blank("the question that it answers, in a line")),
        minutes=minutes,
        reading=blank("with the minutes of reading; then take this comment out"),
        points=f"{points:g}",
    )
    made = f"{text.rstrip()}\n{entry}"
    try:
        tomllib.loads(made)
    except tomllib.TOMLDecodeError:
        return None
    return made


def with_numbers(text: str, name: str, **numbers: float) -> str | None:
    """Return a syllabus in which a section has other numbers; None where they are not found.

    Parameters
    ----------
    text : str
    name : str
    **numbers : float
        ``points``, ``minutes``.
    """
    entry = find(text, name)
    if entry is None:
        return None
    lines = text.split("\n")
    for key, value in numbers.items():
        field = re.compile(rf"^(\s*{key}\s*=\s*)[\d._]+")
        places = [n for n in range(entry.first, entry.end) if field.match(lines[n])]
        if len(places) != 1:
            return None
        lines[places[0]] = field.sub(rf"\g<1>{value:g}", lines[places[0]])
    made = "\n".join(lines)
    return made if _differs_only_in(text, made, name, numbers) else None


def blanks_of(text: str, name: str) -> list[Blank]:
    """Return the blanks in a section's entry, by lines of the whole syllabus."""
    entry = find(text, name)
    if entry is None:
        return []
    return [one for one in blanks(text) if entry.first < one.line <= entry.end]


def find(text: str, name: str) -> Entry | None:
    """Return where a section's entry stands; None where it is not found line by line."""
    lines = text.split("\n")
    headers = [n for n, line in enumerate(lines) if HEADER.match(line)]
    for first, end in pairwise([*headers, len(lines)]):
        if lines[first].split("#")[0].strip() != "[[section]]":
            continue
        named = [NAME.sub("", line) for line in lines[first:end] if NAME.match(line)]
        if named and _value(named[0]) == name:
            return Entry(first, end)
    return None


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return None


def _differs_only_in(before: str, after: str, name: str, numbers: dict[str, float]) -> bool:
    """Tell whether an edit did what it was to do, and nothing else."""
    wanted = tomllib.loads(before)
    for entry in wanted.get("section", []):
        if entry.get("name") == name:
            entry.update(numbers)
    try:
        return tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

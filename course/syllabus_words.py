"""The words of a syllabus: each has a value of its kind, and one that is nearly a word is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.errors import CourseError

WORDS = {
    "section": ("name", "title", "minutes", "points", "question", "due", "solutions_after",
                "solutions_on_full_marks", "draft"),
    "grading": ("inside", "seconds"),
    "release": ("goes_on", "package", "may_show"),
    "site": ("title", "front", "group", "pictures"),
}  # fmt: skip
TEXTS = ("name", "title", "question")
NUMBERS = ("minutes", "points")


def require_words(path: Path, found: dict[str, Any]) -> None:
    """Demand that a syllabus can be used as it is meant.

    A key of an author's own stays; one that is a letter away from ours would be without effect.

    Raises
    ------
    CourseError
        With the key, what it holds, and what to write.
    """
    _require_keys(path, "the syllabus", found, tuple(WORDS))
    for table, words in WORDS.items():
        entries = found.get(table, [])
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict):
                name = entry.get("name", "")
                where = f"[[section]] {name!r}" if table == "section" else f"[{table}]"
                _require_keys(path, where, entry, words)
    sections = found.get("section", [])
    if not isinstance(sections, list) or not all(isinstance(one, dict) for one in sections):
        raise CourseError(
            f"{path}: section is {type(sections).__name__}, and no list of sections.",
            "Begin each section with a line [[section]].",
        )
    for entry in sections:
        _require_kinds(path, entry)


def _require_keys(path: Path, where: str, entry: dict[str, Any], words: tuple[str, ...]) -> None:
    for key in entry:
        meant = next((word for word in words if key != word and _is_slip(key, word)), None)
        if meant and key not in words:
            raise CourseError(
                f"{path}: {where} has {key}, which means nothing here.", f"Write {meant}."
            )


def _is_slip(key: str, word: str) -> bool:
    """Tell whether one letter too many, too few or wrong makes the one of the other."""
    key = key.strip().casefold().replace("-", "_")
    if len(key) > len(word):
        key, word = word, key
    if len(word) - len(key) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(key, word, strict=False)) if a != b), len(key))
    return key[same + (len(key) == len(word)) :] == word[same + 1 :]


def _require_kinds(path: Path, entry: dict[str, Any]) -> None:
    for key in TEXTS:
        if key in entry and not isinstance(entry[key], str):
            _complain(path, entry, key, "no text", f'Write {key} = "..."')
    for key in NUMBERS:
        value = entry.get(key, 0)
        if not isinstance(value, int | float) or isinstance(value, bool) or not value >= 0:
            _complain(path, entry, key, "no number from 0 up", f"Write {key} = 20, without quotes")


def _complain(path: Path, entry: dict[str, Any], key: str, what: str, remedy: str) -> None:
    raise CourseError(
        f"{path}: {key} of {entry.get('name', '?')!r} is {entry[key]!r}, which is {what}.",
        f"{remedy}, or take the line away.",
    )

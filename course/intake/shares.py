"""How much of a download is whose: each person has a budget of files and of bytes of their own.

What lies in a person's folder is that person's making, so nobody's junk may use up what others
hand in. It is looked at before anything is read, and counts for whoever the outermost name tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from course.intake.archives import listed
from course.intake.lms import read_name, read_own_name
from course.intake.members import Refusal
from course.intake.names import notebook_name

MAX_FILES = 20_000  # of one person: somebody hands in a folder of pictures, too
MAX_BYTES = 2**30  # of one person's notebooks, as they are read
REST = "files that name nobody"


class Shares:
    """Who has handed in too much of a download.

    Parameters
    ----------
    download : Path
    sections : collection of str
        The names of the course's sections.
    one : str
        Who has handed in all of it, where that is known.
    """

    def __init__(self, download: Path, sections: Collection[str], one: str = "") -> None:
        self._one = one
        self._level = 0 if one else _level(download, sections)
        files: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        for name, size in listed(download):
            owner = self._owner(name)
            files[owner] += 1
            sizes[owner] += size
        self.refused = {
            owner: Refusal(why) for owner in files if (why := _too_much(files[owner], sizes[owner]))
        }

    def bars(self, name: PurePosixPath) -> bool:
        """Tell whether a file is of somebody who has handed in too much."""
        return bool(self.refused) and self._owner(name) in self.refused

    def _owner(self, name: PurePosixPath) -> str:
        """Return whose a file is, by the name at the level where people are named."""
        if self._one:
            return self._one
        if len(name.parts) <= self._level:
            return REST
        part = name.parts[self._level]
        try:
            origin = read_own_name(part)
        except Refusal:  # the marks of two people
            return part
        if origin is not None:
            return f"{origin.person} ({origin.number})"
        return part if len(name.parts) > self._level + 1 else REST


def _level(download: Path, sections: Collection[str]) -> int:
    """Return how many folders lie around the outermost names of notebooks that tell a person."""
    level = None
    for name, _ in listed(download):
        try:
            depth = read_name(name, sections).depth if notebook_name(name.name) else -1
        except Refusal:
            continue
        if depth >= 0 and (level is None or depth < level):
            level = depth
    return level or 0


def _too_much(files: int, size: int) -> str:
    remedy = "none of it is taken: collect the notebooks by themselves, from a folder"
    if files > MAX_FILES:
        return f"these are {files:,} files, and one person may hand in {MAX_FILES:,}; {remedy}"
    if size > MAX_BYTES:
        held, most = (f"{n / 2**20:,.0f} MiB" for n in (size, MAX_BYTES))
        return f"the notebooks are {held}, and one person may hand in {most}; {remedy}"
    return ""

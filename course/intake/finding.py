"""Find what students handed in: who, when, and which file stands for which notebook."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from helpers.ground.litter import is_litter

from course.folder import Course, Section
from course.intake.names import NOTEBOOK, notebook_name, stem_of, stray_of
from course.intake.submissions import Malformed

TIMESTAMP = "timestamp.txt"


MAX_TIMESTAMP = 200


def submitting_students(course: Course, section: Section) -> list[str]:
    """Return the ids of all who have a folder or file of this section in ``submitted/``."""
    top = course.submitted("x", section.name).parent.parent
    if not top.is_dir():
        return []
    people = (p for p in top.iterdir() if p.is_dir() and not p.name.startswith("."))
    return sorted(p.name for p in people if _may_be(course.submitted(p.name, section.name)))


def _may_be(folder: Path) -> bool:
    """Tell whether a folder is there; of one that cannot be looked for, grading tells."""
    try:
        return folder.exists()
    except OSError:
        return True


def handed_in_at(folder: Path) -> datetime | None:
    """Return the time in ``timestamp.txt``, as nbgrader reads it; None where it tells none."""
    from nbgrader.utils import parse_utc  # slow to import, and needed late

    path = folder / TIMESTAMP
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_TIMESTAMP:
            return None  # a pipe would never end, and a link may lead anywhere
        return parse_utc(path.read_text(encoding="utf-8").strip()).replace(tzinfo=None)
    except (OSError, ValueError, OverflowError):
        return None


def find_file(folder: Path, name: str, names: Collection[str]) -> Path:
    """Return the submitted file that stands for the notebook `name`.

    Parameters
    ----------
    folder : Path
        ``submitted/<student>/<section>``.
    name : str
        The notebook's name without its ending.
    names : collection of str
        The names of all notebooks of the section; where it is the only one, a file of any
        name can be taken for it.

    Raises
    ------
    FileNotFoundError
        When nothing was handed in for it.
    Malformed
        When it cannot be told which file is meant.
    """
    try:
        if not folder.exists() and not folder.is_symlink():
            raise FileNotFoundError(folder)
        if folder.is_symlink() or not folder.is_dir():
            raise Malformed(
                "The submission is not a folder with a notebook in it: hand in the .ipynb."
            )
        found = sorted(p for p in folder.iterdir() if notebook_name(p.name))
        found = [p for p in found if not is_litter(p.name)]
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Malformed(
            f"The submission's folder cannot be read ({error.strerror}): hand it in again."
        ) from None
    exact = [p for p in found if _key(p.stem) == _key(name) and p.name == f"{name}.ipynb"]
    if exact:
        return exact[0]
    free = [p for p in found if stem_of(p.name) not in names or p.suffix != NOTEBOOK]
    strays = [p for p in free if stray_of(stem_of(p.name)) is not None]
    alone = len(names) == 1
    near = (
        [p for p in free if _key(stem_of(p.name)) == _key(name)]
        or [p for p in free if alone and p not in strays]
        or [p for p in strays if stray_of(stem_of(p.name)) == _plain(name)]
        or [p for p in strays if alone]
    )
    if not near:
        raise FileNotFoundError(name)
    if len(near) > 1:
        names = ", ".join(p.name for p in near)
        raise Malformed(f"There are several notebooks ({names}): hand in one, called {name}.ipynb.")
    return near[0]


def _key(stem: str) -> str:
    """Return what is left of a file's name without the marks that browsers and LMSs add."""
    return re.sub(r"(\s*\(\d+\)|[-_ ]copy\d*|-\d+)$", "", _plain(stem)).strip()


def _plain(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()

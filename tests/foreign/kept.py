"""Stock nbgrader's marks as they were measured, each with a digest of what they were measured on.

    python -m tests.foreign.kept

What stock nbgrader gives the same submissions does not change with our code. So it grades them anew
where anything has changed that its marks depend on: a course, a submission, a version, how it is
called. The smallest groups are measured each time.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import nbformat

from course.folder import Course
from tests.foreign import stock

FOLDER = Path(__file__).parent / "marks"
LIVE = ("settings", "autotests")
# What a mark of stock nbgrader's depends on, beside the course and what was handed in.
PACKAGES = ("nbgrader", "nbconvert", "nbclient", "nbformat", "ipykernel", "ipython", "numpy")
CALLS = ("stock.py", "kept.py")

Marks = dict[tuple[str, str, str, str], stock.Mark]


def find(name: str, digest: str) -> tuple[Marks, dict[str, str]] | None:
    """Return the marks of a group and stock nbgrader's troubles, where they were measured on this.

    Parameters
    ----------
    name : str
        The group's.
    digest : str
        Of what is to be graded, from `digest_of`.
    """
    path = FOLDER / f"{name}.json"
    if name in LIVE or not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["digest"] != digest:
        return None
    return {tuple(key): tuple(mark) for key, mark in kept["marks"]}, kept["trouble"]


def keep(name: str, digest: str, marks: Marks, trouble: dict[str, str]) -> None:
    """Keep what stock nbgrader gave; nothing is kept of the groups that are always measured."""
    if name in LIVE:
        return
    FOLDER.mkdir(exist_ok=True)
    lines = ",\n".join(
        json.dumps([key, mark], ensure_ascii=False) for key, mark in sorted(marks.items())
    )
    head = json.dumps({"digest": digest, "trouble": trouble}, ensure_ascii=False)
    text = f'{head[:-1]}, "marks": [\n{lines}\n]}}\n'
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def digest_of(course: Course) -> str:
    """Return a digest of a course with its submissions, and of what grades them here."""
    told = hashlib.sha256()
    for package in PACKAGES:
        told.update(f"{package} {version(package)}\n".encode())
    told.update(f"{sys.version_info[:2]}\n".encode())
    for name in CALLS:
        told.update(Path(__file__).with_name(name).read_bytes())
    for path in sorted(course.root.rglob("*")):
        place = path.relative_to(course.root)
        if path.is_file() and place.parts[0] not in ("release", "gradebook.db"):
            told.update(f"\n{place}\n".encode())
            told.update(_content(path))
    return told.hexdigest()[:32]


def _content(path: Path) -> bytes:
    """Return a file's bytes; a notebook's without what is drawn anew each time."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    nb = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    for cell in nb.get("cells", []):
        cell.pop("id", None)
    return json.dumps(nb, sort_keys=True).encode()


def main() -> None:
    """Measure all groups anew."""
    from tests.foreign.comparison import marked_by_stock
    from tests.foreign.habits import GROUPS

    for group in GROUPS:
        with tempfile.TemporaryDirectory() as folder:
            _, marks, trouble = marked_by_stock(group, Path(folder), anew=True)
        print(f"{group.name}: {len(marks)} marks, {len(trouble)} assignments that stock refuses")


if __name__ == "__main__":
    main()

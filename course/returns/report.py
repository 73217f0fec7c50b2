"""`course report`: one page that shows how a class did, to be opened in any browser.

Everything is in the one file: it asks no network for anything. The only script is our own; a policy
in the page lets no other run, whatever names and answers hold.
"""

from __future__ import annotations

import hashlib
import html
import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import jinja2

from course.folder import Course, Section
from course.harmless.shown import clean
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it
from course.record.store import open_record
from course.returns.gathering import by_name, gather
from course.returns.results import Cell, Page
from course.returns.words import SIGNS, WORDS

TEMPLATES = Path(__file__).parent / "templates"
# One letter each: of 100,000 cells every byte counts.
CLASSES = {verdict: "pafutmkoqez"[i] for i, verdict in enumerate(SIGNS)}
NAMES = WORDS | {"manual": "Waits for a person"}  # what a person has marked shows the points
LONGEST_WORDS = 240  # characters of what a cell tells
MOST_WORDS = 600_000  # characters of all that cells tell


def report(
    course: Course,
    sections: list[Section],
    people: Iterable[Named] = (),
    *,
    trouble: Trouble = raise_it,
) -> str:
    """Return the page.

    Parameters
    ----------
    course : Course
    sections : list of Section
        Those in which nobody was graded are left out.
    people : iterable of Named
        Who is known to be in the class, beside those in the gradebook.
    trouble : callable
        Told, as a `CourseError`, of what of a student's cannot be used; by default it is raised.

    Raises
    ------
    CourseError
        When nothing of these sections has been graded.
    """
    with open_record(course) as record:
        pages = gather(course, record, sections, people, trouble)
    words = _Words()
    heats = [_heat(page, words) for page in pages]
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _template().render(
        pages=list(zip(pages, heats, strict=True)),
        overview=_overview(pages) if len(pages) > 1 else "",
        signs=[(CLASSES[v], SIGNS[v], NAMES[v]) for v in _met(pages)],
        words=words.as_json(),
        names=_json({CLASSES[v]: NAMES[v] for v in SIGNS}),
        made=datetime.now(UTC),
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
        script=script,
        digest=digest,
    )


class _Words:
    """What cells tell, each text once; cells name it by its place."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._size = 0

    def place(self, text: str) -> int | None:
        """Return the place of a text; None for an empty one, and where there are too many."""
        text = clean(text)[:LONGEST_WORDS].strip()
        if not text or (text not in self._places and self._size > MOST_WORDS):
            return None
        if text not in self._places:
            self._size += len(text)
            self._places[text] = len(self._places)
        return self._places[text]

    def as_json(self) -> str:
        return _json(list(self._places))


def _heat(page: Page, words: _Words) -> str:
    """Return the rows of a section's table; ends of cells may be left out in HTML."""
    rows = []
    for line in page.lines:
        cells = "".join(_cell(cell, words) for cell in line.cells)
        rows.append(f"<tr>{_who(line.student, line.group)}<td class=n>{line.points:g}{cells}")
    return "\n".join(rows)


def _who(student: Named, group: str = "") -> str:
    name = html.escape(clean(student.called))
    own = html.escape(clean(student.id))
    team = f" <small>({html.escape(clean(group))})</small>" if group else ""
    about = f" title='{own}'" if name != own else ""
    return f"<th scope=row{about}>{name}{team}"


def _cell(cell: Cell, words: _Words) -> str:
    kind, sign = CLASSES[cell.verdict], SIGNS[cell.verdict]
    if cell.verdict == "manual" and not cell.awaited:  # a person has marked it
        share = cell.points / cell.max_points if cell.max_points else 1
        kind = CLASSES["passed" if share >= 1 else "partial" if share > 0 else "failed"]
    place = words.place(cell.told) if cell.verdict not in ("passed", "manual") else None
    said = "" if place is None else f" data-w={place}"
    full = "passed" if kind == CLASSES["passed"] else ""
    points = "" if full or not cell.points else f" data-p={cell.points:g}"
    # What most cells are needs no word.
    named = "" if kind == CLASSES["passed"] else f" class={kind}"
    return f"<td{named}{said}{points}>{sign}"


def _overview(pages: list[Page]) -> str:
    """Return the rows of the table of students by sections: shares in percent."""
    students: dict[str, Named] = {}
    shares: dict[str, dict[int, float]] = {}
    for number, page in enumerate(pages):
        for line in page.lines:
            students[line.student.id] = line.student
            shares.setdefault(line.student.id, {})[number] = line.share
    rows = []
    for id_, student in sorted(students.items(), key=lambda item: by_name(item[1])):
        own = shares[id_]
        cells = "".join(
            f"<td class=s{min(int(own[i] * 5), 4)}>{100 * own[i]:.0f}"
            if i in own
            else "<td class=o>–"
            for i in range(len(pages))
        )
        rows.append(f"<tr>{_who(student)}{cells}")
    return "\n".join(rows)


def _met(pages: list[Page]) -> list[str]:
    met = {cell.verdict for page in pages for line in page.lines for cell in line.cells}
    return [verdict for verdict in SIGNS if verdict in met]


def _json(what: object) -> str:
    """Return JSON that ends no script element."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    environment.filters["points"] = lambda number: f"{number:g}"
    environment.filters["percent"] = lambda share: f"{100 * share:.0f}"
    return environment.get_template("report.html.jinja")

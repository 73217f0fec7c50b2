"""The page that shows both sides of each pair; it asks no network for anything, and runs no script.

Whoever is on it goes by a letter. Names are folded away, and there only where they were asked for.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_uppercase

import jinja2

from course.comparing.alike import Alike, Compared, Side
from course.comparing.background import FLOOR
from course.comparing.matching import GIVEN
from course.folder import Section
from course.harmless.shown import readable
from course.record.named import Named

TEMPLATES = Path(__file__).parent / "templates"
LONGEST = 12_000  # characters of a side that are shown
COLOURS = 4


def page(
    found: Iterable[tuple[Section, list[Compared]]], people: Mapping[str, Named] | None = None
) -> str:
    """Return the page.

    Parameters
    ----------
    found : iterable of (Section, list of Compared)
    people : mapping of str to Named, optional
        Who the students are; nobody is named when left out.
    """
    sections = list(found)
    pairs = [(one, pair) for _, compared in sections for one in compared for pair in one.pairs]
    students = dict.fromkeys(side.student for _, pair in pairs for side in pair.sides)
    aliases = {student: f"Student {_letters(n)}" for n, student in enumerate(students)}
    places = {id(pair): f"pair-{n}" for n, (_, pair) in enumerate(pairs, start=1)}

    def called(pair: Alike) -> str:
        return " and ".join(aliases[side.student] for side in pair.sides)

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "alias": aliases.__getitem__,
        "called": called,
        "marked": marked,
        "name": lambda student: _name(student, people or {}),
        "others": lambda pair, side: aliases[next(s for s in pair.sides if s is not side).student],
        "percent": lambda share: f"{100 * share:.0f}",
        "place": lambda pair: places[id(pair)],
        "readable": readable,
    }
    return environment.get_template("similar.html.jinja").render(
        sections=sections,
        often=[
            (called(shared[0][1]), [(places[id(pair)], one.title) for one, pair in shared])
            for shared in _often(pairs)
        ],
        names=people is not None,
        floor=FLOOR,
        made=datetime.now(UTC),
        style=(TEMPLATES / "similar.css").read_text(encoding="utf-8"),
    )


def _often(pairs: list[tuple[Compared, Alike]]) -> list[list[tuple[Compared, Alike]]]:
    """Return the pairs of students that are alike in several exercises, those in most first."""
    met = defaultdict(list)
    for one, pair in pairs:
        met[tuple(side.student for side in pair.sides)].append((one, pair))
    return sorted((m for m in met.values() if len(m) > 1), key=len, reverse=True)


def _letters(number: int) -> str:
    """Return A, B and so on; AA follows Z."""
    more, last = divmod(number, len(ascii_uppercase))
    return (_letters(more - 1) if more else "") + ascii_uppercase[last]


def _name(student: str, people: Mapping[str, Named]) -> str:
    named = people.get(student, Named(student)).called
    return readable(named if named == student else f"{named} ({student})")


def marked(side: Side) -> str:
    """Return the text of a side as HTML, with the parts marked that the other has, too."""
    return "".join(_pieces(side))


def _pieces(side: Side) -> Iterator[str]:
    at, text = 0, side.text[:LONGEST]
    for start, end, number in side.spans:
        if start >= len(text):
            break
        yield _plain(text[at:start])
        inner = _plain(text[start:end])
        if number == GIVEN:
            yield f'<span class="given">{inner}</span>'
        else:
            yield f'<mark class="m{number % COLOURS}"><b>{number}</b>{inner}</mark>'
        at = end
    yield _plain(text[at:])
    if len(side.text) > LONGEST:
        yield f"\n… ({len(side.text) - LONGEST:,} characters more)"


def _plain(text: str) -> str:
    return html.escape(readable(text))

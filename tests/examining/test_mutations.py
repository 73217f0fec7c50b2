"""A valid submission, damaged at random: it is read or refused, and nothing is raised."""

from __future__ import annotations

import json
import random
import re

import nbformat
import pytest

from course.examining.reading import names_of
from course.grading.engine import work
from course.intake.submissions import Malformed, parse_submission
from tests.builders import code, function, notebook, test_cell, written_answer

CELLS = [
    code("import math", id="first"),
    function("add", "add(a, b)", "return a + b"),
    test_cell("add-test", "assert add(1, 2) == 3"),
    written_answer("why", "Because ![a](attachment:a.png)"),
]
ODD = [None, True, -1, float("nan"), 10**40, "", "\ud800", "code", "why", "(" * 300, "\f\r\0"]
ODD += [[], {}, [None], {"a": {}}, "```" * 9_000, "DEEP300", "DEEP900", "DEEP5000"]
KEYS = ["attachments", "metadata", "id", "cell_type", "source", "cells", "worksheets", "\ud800"]
SOURCE = nbformat.writes(notebook(CELLS))


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    raw = json.loads(SOURCE)
    raw["cells"][3]["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    for _ in range(chance.randrange(1, 5)):
        place = chance.choice([p for p in _places(raw) if p])
        inside = raw
        for step in place[:-1]:
            inside = inside[step]
        last = chance.choice(KEYS) if isinstance(inside, dict) else place[-1]
        inside[chance.choice([place[-1], last])] = json.loads(json.dumps(chance.choice(ODD)))
    deep = re.compile(r'"DEEP(\d+)"')
    text = deep.sub(lambda m: "[" * int(m[1]) + "]" * int(m[1]), json.dumps(raw))
    return (text if chance.random() < 0.9 else text[: chance.randrange(len(text))]).encode()


def _places(value, here=()):
    yield here
    pairs = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, inner in pairs:
        yield from _places(inner, (*here, key))


@pytest.mark.parametrize("seed", range(0, 300, 50))
def test_whatever_is_handed_in_is_read_or_refused(seed):
    ours = work.rebuilder(SOURCE)
    for number in range(seed, seed + 50):
        try:
            rebuilt = ours.rebuild(parse_submission(mutated(number)))
        except Malformed:
            continue
        nb = nbformat.from_dict(rebuilt.nb)
        names_of(cell.source for cell in nb.cells)
        for cell in nb.cells:
            work._answer(cell).encode()
        nbformat.validate(nbformat.reads(work._written(nb, SOURCE), as_version=4))

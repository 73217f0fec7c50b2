"""What is left of an answer: not its names, comments and layout; and nothing that is hostile."""

from __future__ import annotations

import os
import signal
import time

import pytest

from course.comparing.tokens import LONGEST, MOST, Tokens, tokens_in
from course.processes import readers

FIRST = '''\
def pool(image: "array", size: int = 2) -> list:
    """Say what it does."""
    total = 1.0  # a comment
    for row in range(size):
        total += np.sum(image[row], axis=0)
    return (total, "text")
'''
SAME = {
    "names": FIRST.replace("total", "summe").replace("row", "r").replace("image", "bild"),
    "comments": FIRST.replace("# a comment", "# another one\n    # and more"),
    "docstring": FIRST.replace('    """Say what it does."""\n', ""),
    "annotations": FIRST.replace(': "array"', "").replace(": int", "").replace(" -> list", ""),
    "numbers": FIRST.replace("1.0", "1"),
    "texts": FIRST.replace('"text"', "'other'"),
    "grouping": FIRST.replace('(total, "text")', 'total, "text"'),
    "lines": FIRST.replace("np.sum(image[row], axis=0)", "np.sum(\n  image[row],\n axis=0)"),
    "magics": "%time\n!ls\n" + FIRST,
}
OTHER = {
    "function": FIRST.replace("np.sum", "np.max"),
    "parameter": FIRST.replace("axis=0", "keepdims=0"),
    "number": FIRST.replace("axis=0", "axis=1"),
    "word": FIRST.replace("+=", "-="),
}
HOSTILE = {
    "sum": "x = " + "1+" * 30_000 + "1",
    "brackets": "(" * 5_000,
    "not": "not " * 15_000 + "x",
    "nul": "x\0 = 1",
    "halves": "x = '\\ud800'\n\ud7ff",
    "indent": "\n".join(" " * n + "if x:" for n in range(200)),
    "strings": "'" * 9_999 + '"' * 9_999,
    "lines": "\\\n" * 20_000,
    "form feed": "\f\r\f x\v= 1",
    "number": "x = 0x" + "f" * 9_999,
    "fstring": "f'{x!r:{f\"{y}\"}}'" * 500,
    "no python": "🐍 = ?? ` $ \u202e x",
}


def words(text: str) -> list[str]:
    return [token.word for token in tokens_in(text)]


@pytest.fixture
def reader():
    made = Tokens()
    yield made
    made.stop()


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_what_anybody_could_change_makes_no_difference(text):
    assert text != FIRST and words(text) == words(FIRST)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_what_an_answer_does_makes_a_difference(text):
    assert words(text) != words(FIRST)


def test_an_attribute_of_a_library_is_no_variable():
    told = "shape = image.shape\nimage.reshape(shape=shape)"
    assert words(told) == words(told.replace("shape = ", "s = ").replace("=shape)", "=s)"))


def test_a_token_knows_its_place():
    text = "%magic 12\nä = 'ö' ; résumé = np.mean(ä)  # é\n"
    found = [(token.word, text[token.start : token.end]) for token in tokens_in(text)]
    assert ("name", "résumé") in found and ("mean", "mean") in found and ("text", "'ö'") in found


def test_of_broken_code_the_part_that_can_be_read_is_read():
    assert words("total = np.sum(row)\nreturn total +\n((")[:6] == words("total = np.sum(row)")[:6]


def test_a_long_answer_is_read_as_far_as_it_is_compared():
    assert len(tokens_in("x = 1\n" * MOST)) == MOST


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_keeps_nobody_else_waiting(reader, text):
    hostile, plain = reader.of([text, FIRST])
    assert plain == tokens_in(FIRST)
    assert hostile is None or len(hostile) <= MOST


def test_too_long_a_text_is_not_read(reader):
    assert reader.of(["x" * (LONGEST + 1)]) == [None]
    assert reader._process is None


def test_a_reader_that_hangs_or_dies_is_replaced(reader, monkeypatch):
    monkeypatch.setattr("course.comparing.tokens.SECONDS", 1.0)
    reader.start()
    os.kill(reader._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    assert reader.of(["a = b", FIRST]) == [None, tokens_in(FIRST)]
    assert time.monotonic() - began < 30
    os.kill(reader._process.pid, signal.SIGKILL)
    reader._process.wait()
    assert reader.of([FIRST]) == [tokens_in(FIRST)]


def test_who_costs_too_much_is_not_tried_for_ever(reader, monkeypatch):
    asked = []

    def lost(self, text, seconds=0.0):
        asked.append(text)
        raise readers.LOST[0]

    monkeypatch.setattr(readers.Reader, "ask", lost)
    assert reader.of([f"x = {n}" for n in range(50)]) == [None] * 50
    assert len(asked) == 3

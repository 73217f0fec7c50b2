"""A text that a library would need minutes for stands as it is on a page, and holds nobody up."""

from __future__ import annotations

import html
import os
import threading

import pytest

from course.returns import confined
from course.returns.confined import Making, as_code, as_text
from course.returns.layout import coloured

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no limits there")
CODE = 'x = "%' + "0" * 39_000 + '"'
TEXT = "|-\n|" * 2_400


@pytest.fixture(autouse=True)
def making(monkeypatch):
    made = Making()
    monkeypatch.setattr(confined, "MAKING", made)
    yield made
    made.stop()


def test_what_is_usual_is_as_the_libraries_make_it():
    assert as_code("def f(x):\n    return x < 3") == coloured("def f(x):\n    return x < 3")
    assert as_text("*so*, $x$") == confined.rendered("*so*, $x$")
    assert as_code("") == as_code("\u00a0\n") == as_text(" \n") == ""


def test_what_takes_too_long_stands_as_it_is_and_the_next_is_made():
    assert as_code(CODE) == html.escape(CODE)
    assert as_text(TEXT) == f"<pre>{html.escape(TEXT)}</pre>"
    assert "<em>so</em>" in as_text("*so*")


def test_after_some_losses_only_short_texts_are_tried_until_one_is_made(making, monkeypatch):
    monkeypatch.setattr(making, "_losses", confined.LOSSES)
    long = "x = 1\n" * confined.SHORT
    assert making.of("code", long) is None and making._process is None
    assert "span" in as_code("x = 1") and "span" in as_code(long)


def test_threads_share_it():
    made = {}

    def make(number: int) -> None:
        made[number] = as_code(f"x = {number}")

    threads = [threading.Thread(target=make, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {n: coloured(f"x = {n}") for n in range(8)}

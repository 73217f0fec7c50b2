"""The good news: each sentence once a cell, however often a test asks an answer."""

from helpers.checks import function
from helpers.checks.failure import CheckFailed
from helpers.checks.seen import Log, noted_in
from helpers.checks.ticks import tick

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

LOOP = """
from helpers.checks import function
for n in (1, 2, 3):
    function(lambda x: 2 * x).holds("it is even", lambda f, n: f(n) % 2 == 0, [(n,)])
print("done")
"""
NUMBERS = "from helpers.checks.ticks import tick\nfor n in (1, 2, 1): tick(f'{n} is right')"
EVEN = "✓ <lambda>: it is even"


@pytest.fixture
def shell():
    """Run cells as a notebook does, without a history's thread."""
    config = Config()
    config.HistoryManager.enabled = False
    yield InteractiveShell.instance(config=config)
    InteractiveShell.clear_instance()


@pytest.fixture(params=[True, False], ids=["counted", "uncounted"])
def said_by(request, shell, capsys):
    """Return what a cell prints, whether or not the shell counts it."""

    def lines(cell: str) -> list[str]:
        shell.run_cell(cell, store_history=request.param)
        return capsys.readouterr().out.splitlines()

    return lines


def test_what_a_loop_finds_again_is_told_once(said_by):
    assert said_by(LOOP) == [EVEN, "done"]


def test_a_cell_that_is_run_again_tells_it_again(said_by):
    assert said_by(LOOP) == said_by(LOOP) == [EVEN, "done"]


def test_a_cell_that_fails_leaves_nothing_untold(said_by):
    assert EVEN in said_by(LOOP + "raise ValueError")
    assert said_by(LOOP) == [EVEN, "done"]


def test_different_sentences_are_all_told(said_by):
    assert said_by(NUMBERS) == ["✓ 1 is right", "✓ 2 is right"]


@pytest.mark.parametrize(("cases", "counted"), [([(1,)], "1 case"), ([(1,), (2,)], "2 cases")])
def test_cases_are_counted_in_words_that_fit(cases, counted, capsys):
    function(abs).agrees_with(abs, cases)
    assert f"agrees with the reference on {counted} (seed" in capsys.readouterr().out


def test_where_there_are_no_cells_each_is_told(capsys):
    exec(LOOP, {})
    assert capsys.readouterr().out.splitlines() == [EVEN, EVEN, EVEN, "done"]


def test_where_a_reader_sits_the_last_line_says_that_it_is_not_all(shell, said_by):
    shell.kernel = object()
    last = "2 of 2 hold; the hidden test decides the points."
    for _ in range(2):
        assert said_by(NUMBERS) == ["✓ 1 is right", "✓ 2 is right", last]
    assert last not in said_by(NUMBERS + "\nraise ValueError")
    assert said_by("pass") == []


def test_where_nobody_reads_a_check_finds_its_layer_and_no_words(monkeypatch, capsys):
    def show(*_):
        pytest.fail("a value was put into words")

    class Wordless(Log):
        wordless = True

    monkeypatch.setattr("helpers.checks.comparison.show", show)
    with noted_in(Wordless()), pytest.raises(CheckFailed) as failed:
        tick(lambda: pytest.fail("a sentence was put together"))
        function(lambda x: np.zeros(x)).returns((3,), np.zeros(3)).returns((2,), np.ones(2))
    assert (failed.value.layer, failed.value.finding) == ("values", "")
    assert capsys.readouterr().out == ""

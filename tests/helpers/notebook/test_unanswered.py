"""What a notebook says of what is not answered yet, and of an answer whose cell has failed."""

from __future__ import annotations

from helpers.notebook import unanswered

import pytest
from IPython.core.interactiveshell import InteractiveShell

STUB = "def crop(x):\n    raise NotImplementedError"


class Shell(InteractiveShell):
    """A shell that keeps what it shows of errors."""

    def _showtraceback(self, etype, evalue, stb):
        self.shown = list(stb)


@pytest.fixture
def shell(monkeypatch):
    """Return a calm shell that is IPython's own."""
    made = Shell()
    made.shown = []
    monkeypatch.setattr("IPython.get_ipython", lambda: made)
    unanswered.be_calm()
    return made


def shown(shell, cell: str) -> list[str]:
    """Run a cell; return how its error is shown."""
    shell.shown = []
    assert not shell.run_cell(cell).success
    return shell.shown


def test_a_stub_that_is_called_says_its_name_in_one_line(shell):
    shell.run_cell(STUB)
    assert shown(shell, "crop(3)") == [
        "○ crop is not answered yet: replace the `raise` in the cell above, run that cell, and "
        "then this one."
    ]


def test_a_cell_that_is_a_stub_itself_says_so(shell):
    (line,) = shown(shell, "shape = None\nraise NotImplementedError")
    assert line == "○ Not answered yet: write your answer in place of the `raise` in this cell."


def test_what_a_check_says_of_none_is_one_line(shell):
    (line,) = shown(shell, "from helpers import checks\nshape = None\nchecks.value(shape=shape)")
    assert line == "○ Not answered yet: shape is still None: put your answer in its place."


def test_a_stub_below_a_check_is_called_by_its_name(shell):
    (line,) = shown(
        shell, f"{STUB}\nfrom helpers import checks\nchecks.function(crop).returns((1,), 1)"
    )
    assert line.startswith("○ crop is not answered yet")


def test_other_errors_keep_their_traceback(shell):
    assert len(shown(shell, "1 / 0")) > 2


def test_it_stays_an_error_to_who_runs_the_cell(shell):
    result = shell.run_cell("raise NotImplementedError")
    assert isinstance(result.error_in_exec, NotImplementedError)


def test_to_be_calm_twice_says_things_once(shell, capsys):
    unanswered.be_calm()
    shell.run_cell("a = 1")
    shell.run_cell("a = 1 / 0")
    capsys.readouterr()
    shell.run_cell("print(a)")
    assert capsys.readouterr().out.count("△") == 1


@pytest.mark.parametrize("second", ["a = 1 / 0", "a = = 3", "def a(:\n    pass", "1 / 0\na = 3"])
def test_an_answer_whose_cell_fails_is_said_to_be_the_one_from_before(shell, capsys, second):
    shell.run_cell("a = 1")
    shell.run_cell(second)
    capsys.readouterr()
    shell.run_cell("print(a)")
    assert capsys.readouterr().out == (
        "△ a stands as it did before: its cell was run again since, and failed.\n1\n"
    )


def test_once_the_cell_runs_again_nothing_is_said(shell, capsys):
    for cell in ("a = 1", "a = 1 / 0", "a = 2"):
        shell.run_cell(cell)
    capsys.readouterr()
    shell.run_cell("print(a)")
    assert capsys.readouterr().out == "2\n"


@pytest.mark.parametrize(
    "cells",
    [
        ("a = 1 / 0", "a"),  # never bound
        ("a = None", "a = None\nraise NotImplementedError", "a"),  # released, run twice
        ("a = 1", "a = 2\n1 / 0", "a"),  # bound again before the error
        ("a = 1", "a = 1 / 0", "b = 2"),  # another name
        ("a = 1", "a = 1 / 0", "a = 3\na"),  # bound by the cell itself
        ("a = 1", "a = 1 / 0", "a, b = 3, 4\na"),  # with others
        ("a = 1", "a = 1 / 0", "b, *a = 3, 4\na"),
        ("a = 1", "a = 1 / 0", "a: int = 3\na"),
    ],
)
def test_of_other_names_nothing_is_said(shell, capsys, cells):
    for cell in cells[:-1]:
        shell.run_cell(cell)
    capsys.readouterr()
    shell.run_cell(cells[-1])
    assert "△" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("check, small = f(x), 2", {"check", "small"}),
        ("first, *rest = y", {"first", "rest"}),
        ("x: int = 3", {"x"}),
        ("def f(x=1): pass\nclass A: b = 2", {"f", "A"}),
        ("x == 3\nassert a, b == 3\na <= 3\nprint(x, end='')\nelse: y = 2\n    z = 1", set()),
    ],
)
def test_what_a_cell_binds_is_seen_in_its_text(code, names):
    assert unanswered.bound_in(code) == names


def test_without_a_notebook_there_is_nothing_to_do():
    unanswered.be_calm()


def test_a_cell_is_known_by_the_name_that_ipython_7_gives_it():
    code = compile("raise NotImplementedError", "cell", "exec").replace(co_name="<cell line: 1>")
    try:
        exec(code, {})
    except NotImplementedError as error:
        said = unanswered.line_of(error, error.__traceback__)
    assert said.endswith(unanswered.MINE)

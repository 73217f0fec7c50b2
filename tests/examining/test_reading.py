"""What students wrote is parsed in a process of its own, with limits."""

from __future__ import annotations

import os
import signal
import time

import pytest

from course.door.budgets import PARSED_SOURCE
from course.examining import reading
from course.examining.reading import Reading, names_of
from course.notebook.dependencies import REACHES_ALL, names_in

HARD = {
    "sum": "x = " + "1+" * 100_000 + "1",
    "global": "def f():\n    x = 1\n    global x",
    "nul": "x\0",
    "hex": "x = 0x" + "f" * 9_999,
    "brackets": "(" * 5_000,
    "not": "not " * 50_000 + "x",
    "format": "f'\\ud800{x}'",
}


@pytest.fixture
def reader():
    made = Reading()
    yield made
    made.end()


def test_a_users_own_module_is_not_taken_for_ours(reader, tmp_path, monkeypatch):
    for name in ("course", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    assert reader.names(["x = y"])["x = y"].bound == {"x"}


def test_the_names_are_those_that_are_found_here(reader):
    texts = ["import numpy as np\nx = np.sum(y)", "def f(a):\n    return a + b", "plot(x)", "f(:"]
    assert reader.names(texts) == {text: names_in(text) for text in texts}


def test_a_sum_of_600_terms_is_read_like_any_other(reader):
    text = "total = " + "+".join(["x"] * 600)
    (names,) = reader.names([text]).values()
    assert names.known and names.read == {"x"} and names.bound == {"total"}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_what_cannot_be_read_is_no_fault(text, reader):
    found = reader.names([text, "y = z"])
    assert found["y = z"].bound == {"y"} and text in found


def test_of_what_is_too_long_only_the_words_are_known(reader):
    text = "first = second\n" + "#" * PARSED_SOURCE
    (names,) = reader.names([text]).values()
    assert not names.known and {"first", "second"} <= names.read and not names.bound


def test_who_takes_too_long_is_ended_and_the_next_is_read(reader, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 1.0)
    reader.begin()
    os.kill(reader._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    found = reader.names(["a = b", "c = d"])
    assert time.monotonic() - began < 30
    assert not found["a = b"].known and found["a = b"].read == {"a", "b"}
    assert found["c = d"].known or found["c = d"].read == {"c", "d"}


def test_the_process_is_ended_by_its_processor_time(reader):
    reader.begin()
    process = reader._process
    # As long a list as is taken, of what takes Python longest.
    reader.names([f"{'(a, b), ' * (PARSED_SOURCE // 9)}{n}" for n in range(3)])
    assert process.poll() in (None, -signal.SIGPROF)


def test_after_some_deaths_the_rest_is_not_tried(reader, monkeypatch):
    monkeypatch.setattr(Reading, "_ask", lambda self, text: (_ for _ in ()).throw(OSError))
    found = reader.names([f"x{n} = y" for n in range(50)])
    assert not any(names.known for names in found.values())


def test_the_coordinators_own_process_parses_nothing_of_a_students(monkeypatch):
    from course.examining.rebuild import Rebuilder
    from course.intake.submissions import SubmittedCell, SubmittedNotebook
    from course.notebook import syntax
    from tests.builders import notebook
    from tests.hostile.lessons import SUMS

    rebuilder = Rebuilder(notebook(SUMS))
    rebuilder.rebuild(SubmittedNotebook((), ""))
    seen = []
    monkeypatch.setattr(
        "course.notebook.dependencies.parse", lambda code: seen.append(code) or syntax.parse(code)
    )
    cells = (
        SubmittedCell("code", "def add(a, b):\n    return own", None, "add"),
        SubmittedCell("code", "own = 1", None, None),
    )
    rebuilt = rebuilder.rebuild(SubmittedNotebook(cells, ""))
    names_of(c.source for c in rebuilt.nb.cells if "own" in c.source)
    assert not [code for code in seen if "own" in code]


def test_a_whole_notebook_has_a_limit_of_time(monkeypatch):
    monkeypatch.setattr(reading, "NOTEBOOK_SECONDS", 0.0)
    slow, late = "x = 1", "y = x"
    found = reading.names_of([slow, late])
    assert found[late].known is False and found[late].read == {"x", "y"}


@pytest.mark.parametrize("pump", [" ", "\t", "? ", " x", "% "])
def test_lines_for_ipython_are_looked_for_in_a_moment(pump):
    text = "x = = 1\n" + pump * (PARSED_SOURCE // len(pump) - 10)
    began = time.process_time()
    reading.as_told(text, reading.Names(known=False, parsed=True))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("line", ["%matplotlib inline", "!true", "files = !ls", "f?", "%%time"])
def test_of_a_cell_with_a_line_for_ipython_all_words_may_be_read(reader, line):
    """IPython runs it, and it may be right; that a name is missing may not be seen."""
    text = f"{line}\ndef f(x):\n    return x * filter"
    (names,) = reader.names([text]).values()
    assert not names.known and {"x", "filter"} <= names.read
    (broken,) = reader.names(["def f(x):\n    return x * filter filter"]).values()
    assert not broken.known and broken.read == set()


@pytest.mark.parametrize(
    "text",
    [
        "import __main__ as m\nf = m.scale",
        "from __main__ import scale",
        "import sys\nf = getattr(sys.modules['__main__'], 'scale', 0)",
        "import inspect\ndef f():\n    return inspect.currentframe().f_globals['scale']",
        "def f(d):\n    return d.query('a > @scale')",
    ],
)
def test_who_goes_by_another_way_may_read_every_name(reader, text):
    (names,) = reader.names([text]).values()
    assert names.read & REACHES_ALL

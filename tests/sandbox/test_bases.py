"""The lesson's first cells run once, in a base, and each session and each judge is a fork of it."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.demo.samples import hand_in
from course.examining.examine import examine
from course.examining.rebuild import rebuild
from course.intake.submissions import parse_submission
from course.notebook.provenance import Script
from course.processes import wire
from course.proof import promises
from course.warm import bases
from tests.builders import code, function, notebook, test_cell

NOTHING = Script((), {}, frozenset())
ONCE = "import os, time\nmark = time.perf_counter_ns(), os.getpid()\nlist_ = [1]\nprint('once')"


def ran(session) -> list[str]:
    """Return what has come of the cells that ran before a session was begun."""
    return [result.status for result in session.ran]


def value(session, expression: str) -> str:
    """Return an expression's value in a session, as text."""
    (output,) = session.run(expression, 10).outputs
    return output["data"]["text/plain"]


@contextlib.contextmanager
def begun(nursery, folder, *head: str):
    """Open a session after some cells of ours."""
    with nursery.session(folder) as session:
        session.begin(NOTHING, head)
        yield session


def test_cells_run_once_for_all_sessions_and_their_outputs_are_kept(nursery, tmp_path):
    with begun(nursery, tmp_path, ONCE, "mark") as one, begun(nursery, tmp_path, ONCE) as other:
        with begun(nursery, tmp_path, ONCE, "mark") as third:
            assert ran(one) == ran(third) == ["ok", "ok"]
            assert value(one, "mark") == value(third, "mark") != value(other, "mark")
            assert value(one, "os.getpid() != mark[1]") == "True"
        assert one.ran[0].outputs[0].text == "once\n"
        assert one.ran[1].outputs[0].data["text/plain"] == value(one, "mark")


def test_what_a_session_does_to_the_lessons_data_no_other_sees(nursery, tmp_path):
    (tmp_path / "data.txt").write_text("data")
    head = f"{ONCE}\ndata = open('data.txt').read()"
    with begun(nursery, tmp_path, head) as one, begun(nursery, tmp_path, head) as other:
        assert one.run("list_.append(2)\nopen('data.txt', 'w').write('mine')", 10).status == "ok"
        assert value(other, "list_, data, open('data.txt').read()") == "([1], 'data', 'data')"
    with begun(nursery, tmp_path, head) as later:
        assert value(later, "list_, open('data.txt').read()") == "([1], 'data')"


def test_other_files_under_the_same_names_are_another_lesson(nursery, tmp_path):
    seen = []
    for text in ("one", "two"):
        folder = tmp_path / text
        folder.mkdir()
        (folder / "data.txt").write_text(text)
        with begun(nursery, folder, "data = open('data.txt').read()") as session:
            seen.append((ran(session), value(session, "data")))
    assert seen == [(["ok"], "'one'"), (["ok"], "'two'")]


def test_many_that_come_at_once_wait_for_one_base(nursery, tmp_path):
    head = f"{ONCE}\ntime.sleep(0.3)\nmany = True"

    def mark(_: int) -> str:
        with begun(nursery, tmp_path, head) as session:
            return value(session, "mark")

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(mark, range(6)))) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        "import subprocess, sys\nother = subprocess.Popen(['sleep', '60'])",
        "file = open('data.txt')",
        "open('new.txt', 'w').close()",
        "open('data.txt', 'a').write('more')",
        "import os\nos.mkdir('folder')",
        "open('/tmp/note', 'w').close()",
        "import os\nos.mkdir('/tmp/place')\nos.chdir('/tmp/place')",
        "import signal\nsignal.alarm(1000)",
        "import mmap\nshared = mmap.mmap(-1, 4096)",
        "import os\nos._exit(0)",
    ],
)
def test_what_a_fork_would_not_have_or_would_share_is_left_to_each(nursery, tmp_path, cell):
    (tmp_path / "data.txt").write_text("data")
    with begun(nursery, tmp_path, "x = 1", cell) as session:
        assert session.ran == ()
        assert session.run("x = 2\nx", 10).outputs[0].data["text/plain"] == "2"


def test_a_cell_that_raises_is_told_and_the_next_ones_run(nursery, tmp_path):
    with begun(nursery, tmp_path, "1 / 0", "x = 1") as session:
        assert ran(session) == ["error", "ok"]
        assert session.ran[0].error == ("ZeroDivisionError", "division by zero")
        assert value(session, "x") == "1"


def test_what_is_not_used_goes_and_what_is_used_stays(nursery, tmp_path, monkeypatch):
    monkeypatch.setattr(bases, "MOST", 1)
    with begun(nursery, tmp_path, ONCE, "used = 1") as used:
        mark = value(used, "mark")
        for number in range(3):
            with begun(nursery, tmp_path, f"number = {number}") as session:
                assert ran(session) == ["ok"]
        with begun(nursery, tmp_path, ONCE, "used = 1") as again:
            assert value(again, "mark") == mark
        assert value(used, "used") == "1"


def test_a_session_that_has_run_something_stays_what_it_is(nursery, tmp_path):
    with nursery.session(tmp_path) as session:
        session.run("x = 1", 10)
        session.begin(NOTHING, ["x = 2"])
        assert (session.ran, value(session, "x")) == ((), "1")


def test_what_the_lesson_holds_leaves_no_more_to_a_session(nursery, tmp_path):
    take = "held = bytearray(180 * 2**20)"
    with begun(nursery, tmp_path, take) as session:
        assert ran(session) == ["ok"]
        # With the lesson's own that is more than a session may have.
        result = session.run("more = bytearray(150 * 2**20)", 20)
        assert result.status == "memory" or result.error[0] == "MemoryError"


def test_a_fork_of_a_base_keeps_every_promise(nursery):
    assert [p for p in promises.check(nursery) if not p.held] == []


def test_a_lesson_runs_once_for_sessions_and_once_for_judges(nursery, tmp_path):
    lesson = "import sys, time\nmark = time.perf_counter_ns()\nsys.stdout.write(f'{mark}\\n')"
    test = "assert one() == 1\nprint(mark)\ntime.sleep(0.5)"  # a judge each
    cells = [code(lesson, id="lesson"), function("one", "one()", "return mark and 1")]
    source = notebook([*cells, test_cell("one-test", test)])
    answer = parse_submission(hand_in(source, {"one": "def one(): return mark and 1"}))

    def printed(_: int) -> tuple[str, str]:
        ((outcome,), nb) = examine(rebuild(source, answer), lambda: nursery.session(tmp_path))
        assert outcome.judgement.verdict == "passed", outcome.judgement.message
        return tuple(nb.cells[place].outputs[0].text for place in (0, -1))

    with ThreadPoolExecutor(3) as pool:
        ((here, there),) = set(pool.map(printed, range(3)))
    assert here != there  # two walls, each with a base of its own


def test_a_base_that_is_made_while_all_is_closed_is_let_go(nursery, tmp_path):
    made = bases.Bases(nursery.students, judges=False)
    with made.of(("x = 1",), tmp_path) as base:
        made.close()
        with pytest.raises(wire.Closed):
            base.ask({"do": "end", "pid": -1})
    with made.of(("x = 1",), tmp_path) as base:
        assert base._control.fileno() < 0

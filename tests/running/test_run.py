"""Notebooks are run in real kernels, and every failure is named with its cell."""

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course.errors import CourseError
from course.notebook.cells import RAISES
from course.processes import cores
from course.processes.surroundings import Home
from course.running import execution, times
from course.running import run as run_module
from course.running.papermill import Papermill
from course.running.run import run
from course.running.runner import Runner
from course.warm.specs import Specs
from tests.builders import code, make_course, markdown, solution, test_cell, write_notebook
from tests.interrupts import hear_ctrl_c


def run_one(tmp_path, cells, **options):
    """Run a course of one notebook and return its result."""
    course = make_course(tmp_path, {"01-one": {"one": cells}})
    (result,) = run(course, course.sections, out=tmp_path / "out", **options)
    return result


def run_released(tmp_path, cells):
    course = make_course(tmp_path, {"01-one": {"one": [markdown("# One")]}})
    write_notebook(tmp_path / "release" / "01-one" / "one.ipynb", cells)
    (result,) = run(course, course.sections, released=True, out=tmp_path / "out")
    return result


def executed(result):
    return nbformat.read(result.executed, as_version=4)


def texts(result) -> str:
    outputs = [o for c in executed(result).cells for o in c.get("outputs", [])]
    return "".join(o.get("text", "") for o in outputs)


def test_a_notebook_without_parameters_runs_from_top_to_bottom(tmp_path):
    result = run_one(tmp_path, [markdown("# One"), code("x = 1"), code("print(x + 1)")])
    assert (result.status, result.failure) == ("ok", None)
    assert texts(result) == "2\n"


def test_the_profile_reaches_the_parameters_cell(tmp_path):
    cells = [code('PROFILE = "fast"', "parameters"), code("print(PROFILE)")]
    assert texts(run_one(tmp_path, cells, profile="full")) == "full\n"


def test_the_kernel_stands_in_the_notebooks_folder_and_finds_the_courses_modules(tmp_path):
    (tmp_path / "own_module.py").write_text("word = 'found'")
    cells = [code("import os, own_module"), code("print(os.path.basename(os.getcwd()))")]
    cells += [code("print(own_module.word)")]
    assert texts(run_one(tmp_path, cells)) == "01-one\nfound\n"


@pytest.mark.parametrize("cold", [False, True])
@pytest.mark.parametrize(("jobs", "told"), [(1, ""), (2, "2"), (3, "1")])
def test_kernels_that_run_side_by_side_share_the_cores(tmp_path, monkeypatch, jobs, told, cold):
    monkeypatch.setattr(execution, "processors", lambda: 4)
    asked = f"import os\nprint([os.environ.get(k, '') for k in {cores.BUSY + cores.CALM}])"
    three = {f"0{n}-part": {f"part{n}": [code(asked)]} for n in range(3)}
    course = make_course(tmp_path, three)
    found = run(course, course.sections, out=tmp_path / "out", jobs=jobs, cold=cold)
    expected = [told] * len(cores.BUSY) + [""] * len(cores.CALM)
    assert {texts(result) for result in found} == {f"{expected}\n"}


def test_the_failing_cell_is_named_as_jupyter_numbers_it(tmp_path):
    cells = [code("x = 1"), markdown("text"), code("", id="blank")]
    cells += [code("def f():\n    raise ValueError('no [such] thing')\n\nf()", id="bad")]
    cells += [code("print('never')")]
    result = run_one(tmp_path, cells)
    assert result.status == "failed"
    assert (result.failure.number, result.failure.id) == (2, "bad")
    sentence = times.sentence(result)
    assert sentence == "01-one/one.ipynb, cell 2 [bad]: ValueError: no [such] thing"
    assert "never" not in texts(result)


def test_stderr_is_a_note_and_no_failure(tmp_path):
    result = run_one(tmp_path, [code("import warnings; warnings.warn('careful')", id="loud")])
    assert result.status == "ok"
    assert result.notes == ("cell 1 [loud] writes to stderr: line 1: UserWarning: careful",)


@pytest.mark.parametrize("cold", [False, True])
def test_a_lessons_temporary_files_go_with_its_home(tmp_path, cold):
    line = "import os, tempfile; print(tempfile.gettempdir(), os.environ['HOME'])"
    place, home = texts(run_one(tmp_path, [code(line)], cold=cold)).split()
    assert Path(place).parent == Path(home) and Path(home).name.startswith("course-home-")


@pytest.mark.skipif(os.name == "nt", reason="no sockets that are files there")
@pytest.mark.parametrize("spare", [40, 0])
def test_a_lesson_may_use_several_processes_wherever_temporary_files_are(
    tmp_path, monkeypatch, spare
):
    with tempfile.TemporaryDirectory(prefix="p") as short:
        long = Path(short, "x" * (71 - spare - len(short) - 1))  # as long as multiprocessing takes
        long.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(long))
        cell = (
            "import multiprocessing\nwith multiprocessing.Manager() as m:\n    print(m.list([1]))"
        )
        with Home(keeps=True) as home:
            monkeypatch.setattr(execution, "_home", lambda: SimpleNamespace(name=home))
            assert texts(run_one(tmp_path, [code(cell)], cold=True)) == "[1]\n"


def test_a_cell_that_is_meant_to_raise_is_no_failure(tmp_path):
    result = run_one(tmp_path, [code("1 / 0", "raises-exception"), code("print('on')")])
    assert result.status == "ok" and "on" in texts(result)


def test_a_killed_kernel_is_a_failure_of_the_cell_that_killed_it(tmp_path):
    cells = [code("1 / 0", "raises-exception"), code("import os; os._exit(9)", id="killer")]
    result = run_one(tmp_path, cells)
    assert (result.status, result.failure.id) == ("failed", "killer")
    assert "kernel died" in result.failure.message


def test_a_cell_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setitem(run_module.TIMEOUTS, "fast", 2)
    result = run_one(tmp_path, [code("x = 1"), code("while True:\n    pass", id="endless")])
    assert (result.failure.id, result.failure.error) == ("endless", "Timeout")
    assert "longer than 2 s" in result.failure.message


def test_a_kernel_that_is_not_installed_is_replaced_with_a_note(tmp_path):
    course = make_course(tmp_path, {"01-one": {"one": [code("print('ran')")]}})
    path = tmp_path / "source" / "01-one" / "one.ipynb"
    spec = {"name": "conda-env-far-away", "display_name": "Far away", "language": "python"}
    write_notebook(path, [code("print('ran')")], kernelspec=spec)
    (result,) = run(course, course.sections, out=tmp_path / "out")
    assert result.status == "ok" and "conda-env-far-away" in result.notes[0]


def test_a_notebook_that_cannot_be_read_fails_and_the_others_run(tmp_path):
    course = make_course(tmp_path, {"01-a": {"a": [code("1")]}, "02-b": {"b": [code("2")]}})
    (tmp_path / "source" / "01-a" / "a.ipynb").write_text("{")
    first, second = run(course, course.sections, out=tmp_path / "out")
    assert (first.status, second.status) == ("failed", "ok")
    assert "not a notebook" in times.sentence(first)


def test_notebooks_run_at_the_same_time(tmp_path):
    # Each waits for the other's file: one after the other they would both fail.
    cells = {
        name: [
            code(f"open({str(tmp_path / name)!r}, 'w').close()"),
            code(
                "import os, time\nend = time.time() + 60\n"
                f"while not os.path.exists({str(tmp_path / other)!r}):\n"
                "    assert time.time() < end\n    time.sleep(0.05)"
            ),
        ]
        for name, other in (("a", "b"), ("b", "a"))
    }
    course = make_course(tmp_path, {f"0{n}": {n: c} for n, c in cells.items()})
    results = run(course, course.sections, jobs=2, out=tmp_path / "out")
    assert [r.status for r in results] == ["ok", "ok"]


def test_progress_is_told_by_cells(tmp_path):
    told = []
    run_one(tmp_path, [code("1"), code("2")], report=lambda *what: told.append(what))
    assert told[-1] == ("01-one/one.ipynb", 2, 2)


class TestReleased:
    def test_an_unanswered_cell_does_not_end_the_run(self, tmp_path):
        cells = [code("def f(x):\n    raise NotImplementedError"), code("f(1)"), code("print(3)")]
        result = run_released(tmp_path, cells)
        assert result.status == "ok" and texts(result) == "3\n"

    def test_any_other_error_is_a_failure(self, tmp_path):
        cells = [code("raise NotImplementedError"), code("no_such_name", id="other"), code("1")]
        result = run_released(tmp_path, cells)
        assert (result.failure.number, result.failure.id) == (2, "other")
        assert result.failure.error == "NameError"

    @pytest.mark.parametrize("number", [1, 2])
    def test_the_tag_that_lets_a_readers_run_go_on_excuses_nothing(self, tmp_path, number):
        cells = [
            solution("f", "raise NotImplementedError" if number == 2 else "no_such_name"),
            test_cell("f-test", "no_such_name"),
        ]
        for cell in cells:
            cell.metadata["tags"] = [RAISES]
        assert run_released(tmp_path, cells).failure.number == number

    def test_not_implemented_in_a_source_notebook_is_a_failure(self, tmp_path):
        result = run_one(tmp_path, [code("raise NotImplementedError", id="stub")])
        assert result.failure.error == "NotImplementedError"

    def test_a_kernel_that_dies_in_the_last_cell_is_a_failure(self, tmp_path):
        cells = [code("raise NotImplementedError"), code("import os; os._exit(1)", id="end")]
        assert run_released(tmp_path, cells).failure.id == "end"

    def test_the_executed_notebook_carries_neither_our_tags_nor_papermills_alarm(self, tmp_path):
        cells = [code("raise NotImplementedError", "own", id="a"), code("1", id="b")]
        result = run_released(tmp_path, cells)
        found = {cell.id: cell.metadata.get("tags") for cell in executed(result).cells}
        assert found == {"a": ["own"], "b": None}

    def test_no_path_of_this_machine_stays_in_the_executed_notebook(self, tmp_path):
        result = run_released(tmp_path, [code("x = 1")])
        metadata = executed(result).metadata.papermill
        assert metadata.input_path == "release/01-one/one.ipynb"
        assert metadata.output_path == "one.ipynb"

    def test_a_section_that_is_not_released_is_wrong_use(self, tmp_path):
        course = make_course(tmp_path, {"01-one": {"one": [code("1")]}})
        with pytest.raises(CourseError, match="has no student version") as error:
            run(course, course.sections, released=True)
        assert "course release 01-one" in str(error.value)


def test_an_unknown_profile_is_wrong_use(tmp_path):
    course = make_course(tmp_path, {"01-one": {"one": [code("1")]}})
    with pytest.raises(CourseError, match="no profile 'slow'"):
        run(course, course.sections, profile="slow")


def test_the_times_are_written_as_json_and_csv(tmp_path):
    cells = [code("1"), code("import time; time.sleep(1)", id="slow")]
    result = run_one(tmp_path, cells)
    times.save([result], tmp_path / "out")
    (from_json,) = json.loads((tmp_path / "out" / "times.json").read_text())
    text = (tmp_path / "out" / "times.csv").read_text()
    (from_csv,) = csv.DictReader(text.splitlines())
    assert from_json["slowest_cell_id"] == from_csv["slowest_cell_id"] == "slow"
    assert from_json["slowest_cell"] == 2 and 1 <= from_json["slowest_cell_seconds"] < 5
    assert from_json["seconds"] >= from_json["slowest_cell_seconds"]


def test_stopping_ends_papermill_and_its_kernel(tmp_path):
    mark = tmp_path / "alive"
    tick = f"import time\nwhile True:\n    open({str(mark)!r}, 'a').write('.')\n    time.sleep(0.1)"
    course = make_course(tmp_path, {"01-one": {"one": [code(tick)]}})
    papermill = Papermill(Specs())
    how = False, "fast", 60, execution.environment(tmp_path)
    runner = Runner(course, *how, tmp_path / "out", lambda *what: None, papermill)
    section = course.sections[0]
    thread = threading.Thread(target=runner.run, args=(section, section.notebooks[0]))
    thread.start()
    end = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < end
        time.sleep(0.1)
    papermill.stop()
    thread.join(30)
    size = mark.stat().st_size
    time.sleep(1)
    assert not thread.is_alive() and mark.stat().st_size == size


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a console, not to a process")
@pytest.mark.parametrize("options", [[], ["--cold"]])
def test_ctrl_c_leaves_no_kernel(tmp_path, options):
    endless = "import os, time\nopen('pid', 'w').write(f'{os.getpid()}\\n')\nwhile True:\n    pass"
    make_course(tmp_path, {"01-one": {"one": [code(endless)]}, "02-two": {"two": [code("1")]}})
    command = [sys.executable, "-m", "course.cli", "run", "--course", str(tmp_path)]
    with subprocess.Popen(
        [*command, *options], stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c
    ) as program:
        pid = tmp_path / "source" / "01-one" / "pid"
        end = time.monotonic() + 60
        while not (pid.exists() and pid.read_text().endswith("\n")):
            assert time.monotonic() < end
            time.sleep(0.1)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 130 and "Ctrl-C" in said and "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)

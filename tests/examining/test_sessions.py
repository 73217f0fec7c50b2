"""A warm session gives what a kernel gives, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import threading
import time

import pytest

from course.door.budgets import CELL_OUTPUTS, CELL_TEXT
from course.examining.fresh import open_session
from course.warm.imports import imports_of
from tests.builders import code, notebook

CELLS = [
    "1 + 1",
    "print('a'); print('b')\nimport sys\nprint('c', file=sys.stderr)",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\n'text'",
    "1 / 0",
    "x = 3;",
    "x",
    "%%capture\nprint('hidden')",
    "from IPython.display import display\nh = display('old', display_id='d')",
    "h.update('new')",
    "from IPython.display import clear_output\nprint('gone'); clear_output(); print('kept')",
    "def f(:\n  pass",
    "await __import__('asyncio').sleep(0, 'awaited')",
    "!echo from the shell",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1))\nax.plot([1, 2]);",
]


def normal(outputs: list) -> list:
    """Return outputs without what differs between any two runs."""
    found = []
    for output in outputs:
        output = {k: v for k, v in output.items() if k not in ("traceback", "execution_count")}
        found.append(output)
    return found


@pytest.mark.slow
def test_outputs_equal_those_of_a_kernel(sessions, tmp_path):
    with sessions(tmp_path, {}) as warm, open_session(tmp_path) as kernel:
        for source in CELLS:
            ours, theirs = warm.run(source, 60), kernel.run(source, 60)
            assert normal(ours.outputs) == normal(theirs.outputs), source
            assert (ours.status, ours.error) == (theirs.status, theirs.error), source


def test_sessions_share_nothing(sessions, tmp_path):
    with sessions(tmp_path, {}) as one, sessions(tmp_path, {}) as other:
        one.run("secret = 1; import math; math.pi = 3", 10)
        assert other.run("secret", 10).status == "error"
        assert other.run("import math; assert math.pi > 3.1", 10).status == "ok"


def test_a_session_stands_in_its_folder_with_its_environment(sessions, tmp_path):
    with sessions(tmp_path, {"COURSE_CHECK_SEED": "5"}) as session:
        result = session.run("import os; print(os.getcwd(), os.environ['COURSE_CHECK_SEED'])", 10)
        assert result.outputs[0].text == f"{tmp_path} 5\n"


def test_processes_that_a_session_started_end_with_it(sessions, tmp_path):
    with sessions(tmp_path, {}) as session:
        result = session.run("import subprocess; subprocess.Popen(['sleep', '99']).pid", 10)
        pid = int(result.outputs[0].data["text/plain"])
        os.kill(pid, 0)
    for _ in range(100):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().split()[2] == "Z":
                    return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} is still there")


def test_many_threads_can_use_one_nursery(sessions, tmp_path):
    found = []

    def work(number: int) -> None:
        with sessions(tmp_path, {}) as session:
            found.append(session.run(f"{number} ** 2", 30).outputs[0].data["text/plain"])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, found)) == [n**2 for n in range(8)]


def test_much_output_is_cut_and_the_session_lives(sessions, tmp_path):
    with sessions(tmp_path, {}) as session:
        result = session.run("print('x' * 30_000_000)", 30)
        assert result.status == "ok"
        assert len(result.outputs[0].text) == CELL_TEXT
        assert "More was shown" in result.outputs[1].text
        many = "from IPython.display import display\nfor i in range(9000): display(i)"
        outputs = session.run(many, 30).outputs
        assert len(outputs) == CELL_OUTPUTS + 1
        assert "More was shown" in outputs[-1].text
        assert session.run("1", 10).status == "ok"


def test_the_imports_of_notebooks_are_found_once_and_in_order():
    nb = notebook([code("import a\nfrom b import c"), code("import a"), code("%magic\nimport d")])
    assert imports_of([nb]) == ("import a", "from b import c")


@pytest.mark.slow
def test_a_kernel_session_works_inside_a_running_event_loop(tmp_path):
    async def inside() -> str:
        with open_session(tmp_path) as session:
            return session.run("1 + 1", 30).outputs[0].data["text/plain"]

    assert asyncio.run(inside()) == "2"

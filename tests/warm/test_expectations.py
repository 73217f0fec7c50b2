"""What Jupyter's users expect of a kernel, of plain and of warm ones."""

import os
import signal
import subprocess
import sys
import time

import pytest

from course.examining.fresh import KernelSession
from course.warm.process import WarmProcess
from tests.warm.conftest import is_gone

KINDS = pytest.mark.parametrize("kind", ["plain", "warm"])
CELLS = [
    "1 + 1",
    "print('a'); import sys; print('c', file=sys.stderr)",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))",
    "1 / 0",
    "!echo from the shell",
    # What a program writes comes by a thread, before or after a cell's result: it has none here.
    "import os, time; os.system('echo from a program') or time.sleep(1)",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1))\nax.plot([1, 2]);",
    "import matplotlib; matplotlib.get_backend()",
    "import warnings; warnings.warn('careful')",
    "input('name? ')",
    "await __import__('asyncio').sleep(0, 'awaited')",
    "%matplotlib inline\nplt.plot([1]); plt.show()",
    "import logging; logging.getLogger('x').warning('logged')",
    "sorted(__import__('ipywidgets').comm.get_comm_manager().targets)",
]
PLACE = (
    "import os, sys\nenv = dict(os.environ)\n"
    "for name in ('JPY_SESSION_NAME', 'COURSE_WARM_SOCKET'): env.pop(name, None)\n"
    "print(os.getcwd(), sys.path, sys.argv[0], sys.argv[1], sys.executable, sorted(env.items()))"
)


def wait_until(true, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_a_warm_kernel_is_a_fork_and_a_plain_one_is_not(start):
    plain, warm = start("plain"), start("warm")
    assert plain.parent == os.getpid()
    assert isinstance(warm.process, WarmProcess) and warm.parent not in (1, os.getpid())
    assert warm.run("import sys; print('numpy' in sys.modules)") == "True"


def test_the_outputs_are_the_same(nursery, tmp_path):
    found = []
    for kernel in ("python3", "vision-course"):
        session = KernelSession(tmp_path, kernel=kernel)
        try:
            results = [session.run(cell, 60) for cell in CELLS]
        finally:
            session.close()
        for output in (output for r in results for output in r.outputs):
            output.pop("traceback", None)
            if "text" in output:  # the cell's file is named by the kernel's process
                output.text = output.text.rpartition("ipykernel_")[2].lstrip("0123456789")
        found.append([(r.status, r.outputs, r.error) for r in results])
    for cell, plain, warm in zip(CELLS, *found, strict=True):
        assert plain == warm, cell


def test_folder_paths_arguments_and_environment_are_the_same(start, tmp_path):
    variables = {**os.environ, "COLOUR": "blue"}
    plain, warm = (start(k, cwd=str(tmp_path), env=dict(variables)) for k in ("plain", "warm"))
    # A library that is imported already has set what it sets when it is imported.
    assert plain.run("import numpy, matplotlib.pyplot, ipywidgets") == ""
    assert warm.run(PLACE) == plain.run(PLACE)


@KINDS
def test_an_interrupt_ends_the_cell_and_not_the_kernel(start, kind):
    kernel = start(kind)
    pid = kernel.process.pid
    # Without stop_on_error: with it a kernel drops what arrives right after an error.
    code = "import time; kept = 1; print('begun'); time.sleep(60)"
    asked = kernel.client.execute(code, stop_on_error=False)
    while kernel.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    kernel.manager.interrupt_kernel()
    assert kernel.reply(asked, 10)["ename"] == "KeyboardInterrupt"
    assert kernel.run("print(kept)") == "1" and kernel.process.pid == pid


@KINDS
def test_a_restart_forgets_everything_and_keeps_the_connection(start, kind):
    kernel = start(kind)
    first = kernel.process.pid
    kernel.run("secret = 1")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(60)
    assert is_gone(first)
    assert kernel.run("secret") == "NameError"
    assert int(kernel.run("import os; print(os.getpid())")) == kernel.manager.provisioner.pid


@KINDS
def test_a_shutdown_runs_what_is_due_at_exit(start, kind, tmp_path):
    kernel, mark = start(kind), tmp_path / "mark"
    kernel.run(f"import atexit, pathlib; atexit.register(pathlib.Path({str(mark)!r}).touch)")
    kernel.manager.shutdown_kernel()
    assert mark.exists() and is_gone(kernel.process.pid)
    assert kernel.process.returncode == 0 and not kernel.manager.has_kernel


@KINDS
def test_a_file_that_is_left_open_is_written_to_its_end(start, kind, tmp_path):
    kernel, path = start(kind), tmp_path / "notes.txt"
    kernel.run(f"file = open({str(path)!r}, 'w'); file.write('all of it')")
    kernel.run("class Kept:\n    pass\nkept = Kept(); kept.itself = kept; kept.file = file")
    kernel.manager.shutdown_kernel()
    assert path.read_text() == "all of it"


@KINDS
def test_a_shutdown_now_kills(start, kind):
    kernel = start(kind)
    kernel.manager.shutdown_kernel(now=True)
    assert is_gone(kernel.process.pid) and kernel.process.returncode == -signal.SIGKILL


@KINDS
@pytest.mark.parametrize(
    ("code", "status"), [("os._exit(3)", 3), ("os.kill(os.getpid(), 11)", -11), ("exit()", 0)]
)
def test_a_death_is_noticed_with_its_code(start, kind, code, status):
    kernel = start(kind)
    kernel.client.execute(f"import os; {code}")
    assert wait_until(lambda: not kernel.manager.is_alive())
    assert kernel.process.poll() == status


@KINDS
def test_programs_that_a_kernel_started_end_with_it(start, kind):
    kernel = start(kind)
    pid = int(kernel.run("import subprocess; print(subprocess.Popen(['sleep', '99']).pid)"))
    kernel.manager.shutdown_kernel(now=True)
    assert is_gone(pid)


@KINDS
def test_a_kernel_ends_when_the_program_that_wanted_it_is_killed(nursery, kind):
    name = {"plain": "python3", "warm": "vision-course"}[kind]
    line = (
        "from jupyter_client.manager import start_new_kernel\n"
        f"m, c = start_new_kernel(kernel_name={name!r})\n"
        "print(m.provisioner.pid, flush=True)\nimport time; time.sleep(99)"
    )
    command = [sys.executable, "-c", line]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        pid = int(program.stdout.readline())
        assert not is_gone(pid, 0.3)
        program.kill()
    assert is_gone(pid)


@KINDS
def test_its_own_standard_error_is_the_one_that_was_given(start, kind, tmp_path):
    with open(tmp_path / "log", "wb") as log:
        kernel = start(kind, stdout=subprocess.DEVNULL, stderr=log)
    kernel.run("get_ipython().kernel.log.warning('past Jupyter')")
    assert "past Jupyter" in (tmp_path / "log").read_text()


@KINDS
def test_a_folder_that_is_missing_is_named(start, kind, tmp_path, caplog):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        start(kind, cwd=str(tmp_path / "nowhere"))

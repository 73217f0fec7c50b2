"""Nurseries: who is served, who is not, and when they end."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from jupyter_client.manager import KernelManager

from course.warm import provisioner, runtime, starting
from course.warm.imports import imports_in
from course.warm.kernels import imported_with
from course.warm.owned import owned_nursery
from course.warm.process import WarmProcess
from course.warm.provisioner import WarmProvisioner, default_imports, ipykernel_arguments
from course.warm.specs import Specs
from tests.warm.conftest import is_gone, parent_of

PYTHON = sys.executable


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([PYTHON, "-m", "ipykernel_launcher", "-f", "x", "--quiet"], ["-f", "x", "--quiet"]),
        ([PYTHON, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "x"], ["-f", "x"]),
        (["python3", "-m", "ipykernel_launcher", "-f", "x"], ["-f", "x"]),
        (["/other/python", "-m", "ipykernel_launcher", "-f", "x"], None),
        ([PYTHON, "-O", "-m", "ipykernel_launcher", "-f", "x"], None),
        ([PYTHON, "-m", "another_kernel", "-f", "x"], None),
        (["R", "--slave", "-e", "IRkernel::main()"], None),
    ],
)
def test_only_the_ipykernel_of_this_python_can_be_forked(command, arguments):
    assert ipykernel_arguments(command) == arguments


def test_the_kernelspec_names_the_provisioner_and_helpers_come_first():
    manager = KernelManager(kernel_name="vision-course")
    stanza = manager.kernel_spec.metadata["kernel_provisioner"]
    assert stanza["provisioner_name"] == provisioner.NAME and provisioner.registered()
    assert manager.kernel_spec.display_name == "Python 3 (warm)"
    # It quietens TensorFlow, which works only before that is imported.
    assert default_imports()[0] == "import helpers"


def test_a_kernelspec_without_a_provisioner_gets_one_and_another_keeps_its_own():
    def stanza(specs: Specs, name: str) -> dict:
        return specs.get_kernel_spec(name).metadata["kernel_provisioner"]

    assert stanza(Specs("x.sock"), "python3")["config"] == {"socket": "x.sock"}
    assert stanza(Specs(), "python3")["provisioner_name"] == "local-provisioner"
    assert stanza(Specs("x.sock"), "vision-course")["config"]["imports"] == default_imports()


def test_imports_are_found_in_files_and_one_that_cannot_be_read_has_none(tmp_path):
    good, bad = tmp_path / "good.ipynb", tmp_path / "bad.ipynb"
    lines = ["import a\n", "from b import c"]  # as files hold them
    good.write_text(json.dumps({"cells": [{"cell_type": "code", "source": lines}]}))
    bad.write_text("{")
    assert imports_in([bad, good, tmp_path / "missing.ipynb"]) == ("import a", "from b import c")


def test_where_there_is_no_fork_the_kernel_is_a_plain_one(start, monkeypatch):
    monkeypatch.setattr(starting, "available", lambda: False)
    kernel = start("warm")
    assert isinstance(kernel.process, subprocess.Popen) and kernel.run("print(1)") == "1"


def test_a_pipe_for_the_output_takes_a_plain_kernel(start):
    kernel = start("warm", stderr=subprocess.PIPE)
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
    assert isinstance(kernel.process, subprocess.Popen)


def test_variables_that_imports_read_are_told_from_others():
    assert imported_with({"KERAS_BACKEND": "jax", "COLOUR": "blue"}) == {"KERAS_BACKEND": "jax"}


def test_of_many_that_ask_at_once_one_starts_the_nursery(shared, tmp_path):
    def ask(number: int) -> WarmProcess:
        message = {"do": "open", "folder": "/", "environment": dict(os.environ)}
        message |= {"arguments": ["-f", str(tmp_path / f"{number}.json")], "independent": False}
        with open(os.devnull, "w") as nothing:
            return starting.ask(message, (nothing.fileno(), nothing.fileno()), [])[0]

    with ThreadPoolExecutor(8) as pool:
        processes = list(pool.map(ask, range(8)))
    nurseries = {parent_of(process.pid) for process in processes}
    for process in processes:
        process.kill()
        process.wait(10)
    assert len(nurseries) == 1 and os.getpid() not in nurseries


def test_other_imports_and_other_variables_take_another_nursery(shared, monkeypatch):
    first, same = shared(["import numpy"]), shared(["import numpy"])
    assert first.parent == same.parent
    assert shared(["import json"]).parent != first.parent
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    assert shared(["import numpy"]).parent != first.parent


def test_a_module_that_has_changed_is_imported_anew(shared, monkeypatch, tmp_path):
    module = tmp_path / "lesson_of_today.py"
    module.write_text("word = 'old'")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    ask, imports = "import lesson_of_today; print(lesson_of_today.word)", ["import lesson_of_today"]
    first = shared(imports)
    nursery = first.parent
    assert first.run(ask) == "old"
    module.write_text("word = 'newer'")
    second = shared(imports)
    assert second.run(ask) == "newer" and second.parent != first.parent
    first.manager.shutdown_kernel()
    assert is_gone(nursery)  # nobody can ask it any more


def test_an_import_that_starts_a_thread_takes_plain_kernels(shared):
    thread = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    assert isinstance(shared([thread]).process, subprocess.Popen)


def test_an_import_that_fails_is_left_to_the_cell(shared):
    kernel = shared(["import no_such_module", "import numpy"])
    assert isinstance(kernel.process, WarmProcess)
    assert kernel.run("import no_such_module") == "ModuleNotFoundError"


def test_a_folder_of_sockets_that_others_can_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    runtime.runtime_folder().chmod(0o755)
    with pytest.raises(runtime.Refused, match="private"):
        runtime.runtime_folder()


def test_a_nursery_without_kernels_ends_by_itself(tmp_path):
    line = "import course.warm.kernels as k, course.warm.serving as s; s.IDLE_SECONDS = 1; k.main()"
    with runtime.listen(str(tmp_path / "s")) as listener:
        command = [PYTHON, "-c", line, str(listener.fileno()), "0", "[]"]
        subprocess.run(command, pass_fds=[listener.fileno()], check=True, cwd=tmp_path)
    assert is_gone(_nursery_at_end(tmp_path / "s"))


def _nursery_at_end(path) -> int:
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline") as file:
                    if "IDLE_SECONDS = 1" in file.read():
                        return int(name)
            except OSError:
                continue
    return 2**30  # it has ended already


def test_a_nursery_and_its_kernels_end_with_their_owner(tmp_path):
    line = (
        "import json, os, time\n"
        "from course.warm.owned import start_owned\n"
        "from jupyter_client.manager import start_new_kernel\n"
        "process, variables = start_owned([], dict(os.environ))\n"
        "os.environ.update(variables)\n"
        "m, c = start_new_kernel(independent=True)\n"
        "print(json.dumps([process.pid, m.provisioner.pid]), flush=True)\ntime.sleep(99)"
    )
    with subprocess.Popen([PYTHON, "-c", line], stdout=subprocess.PIPE) as owner:
        pids = json.loads(owner.stdout.readline())
        owner.kill()
    assert all(is_gone(pid) for pid in pids)


def test_when_a_nursery_dies_its_kernels_are_known_to_be_dead(start, shared):
    kernel = shared(["import json"])
    os.kill(kernel.parent, signal.SIGKILL)
    assert kernel.process.wait(10) == -signal.SIGKILL and is_gone(kernel.process.pid)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert kernel.run("print(1)") == "1"


def test_an_independent_kernel_can_be_gone_on_with(start):
    kernel = start("warm", independent=True)
    info = asyncio.run(kernel.manager.provisioner.get_provisioner_info())
    kernel.process._connection.close()  # as when the program ends that asked for it
    other = WarmProvisioner(kernel_id="1", kernel_spec=kernel.manager.kernel_spec)
    asyncio.run(other.load_provisioner_info(json.loads(json.dumps(info, default=str))))
    assert other.has_process and other.process.poll() is None
    assert kernel.run("print('alive')") == "alive"
    kernel.manager.provisioner.process = other.process


def test_a_kernel_that_has_ended_cannot_be_gone_on_with(start):
    kernel = start("warm")
    info = asyncio.run(kernel.manager.provisioner.get_provisioner_info())
    kernel.manager.shutdown_kernel(now=True)
    other = WarmProvisioner(kernel_id="1", kernel_spec=kernel.manager.kernel_spec)
    asyncio.run(other.load_provisioner_info(info))
    assert not other.has_process


def test_owned_nurseries_leave_no_socket_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with owned_nursery([], dict(os.environ)) as variables:
        assert os.path.exists(variables[starting.SOCKET])
    assert not list(tmp_path.rglob("*.sock"))

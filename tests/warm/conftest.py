"""Kernels through Jupyter's own manager, plain and warm side by side."""

from __future__ import annotations

import copy
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from course.running.execution import environment
from course.warm.client import available
from course.warm.owned import PROVISIONER, owned_nursery
from course.warm.runtime import runtime_folder
from course.warm.starting import SOCKET
from tests.kernels import by_files

# On Windows and macOS there is nothing to test: kernels are plain.
collect_ignore_glob = [] if available() else ["test_*.py"]
NAMES = {"plain": "python3", "warm": "vision-course"}
IMPORTS = ["import numpy", "import matplotlib.pyplot", "import ipywidgets"]


class Kernel:
    """A kernel with a client."""

    def __init__(self, kind: str, imports: list[str] | None = None, **launch) -> None:
        self.manager = KernelManager(kernel_name=NAMES[kind], **by_files())
        if imports is not None:
            spec = copy.deepcopy(self.manager.kernel_spec)
            spec.metadata["kernel_provisioner"]["config"]["imports"] = imports
            self.manager._kernel_spec = spec
        self.manager.start_kernel(**launch)
        self.process = self.manager.provisioner.process
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    def run(self, code: str) -> str:
        """Run a cell; return what it prints, or the name of its error."""
        found = []

        def hear(message: dict) -> None:
            found.append(message["content"].get("text") or message["content"].get("ename") or "")

        # stop_on_error would have the kernel drop a request that comes right after a failing one.
        self.client.execute_interactive(
            code, timeout=120, output_hook=hear, allow_stdin=False, stop_on_error=False
        )
        return "".join(found).strip()

    def reply(self, asked: str, seconds: float) -> dict:
        """Return the reply to a request; a slow start was asked about twice, and replies twice."""
        while True:
            message = self.client.get_shell_msg(timeout=seconds)
            if message["parent_header"]["msg_id"] == asked:
                return message["content"]

    @property
    def parent(self) -> int:
        return parent_of(self.process.pid)

    def close(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)


def parent_of(pid: int) -> int:
    """Return the process id of a process's parent."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_gone(pid: int, seconds: float = 10) -> bool:
    """Wait until a process has ended; one that nobody has waited for has ended too."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if status == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def nursery():
    """Give the tests of a module one nursery without TensorFlow; return its variables."""
    with pytest.MonkeyPatch.context() as patch:
        # Both kinds get the same environment, and the nursery has it when it imports.
        for name, value in environment(Path(__file__).parent).items():
            patch.setenv(name, value)
        patch.delenv(PROVISIONER, raising=False)
        with owned_nursery(IMPORTS, dict(os.environ)) as variables:
            patch.setenv(SOCKET, variables[SOCKET])
            yield variables


@pytest.fixture
def start(nursery):
    """Return a function that starts kernels, all of which end with the test."""
    kernels: list[Kernel] = []

    def start(kind: str, imports: list[str] | None = None, **launch) -> Kernel:
        kernels.append(Kernel(kind, imports, **launch))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()


@pytest.fixture
def shared(start, monkeypatch, tmp_path_factory):
    """Return a function that starts warm kernels of shared nurseries, which end with the test."""
    monkeypatch.delenv(SOCKET)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    yield lambda imports, **launch: start("warm", imports, **launch)
    for pid in processes_in(runtime_folder()):
        os.kill(pid, signal.SIGKILL)


def processes_in(folder: Path) -> list[int]:
    """Return the processes that stand in a folder, as nurseries do in that of their sockets."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if os.readlink(place) == str(folder):
                found.append(int(place.parent.name))
    return found

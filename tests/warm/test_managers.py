"""A kernel of ours needs no port, so no other process can take it before the kernel does."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from pathlib import Path

import pytest
from jupyter_client.connect import LocalPortCache
from jupyter_client.kernelspec import KernelSpec

from course.examining.fresh import KernelSession
from course.gate.plain import run_plainly
from course.running.run import run
from course.warm.managers import LocalManager
from course.warm.specs import Specs
from tests.builders import code, make_course, notebook

posix = pytest.mark.skipif(os.name == "nt", reason="kernels have ports there")


@pytest.fixture
def taken(monkeypatch):
    """Have Jupyter give away a port that another process has taken by then."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setattr(LocalPortCache, "find_available_port", lambda self, ip: port)
        yield


@pytest.fixture
def place(monkeypatch):
    """Return the place of temporary folders, whose path is short."""
    with tempfile.TemporaryDirectory(prefix="k") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        yield Path(short)


def folders() -> list[Path]:
    return sorted(Path(tempfile.gettempdir()).glob("course-kernel-*"))


def started(manager: LocalManager) -> str:
    """Start a kernel, return through what it answered, and end it."""

    async def talk() -> str:
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(60)
            private = [folder.stat().st_mode & 0o077 == 0 for folder in folders()]
            assert private == [True] * (manager.transport == "ipc")  # no other user reaches it
            return manager.transport
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    return asyncio.run(talk())


@posix
@pytest.mark.parametrize("cold", [False, True])
def test_a_port_that_another_process_takes_stops_no_lesson(tmp_path, taken, cold):
    course = make_course(tmp_path, {"01-one": {"one": [code("print(1)")]}})
    (result,) = run(course, course.sections, out=tmp_path / "out", cold=cold)
    assert (result.status, result.failure) == ("ok", None)


@posix
def test_nor_a_run_of_the_gates(tmp_path, taken):
    ran, stopped = run_plainly(notebook([code("print(1)")]), tmp_path, tmp_path)
    assert (ran.cells[0].outputs[0].text, stopped) == ("1\n", "")


@posix
def test_what_a_kernel_was_spoken_to_through_goes_with_it(place):
    assert started(LocalManager("python3")) == "ipc"
    assert folders() == []


@posix
def test_and_where_it_dies_at_once(place):
    with pytest.raises(RuntimeError, match="Kernel died"):
        KernelSession(place, environment={"PYTHONHOME": str(place)})
    assert folders() == []


def test_a_kernel_has_ports_where_a_sockets_path_would_be_too_long(place, monkeypatch):
    long = place / ("x" * 130)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert started(LocalManager("python3")) == "tcp"
    assert folders() == []


def test_a_kernel_that_somebody_else_wrote_has_ports(place):
    class Theirs(Specs):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return super().get_kernel_spec("python3")

    assert started(LocalManager("theirs", Theirs())) == "tcp"

"""A kernel of ours needs no port, so no other process can take it before the kernel does."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from pathlib import Path

import pytest
from jupyter_client.connect import LocalPortCache

from course.gate.plain import run_plainly
from course.running.run import run
from course.warm.managers import LocalManager
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
def place(monkeypatch, tmp_path):
    """Return the place of temporary folders, whose path is short."""
    with tempfile.TemporaryDirectory(prefix="k") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        yield Path(short)


def folders(place: Path) -> list[Path]:
    return sorted(place.glob("course-kernel-*"))


async def started(manager: LocalManager) -> bool:
    """Start a kernel, tell whether it answers, and end it."""
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(60)
        return True
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


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
    manager = LocalManager("python3")
    (folder,) = folders(place)
    assert folder.stat().st_mode & 0o077 == 0  # no other user reaches the kernel
    assert asyncio.run(started(manager))
    assert folders(place) == []


@posix
def test_and_where_it_never_started(place):
    manager = LocalManager("python3")
    assert folders(place)
    asyncio.run(manager.cleanup_resources())
    assert folders(place) == []


def test_a_kernel_has_ports_where_a_sockets_path_would_be_too_long(place, monkeypatch):
    long = place / ("x" * 130)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    manager = LocalManager("python3")
    assert manager.transport == "tcp" and folders(long) == []
    assert asyncio.run(started(manager))


def test_a_kernel_that_somebody_else_wrote_has_ports(place):
    assert LocalManager("ir").transport == "tcp"
    assert folders(place) == []

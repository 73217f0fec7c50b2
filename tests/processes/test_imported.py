"""A process that is forked notices when a file has changed that it has imported."""

from __future__ import annotations

import importlib
import os
import sys
import time

import pytest

from course.processes import forks, wire
from course.processes.forks import Imported


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Return the file of a module that is imported."""
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "module_that_changes.py"
    path.write_text("NUMBER = 1\n")
    importlib.import_module("module_that_changes")
    yield path
    del sys.modules["module_that_changes"]


def test_a_file_that_changes_later_is_told(module):
    imported = Imported(time.time_ns())
    assert imported.changed() is None
    module.write_text("NUMBER = 2\n")
    assert imported.changed() == str(module)


def test_so_is_one_that_changed_while_others_were_imported(module):
    time.sleep(0.02)  # the system's clock of files is coarser
    began = time.time_ns()
    module.write_text("NUMBER = 2\n")
    os.utime(module, ns=(0, 0))  # as one that is copied with its time
    assert Imported(began).changed() == str(module)
    assert Imported().changed() is None


def test_what_is_written_by_an_import_is_no_change(module):
    began = time.time_ns() - 10**12
    name = f"{forks.WRITTEN_BY_IMPORTS}_1"
    sys.modules[name] = sys.modules.pop("module_that_changes")
    try:
        assert Imported(began).changed() != str(module)
    finally:
        sys.modules["module_that_changes"] = sys.modules.pop(name)


def test_files_that_come_with_a_broken_message_are_closed():
    import socket

    reads, writes = os.pipe()
    near, far = socket.socketpair()
    with near, far:
        socket.send_fds(near, [wire.LENGTH.pack(10) + b"no"], [writes])
        os.close(writes)
        near.close()
        with pytest.raises(wire.Closed):
            wire.receive_with_files(far, 1)
    os.set_blocking(reads, False)
    assert os.read(reads, 1) == b""  # nobody holds the other end
    os.close(reads)

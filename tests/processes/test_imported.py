"""A process that is forked notices when a file has changed that it has imported."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
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


def test_so_is_one_that_changed_while_others_were_imported(module, monkeypatch):
    time.sleep(0.02)  # the system's clock of files is coarser
    began = time.time_ns()
    module.write_text("NUMBER = 2\n")
    assert Imported(began).changed() is None  # it lies where imports write modules
    monkeypatch.setattr(tempfile, "tempdir", "/elsewhere")
    assert Imported(began).changed() == str(module)
    assert Imported().changed() is None


def test_a_file_of_tomorrow_is_not_for_ever_too_late(module, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/elsewhere")
    tomorrow = time.time_ns() + 86_400 * 10**9
    os.utime(module, ns=(tomorrow, tomorrow))
    assert Imported(time.time_ns() - 10**9).changed() != str(module)


def test_a_link_to_a_file_is_no_change_and_another_file_in_its_place_is(module, tmp_path):
    imported = Imported(time.time_ns())
    os.link(module, tmp_path / "link.py")
    assert imported.changed() is None
    status = module.stat()
    (tmp_path / "new.py").write_text("NUMBER = 3\n")
    os.utime(tmp_path / "new.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(tmp_path / "new.py", module)
    assert imported.changed() == str(module)


def test_a_package_that_is_installed_is_a_change(tmp_path, monkeypatch):
    place = tmp_path / "site-packages"
    place.mkdir()
    monkeypatch.syspath_prepend(place)
    imported = Imported(time.time_ns())
    assert imported.changed() is None
    time.sleep(0.02)
    (place / "new.py").touch()
    assert imported.changed() == str(place)


def test_an_import_that_ends_a_program_ends_no_nursery():
    assert forks.preload(["raise SystemExit(3)", "import json"]) == ["raise SystemExit(3)"]


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

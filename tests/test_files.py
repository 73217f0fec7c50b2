"""Files and folders are written whole or not at all, and whoever fails names the file."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from course.files import copy_folder, is_full, write_atomically


def full(*arguments, **named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # as a write raises it: without a name


def test_a_file_for_which_there_is_no_room_is_named(tmp_path, monkeypatch):
    path = tmp_path / "marks.csv"
    write_atomically(path, "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomically(path, "new")
    assert caught.value.filename == str(path) and is_full(caught.value)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a file in it, and one below."""
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True, mode=0o750)
    (folder / "a.txt").write_text("a")
    (folder / "below" / "b.txt").write_text("b")
    return folder


def test_a_folder_is_copied_with_all_that_is_in_it(tmp_path, folder):
    copy = tmp_path / "deep" / "copy"
    copy_folder(folder, copy)
    assert (copy / "a.txt").read_text() + (copy / "below" / "b.txt").read_text() == "ab"
    assert (copy / "below").stat().st_mode == (folder / "below").stat().st_mode


def test_of_a_folder_that_cannot_be_copied_nothing_is_left(tmp_path, folder, monkeypatch):
    copy = tmp_path / "copy"
    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(OSError, match="No space left") as caught:
        copy_folder(folder, copy)
    assert caught.value.filename == str(copy / "a.txt")
    assert not copy.exists()

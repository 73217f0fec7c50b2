"""Files and folders are written whole or not at all, and whoever fails names the file."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import threading

import pytest

from course.files import (
    copy_folder,
    copy_to_work_on,
    is_full,
    write_atomically,
    write_where_told,
)


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


def test_a_place_that_cannot_be_written_is_named_as_it_was_asked_for(tmp_path):
    (tmp_path / "file").write_text("no folder")
    for path in (tmp_path, tmp_path / "file" / "marks.csv"):
        with pytest.raises(OSError) as caught:
            write_where_told(path, "new")
        assert caught.value.filename in (str(path), str(path.parent))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_behind_a_link_its_target_is_written(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    write_where_told(link, "new")
    assert link.is_symlink() and target.read_text() == "new"


def test_a_pipe_is_written_into_and_stays_one(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write_where_told(pipe, "new")
    reader.join(30)
    assert read == ["new"] and stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_nobody_may_write_is_copied_to_be_worked_on(tmp_path, folder):
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode & ~0o222)
    copy_to_work_on(folder, tmp_path / "copy")
    copies = list((tmp_path / "copy").rglob("*"))
    assert copies and all(path.stat().st_mode & stat.S_IWUSR for path in copies)


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

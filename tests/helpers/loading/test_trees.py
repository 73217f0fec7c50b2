"""Trees of pictures: whole or to be gone on with, and nobody else's files are touched."""

import json
import subprocess
import sys
import textwrap
from functools import partial

from helpers.loading import trees
from helpers.loading.classfolders import Part
from helpers.loading.manifests import TreeError, read_manifest
from helpers.loading.trees import write_tree

import numpy as np
import pytest
from filelock import FileLock
from PIL import Image

ORIGIN = {"what": "shades"}


def shades(first, number, log=None):
    for shade in range(first, first + number):
        if log is not None:
            log.append(shade)
        yield np.full((4, 3), shade, np.uint8)


def plan(log=None):
    return [
        Part("Train/人", 3, partial(shades, 10, 3, log)),
        Part("Train/口", 2, partial(shades, 20, 2, log)),
        Part("Test/人", 1, partial(shades, 30, 1, log)),
    ]


def content(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def whole(tmp_path):
    write_tree(tmp_path / "tree", plan(), ORIGIN)
    return tmp_path / "tree"


def test_pictures_are_numbered_from_one_in_class_folders(whole):
    names = ["Train/人/1", "Train/人/2", "Train/人/3", "Train/口/1", "Train/口/2", "Test/人/1"]
    assert sorted(content(whole)) == sorted([*(f"{name}.png" for name in names), "manifest.json"])
    found = np.asarray(Image.open(whole / "Train" / "口" / "2.png"))
    assert (found.shape, found.dtype, found.min(), found.max()) == ((4, 3), np.uint8, 21, 21)


def test_the_manifest_says_what_is_there(whole):
    found = read_manifest(whole)
    assert (found["pictures"], found["origin"]) == (6, ORIGIN)
    assert {name: f["pictures"] for name, f in found["folders"].items()} == {
        "Train/人": 3, "Train/口": 2, "Test/人": 1,
    }  # fmt: skip


def test_a_whole_tree_is_recognised_and_not_written_again(whole):
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*")}
    log = []
    tree = write_tree(whole, plan(log), ORIGIN)
    assert (tree.written, log) == ({}, [])
    assert {path: path.stat().st_mtime_ns for path in whole.rglob("*")} == before


def test_progress_is_told_in_pictures(tmp_path):
    told = []
    write_tree(tmp_path / "tree", plan(), ORIGIN, report=lambda *what: told.append(what))
    assert told == [(3, 6), (5, 6), (6, 6)]


def test_what_cannot_be_had_is_noted_and_leaves_no_gap(tmp_path):
    def draw():
        yield from ("a.png (it is empty)", np.zeros((2, 2), np.uint8))

    for _ in range(2):
        tree = write_tree(tmp_path, [Part("人", 2, draw)], ORIGIN)
        record = tree.records["人"]
        assert (record.pictures, record.failures) == (1, ("a.png (it is empty)",))
    assert [path.name for path in (tmp_path / "人").iterdir()] == ["1.png"]


# --- what is missing is written, what is there is kept


def remove_a_picture(whole):
    (whole / "Train" / "人" / "2.png").unlink()


def remove_a_class(whole):
    for path in (whole / "Train" / "口").iterdir():
        path.unlink()
    (whole / "Train" / "口").rmdir()


def empty_a_picture(whole):
    (whole / "Test" / "人" / "1.png").write_bytes(b"")


def zero_a_picture(whole):
    path = whole / "Test" / "人" / "1.png"
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize(
    ("harm", "written"),
    [
        (remove_a_picture, {"Train/人": 1}),
        (remove_a_class, {"Train/口": 2}),
        (empty_a_picture, {"Test/人": 1}),
        (zero_a_picture, {"Test/人": 1}),
    ],
)
def test_only_what_is_missing_is_written(whole, harm, written):
    before = content(whole)
    harm(whole)
    assert write_tree(whole, plan(), ORIGIN).written == written
    assert content(whole) == before


def test_the_same_picture_packed_by_another_library_is_the_same(whole):
    path = whole / "Train" / "人" / "1.png"
    Image.open(path).save(path, compress_level=0)
    remove_a_picture(whole)
    assert write_tree(whole, plan(), ORIGIN).written == {"Train/人": 1}


def test_a_changed_picture_is_named_and_kept(whole):
    path = whole / "Train" / "人" / "1.png"
    Image.new("L", (3, 4), 99).save(path)
    before = content(whole)
    with pytest.raises(TreeError, match=r"1\.png is not the picture that belongs there: delete"):
        write_tree(whole, plan(), ORIGIN)
    assert {name: before[name] for name in before} == {
        name: text for name, text in content(whole).items() if not name.startswith(".unfinished")
    }


@pytest.mark.parametrize(
    "name", ["notes.txt", "Train/notes.txt", "Train/猫/1.png", "Train/人/4.png", "Train/人/01.png"]
)
def test_a_file_that_does_not_belong_is_named_and_kept(whole, name):
    (whole / name).parent.mkdir(exist_ok=True)
    (whole / name).write_bytes(b"mine")
    with pytest.raises(TreeError, match=r"holds \S+, which does not belong to it: move it away"):
        write_tree(whole, plan(), ORIGIN)
    assert (whole / name).read_bytes() == b"mine"


def test_the_litter_of_file_managers_does_not_matter(whole):
    for name in (".DS_Store", "Train/Thumbs.db", "Train/人/desktop.ini"):
        (whole / name).write_bytes(b"")
    assert write_tree(whole, plan(), ORIGIN).written == {}


def test_a_folder_of_somebody_else_is_refused_and_kept(tmp_path):
    (tmp_path / "Train").mkdir()
    (tmp_path / "Train" / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(TreeError, match=r"not written by this command \(it holds Train\): move"):
        write_tree(tmp_path, plan(), ORIGIN)
    assert content(tmp_path) == {"Train/holiday.jpg": b"mine"}


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "tree").write_text("mine")
    with pytest.raises(TreeError, match="tree is a file"):
        write_tree(tmp_path / "tree", plan(), ORIGIN)


def test_other_pictures_are_refused_and_kept(whole):
    before = content(whole)
    with pytest.raises(TreeError, match="holds shades, not tints: move it away or delete it"):
        write_tree(whole, plan(), {"what": "tints"})
    with pytest.raises(TreeError, match="holds shades as another version draws it, not shades"):
        write_tree(whole, plan(), {"what": "shades", "sample": "other"})
    assert content(whole) == before


def test_an_empty_folder_is_taken(tmp_path):
    assert sum(write_tree(tmp_path, plan(), ORIGIN).written.values()) == 6


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}', '{"format": 9}', "{"])
def test_a_manifest_of_somebody_else_is_none(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(TreeError, match="was not written by this command"):
        write_tree(tmp_path, plan(), ORIGIN)


def test_two_do_not_write_the_same_tree(tmp_path):
    (tmp_path / ".unfinished").mkdir()
    with (
        FileLock(tmp_path / ".unfinished" / "lock"),
        pytest.raises(TreeError, match=r"Another process is writing .*: wait for it to end"),
    ):
        write_tree(tmp_path, plan(), ORIGIN)


# --- interruptions


def test_an_error_on_the_way_leaves_what_is_done(tmp_path):
    def full():
        yield np.zeros((2, 2), np.uint8)
        raise OSError(28, "No space left on device")

    parts = plan()
    broken = [parts[0], Part("Train/口", 2, full), parts[2]]
    with pytest.raises(OSError, match="No space left"):
        write_tree(tmp_path, broken, ORIGIN)
    assert read_manifest(tmp_path) is None
    assert not (tmp_path / "Train" / "口").exists()
    assert write_tree(tmp_path, parts, ORIGIN).written == {
        "Train/人": 0, "Train/口": 2, "Test/人": 1,
    }  # fmt: skip


def test_an_unfinished_tree_of_another_origin_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "write_manifest", lambda *what: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_tree(tmp_path, plan(), ORIGIN)
    with pytest.raises(TreeError, match="was begun with shades, not tints"):
        write_tree(tmp_path, plan(), {"what": "tints"})


KILLED = """
import itertools, os, shutil, signal, sys
from pathlib import Path
import numpy as np
from filelock import FileLock  # its import opens files
from PIL import Image
from helpers.loading.classfolders import Part
from helpers.loading.trees import write_tree

Image.init()
folder = Path(sys.argv[1], "tree")
shade = lambda first, number: [np.full((4, 3), first + n, np.uint8) for n in range(number)]
parts = [
    Part("Train/人", 3, lambda: shade(10, 3)),
    Part("Test/人", 1, lambda: shade(30, 1)),
]
ACTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.scandir", "fcntl.flock"}

def attempt(last):
    '''Write the tree in a child that is killed before so many acts; return whether it ended.'''
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    acts = itertools.count(1)
    def hook(event, arguments):
        if event in ACTS and next(acts) == last:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    write_tree(folder, parts, {"what": "shades"})
    os._exit(0)

def content():
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

assert attempt(None)
expected = content()
for last in itertools.count(1):
    shutil.rmtree(folder)
    if attempt(last):
        break
    attempt(1 + last // 2)
    assert attempt(None), last
    assert content() == expected, (last, sorted(content()))
print(last)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_writer_that_is_killed_at_any_act_is_gone_on_with(tmp_path, root):
    line = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    done = subprocess.run(line, cwd=root, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40  # so many places to be killed at


def test_a_torn_line_of_the_journal_does_not_spoil_the_next(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(trees, "write_manifest", lambda *what: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_tree(tmp_path, plan(), ORIGIN)
    journal = tmp_path / ".unfinished" / "journal.jsonl"
    journal.write_text(journal.read_text()[:-20])
    log = []
    write_tree(tmp_path, plan(log), ORIGIN)
    assert log == [30]  # only the last was drawn again, to see that it is right
    assert json.loads((tmp_path / "manifest.json").read_text())["pictures"] == 6

"""`course data`: the tree of pictures, drawn or taken from CASIA's own files."""

import json
import os
import signal
import subprocess
import sys
import time

from helpers import loading
from helpers.handwriting import CLASSES, tree
from helpers.handwriting.counts import counts
from helpers.loading.gnt import gnt_records

import numpy as np
import pytest
from PIL import Image

from course.cli import main
from course.dataset import make as module
from course.dataset.health import look_at_data
from course.dataset.make import data
from course.errors import CourseError
from tests.interrupts import hear_ctrl_c


def scan(seed):
    return np.random.default_rng(seed).integers(0, 256, (9 + seed % 5, 7), np.uint8)


@pytest.fixture
def few(monkeypatch):
    """Have two pictures of each character, so that a tree takes a second."""
    monkeypatch.setattr(tree, "counts", lambda split, size: dict.fromkeys(CLASSES, 2))


@pytest.fixture
def gnt(tmp_path):
    """Return a folder of .gnt files as CASIA's archives unpack."""
    folder = tmp_path / "HWDB1.1"
    for name, characters in (
        ("HWDB1.1trn_gnt/1001-c.gnt", "人啊口"),
        ("HWDB1.1trn_gnt/1002-c.gnt", "口人人"),
        ("HWDB1.1tst_gnt/1241-c.gnt", "A口"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        loading.write_gnt(path, [(c, scan(ord(c) + n)) for n, c in enumerate(characters)])
    return folder


@pytest.fixture
def pictures(tmp_path):
    """Return a folder of pictures with other names than ours, and some that are not wanted."""
    folder = tmp_path / "pictures"
    for name in (
        "training/人/10.png", "training/人/9.png", "training/U+53E3/a.bmp", "training/猫/1.png",
        "testing/deeper/人/1.jpg",
    ):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (5, 7), (len(name),) * 3).save(path)
    return folder


def arrays(folder):
    return [np.asarray(Image.open(path)) for path in sorted(folder.glob("*.png"))]


# --- drawn


def test_each_set_is_told_with_its_numbers(few, tmp_path):
    train, test, careless = data(tmp_path, jobs=1)
    assert [one.name for one in (train, test, careless)] == ["train", "test", "careless"]
    assert (train.pictures, train.published, train.characters) == (110, 32_206, 55)
    assert train.folder == str(tmp_path / "CASIA-Dataset" / "Train")
    assert careless.folder == str(tmp_path / "CASIA-Dataset-Careless")
    assert [one.written for one in data(tmp_path, jobs=1)] == [0, 0, 0]


def test_too_little_room_is_told_before_anything_is_written(tmp_path, monkeypatch):
    class Usage:
        free = 2**20

    monkeypatch.setattr(module.shutil, "disk_usage", lambda folder: Usage)
    with pytest.raises(CourseError, match=r"has 1 MiB of room, and 40,275 pictures need 236"):
        data(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "CASIA-Dataset" / "Train").mkdir(parents=True)
    with pytest.raises(CourseError, match="was not written by this command") as caught:
        data(tmp_path)
    assert caught.value.code == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"size": "huge"}, "no size 'huge'"),
        ({"size": "full", "source": "x"}, "--size is for the embedded"),
    ],
)
def test_wrong_options_are_refused(tmp_path, options, words):
    with pytest.raises(CourseError, match=words):
        data(tmp_path, **options)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_stopped_is_gone_on_with_and_leaves_nobody_at_work(
    tmp_path, root, number
):
    line = [sys.executable, "-m", "course.cli", "data", "--size", "small", "--root", str(tmp_path)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    first = subprocess.Popen(
        line, cwd=root, start_new_session=True, preexec_fn=hear_ctrl_c, **pipes
    )
    journal = tmp_path / "CASIA-Dataset" / ".unfinished" / "journal.jsonl"
    end = time.monotonic() + 100
    while not (journal.exists() and journal.stat().st_size > 500):
        assert first.poll() is None and time.monotonic() < end
        time.sleep(0.01)
    os.kill(first.pid, number)
    _, err = first.communicate(timeout=100)  # its workers hold the pipe as long as they live
    assert first.returncode != 0 and b"Traceback" not in err
    folder = tmp_path / "CASIA-Dataset"
    kept = {path: path.stat().st_mtime_ns for path in folder.glob("Train/*/*.png")}
    assert kept
    done = subprocess.run(line, cwd=root, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0 and "3,218" in done.stdout, done.stderr
    assert all(path.stat().st_mtime_ns == then for path, then in kept.items())
    assert sorted(path.name for path in folder.iterdir()) == ["Test", "Train", "manifest.json"]
    for split in ("train", "test"):
        classes = (folder / split.title()).iterdir()
        found = {path.name: len(list(path.iterdir())) for path in classes}
        assert found == counts(split, "small")


# --- taken from CASIA's files


def test_gnt_files_become_the_tree(gnt, tmp_path):
    train, test = data(tmp_path, source=gnt, jobs=1)
    assert (train.pictures, train.characters, test.pictures) == (5, 2, 1)
    person = tmp_path / "CASIA-Dataset" / "Train" / "人"
    expected = [r.image() for r in gnt_records(gnt / "HWDB1.1trn_gnt", "人")]
    assert all(np.array_equal(*pair) for pair in zip(arrays(person), expected, strict=True))
    assert "啊" not in os.listdir(person.parent)


def test_missing_characters_are_named(gnt, tmp_path):
    _, test = data(tmp_path, source=gnt, jobs=1)
    assert test.missing == tuple(c for c in CLASSES if c != "口")
    (sentence,) = module.gaps(test)
    assert sentence.startswith(str(tmp_path)) and "has no pictures of" in sentence


def test_pictures_of_any_naming_become_the_tree(pictures, tmp_path):
    train, test = data(tmp_path, source=pictures, jobs=1)
    assert (train.pictures, train.characters, test.pictures) == (3, 2, 1)
    tree_ = tmp_path / "CASIA-Dataset"
    assert sorted(path.name for path in (tree_ / "Train").iterdir()) == ["人", "口"]
    nine, ten = arrays(tree_ / "Train" / "人")
    assert (nine.shape, nine[0, 0], ten[0, 0]) == ((7, 5), 16, 17)  # in the order of the numbers


def test_unreadable_pictures_are_left_out_and_named(pictures, tmp_path):
    (pictures / "training" / "人" / "1.png").write_bytes(b"")
    for _ in range(2):
        train, _ = data(tmp_path, source=pictures, jobs=1)
        assert train.pictures == 3
        assert train.unreadable == (f"{pictures / 'training' / '人' / '1.png'} (it is empty)",)
    assert "goes without 1 unreadable" in " ".join(module.gaps(train))


def test_a_converted_tree_is_recognised(pictures, gnt, tmp_path):
    data(tmp_path, source=pictures, jobs=1)
    assert sum(one.written for one in data(tmp_path, source=pictures, jobs=1)) == 0
    with pytest.raises(CourseError, match="holds CASIA's own pictures as another version"):
        data(tmp_path, source=gnt)
    with pytest.raises(CourseError, match="holds CASIA's own pictures, not the course's own"):
        data(tmp_path)


def test_the_tree_may_lie_in_the_source(pictures):
    for written in (4, 0):
        assert sum(one.written for one in data(pictures, source=pictures, jobs=1)) == written


def test_a_source_that_is_one_set_is_known_by_its_own_name(gnt, tmp_path):
    train, test = data(tmp_path, source=gnt / "HWDB1.1trn_gnt", jobs=1)
    assert (train.pictures, test.pictures) == (5, 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_several_processes_convert_what_one_does(gnt, pictures, tmp_path, jobs):
    for source in (gnt, pictures):
        sets = data(tmp_path / source.name, source=source, jobs=jobs)
        assert [one.pictures for one in sets] == ([5, 1] if source == gnt else [3, 1])


def cut_off(gnt, pictures):
    path = gnt / "HWDB1.1trn_gnt" / "1001-c.gnt"
    path.write_bytes(path.read_bytes()[:-1])
    return gnt


def neither_set(gnt, pictures):
    (pictures / "training").rename(pictures / "some")
    return pictures


def both_kinds(gnt, pictures):
    gnt.rename(pictures / "gnt")
    return pictures


def nothing(gnt, pictures):
    return pictures / "training" / "猫"


def no_folder(gnt, pictures):
    return pictures / "nowhere"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (cut_off, r"1001-c\.gnt, record at byte \d+: it is cut off"),
        (neither_set, "may be for training or for the test: no folder"),
        (both_kinds, r"both \.gnt files \(1001-c\.gnt\) and folders of pictures"),
        (nothing, "no folder of pictures for any of the 55 characters"),
        (no_folder, "nowhere is no folder"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused(gnt, pictures, tmp_path, make, words):
    with pytest.raises(CourseError, match=words):
        data(tmp_path / "out", source=make(gnt, pictures))
    assert not (tmp_path / "out").exists()


# --- the command


def test_the_command_shows_the_sets_and_ends_well(few, tmp_path, capsys):
    assert main(["data", "--root", str(tmp_path), "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert "train" in out and "32,206" in out and "Careless" in out
    assert main(["data", "--root", str(tmp_path), "--jobs", "1"]) == 0
    assert "All was there already." in capsys.readouterr().out


def test_what_is_missing_is_said_and_ends_with_1(gnt, tmp_path, capsys):
    assert main(["data", "--from", str(gnt), "--root", str(tmp_path), "-j", "1", "-q"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 2 and "has no pictures of 东 主" in err


def test_json_lines_hold_a_set_each(few, tmp_path, capsys):
    assert main(["data", "--root", str(tmp_path), "--jobs", "1", "--json", "-"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["name"], row["pictures"]) for row in rows] == [
        ("train", 110), ("test", 110), ("careless", 110),
    ]  # fmt: skip


def test_refusals_are_sentences(tmp_path, capsys):
    (tmp_path / "CASIA-Dataset").write_text("mine")
    assert main(["data", "--root", str(tmp_path)]) == 1
    assert "CASIA-Dataset is a file: move it away" in capsys.readouterr().err
    assert main(["data", "--root", str(tmp_path), "--size", "huge"]) == 2
    assert main(["data", "--from", str(tmp_path / "nowhere")]) == 2


def test_the_tree_goes_to_the_course_by_default(few, tmp_path, monkeypatch, capsys):
    (tmp_path / "source" / "01-one").mkdir(parents=True)
    (tmp_path / "source" / "01-one" / "one.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path / "source")
    assert main(["data", "--course", str(tmp_path), "--jobs", "1"]) == 0
    assert (tmp_path / "CASIA-Dataset" / "manifest.json").is_file()


# --- the doctor


def test_the_doctor_tells_a_whole_tree_from_others(few, tmp_path):
    assert (
        look_at_data(tmp_path).state == "ok" and "no CASIA-Dataset" in look_at_data(tmp_path).value
    )
    data(tmp_path, jobs=1)
    whole = look_at_data(tmp_path)
    assert whole.state == "ok" and "220 pictures in" in whole.value
    folder = tmp_path / "CASIA-Dataset"
    (folder / "Train" / "人" / "1.png").unlink()
    short = look_at_data(tmp_path)
    assert short.state == "warn" and "219 of its 220" in short.value and "again" in short.remedy
    (folder / "manifest.json").unlink()
    assert "did not write" in look_at_data(tmp_path).value
    (folder / ".unfinished").mkdir()
    assert look_at_data(tmp_path).state == "warn"

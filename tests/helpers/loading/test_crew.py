"""Many pictures are read by several processes: the same arrays, whatever becomes of the others."""

from helpers.loading import crew, decoding
from helpers.loading.decoding import decode
from helpers.loading.pictures import Wish
from helpers.loading.scanning import TOKEN
from helpers.loading.sharing import MOST

import numpy as np
import pytest
from PIL import Image

WISH = Wish("grey", (20, 15), Image.Resampling.LANCZOS)
ALONE = 10**9


@pytest.fixture
def files(tmp_path):
    """Return 150 files: one is empty, one transparent, one a link to nothing."""
    rng = np.random.default_rng(1)
    names = [tmp_path / f"人-{n:03}.png" for n in range(150)]
    for name in names:
        Image.fromarray(rng.integers(0, 256, rng.integers(5, 40, 2), np.uint8)).save(name)
    names[20].write_bytes(b"")
    Image.new("RGBA", (9, 9)).save(names[70])
    names[140].unlink()
    names[140].symlink_to(tmp_path / "nothing")
    return [str(name) for name in names]


@pytest.fixture
def expected(files, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(decoding, "MANY", ALONE)
        return decode(files, WISH)


@pytest.fixture(autouse=True)
def many(monkeypatch):
    """Start two other processes, even for so few files."""
    monkeypatch.setattr(decoding, "MANY", 1)
    monkeypatch.setattr(decoding, "processors", lambda: 3)


def agree(one, other):
    return np.array_equal(one.images, other.images) and all(
        getattr(one, name) == getattr(other, name) for name in ("skipped", "converted", "lasting")
    )


def test_several_processes_read_what_one_does(files, expected):
    assert agree(decode(files, WISH), expected)
    assert expected.skipped == {20: "it is empty", 140: "no such file or directory"}
    assert expected.converted == {70: "RGBA"} and not expected.lasting


def test_colours_and_strictness_reach_the_others(files):
    wish = Wish("rgb", (8, 8), Image.Resampling.BILINEAR, strict=True)
    decoded = decode(files, wish)
    assert decoded.images.shape == (147, 8, 8, 3) and 70 in decoded.skipped


def test_crops_reach_the_others(files):
    decoded = [
        decode(files, Wish("grey", (8, 16), Image.Resampling.BILINEAR, crop=crop))
        for crop in (False, True)
    ]
    assert not np.array_equal(*(each.images for each in decoded))


def test_the_others_read_when_this_process_does_not(files, expected, monkeypatch):
    read = []
    monkeypatch.setattr(crew, "claimed", lambda waiting: iter(()))
    monkeypatch.setattr(crew, "read_block", lambda *what: read.append(what))
    assert agree(decode(files, WISH), expected) and read == []


@pytest.mark.parametrize("code", ["import os; os._exit(1)", "print('nonsense')", "no python"])
def test_what_a_dead_process_leaves_is_read_by_this_one(files, expected, monkeypatch, code):
    monkeypatch.setattr(crew, "CODE", code)
    assert agree(decode(files, WISH), expected)


DIES_IN_THE_MIDDLE = """
import os, sys
from helpers.loading import crew
written = []
class Half:
    def write(self, part):
        written.append(part)
        os.write(1, part if len(written) < 5 else bytes(part)[:7])
        if len(written) == 5:
            os._exit(1)
    flush = lambda self: None
class Out:
    buffer = Half()
sys.stdout = Out()
crew.work()
"""


def test_what_a_process_had_not_handed_over_when_it_died_is_read_again(
    files, expected, monkeypatch
):
    monkeypatch.setattr(crew, "CODE", DIES_IN_THE_MIDDLE)
    monkeypatch.setattr(crew, "claimed", lambda waiting: iter(()))  # all is left to the others
    assert agree(decode(files, WISH), expected)


def test_where_no_process_can_be_started_this_one_reads_all(files, expected, monkeypatch):
    monkeypatch.setattr(crew.sys, "executable", "/no/such/python")
    assert agree(decode(files, WISH), expected)


def test_an_interruption_leaves_nobody_at_work(files, monkeypatch):
    started = []
    popen = crew.subprocess.Popen

    def start(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    def interrupt(*what):
        raise KeyboardInterrupt

    monkeypatch.setattr(crew.subprocess, "Popen", start)
    monkeypatch.setattr(crew, "read_block", interrupt)
    with pytest.raises(KeyboardInterrupt):
        decode(files, WISH)
    assert len(started) == 2 and all(process.returncode is not None for process in started)


def test_the_numbers_fit_into_the_smallest_pipe():
    assert MOST * TOKEN <= 4096


def test_large_pictures_are_shared_among_threads_and_small_ones_are_not(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (300, 300), np.uint8)
    Image.fromarray(noise).save(tmp_path / "large.png")
    Image.fromarray(noise[:30]).save(tmp_path / "small.png")
    small, large = str(tmp_path / "small.png"), str(tmp_path / "large.png")
    assert not decoding._large([small] * 20)
    assert decoding._large([large, *[small] * 20])
    assert not decoding._large([str(tmp_path / "gone.png")]) and not decoding._large([])

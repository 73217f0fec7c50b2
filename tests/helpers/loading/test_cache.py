"""The cache of decoded pictures: used when nothing changed, made anew when anything did."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from helpers import loading
from helpers.loading import cache, handwriting

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image


def save(path, shade):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (6, 8), shade).save(path)


@pytest.fixture
def tree(tmp_path):
    for n, character in enumerate("人口"):
        for shade in (1, 2):
            save(tmp_path / "tree" / character / f"{shade}.png", 10 * n + shade)
    return tmp_path / "tree"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


@pytest.fixture
def decodings(monkeypatch):
    """Return a list that grows by the number of files at each decoding."""
    seen = []
    decode = handwriting.decode

    def decode_and_count(files, wish):
        seen.append(len(files))
        return decode(files, wish)

    monkeypatch.setattr(handwriting, "decode", decode_and_count)
    return seen


def load(tree, kept, size=(8, 6), **options):
    return loading.handwriting_folder(tree, size, cache=kept, **options)


def shades(folder):
    return folder.images[:, 0, 0, 0].tolist()


def test_pictures_are_decoded_once(tree, kept, decodings):
    first, second = load(tree, kept), load(tree, kept)
    assert decodings == [4]
    assert np.array_equal(first.images, second.images) and shades(second) == [1, 2, 11, 12]
    assert (first.labels.tolist(), first.classes, first.names) == (
        second.labels.tolist(), second.classes, second.names,
    )  # fmt: skip


def test_images_from_the_cache_are_a_plain_array_over_a_memory_map(tree, kept):
    for _ in range(2):
        images = load(tree, kept).images
        assert type(images) is np.ndarray and not images.flags.writeable
        base = images
        while base is not None and not isinstance(base, np.memmap):
            base = base.base
        assert isinstance(base, np.memmap) and base.mode == "r"


def change_content(tree):
    save(tree / "人" / "1.png", 99)


def change_nothing_but_the_time(tree):
    os.utime(tree / "人" / "1.png", ns=(1, 1))


def change_content_and_keep_size_and_time(tree):
    path = tree / "人" / "1.png"
    before = path.stat()
    save(path, 98)  # one colour for another: as many bytes
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def add(tree):
    save(tree / "人" / "3.png", 3)


def remove(tree):
    (tree / "人" / "1.png").unlink()


def rename(tree):
    (tree / "人" / "1.png").rename(tree / "人" / "0.png")


def rename_a_class(tree):
    (tree / "人").rename(tree / "大")


def add_an_empty_class(tree):
    (tree / "一").mkdir()


CHANGES = [
    change_content, change_nothing_but_the_time, change_content_and_keep_size_and_time, add,
    remove, rename, rename_a_class, add_an_empty_class,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_has_the_pictures_decoded_anew(tree, kept, decodings, change):
    load(tree, kept)
    change(tree)
    again = load(tree, kept)
    fresh = loading.handwriting_folder(tree, (8, 6), cache=False)
    assert len(decodings) == 3
    assert np.array_equal(again.images, fresh.images)
    assert (again.labels.tolist(), again.classes, again.names) == (
        fresh.labels.tolist(), fresh.classes, fresh.names,
    )  # fmt: skip


def test_a_change_right_after_the_reading_is_seen(tree, kept):
    for shade in range(20, 40):
        save(tree / "人" / "1.png", shade)
        assert shades(load(tree, kept))[0] == shade


def test_other_files_do_not_matter(tree, kept, decodings):
    load(tree, kept)
    (tree / "人" / "notes.txt").write_text("no picture")
    (tree / "manifest.json").write_text("{}")
    load(tree, kept)
    assert decodings == [4]


def test_another_size_or_folder_or_strictness_has_an_entry_of_its_own(tree, kept, decodings):
    for _ in range(2):
        load(tree, kept)
        load(tree, kept, (4, 3))
        load(tree, kept, strict=True)
    assert decodings == [4, 4, 4]


def test_a_change_leaves_no_old_arrays_behind(tree, kept):
    for shade in range(3):
        save(tree / "人" / "1.png", shade)
        load(tree, kept)
    assert sorted(path.suffix for path in kept.iterdir()) == [".json", ".lock", ".npy"]


def test_what_a_killed_process_left_is_cleared(tree, kept):
    load(tree, kept)
    (entry,) = kept.glob("*.json")
    left = kept / f".{entry.stem}-00000000.npy.11111111.part"
    left.write_bytes(b"half")
    add(tree)
    load(tree, kept)
    assert not left.exists()


# --- damage


def entry_of(kept):
    (entry,) = kept.glob("*.json")
    return entry, kept / json.loads(entry.read_text())["entry"]["array"]


def cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def empty(path):
    path.write_bytes(b"")


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[-7] ^= 1
    path.write_bytes(content)


def zero_the_end(path):
    content = path.read_bytes()
    path.write_bytes(content[:-40] + bytes(40))


def say_nonsense(path):
    path.write_bytes(b"[1, 2]")


@pytest.mark.parametrize("damage", [cut, empty, flip_a_bit, zero_the_end, say_nonsense, os.remove])
@pytest.mark.parametrize("which", [0, 1])
def test_a_damaged_cache_is_noticed_and_made_anew(tree, kept, decodings, damage, which):
    load(tree, kept)
    damage(entry_of(kept)[which])
    assert shades(load(tree, kept)) == [1, 2, 11, 12] == shades(load(tree, kept))
    assert decodings == [4, 4]


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the next load mends it
)
@given(
    which=st.integers(0, 1),
    place=st.floats(0, 1, exclude_max=True),
    value=st.integers(0, 255),
    kept_after=st.sampled_from([0, 1, None]),
)
def test_no_damage_changes_what_is_loaded(tree, kept, which, place, value, kept_after):
    load(tree, kept)
    path = entry_of(kept)[which]
    content = bytearray(path.read_bytes())
    at = int(place * len(content))
    content[at] = value
    path.write_bytes(content[: None if kept_after is None else at + kept_after])
    folder = load(tree, kept)
    assert shades(folder) == [1, 2, 11, 12] and folder.labels.tolist() == [0, 0, 1, 1]


def test_a_cache_that_was_copied_is_as_good(tree, kept, decodings):
    load(tree, kept)
    _, array = entry_of(kept)
    os.utime(array)
    load(tree, kept)
    assert decodings == [4]


def test_a_changed_note_on_a_picture_is_damage_too(tree, kept, decodings):
    (tree / "人" / "0.png").write_bytes(b"")
    load(tree, kept, on_error="skip")
    entry, _ = entry_of(kept)
    entry.write_text(entry.read_text().replace('[[0, "it is', '[[1, "it is'))
    assert load(tree, kept, on_error="skip").names[0] == "人/1.png"
    assert decodings == [5, 5]


def test_an_entry_does_not_name_files_elsewhere(tree, kept, tmp_path):
    load(tree, kept)
    entry, array = entry_of(kept)
    array.rename(tmp_path / array.name)
    said = {**json.loads(entry.read_text())["entry"], "array": f"../{array.name}"}
    entry.write_text(json.dumps({"entry": said, "digest": cache._digest(said)}))
    assert shades(load(tree, kept)) == [1, 2, 11, 12]
    assert Path(entry_of(kept)[1]).parent == kept


# --- unreadable pictures


def test_skipped_pictures_are_remembered_with_their_reasons(tree, kept, decodings):
    (tree / "人" / "0.png").write_bytes(b"")
    first, second = (load(tree, kept, on_error="skip") for _ in range(2))
    assert decodings == [5] and first.skipped == second.skipped
    assert second.skipped == ((tree / "人" / "0.png", "it is empty"),)
    with pytest.raises(ValueError, match=r"0\.png cannot be read \(it is empty\)"):
        load(tree, kept)


def test_conversions_are_remembered(tree, kept):
    Image.new("RGBA", (6, 8)).save(tree / "人" / "0.png")
    first, second = (load(tree, kept) for _ in range(2))
    assert first.converted == second.converted == ((tree / "人" / "0.png", "RGBA"),)


def test_what_the_system_refused_this_time_is_tried_again(tree, kept, decodings):
    (tree / "人" / "0.png").symlink_to(tree / "later.png")
    for _ in range(2):
        assert len(load(tree, kept, on_error="skip").skipped) == 1
    assert decodings == [5, 5] and not list(kept.glob("*.npy"))


# --- the folder of the cache


def test_a_cache_that_cannot_be_written_is_told_and_does_no_harm(tree, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.warns(UserWarning, match="cannot be kept in .*file.*cache=False"):
        folder = load(tree, tmp_path / "file" / "kept")
    assert shades(folder) == [1, 2, 11, 12]


def test_without_a_cache_nothing_is_written(tree, kept, monkeypatch):
    monkeypatch.setattr(handwriting, "cache_folder", lambda: kept)
    load(tree, False)
    assert not kept.exists()
    load(tree, True)
    assert len(list(kept.glob("*.npy"))) == 1


def test_a_user_without_a_home_has_no_cache(tree, monkeypatch):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(handwriting, "cache_folder", home)
    assert shades(load(tree, True)) == [1, 2, 11, 12]


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/vision-course/pictures"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/vision-course/pictures"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/vision-course/pictures"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/vision-course/pictures"),
    ],
)
def test_the_cache_lies_where_each_system_wants_it(monkeypatch, system, variables, expected):
    monkeypatch.setattr(cache.sys, "platform", system)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert loading.cache_folder() == Path(expected)


# --- two at once

LOAD = """
import sys
from helpers import loading
folder = loading.handwriting_folder(sys.argv[1], (8, 6), cache=sys.argv[2])
print(folder.images.sum(), len(folder.images))
"""


def test_two_processes_may_make_the_same_cache_at_once(tree, kept, root):
    for n in range(200):
        save(tree / "人" / f"more-{n}.png", n)
    line = [sys.executable, "-c", LOAD, str(tree), str(kept)]
    started = [
        subprocess.Popen(line, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = {process.communicate(timeout=60)[0] for process in started}
    expected = loading.handwriting_folder(tree, (8, 6), cache=False).images
    assert said == {f"{expected.sum()} {len(expected)}\n"}
    assert sorted(path.suffix for path in kept.iterdir()) == [".json", ".lock", ".npy"]


def test_who_waited_takes_what_the_other_made(tree, kept, decodings, monkeypatch):
    only = cache._only_maker

    @contextmanager
    def another_is_first(folder, place):
        monkeypatch.setattr(cache, "_only_maker", only)
        load(tree, kept)
        with only(folder, place) as alone:
            yield alone

    monkeypatch.setattr(cache, "_only_maker", another_is_first)
    assert shades(load(tree, kept)) == [1, 2, 11, 12]
    assert decodings == [4]


def test_a_process_that_holds_the_lock_for_ever_holds_nobody_up(tree, kept, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(cache, "PATIENCE", 0.1)
    load(tree, kept)
    add(tree)
    (lock,) = kept.glob("*.lock")
    with FileLock(lock):
        assert shades(load(tree, kept)) == [1, 2, 3, 11, 12]

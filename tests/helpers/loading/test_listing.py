"""What lies in a folder: Keras's order, and the same whoever looks and however."""

import os
import sys

from helpers.loading import listing, scanning
from helpers.loading.listing import list_folder

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = ["1.png", "10.png", "2.PNG", "a.jpg", "é.gif", "notes.txt", ".x.bmp"]
CLASSES = "人从众大夫天口太因鱼"


@pytest.fixture
def tree(tmp_path):
    for n, character in enumerate(CLASSES):
        for i in range(n):
            path = tmp_path / character / f"{i}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(bytes(i))
    (tmp_path / "人").mkdir()
    return tmp_path


@pytest.fixture
def alone(tree, monkeypatch):
    """Return what one process finds."""
    with monkeypatch.context() as patch:
        patch.setattr(listing, "processors", lambda: 1)
        return list_folder(tree)


@pytest.fixture(autouse=True)
def two(monkeypatch):
    """Have a second process look as well, even at so few files."""
    monkeypatch.setattr(listing, "FEW", 0)
    monkeypatch.setattr(listing, "SPARE", 0)
    monkeypatch.setattr(listing, "processors", lambda: 2)


def test_labels_follow_the_numbers_of_files(alone):
    assert "".join(alone.classes) == "".join(sorted(CLASSES))
    for label, name in zip(alone.labels.tolist(), alone.names, strict=True):
        assert alone.classes[label] == name[0]


def test_sizes_and_times_are_those_of_the_files(tree, alone):
    for names, numbers, _ in alone.scans:
        columns = memoryview(numbers).cast("q").tolist()
        stats = [(tree / name).stat() for name in names.split("\0") if name]
        assert columns == [
            *(s.st_size for s in stats), *(s.st_mtime_ns for s in stats),
            *(s.st_ctime_ns for s in stats),
        ]  # fmt: skip
    files = (path for path in tree.rglob("*.png"))
    assert alone.newest == max(max(s.st_mtime_ns, s.st_ctime_ns) for s in map(os.stat, files))


def test_two_processes_find_what_one_does(tree, alone):
    assert list_folder(tree) == alone


def test_the_second_process_looks_when_this_one_does_not(tree, alone, monkeypatch):
    first = []

    def only_the_first(waiting):
        first.append(int.from_bytes(os.read(waiting, scanning.TOKEN), "big"))
        yield first[0]

    seen = []
    monkeypatch.setattr(listing, "claimed", only_the_first)
    monkeypatch.setattr(listing, "scan", lambda *what: seen.append(what) or scanning.scan(*what))
    assert list_folder(tree) == alone and len(seen) == 1


@pytest.mark.parametrize(
    "code", ["raise SystemExit", "print('no marshal')", "import os; os.abort()"]
)
def test_what_a_dead_process_leaves_is_looked_at_by_this_one(
    tree, alone, tmp_path_factory, monkeypatch, code
):
    script = tmp_path_factory.mktemp("script") / "script.py"
    script.write_text(f"import os\nos.read(0, 8)\n{code}")
    monkeypatch.setattr(listing.scanning, "__file__", str(script))
    assert list_folder(tree) == alone


def test_where_no_process_can_be_started_this_one_looks_at_all(tree, alone, monkeypatch):
    monkeypatch.setattr(listing.sys, "executable", "/no/such/python")
    assert list_folder(tree) == alone


def test_more_folders_than_a_pipe_holds_are_looked_at(tree, alone, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 3)
    assert list_folder(tree) == alone


def test_an_interruption_leaves_nobody_at_work(tree, monkeypatch):
    started = []
    mate = listing._mate
    monkeypatch.setattr(listing, "_mate", lambda *what: started.append(mate(*what)) or started[-1])

    def interrupt(process):
        raise KeyboardInterrupt

    monkeypatch.setattr(listing, "_told", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list_folder(tree)
    assert started[0].returncode is not None


# --- one folder


@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(NAMES)))
def test_the_quick_way_finds_what_the_thorough_one_does(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("class")
    for name in names:
        (folder / name).write_bytes(b"x" * len(name))
    thorough = scanning._any(str(folder), "人")
    assert scanning.scan(str(folder), "人") == thorough
    assert scanning._plain(str(folder), "人") in (thorough, None)


def test_folders_and_links_among_the_pictures_are_for_the_thorough_way(tmp_path):
    (tmp_path / "1.png").write_bytes(b"")
    for harm in (
        lambda: (tmp_path / "folder.png").mkdir(),
        lambda: (tmp_path / "link.png").symlink_to(tmp_path / "gone"),
    ):
        harm()
        assert scanning._plain(str(tmp_path), "x") is None
    names, numbers, _ = scanning.scan(str(tmp_path), "x")
    assert names == "x/1.png\0x/link.png"
    assert memoryview(numbers).cast("q").tolist()[1::2] == [-1, -1, -1]


def test_deeper_folders_are_searched_but_for_links(tmp_path):
    for name in ("b/1.png", "b-b/1.png", "b/c/1.png", "1.png"):
        (tmp_path / "人" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "人" / name).write_bytes(b"")
    (tmp_path / "人" / "loop").symlink_to(tmp_path / "人")
    found = list_folder(tmp_path)
    assert found.names == ("人/1.png", "人/b/1.png", "人/b-b/1.png", "人/b/c/1.png")


def test_the_script_needs_nothing_but_pythons_core(root):
    source = (root / "helpers" / "loading" / "scanning.py").read_text()
    imported = {
        line.split()[1] for line in source.splitlines() if line.startswith(("import", "from"))
    }
    assert imported <= {*sys.builtin_module_names, "os", "array", "collections.abc"}

"""A submission is read without belief, and refused with a reason that helps."""

from __future__ import annotations

import json
import os
import time
import tracemalloc

import pytest

from course.door.budgets import CELLS
from course.intake.finding import find_file, handed_in_at
from course.intake.submissions import Malformed, parse_submission, read_submission

CELL = {"cell_type": "code", "source": "x = 1", "metadata": {}, "id": "a"}


def write(path, content) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"hello", "not JSON"),
        (b'{"cells": [{"cell_type": "co', "not JSON"),
        (b"[1, 2]", "holds no cells"),
        (b'{"cells": 3}', "holds no cells"),
        (b'{"cells": [3]}', "damaged"),
        (b'{"cells": [{"source": 3}]}', "no text"),
        (b'{"cells": [{"source": [1]}]}', "no text"),
        ('{"cells": []}'.encode("utf-16"), "UTF-16"),
        (b'\xff{"cells": []}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        ({"cells": [CELL] * (CELLS + 1)}, "at most"),
        ({"cells": [{"source": "x" * (3 * 2**20)}]}, "too long"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_reason(tmp_path, content, reason):
    path = tmp_path / "sums.ipynb"
    write(path, content)
    with pytest.raises(Malformed, match=reason):
        read_submission(path)


@pytest.mark.parametrize("pump", ['\\\\"', '"', "\\\\", '"a" ', "[", '"a":'])
@pytest.mark.parametrize("start", ["", '"', '{"a": '])
def test_what_is_no_json_is_looked_through_in_a_moment(start, pump):
    data = (start + pump * (4 * 2**20 // len(pump)) + "," * 2**20).encode()
    began = time.process_time()
    with pytest.raises(Malformed):
        parse_submission(data)
    assert time.process_time() - began < 10


def test_a_byte_order_mark_crlf_and_missing_keys_do_no_harm(tmp_path):
    path = tmp_path / "sums.ipynb"
    text = json.dumps({"cells": [{"cell_type": "code", "source": ["a = 1\r\n", "b = 2"]}]})
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(",", ",\r\n").encode())
    (cell,) = read_submission(path).cells
    assert cell.source == "a = 1\nb = 2"
    assert (cell.id, cell.grade_id) == (None, None)


def test_an_old_notebook_with_worksheets_is_read(tmp_path):
    path = tmp_path / "sums.ipynb"
    write(path, {"worksheets": [{"cells": [{"cell_type": "code", "input": "a = 1"}]}]})
    assert read_submission(path).cells[0].source == "a = 1"


def test_wrong_kinds_of_metadata_are_nothing(tmp_path):
    path = tmp_path / "sums.ipynb"
    write(path, {"cells": [{"source": "a", "metadata": [], "id": 4, "cell_type": 7}]})
    (cell,) = read_submission(path).cells
    assert (cell.id, cell.grade_id) == (None, None)


def test_a_lone_surrogate_can_be_stored_afterwards(tmp_path):
    path = tmp_path / "sums.ipynb"
    path.write_bytes(b'{"cells": [{"cell_type": "code", "source": "a = \'\\ud800\'"}]}')
    read_submission(path).cells[0].source.encode()


def test_a_link_and_a_pipe_are_refused(tmp_path):
    write(tmp_path / "real.ipynb", {"cells": [CELL]})
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    os.mkfifo(tmp_path / "pipe.ipynb")
    for name in ("link", "pipe"):
        with pytest.raises(Malformed, match="link or a device"):
            read_submission(tmp_path / f"{name}.ipynb")


@pytest.mark.parametrize("name", ["sums (1).ipynb", "sums-2.ipynb", "Sums.ipynb", "my work.ipynb"])
def test_a_renamed_file_is_found_where_the_section_has_one_notebook(tmp_path, name):
    write(tmp_path / name, {"cells": [CELL]})
    assert find_file(tmp_path, "sums", ["sums"]).name == name


def test_another_name_is_not_taken_where_the_section_has_more(tmp_path):
    write(tmp_path / "other.ipynb", {"cells": [CELL]})
    with pytest.raises(FileNotFoundError):
        find_file(tmp_path, "sums", ["sums", "other"])


def test_a_numbered_notebook_is_not_taken_for_its_neighbour(tmp_path):
    write(tmp_path / "lab-1.ipynb", {"cells": [CELL]})
    assert find_file(tmp_path, "lab-1", ["lab-1", "lab-2"]).name == "lab-1.ipynb"
    with pytest.raises(FileNotFoundError):
        find_file(tmp_path, "lab-2", ["lab-1", "lab-2"])


def test_two_notebooks_are_not_guessed_between(tmp_path):
    for name in ("a.ipynb", "b.ipynb"):
        write(tmp_path / name, {"cells": [CELL]})
    with pytest.raises(Malformed, match="several notebooks"):
        find_file(tmp_path, "sums", ["sums"])


def test_the_exact_name_wins(tmp_path):
    for name in ("sums.ipynb", "sums (1).ipynb"):
        write(tmp_path / name, {"cells": [CELL]})
    assert find_file(tmp_path, "sums", ["sums"]).name == "sums.ipynb"


def test_a_file_in_place_of_the_folder_is_malformed(tmp_path):
    write(tmp_path / "01-sums", {"cells": [CELL]})
    with pytest.raises(Malformed, match="not a folder"):
        find_file(tmp_path / "01-sums", "sums", ["sums"])


def notebook_with(outputs: bytes) -> bytes:
    cell = b'{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": %s}' % outputs
    return b'{"cells": [%s], "metadata": {}}' % cell


@pytest.mark.parametrize(
    "outputs",  # made by the test: what is made here stays in memory for as long as tests run
    [
        lambda: b'[{"text": "' + b"x" * 50_000_000 + b'"}]',
        lambda: b"[" + b"1," * 15_000_000 + b"1]",
        lambda: b"[" + b'"a line\\n",' * 400_000 + b'"last \\" one"]',
        lambda: b'[{"a": [[{"b": "]}"}]]}' + b" " * 30_000_000 + b"]",
    ],
    ids=["text", "numbers", "lines", "spaces"],
)
def test_stored_outputs_are_skipped_and_never_held_as_objects(outputs):
    data = notebook_with(outputs())
    tracemalloc.start()
    found = parse_submission(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [cell.source for cell in found.cells] == ["x = 1"]
    assert peak < 2**20


@pytest.mark.parametrize(
    "data",
    [
        lambda: notebook_with(b"[" + b"{}," * 20_000_000 + b"{}]"),
        lambda: notebook_with(b"[" + b"{}," * 500_000 + b"{}"),
        lambda: b'{"cells": [], "x": [' + b"[]," * 10_000_000 + b"1]}",
        lambda: b'{"cells": [' + b'{"source": "' + b"x" * 30_000_000 + b'"}]}',
        lambda: b'{"' + b'\\"' * 20_000_000,
        lambda: b'"' * 20_000_000,
        lambda: b'"outputs": ' + b"[" * 30_000_000,
    ],
    ids=["empties", "no-end", "lists", "text", "escapes", "quotes", "brackets"],
)
def test_a_file_that_would_fill_the_memory_is_malformed_at_once(data):
    data = data()
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Malformed):
        parse_submission(data)
    seconds = time.process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80 * 2**20 and seconds < 20


def test_all_cells_together_have_a_limit():
    cells = [{"cell_type": "code", "source": "x" * 1_000_000}] * 5
    with pytest.raises(Malformed, match="MiB of text"):
        parse_submission(json.dumps({"cells": cells}).encode())


def test_the_time_is_read_from_a_short_file_alone(tmp_path):
    os.mkfifo(tmp_path / "timestamp.txt")
    assert handed_in_at(tmp_path) is None
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "timestamp.txt").write_bytes(b"2026-01-01 " * 10_000)
    assert handed_in_at(tmp_path) is None
    (tmp_path / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    assert handed_in_at(tmp_path).isoformat() == "2026-01-02T03:04:05"


def test_attachments_are_texts_of_one_depth(tmp_path):
    deep = json.loads("[" * 400 + "]" * 400)
    attached = {"a": {"image/png": ["x", "y"], "b": deep}, "\ud800": {"\ud800": "\ud800"}, "c": 5}
    cell = CELL | {"cell_type": "markdown", "attachments": attached}
    (read,) = parse_submission(json.dumps({"cells": [cell]}).encode()).cells
    assert read.attachments == {"a": {"image/png": "xy"}, "?": {"?": "?"}}


def test_a_kind_of_cell_that_is_no_text_is_none():
    cell = CELL | {"cell_type": json.loads("[" * 400 + "]" * 400)}
    (read,) = parse_submission(json.dumps({"cells": [cell]}).encode()).cells
    assert read.kind == ""

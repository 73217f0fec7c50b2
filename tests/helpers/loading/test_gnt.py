"""CASIA's .gnt files: what the published format says, byte by byte, and clear refusals."""

import struct

from helpers.loading import read_gnt, write_gnt
from helpers.loading.gnt import gnt_records

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

# Written by hand from the format's description: 啊 with 3 columns and 2 rows, then A with 1 x 1.
AH = bytes.fromhex("10000000 b0a1 0300 0200 ff00ff 007f00".replace(" ", ""))
LATIN = bytes.fromhex("0b000000 4100 0100 0100 09".replace(" ", ""))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "001.gnt"
    path.write_bytes(AH + LATIN)
    return path


def test_the_published_bytes_are_read(file):
    (one, image), (other, dot) = read_gnt(file)
    assert (one, other) == ("啊", "A")
    assert image.tolist() == [[255, 0, 255], [0, 127, 0]] and image.dtype == np.uint8
    assert dot.tolist() == [[9]]


def test_the_published_bytes_are_written(tmp_path):
    image = np.array([[255, 0, 255], [0, 127, 0]], np.uint8)
    number = write_gnt(tmp_path / "a.gnt", [("啊", image), ("A", np.full((1, 1), 9, np.uint8))])
    assert number == 2 and (tmp_path / "a.gnt").read_bytes() == AH + LATIN


def test_only_the_characters_asked_for_are_read(file):
    assert [character for character, _ in read_gnt(file, "A人")] == ["A"]
    assert list(read_gnt(file, "人")) == []


def test_pictures_belong_to_the_caller(file):
    for _, image in read_gnt(file):
        image[:] = 0


def test_a_folder_is_read_file_after_file(tmp_path):
    for name, character in (("b/002.gnt", "人"), ("a/003.GNT", "大"), ("b/001.gnt", "口")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_gnt(tmp_path / name, [(character, np.zeros((2, 2), np.uint8))])
    (tmp_path / "readme.txt").write_text("no record")
    assert [character for character, _ in read_gnt(tmp_path)] == ["大", "口", "人"]


def test_records_tell_where_the_pictures_lie(file):
    ah, latin = gnt_records(file)
    assert (ah.offset, ah.height, ah.width, latin.offset) == (10, 2, 3, 26)
    assert ah.image().tolist() == [[255, 0, 255], [0, 127, 0]]


def test_an_empty_file_holds_nothing(tmp_path):
    (tmp_path / "a.gnt").write_bytes(b"")
    assert list(read_gnt(tmp_path / "a.gnt")) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from("人从众啖囡虫鱼国A7?"),
            arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20))),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("gnt") / "a.gnt"
    assert write_gnt(path, records) == len(records)
    again = list(read_gnt(path))
    assert [c for c, _ in again] == [c for c, _ in records]
    assert all(np.array_equal(x, y) for (_, x), (_, y) in zip(again, records, strict=True))


@pytest.mark.parametrize("end", range(1, len(AH + LATIN)))
def test_a_file_cut_off_anywhere_is_refused_at_the_record_that_is_not_whole(file, end):
    file.write_bytes((AH + LATIN)[:end])
    found = []
    if end == len(AH):
        assert len(list(read_gnt(file))) == 1
        return
    start = 0 if end < len(AH) else len(AH)
    with pytest.raises(ValueError, match=rf"001\.gnt, record at byte {start}: it is cut off"):
        found.extend(character for character, _ in read_gnt(file))
    assert len(found) == 0 if start == 0 else found == ["啊"]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_by_file_and_offset(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.gnt"
    path.write_bytes(content)
    try:
        list(read_gnt(path))
    except ValueError as error:
        assert "any.gnt, record at byte" in str(error) and "again" in str(error)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ((17, b"\xb0\xa1", 3, 2), "its size is 17 bytes, which is not a picture of 2 x 3 pixels"),
        ((10, b"\xb0\xa1", 0, 2), "not a picture of 2 x 0 pixels"),
        ((0, b"\xb0\xa1", 3, 2), "its size is 0 bytes"),
        ((16, b"\xff\xff", 3, 2), "its code FF FF is no character of GBK"),
        ((16, b"AB", 3, 2), "its code 41 42 is no character"),
    ],
)
def test_sizes_that_disagree_and_unknown_codes_are_refused(file, head, words):
    file.write_bytes(AH + struct.pack("<I2sHH", *head) + bytes(7))
    with pytest.raises(ValueError, match=rf"001\.gnt, record at byte 16: .*{words}"):
        list(read_gnt(file))


def test_a_code_of_another_record_does_not_matter(file):
    file.write_bytes(struct.pack("<I2sHH", 11, b"\xff\xff", 1, 1) + b"\0" + AH)
    assert [character for character, _ in read_gnt(file, "啊")] == ["啊"]


def test_a_wrong_path_is_told_before_the_first_record(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.gnt does not exist"):
        read_gnt(tmp_path / "nowhere.gnt")
    with pytest.raises(FileNotFoundError, match=r"no \.gnt files: unpack"):
        read_gnt(tmp_path)


def test_characters_that_the_format_cannot_hold_are_refused(file):
    with pytest.raises(ValueError, match="'😀' is no character of GBK"):
        read_gnt(file, "人😀")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (("😀", np.zeros((2, 2), np.uint8)), "no character of GBK"),
        (("人从", np.zeros((2, 2), np.uint8)), "no character of GBK"),
        (("人", np.zeros((2, 2, 1), np.uint8)), r"shape \(2, 2, 1\)"),
        (("人", np.zeros((2, 2))), "dtype float64"),
        (("人", np.zeros((0, 2), np.uint8)), r"shape \(0, 2\)"),
        (("人", np.zeros((2, 2**16), np.uint8)), "at most 65535 x 65535"),
    ],
)
def test_nothing_is_written_of_what_cannot_be_written_whole(file, record, words):
    before = file.read_bytes()
    with pytest.raises(ValueError, match=words):
        write_gnt(file, [("人", np.zeros((2, 2), np.uint8)), record])
    assert file.read_bytes() == before and [p.name for p in file.parent.iterdir()] == [file.name]

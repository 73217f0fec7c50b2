"""Names in a zip that does not say in which letters they are."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from course.intake.collect import collect
from course.intake.taken import Collected
from tests.downloads import handed_in, refused, taken

FILE = "_7_assignsubmission_file_/convolution.ipynb"
UTF8_MARK = 0x800


class Unmarked(zipfile.ZipInfo):
    """An entry with a name of raw bytes, as old programs write it."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("x", (2026, 3, 2, 12, 0, 0))
        self.raw = raw

    def _encodeFilenameFlags(self):
        return self.raw, self.flag_bits & ~UTF8_MARK


def collected(course, tmp_path, raw: bytes, extra: bytes = b""):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = Unmarked(raw)
        info.extra = extra
        archive.writestr(info, handed_in())
    return collect(course, [path])


def unicode_path(raw: bytes, name: str) -> bytes:
    data = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(data)) + data


@pytest.mark.parametrize(
    ("person", "encoding"),
    [
        ("Anna Müller", "utf-8"),
        ("王小明", "gbk"),
        ("徐喆", "gbk"),
        ("刘一·鸣", "gbk"),
        ("Anna Müller", "cp850"),
        ("José Ñandú", "cp850"),
        ("Jürgen Weiß", "cp850"),
    ],
)
def test_a_name_is_read_in_the_letters_it_was_written_in(course, tmp_path, person, encoding):
    (one,) = collected(course, tmp_path, f"{person}{FILE}".encode(encoding))
    assert isinstance(one, Collected) and one.person == person


@pytest.mark.parametrize("person", ["Łukasz", "山田太郎"])
def test_the_name_that_an_entry_adds_in_unicode_is_the_name(course, tmp_path, person):
    raw = f"?{FILE}".encode() + b"\xfe"
    (one,) = collected(course, tmp_path, raw, unicode_path(raw, f"{person}{FILE}"))
    assert isinstance(one, Collected) and one.person == person


def test_an_added_name_that_belongs_to_another_one_does_not_count(course, tmp_path):
    raw = f"Müller{FILE}".encode("cp850")
    (one,) = collected(course, tmp_path, raw, unicode_path(b"x", f"eve{FILE}"))
    assert isinstance(one, Collected) and one.person == "Müller"


def test_an_added_name_is_checked_as_any_other(course, tmp_path):
    raw = f"Müller{FILE}".encode("cp850")
    results = collected(course, tmp_path, raw, unicode_path(raw, "../../eve.ipynb"))
    assert taken(results) == [] and "climbs" in refused(results)[0].why

"""Downloads that unpack to more than a machine holds are stopped on the way."""

import gzip
import os
import struct
import tarfile
import time

import pytest

from course.intake import archives, members
from course.intake.collect import collect
from tests.downloads import GOOD, handed_in, refused, taken, tar_of, zip_of


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    for module in (archives, members):
        monkeypatch.setattr(module, "MAX_BYTES", 2**20)
        monkeypatch.setattr(module, "MAX_TOTAL", 2**22)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 20)
    monkeypatch.setattr(archives, "FREE_OF_RATIO", 2**16)
    monkeypatch.setattr(members, "MAX_DIRECTORY", 2**14)


@pytest.mark.parametrize("packed", ["zip", "tar.gz", "tar.bz2"])
def test_a_member_that_is_too_large_is_refused_and_the_rest_taken(course, tmp_path, packed):
    name, big = "bob/02-convolution/convolution.ipynb", os.urandom(2**21)
    if packed == "zip":
        download = zip_of(tmp_path / "d.zip", {name: big, GOOD: handed_in()})
    else:
        infos = [(tarfile.TarInfo(name), big), (tarfile.TarInfo(GOOD), handed_in())]
        download = tar_of(tmp_path / f"d.{packed}", infos, f"w:{packed[4:]}")
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"]
    assert "larger than" in refused(results)[0].why


def test_a_member_that_lies_about_its_size_is_stopped_while_it_is_read(course, tmp_path):
    name = "bob/02-convolution/convolution.ipynb"
    download = zip_of(tmp_path / "d.zip", {name: b"\0" * 2**22, GOOD: handed_in()})
    raw = download.read_bytes()
    true = struct.pack("<I", 2**22)
    assert raw.count(true) == 2
    download.write_bytes(raw.replace(true, struct.pack("<I", 500)))
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and len(refused(results)) == 1


def test_a_ratio_that_only_bombs_have_is_refused(course, tmp_path):
    name = "bob/02-convolution/convolution.ipynb"
    download = zip_of(tmp_path / "d.zip", {name: b"\0" * 2**19, GOOD: handed_in()})
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and "bomb" in refused(results)[0].why


def test_too_many_members_end_the_archive(course, tmp_path):
    files = {f"s{n}/02-convolution/convolution.ipynb": handed_in() for n in range(30)}
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert len(taken(results)) == 20 and "more than 20 files" in refused(results)[0].why


def test_a_table_of_contents_that_fills_the_memory_is_not_read(course, tmp_path):
    files = {f"s{n}/02-convolution/{'x' * 200}": b"" for n in range(200)}
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert not taken(results) and "far too many files" in refused(results)[0].why


def test_too_much_in_all_ends_the_archive(course, tmp_path):
    files = {f"s{n}/02-convolution/convolution.ipynb": os.urandom(900_000) for n in range(8)}
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert len(taken(results)) == 4 and "unpacks to more than" in refused(results)[0].why


def test_a_tars_header_that_claims_gigabytes_is_not_read(course, tmp_path):
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 3 * 2**30
    (tmp_path / "d.tar.gz").write_bytes(gzip.compress(header.tobuf(tarfile.GNU_FORMAT)))
    (answer,) = collect(course, [tmp_path / "d.tar.gz"])
    assert "claims gigabytes" in answer.why


def test_a_tars_member_that_claims_gigabytes_is_not_run_through(course, tmp_path):
    huge = tarfile.TarInfo("x.bin")
    huge.size = 8 * 2**30
    data = gzip.compress(huge.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2**20)
    (tmp_path / "d.tar.gz").write_bytes(data)
    began = time.monotonic()
    results = collect(course, [tmp_path / "d.tar.gz"])
    assert refused(results) and time.monotonic() - began < 5

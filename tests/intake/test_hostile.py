"""Hostile downloads: the good files of the same download are taken, the rest is refused."""

import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from course.intake.collect import collect
from course.intake.taken import Refused
from tests.downloads import GOOD, files_below, handed_in, refused, taken, tar_of, zip_of


def check(course, download: Path, words: str) -> Refused:
    """The good file is taken, one thing is refused in these words, nothing lies outside."""
    before = files_below(course.root.parent)
    results = collect(course, [download])
    new = files_below(course.root.parent) - before
    assert {Path(n).parts[:3] for n in new} <= {("course", "submitted", "anna")}
    assert taken(results) == ["anna/02-convolution"]
    (answer,) = refused(results)
    assert words in answer.why, answer
    return answer


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../evil/02-convolution/convolution.ipynb", "climbs"),
        ("a/../../02-convolution/convolution.ipynb", "climbs"),
        ("..\\..\\evil\\convolution.ipynb", "climbs"),
        ("/tmp/evil/02-convolution/convolution.ipynb", "absolute"),
        ("C:\\evil\\02-convolution\\convolution.ipynb", "absolute"),
        ("//server/evil/02-convolution/convolution.ipynb", "absolute"),
        ("evil\n/02-convolution/convolution.ipynb", "control characters"),
        ("evil\x1b[2J/02-convolution/convolution.ipynb", "control characters"),
        ("\u202eevil/02-convolution/convolution.ipynb", "control characters"),
        ("x" * 300 + "/02-convolution/convolution.ipynb", "too long"),
        ("d/" * 40 + "02-convolution/convolution.ipynb", "too deep"),
        ("evil*/02-convolution/convolution.ipynb", "cannot be a student's id"),
        ("bob/02-convolution/work.zip", "archive within"),
        ("bob/02-convolution/work.tar.gz", "archive within"),
    ],
)
@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_a_hostile_name_is_refused(course, tmp_path, name, words, packed):
    if packed == "zip":
        download = zip_of(tmp_path / "d.zip", {name: handed_in(), GOOD: handed_in()})
    else:
        infos = [tarfile.TarInfo(name), tarfile.TarInfo(GOOD)]
        download = tar_of(tmp_path / "d.tar", [(i, handed_in()) for i in infos], "w")
    answer = check(course, download, words)
    assert answer.name.isprintable()


def test_a_nul_in_a_name_is_not_cut_off(course, tmp_path):
    name = "bob/02-convolution/convolution.ipynbXevil"
    download = zip_of(tmp_path / "d.zip", {name: handed_in(), GOOD: handed_in()})
    download.write_bytes(download.read_bytes().replace(b"ipynbX", b"ipynb\0"))
    check(course, download, "control characters")


def test_a_name_that_is_not_utf_8_is_refused(course, tmp_path):
    info = tarfile.TarInfo(
        b"b\xff/02-convolution/convolution.ipynb".decode(errors="surrogateescape")
    )
    members = [(info, handed_in()), (tarfile.TarInfo(GOOD), handed_in())]
    check(course, tar_of(tmp_path / "d.tar", members, "w"), "not UTF-8")


def test_a_zips_name_that_is_not_utf_8_is_refused(course, tmp_path):
    name = "bXb/02-convolution/convolution.ipynb"
    download = zip_of(tmp_path / "d.zip", {name: handed_in(), GOOD: handed_in()})
    download.write_bytes(download.read_bytes().replace(b"bXb/", b"b\xffb/"))
    check(course, download, "not UTF-8")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_tars_links_are_refused(course, tmp_path, kind):
    link = tarfile.TarInfo("bob/02-convolution/convolution.ipynb")
    link.type, link.linkname = kind, GOOD
    members = [(tarfile.TarInfo(GOOD), handed_in()), (link, b"")]
    check(course, tar_of(tmp_path / "d.tar.gz", members), "link")


@pytest.mark.parametrize("kind", [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_a_tars_devices_and_pipes_are_refused(course, tmp_path, kind):
    device = tarfile.TarInfo("bob/02-convolution/convolution.ipynb")
    device.type = kind
    members = [(tarfile.TarInfo(GOOD), handed_in()), (device, b"")]
    check(course, tar_of(tmp_path / "d.tar.gz", members), "device")


def test_a_zips_links_are_refused(course, tmp_path):
    download = tmp_path / "d.zip"
    with zipfile.ZipFile(download, "w") as archive:
        info = zipfile.ZipInfo("bob/02-convolution/convolution.ipynb")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr(GOOD, handed_in())
    check(course, download, "link")


def test_an_encrypted_member_is_refused(course, tmp_path):
    name = "bob/02-convolution/convolution.ipynb"
    download = zip_of(tmp_path / "d.zip", {name: handed_in(), GOOD: handed_in()})
    raw = bytearray(download.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    download.write_bytes(raw)
    check(course, download, "encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_method_that_takes_any_memory_is_refused(course, tmp_path, method):
    download = zip_of(tmp_path / "d.zip", {GOOD: handed_in()})
    with zipfile.ZipFile(download, "a", method) as archive:
        archive.writestr("bob/02-convolution/convolution.ipynb", handed_in())
    check(course, download, "method")


def test_a_damaged_member_is_refused(course, tmp_path):
    name = "bob/02-convolution/convolution.ipynb"
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr(name, b"unlucky" + handed_in())
        archive.writestr(GOOD, handed_in())
    raw = (tmp_path / "d.zip").read_bytes()
    (tmp_path / "d.zip").write_bytes(raw.replace(b"unlucky", b"damaged"))
    check(course, tmp_path / "d.zip", "damaged")


@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_of_names_that_clash_none_is_taken(course, tmp_path, packed):
    names = ["bob/02-convolution/convolution.ipynb", "BOB/02-convolution/convolution.ipynb"]
    if packed == "zip":
        files = {name: handed_in() for name in [*names, GOOD]}
        download = zip_of(tmp_path / "d.zip", files)
    else:
        infos = [tarfile.TarInfo(name) for name in [names[0], names[0], GOOD]]
        download = tar_of(tmp_path / "d.tar", [(i, handed_in()) for i in infos], "w")
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"]
    assert ["same name" in r.why for r in refused(results)] == [True, True]


def test_a_student_who_differs_from_another_in_case_only_is_refused(course, tmp_path):
    collect(course, [zip_of(tmp_path / "d.zip", {GOOD: handed_in()})])
    other = zip_of(tmp_path / "e.zip", {GOOD.replace("anna", "Anna"): handed_in()})
    (answer,) = collect(course, [other])
    assert "in case only" in answer.why


@pytest.fixture
def download(tmp_path):
    folder = tmp_path / "download"
    (folder / GOOD).parent.mkdir(parents=True)
    (folder / GOOD).write_bytes(handed_in())
    return folder


def test_links_are_not_followed(course, download, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(handed_in())
    bob = download / "bob" / "02-convolution"
    bob.mkdir(parents=True)
    (bob / "convolution.ipynb").symlink_to(secret)
    (download / "eve").symlink_to(bob.parent)
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"]
    assert ["link" in r.why for r in refused(results)] == [True, True]


def test_a_pipe_does_not_hang_it(course, download):
    bob = download / "bob" / "02-convolution"
    bob.mkdir(parents=True)
    os.mkfifo(bob / "convolution.ipynb")
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and "pipe" in refused(results)[0].why


def test_a_files_name_in_a_folder_that_is_not_utf_8_is_refused(course, download):
    name = os.fsencode(download) + b"/b\xff.ipynb"
    with open(name, "wb") as file:
        file.write(handed_in())
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and "UTF-8" in refused(results)[0].why


def test_a_pipe_in_place_of_the_download_is_refused(course, tmp_path):
    os.mkfifo(tmp_path / "d.zip")
    (answer,) = collect(course, [tmp_path / "d.zip"])
    assert "neither a file nor a folder" in answer.why


def test_a_link_in_submitted_is_never_written_through(course, download, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (course.root / "submitted").mkdir()
    (course.root / "submitted" / "anna").symlink_to(outside)
    (answer,) = collect(course, [download])
    assert "no folder" in answer.why and not list(outside.iterdir())


def test_a_submission_folder_that_is_a_file_is_said(course, download):
    (course.root / "submitted" / "anna").mkdir(parents=True)
    (course.root / "submitted" / "anna" / "02-convolution").write_text("x")
    (answer,) = collect(course, [download])
    assert "no folder" in answer.why

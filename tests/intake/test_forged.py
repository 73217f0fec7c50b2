"""Archives that are not what they say, packed by no tool that a student has."""

import stat
import tarfile
import unicodedata
import zipfile

import pytest

from course.intake.collect import collect
from tests.downloads import GOOD, MONDAY, files_below, handed_in, refused, taken, tar_of, zip_of

BAD = "bob/02-convolution/convolution.ipynb"


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_a_zips_devices_and_pipes_are_refused(course, tmp_path, kind):
    download = zip_of(tmp_path / "d.zip", {GOOD: handed_in()})
    with zipfile.ZipFile(download, "a") as archive:
        info = zipfile.ZipInfo(BAD)
        info.create_system, info.external_attr = 3, (kind | 0o666) << 16
        archive.writestr(info, handed_in())
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and "device" in refused(results)[0].why


def test_a_tars_sparse_file_is_refused(course, tmp_path):
    sparse = tarfile.TarInfo(BAD)
    sparse.type = tarfile.GNUTYPE_SPARSE
    members = [(tarfile.TarInfo(GOOD), handed_in()), (sparse, b"")]
    results = collect(course, [tar_of(tmp_path / "d.tar", members, "w")])
    assert taken(results) == ["anna/02-convolution"] and "sparse" in refused(results)[0].why


@pytest.mark.parametrize("name", ["../../evil/convolution.ipynb", "/tmp/evil/convolution.ipynb"])
def test_the_longer_name_in_a_tars_extended_header_is_checked_too(course, tmp_path, name):
    with tarfile.open(tmp_path / "d.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo(BAD)
        info.pax_headers = {"path": name}
        archive.addfile(info)
    before = files_below(tmp_path)
    (answer,) = refused(collect(course, [tmp_path / "d.tar"]))
    assert "would lead out" in answer.why and files_below(tmp_path) == before


def test_of_names_that_are_spelt_alike_none_is_taken(course, tmp_path):
    composed = unicodedata.normalize("NFC", "Zoë") + "/02-convolution/convolution.ipynb"
    files = {unicodedata.normalize(form, composed): handed_in() for form in ("NFC", "NFD")}
    assert len(files) == 2
    results = collect(course, [zip_of(tmp_path / "d.zip", {**files, GOOD: handed_in()})])
    assert taken(results) == ["anna/02-convolution"]
    assert ["same name" in r.why for r in refused(results)] == [True, True]


@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_an_archives_permissions_are_not_taken_over(course, tmp_path, packed):
    if packed == "zip":
        with zipfile.ZipFile(tmp_path / "d", "w") as archive:
            info = zipfile.ZipInfo(GOOD, MONDAY.timetuple()[:6])
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o6777) << 16
            archive.writestr(info, handed_in())
    else:
        info = tarfile.TarInfo(GOOD)
        info.mode, info.uid, info.uname = 0o6777, 12345, "evil"
        tar_of(tmp_path / "d", [(info, handed_in())], "w")
    (one,) = collect(course, [tmp_path / "d"])
    about = one.path.stat()
    assert not about.st_mode & 0o7111 and about.st_uid != 12345


def test_entries_that_share_their_bytes_count_each_for_itself(course, tmp_path, monkeypatch):
    from course.intake import archives

    monkeypatch.setattr(archives, "MAX_TOTAL", 3 * len(handed_in()))
    names = [f"student{n}/02-convolution/convolution.ipynb" for n in range(8)]
    download = zip_of(tmp_path / "d.zip", {name: handed_in() for name in names})
    with zipfile.ZipFile(download, "a") as archive:
        for info in archive.infolist()[1:]:
            # All point to the first entry's bytes; its name there is another.
            info.header_offset = archive.infolist()[0].header_offset
        archive._didModify = True
    results = collect(course, [download])
    assert len(taken(results)) <= 3 and refused(results)

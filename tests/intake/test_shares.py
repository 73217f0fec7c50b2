"""One student's junk is refused by name; it takes nothing from what others hand in."""

import os
import resource
import stat
import struct
import tarfile
import zipfile

import pytest

from course.intake import archives, shares
from course.intake import members as entries
from course.intake.collect import collect
from course.intake.submissions import MAX_BYTES
from tests.downloads import handed_in, refused, taken, tar_of, zip_of

SECTION = "02-convolution"
NOTEBOOK = f"{SECTION}/convolution.ipynb"
OTHERS = [f"bob/{NOTEBOOK}", f"zoe/{NOTEBOOK}"]
BOTH = [f"bob/{SECTION}", f"zoe/{SECTION}"]


@pytest.fixture(autouse=True)
def small_budgets(monkeypatch):
    monkeypatch.setattr(shares, "MAX_FILES", 20)
    monkeypatch.setattr(shares, "MAX_BYTES", 2**20)


def check(course, download, owner="ann", words="30 files", **given):
    """The others are taken; who handed in too much is named, once, with the limit and a remedy."""
    results = collect(course, [download], **given)
    assert taken(results) == BOTH
    (answer,) = refused(results)
    assert answer.name == owner and words in answer.why and "may hand in" in answer.why
    assert "collect the notebooks by themselves" in answer.why
    assert not list((course.root / "submitted").glob(".collecting-*"))


def packed(tmp_path, kind, files):
    if kind == "zip":
        return zip_of(tmp_path / "d.zip", files)
    if kind == "tar.gz":
        members = [(tarfile.TarInfo(name), data) for name, data in files.items()]
        return tar_of(tmp_path / "d.tar.gz", members)
    for name, data in files.items():
        path = tmp_path / "d" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "d"


JUNK = {
    "tiny files": [f"ann/{SECTION}/data/{n}.txt" for n in range(30)],
    "notebooks": [f"ann/{SECTION}/{n}.ipynb" for n in range(30)],
    "names of others": [f"ann/s{n}/{NOTEBOOK}" for n in range(30)],
    "a platform's names": [f"ann/{SECTION}/s_{n}_2_convolution.ipynb" for n in range(30)],
    "archives": [f"ann/{SECTION}/{n}.zip" for n in range(30)],
    "no section": [f"ann/{n}/convolution.ipynb" for n in range(30)],
    "bad names": [f"ann/{SECTION}/\x07{n}.ipynb" for n in range(30)],
    "deep names": [f"ann/{n}/{'d/' * 40}convolution.ipynb" for n in range(30)],
}


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "folder"])
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_many_files_of_one_take_nothing_from_those_listed_after(course, tmp_path, junk, kind):
    check(course, packed(tmp_path, kind, {name: handed_in() for name in [*junk, *OTHERS]}))


def test_whole_of_what_is_too_much_is_refused_wherever_it_stands(course, tmp_path):
    names = [f"ann/{NOTEBOOK}", *OTHERS, *JUNK["tiny files"][1:]]
    check(course, zip_of(tmp_path / "d.zip", {name: handed_in() for name in names}))


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "folder"])
def test_many_bytes_of_one_take_nothing_from_those_listed_after(
    course, tmp_path, kind, monkeypatch
):
    monkeypatch.setattr(archives, "MAX_TOTAL", 2**20 + 2**19)
    files = {f"ann/s{n}/{NOTEBOOK}": os.urandom(2**18) for n in range(8)}
    files |= {name: handed_in() for name in OTHERS}
    check(course, packed(tmp_path, kind, files), words="2 MiB, and one person may hand in 1 MiB")


@pytest.mark.parametrize("top", ["", "export/", "export/all/"])
@pytest.mark.parametrize(
    ("person", "owner"),
    [
        ("ann/{}", "ann"),
        ("Ann Lee_7_assignsubmission_file_/{}", "Ann Lee (7)"),
        ("Ann Lee_7_assignsubmission_file_{}", "Ann Lee (7)"),
    ],
)
def test_each_platforms_people_are_told_below_any_folder(course, tmp_path, top, person, owner):
    junk = [top + person.format(f"{n}.txt") for n in range(29)]
    names = [*junk, top + person.format(NOTEBOOK), *(top + name for name in OTHERS)]
    check(course, zip_of(tmp_path / "d.zip", {name: handed_in() for name in names}), owner)


def test_a_stray_file_with_a_platforms_name_moves_nobodys_level(course, tmp_path):
    names = [f"export/{name}" for name in JUNK["tiny files"] + OTHERS]
    files = {name: handed_in() for name in ["grades_1_2_list.csv", *names]}
    check(course, zip_of(tmp_path / "d.zip", files))


def test_litter_counts_for_nobody(course, tmp_path):
    names = [f"ann/{SECTION}/.ipynb_checkpoints/{n}.ipynb" for n in range(30)]
    files = {name: handed_in() for name in [*names, f"ann/{NOTEBOOK}"]}
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert taken(results) == [f"ann/{SECTION}"] and refused(results) == []


def test_a_notebook_that_is_too_large_by_itself_is_all_that_is_refused(
    course, tmp_path, monkeypatch
):
    monkeypatch.setattr(archives, "MAX_BYTES", 2**20)
    files = {f"ann/{SECTION}/video.ipynb": os.urandom(2**21), f"ann/{NOTEBOOK}": handed_in()}
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert taken(results) == [f"ann/{SECTION}"] and "larger than" in refused(results)[0].why


@pytest.mark.parametrize("claim", [0, 1, 2**27, 2**31, 2**32 - 2])
def test_a_size_that_is_a_lie_costs_who_tells_it(course, tmp_path, claim):
    lie = handed_in("x = 1")
    files = {f"ann/{NOTEBOOK}": lie} | {name: handed_in() for name in OTHERS}
    download = zip_of(tmp_path / "d.zip", files)
    raw, true = download.read_bytes(), struct.pack("<I", len(lie))
    assert raw.count(true) == 2
    download.write_bytes(raw.replace(true, struct.pack("<I", claim)))
    results = collect(course, [download])
    assert taken(results) == BOTH and [r.name[:3] for r in refused(results)] == ["ann"]


def test_entries_that_share_their_bytes_count_each_for_its_owner(course, tmp_path):
    names = [f"ann/s{n}/{NOTEBOOK}" for n in range(8)]
    files = {name: os.urandom(2**18) for name in names[:1]}
    download = zip_of(tmp_path / "d.zip", files | {name: handed_in() for name in OTHERS})
    with zipfile.ZipFile(download, "a") as archive:
        first = archive.infolist()[0]
        for name in names[1:]:
            info = zipfile.ZipInfo(name)
            for about in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(info, about, getattr(first, about))
            archive.filelist.append(info)
        archive._didModify = True
    check(course, download, words="2 MiB")


def test_links_count_and_lead_nowhere(course, tmp_path):
    download = packed(tmp_path, "folder", {name: handed_in() for name in OTHERS})
    own = download / "ann" / SECTION
    own.mkdir(parents=True)
    for n in range(15):
        (own / f"{n}.ipynb").symlink_to(download / OTHERS[0])
        (own / f"up-{n}").symlink_to(download)
    check(course, download)


def test_a_zips_devices_count(course, tmp_path):
    download = zip_of(tmp_path / "d.zip", {name: handed_in() for name in OTHERS})
    with zipfile.ZipFile(download, "a") as archive:
        for n in range(30):
            info = zipfile.ZipInfo(f"ann/{SECTION}/{n}.ipynb")
            info.create_system, info.external_attr = 3, (stat.S_IFIFO | 0o666) << 16
            archive.writestr(info, b"")
    check(course, download)


def test_a_name_that_climbs_counts_for_nobody_it_names(course, tmp_path):
    names = [f"ann/../bob/{n}.ipynb" for n in range(30)] + [f"/bob/{n}.txt" for n in range(30)]
    files = {name: handed_in() for name in [*names, *OTHERS]}
    check(course, zip_of(tmp_path / "d.zip", files), shares.REST, "60 files")


@pytest.mark.parametrize("called", ["d.zip", "Ann Lee_7_assignsubmission_file_d.zip"])
def test_a_download_of_one_person_is_one_share(course, tmp_path, called):
    files = {f"s{n}/{NOTEBOOK}": handed_in() for n in range(30)}
    given = {"student": "ann"} if called == "d.zip" else {}
    (answer,) = collect(course, [zip_of(tmp_path / called, files)], **given)
    assert answer.name == ("ann" if given else "Ann Lee") and "30 files" in answer.why


def test_a_class_of_a_thousand_fits_with_the_largest_notebooks():
    assert archives.MAX_TOTAL == entries.MAX_TOTAL >= 1_000 * MAX_BYTES
    assert archives.MAX_MEMBERS >= 1_000 * 1_000


def test_a_disk_without_room_is_told_with_the_folder_that_needs_some(course, tmp_path):
    download = zip_of(tmp_path / "d.zip", {name: os.urandom(2**19) for name in OTHERS})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**18, before[1]))
    try:
        with pytest.raises(OSError, match="File too large") as told:
            collect(course, [download])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.filename == str(course.root / "submitted")

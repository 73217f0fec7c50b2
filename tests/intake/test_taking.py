"""What an LMS lets one download goes to where nbgrader looks for it."""

import os
import tarfile
from pathlib import Path

import pytest

from course.errors import CourseError
from course.intake.collect import collect
from course.intake.finding import submitting_students
from course.intake.taken import Refused
from tests.downloads import (
    GOOD,
    MONDAY,
    TUESDAY,
    files_below,
    handed_in,
    refused,
    taken,
    tar_of,
    zip_of,
)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("anna/02-convolution/convolution.ipynb", "anna"),
        ("Anna Müller_4711_assignsubmission_file_/convolution.ipynb", "Anna-Müller"),
        ("Anna Müller_4711_assignsubmission_file_convolution (1).ipynb", "Anna-Müller"),
        ("mulleranna_123_456_convolution.ipynb", "mulleranna-123"),
        ("mulleranna_LATE_123_456_convolution-1.ipynb", "mulleranna-123"),
    ],
)
@pytest.mark.parametrize("packed", ["zip", "tar.gz", "folder"])
def test_each_platforms_layout_is_understood_in_each_packing(
    course, tmp_path, name, student, packed
):
    if packed == "zip":
        download = zip_of(tmp_path / "d.zip", {name: handed_in()})
    elif packed == "tar.gz":
        download = tar_of(tmp_path / "d.tar.gz", [(tarfile.TarInfo(name), handed_in())])
    else:
        download = tmp_path / "d"
        (download / name).parent.mkdir(parents=True)
        (download / name).write_bytes(handed_in())
    assert taken(collect(course, [download])) == [f"{student}/02-convolution"]
    folder = course.submitted(student, "02-convolution")
    assert (folder / "convolution.ipynb").read_bytes() == handed_in()
    assert submitting_students(course, course.section("02")) == [student]


def test_a_single_notebook_needs_its_student(course, tmp_path):
    path = tmp_path / "convolution (1).ipynb"
    path.write_bytes(handed_in())
    (answer,) = collect(course, [path])
    assert "--student" in answer.why
    assert taken(collect(course, [path], student="anna")) == ["anna/02-convolution"]


def test_the_full_name_is_kept_for_whoever_keeps_a_list(course, tmp_path):
    name = "Anna Li_42_assignsubmission_file_/images.ipynb"
    (one,) = collect(course, [zip_of(tmp_path / "d.zip", {name: handed_in()})])
    assert (one.student, one.person) == ("Anna-Li", "Anna Li")


def test_a_name_too_long_for_a_folder_is_cut(course, tmp_path):
    # Moodle takes names of any length; this one has 240 bytes.
    name = f"{'王' * 70}_42_assignsubmission_file_/images.ipynb"
    (one,) = collect(course, [zip_of(tmp_path / "d.zip", {name: handed_in()})])
    assert one.path.is_file() and one.student == "王" * 60


def test_namesakes_are_told_apart_by_the_platforms_number(course, tmp_path):
    names = [f"Anna Li_{n}_assignsubmission_file_/images.ipynb" for n in (42, 43)]
    download = zip_of(tmp_path / "d.zip", {name: handed_in() for name in names})
    results = collect(course, [download])
    assert sorted(taken(results)) == ["Anna-Li-42/01-images", "Anna-Li-43/01-images"]
    assert all("shares a name" in r.note for r in results)


def test_blind_marking_gives_everybody_a_number(course, tmp_path):
    names = [f"Participant_{n}_assignsubmission_file_/images.ipynb" for n in (7, 8)]
    download = zip_of(tmp_path / "d.zip", {name: handed_in() for name in names})
    found = sorted(taken(collect(course, [download])))
    assert found == ["Participant-7/01-images", "Participant-8/01-images"]


def test_a_renamed_notebook_is_known_by_its_cells(course, tmp_path):
    download = zip_of(
        tmp_path / "d.zip", {"Li_1_assignsubmission_file_/homework.ipynb": handed_in()}
    )
    assert taken(collect(course, [download])) == ["Li/02-convolution"]


def test_section_helps_where_neither_name_nor_cells_tell(course, tmp_path):
    files = {"Li_1_assignsubmission_file_/homework.ipynb": b"not even JSON"}
    download = zip_of(tmp_path / "d.zip", files)
    (answer,) = collect(course, [download])
    assert "which section" in answer.why
    results = collect(course, [download], section=course.section("01"))
    assert taken(results) == ["Li/01-images"]


def test_a_notebook_of_another_section_than_asked_for_is_refused(course, tmp_path):
    name = "Li_1_assignsubmission_file_/convolution.ipynb"
    download = zip_of(tmp_path / "d.zip", {name: handed_in()})
    (answer,) = collect(course, [download], section=course.section("01"))
    assert "02-convolution" in answer.why and not files_below(course.submitted("Li", "."))


@pytest.mark.parametrize("data", [b"", b"{", "{}".encode("utf-16")])
def test_a_malformed_notebook_is_taken_so_that_grading_can_say_why(course, tmp_path, data):
    download = zip_of(tmp_path / "d.zip", {"a/02-convolution/convolution.ipynb": data})
    assert taken(collect(course, [download])) == ["a/02-convolution"]


def test_fifty_megabytes_of_stored_outputs_are_taken(course, tmp_path):
    data = handed_in() + b" " * 50_000_000  # packs 1000 to 1, as such outputs may
    download = zip_of(tmp_path / "d.zip", {"a/02-convolution/convolution.ipynb": data})
    assert taken(collect(course, [download])) == ["a/02-convolution"]


def test_what_is_no_notebook_is_skipped_with_a_note(course, tmp_path):
    files = {
        "a/02-convolution/convolution.ipynb": handed_in(),
        "a/02-convolution/notes.txt": b"hello",
        "__MACOSX/a/02-convolution/._convolution.ipynb": b"",
        "a/02-convolution/.ipynb_checkpoints/convolution-checkpoint.ipynb": b"",
    }
    results = collect(course, [zip_of(tmp_path / "d.zip", files)])
    assert taken(results) == ["a/02-convolution"]
    (note,) = [r for r in results if isinstance(r, Refused)]
    assert note.harmless and note.name == "a/02-convolution/notes.txt"


def test_of_two_copies_the_newer_is_taken(course, tmp_path):
    person = "Li_1_assignsubmission_file_"
    download = tmp_path / "d" / person
    download.mkdir(parents=True)
    for name, text, when in (("(1)", "blur = 2", TUESDAY), ("(2)", "blur = 1", MONDAY)):
        path = download / f"convolution {name}.ipynb"
        path.write_bytes(handed_in(text))
        os.utime(path, (when.timestamp(), when.timestamp()))
    results = collect(course, [download.parent])
    folder = course.submitted("Li", "02-convolution")
    assert (folder / "convolution.ipynb").read_bytes() == handed_in("blur = 2")
    assert "convolution (1).ipynb is newer" in next(
        r.why for r in results if isinstance(r, Refused)
    )


def test_names_in_utf_8_that_a_zip_does_not_mark_are_read(course, tmp_path):
    name = "Müller_1_assignsubmission_file_/images.ipynb"
    download = zip_of(tmp_path / "d.zip", {"M_1_assignsubmission_file_/images.ipynb": b"{}"})
    raw = download.read_bytes()
    short = b"M_1_assignsubmission_file_/images.ipynb"
    # As macOS packs: UTF-8 bytes without the flag; the name is one of equal length.
    assert raw.count(short) == 2
    long = name.encode()
    pad = len(long) - len(short)
    stretched = zip_of(tmp_path / "e.zip", {"M" * pad + short.decode(): b"{}"}).read_bytes()
    (tmp_path / "e.zip").write_bytes(stretched.replace(b"M" * pad + short, long))
    assert taken(collect(course, [tmp_path / "e.zip"])) == ["Müller/01-images"]


def test_a_path_that_is_not_there(course):
    with pytest.raises(CourseError, match="is not there"):
        collect(course, [Path("nowhere.zip")])


@pytest.mark.parametrize("student", ["../anna", "a/b", "", "*"])
def test_an_id_that_cannot_be_a_folder(course, tmp_path, student):
    with pytest.raises(CourseError, match="cannot be a student's id"):
        collect(course, [tmp_path], student=student)


@pytest.mark.parametrize("data", [b"", b"hello" * 1000, b"\xfd7zXZ\0" + b"x" * 600])
def test_what_is_no_archive_is_refused_in_a_sentence(course, tmp_path, data):
    (tmp_path / "d.zip").write_bytes(data)
    (answer,) = collect(course, [tmp_path / "d.zip"])
    assert str(answer).startswith("d.zip: not taken: it is ") and "\n" not in str(answer)


def test_a_truncated_archive_gives_what_it_still_holds(course, tmp_path):
    members = [(tarfile.TarInfo(GOOD), handed_in())]
    members += [(tarfile.TarInfo("b/02-convolution/convolution.ipynb"), os.urandom(100_000))]
    download = tar_of(tmp_path / "d.tar.gz", members)
    download.write_bytes(download.read_bytes()[:50_000])
    results = collect(course, [download])
    assert taken(results) == ["anna/02-convolution"] and len(refused(results)) >= 1

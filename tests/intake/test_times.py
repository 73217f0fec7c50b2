"""A newer submission replaces an older one, and nothing is lost."""

import os
import struct
import zipfile
from datetime import UTC, datetime

import pytest

from course.intake import people
from course.intake.collect import collect
from tests.downloads import MONDAY, TUESDAY, files_below, handed_in, zip_of


def collect_one(course, tmp_path, text, when):
    files = {"anna/02-convolution/convolution.ipynb": handed_in(text)}
    return collect(course, [zip_of(tmp_path / "d.zip", files, when)])[0]


def test_nbgrader_reads_the_timestamp(course, tmp_path):
    collect_one(course, tmp_path, "blur = 1", MONDAY)
    folder = course.submitted("anna", "02-convolution")
    found = course.directory.get_existing_timestamp(str(folder))
    assert found == MONDAY.replace(tzinfo=None)


def test_a_zips_own_utc_time_is_preferred(course, tmp_path):
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        info = zipfile.ZipInfo("a/02-convolution/convolution.ipynb", (2020, 1, 1, 0, 0, 0))
        info.extra = struct.pack("<HHBi", 0x5455, 5, 1, int(MONDAY.timestamp()))
        archive.writestr(info, handed_in())
    (one,) = collect(course, [tmp_path / "d.zip"])
    assert one.time == MONDAY


def test_a_time_in_the_future_does_not_outdo_later_submissions(course, tmp_path):
    far = datetime(2100, 1, 1, tzinfo=UTC)
    one = collect_one(course, tmp_path, "blur = 1", far)
    assert one.time <= datetime.now(UTC)


def test_a_newer_submission_replaces_and_the_old_one_is_kept(course, tmp_path):
    collect_one(course, tmp_path, "blur = 1", MONDAY)
    one = collect_one(course, tmp_path, "blur = 2", TUESDAY)
    assert one.status == "replaced" and one.path.read_bytes() == handed_in("blur = 2")
    kept = course.root / "submitted" / ".replaced" / "anna" / "02-convolution"
    (old,) = kept.rglob("convolution.ipynb")
    assert old.read_bytes() == handed_in("blur = 1")
    assert (old.parent / "timestamp.txt").read_text().startswith("2026-03-02 12:00:00")


def test_what_was_replaced_is_no_student_for_nbgrader(course, tmp_path):
    from nbgrader.apps import NbGraderAPI

    collect_one(course, tmp_path, "blur = 1", MONDAY)
    collect_one(course, tmp_path, "blur = 2", TUESDAY)
    found = NbGraderAPI(course.directory).get_submitted_students("02-convolution")
    assert found == {"anna"}


def test_an_older_submission_never_replaces_a_newer_one(course, tmp_path):
    collect_one(course, tmp_path, "blur = 2", TUESDAY)
    answer = collect_one(course, tmp_path, "blur = 1", MONDAY)
    assert answer.harmless and "a newer one, of 2026-03-03" in answer.why
    path = course.submitted("anna", "02-convolution") / "convolution.ipynb"
    assert path.read_bytes() == handed_in("blur = 2")


def test_collecting_twice_changes_nothing(course, tmp_path):
    collect_one(course, tmp_path, "blur = 1", MONDAY)
    before = files_below(course.root)
    one = collect_one(course, tmp_path, "blur = 1", MONDAY)
    assert one.status == "unchanged" and files_below(course.root) == before


def test_a_run_cut_off_before_the_notebook_is_in_place_is_taken_up_again(
    course, tmp_path, monkeypatch
):
    collect_one(course, tmp_path, "blur = 1", MONDAY)
    real = os.replace

    def crash(source, target):
        if str(target).endswith("convolution.ipynb"):
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        collect_one(course, tmp_path, "blur = 2", TUESDAY)
    monkeypatch.undo()
    one = collect_one(course, tmp_path, "blur = 2", TUESDAY)
    assert one.status == "replaced" and one.path.read_bytes() == handed_in("blur = 2")


def test_nothing_is_left_of_the_staging_folder(course, tmp_path):
    collect_one(course, tmp_path, "blur = 1", MONDAY)
    names = {p.name for p in (course.root / "submitted").iterdir()}
    assert names == {"anna", people.FILE}

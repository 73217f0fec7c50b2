"""Pages in one archive, under the names by which Moodle and Canvas know whose each is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from course.cli import main
from course.intake.person import Person
from course.returns.pages import pack
from tests.classes import SECTION, execute, record, small_course

MARK = "Ann Lee_12_assignsubmission_file_"


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path)


@pytest.fixture
def packed(course, tmp_path):
    """Return a function that packs the pages of some people; it returns names, and who is not."""

    def run(*people: Person) -> tuple[list[str], list[str]]:
        pages = []
        for person in people:
            page = course.feedback(person.id, SECTION) / "sums.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"of {person.id}", encoding="utf-8")
            pages.append(page)
        out = tmp_path / "to" / "upload.zip"
        left_out = pack(course, course.sections[0], pages, people, out)
        with zipfile.ZipFile(out) as archive:
            assert all(info.external_attr >> 16 == 0o644 for info in archive.infolist())
            return archive.namelist(), left_out

    return run


def test_a_page_has_the_name_of_what_was_handed_in(packed):
    ann = Person("ann", marks={SECTION: MARK})
    bob = Person("bob", marks={SECTION: "raybob_7_99_", "02": "raybob_8_11_"})
    assert packed(ann, bob) == ([f"{MARK}sums.html", "raybob_7_99_sums.html"], [])


def test_whom_no_download_has_named_is_told(packed):
    dan = Person("dan", "dan", "canvas", {"": "12"})
    assert packed(Person("ann", marks={SECTION: MARK}), dan) == ([f"{MARK}sums.html"], ["dan"])


def test_who_handed_in_by_another_of_the_group_has_moodles_own_name(packed):
    bob = Person("bob", "Bob_Ray/II", "moodle", {SECTION: "13", "02": "14"})
    eve = Person(
        "eve", "Eve Ox", "moodle", {"02": "15"}
    )  # a number of another section says nothing
    assert packed(bob, eve) == (["Bob Ray II_13_assignsubmission_file_sums.html"], ["eve"])


def test_the_same_pages_make_the_same_bytes(packed, tmp_path):
    ann = Person("ann", marks={SECTION: MARK})
    packed(ann)
    first = (tmp_path / "to" / "upload.zip").read_bytes()
    packed(ann)
    assert (tmp_path / "to" / "upload.zip").read_bytes() == first
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["upload.zip"]


def test_the_command_packs_one_section_and_tells_who_is_not_in_it(course, capsys):
    record(course, "ann")
    execute(course, "ann", {})
    out = Path(course.root, "upload.zip")
    line = ["feedback", "01", "--zip", str(out), "--course", str(course.root)]
    assert main(line) == 0
    assert "how it names their files: ann." in " ".join(capsys.readouterr().err.split())
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == []

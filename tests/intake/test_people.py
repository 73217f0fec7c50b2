"""No name that a student can choose makes a submission somebody else's."""

from __future__ import annotations

import json
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.intake import people
from course.intake.archives import checked_name
from course.intake.collect import collect
from course.intake.likeness import likeness
from course.intake.lms import is_student_id, read_name, student_id
from course.intake.members import Refusal
from course.intake.taken import Collected, Refused
from tests.downloads import MONDAY, TUESDAY, handed_in, refused, taken, zip_of

SECTIONS = ("01-images", "02-convolution")
VICTIM = b"the victim's own"


def moodle(person: str, number: int, file: str = "convolution.ipynb") -> str:
    return f"{person}_{number}_assignsubmission_file_/{file}"


def collected(course, folder: Path, names, when=MONDAY, text="blur = 1", **how):
    """Collect a zip of the same notebook under some names."""
    files = {name: handed_in(text) for name in ([names] if isinstance(names, str) else names)}
    return collect(course, [zip_of(folder / how.pop("called", "d.zip"), files, when)], **how)


@pytest.fixture
def victim(course, tmp_path):
    """Return Bob's notebook, handed in on Monday: no later download may touch it."""
    collected(course, tmp_path, ["bob/02-convolution/convolution.ipynb"], text="victim = 1")
    collected(course, tmp_path, moodle("Bob Ray", 7), text="victim = 1")
    found = [course.submitted(n, SECTIONS[1]) / "convolution.ipynb" for n in ("bob", "Bob-Ray")]
    yield course
    assert all(b"victim" in path.read_bytes() for path in found)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        # What a zip that was unpacked, or a folder, holds within.
        ("Ann Lee_1_assignsubmission_file_/bob/02-convolution/convolution.ipynb", "Ann-Lee"),
        ("Ann Lee_1_assignsubmission_file_/Bob Ray_7_assignsubmission_file_/c.ipynb", "Ann-Lee"),
        ("Ann Lee_1_assignsubmission_file_work/bob/02-convolution/convolution.ipynb", "Ann-Lee"),
        ("leeann_12_345_work/bob/02-convolution/convolution.ipynb", "leeann-12"),
        ("leeann_LATE_12_345_work/Bob Ray_7_assignsubmission_file_/c.ipynb", "leeann-12"),
        ("leeann_12_345_work/raybob_7_89_convolution.ipynb", "leeann-12"),
        ("ann/01-images/bob/02-convolution/convolution.ipynb", "ann"),
        ("ann/02-convolution/bob/02-convolution/convolution.ipynb", "ann"),
        # A file named as a platform names another's.
        ("ann/02-convolution/Bob Ray_7_assignsubmission_file_convolution.ipynb", "ann"),
        ("ann/02-convolution/raybob_7_89_convolution.ipynb", "ann"),
        ("Ann Lee_1_assignsubmission_file_/Bob Ray_7_assignsubmission_file_c.ipynb", "Ann-Lee"),
        ("Ann Lee_1_assignsubmission_file_/raybob_7_89_c.ipynb", "Ann-Lee"),
        ("leeann_12_345_raybob_7_89_convolution.ipynb", "leeann-12"),
    ],
)
def test_the_outermost_name_wins(victim, tmp_path, name, owner):
    results = collected(victim, tmp_path, name, TUESDAY)
    assert taken(results) == [f"{owner}/02-convolution"]


@pytest.mark.parametrize(
    ("names", "refusals"),
    [
        # Somebody's folder among people's folders names others.
        (["cyd/02-convolution/c.ipynb", "ann/bob/02-convolution/convolution.ipynb"], 1),
        (["cyd/02-convolution/c.ipynb", f"ann/{moodle('Bob Ray', 7)}"], 1),
        ([moodle("Cyd Oz", 3), "ann/bob/02-convolution/convolution.ipynb"], 1),
        ([moodle("Cyd Oz", 3), f"ann/{moodle('Bob Ray', 7)}"], 1),
        (["ozcyd_3_4_convolution.ipynb", "x/raybob_7_89_convolution.ipynb"], 1),
        # Folders without a section: whose are they?
        (["ann/bob/02-convolution/convolution.ipynb", "cyd/dan/02-convolution/c.ipynb"], 2),
        ([f"ann/{moodle('Bob Ray', 7)}", f"cyd/{moodle('Dan Ox', 9)}"], 2),
        # A section on top has nobody above it.
        (["02-convolution/bob/02-convolution/convolution.ipynb"], 1),
        # A display name that is made to end in another's mark.
        (["Bob Ray_7_assignsubmission_file_x_8_assignsubmission_file_/convolution.ipynb"], 1),
    ],
)
def test_where_it_cannot_be_told_whose_it_is_nothing_is_believed(victim, tmp_path, names, refusals):
    results = collected(victim, tmp_path, names, TUESDAY)
    assert len(refused(results)) == refusals
    assert not {r.student for r in results if isinstance(r, Collected)} & {"bob", "Bob-Ray"}
    assert all(len(str(r)) < 400 and "\n" not in str(r) for r in refused(results))


def test_a_wrapping_folder_that_is_somebodys_id_is_not_looked_through(victim, tmp_path):
    collected(victim, tmp_path, "ann/02-convolution/convolution.ipynb")
    (answer,) = collected(victim, tmp_path, "ann/bob/02-convolution/convolution.ipynb", TUESDAY)
    assert "--student ann" in answer.why


@pytest.mark.parametrize("packed", ["zip", "folder"])
@pytest.mark.parametrize(
    ("called", "owner"),
    [
        ("Ann Lee_1_assignsubmission_file_work", "Ann-Lee"),
        ("leeann_12_345_work", "leeann-12"),
    ],
)
def test_a_download_that_is_one_persons_by_its_own_name(victim, tmp_path, called, owner, packed):
    inner = "bob/02-convolution/convolution.ipynb"
    if packed == "zip":
        download = zip_of(tmp_path / f"{called}.zip", {inner: handed_in()}, TUESDAY)
    else:
        download = tmp_path / called
        (download / inner).parent.mkdir(parents=True)
        (download / inner).write_bytes(handed_in())
    assert taken(collect(victim, [download])) == [f"{owner}/02-convolution"]


def test_the_given_student_outdoes_every_name_within(victim, tmp_path):
    names = "bob/02-convolution/convolution.ipynb"
    (one,) = collected(victim, tmp_path, names, TUESDAY, student="ann")
    assert one.student == "ann" and "'bob'" in one.note


def test_a_download_of_several_people_is_not_given_to_one(victim, tmp_path):
    names = [f"{name}/02-convolution/convolution.ipynb" for name in ("bob", "cyd")]
    results = collected(victim, tmp_path, names, TUESDAY, student="ann")
    assert taken(results) == [] and all("several people" in r.why for r in refused(results))


@pytest.mark.parametrize("called", ["d.zip", "week_1_2026_all.zip"])
def test_a_name_that_is_canvass_by_chance_makes_nobody_of_everybody(victim, tmp_path, called):
    top = "week_1_2026_all/" if called == "d.zip" else ""
    names = [f"{top}{name}/02-convolution/convolution.ipynb" for name in ("bob", "cyd")]
    results = collected(victim, tmp_path, names, TUESDAY, called=called)
    assert taken(results) == [] and ["rename" in r.why for r in refused(results)] == [True, True]


def test_a_name_with_the_marks_of_two_is_taken_where_the_student_is_given(course, tmp_path):
    name = moodle("Bob_7_assignsubmission_file_x", 8)
    assert taken(collected(course, tmp_path, name, student="ann")) == ["ann/02-convolution"]


# Names that make one id, look the same, or are one to some file system.
PAIRS = [
    ("Ann Lee", "Ann-Lee"),
    ("Ann Lee", "Ann  Lee"),
    ("Ann Lee", "ann lee"),
    ("Ann Lee", "Ann Lee."),
    ("AnnLee", "Ann\u200bLee"),
    ("Ann Lee", "Ann Lee\u3164"),
    ("Ann Lee", "Ann Lee\ufe0f"),
    ("Ann Lee", "\u0410nn Lee"),  # a Cyrillic A
    ("Ann Lee", "Ann L\u0435e"),  # a Cyrillic e
    ("Ann Lee", "\uff21nn Lee"),  # a wide A
    ("Ann Lee", "Ann Lee?"),
    ("Zo\u00eb Fox", "ZO\u00cb FOX"),
    ("Stra\u00dfe", "STRASSE"),
    ("\u0130lker", "i\u0307lker"),
    ("王" * 60 + "一", "王" * 60 + "二"),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_people_whose_names_make_one_id_stay_two(course, tmp_path, first, second):
    (one,) = collected(course, tmp_path, moodle(first, 1), MONDAY, "blur = 1")
    (two,) = collected(course, tmp_path, moodle(second, 2), TUESDAY, "blur = 2")
    assert likeness(one.student) != likeness(two.student)
    assert two.student.endswith("-2") and two.status == "new" and "number" in two.note
    assert b"blur = 1" in one.path.read_bytes()


@pytest.mark.parametrize(("first", "second"), PAIRS[:2])
def test_each_of_them_is_known_again_under_any_number(course, tmp_path, first, second):
    for number, person in enumerate((first, second), start=1):
        collected(course, tmp_path, moodle(person, number))
    again = [moodle(first, 31, "images.ipynb"), moodle(second, 32, "images.ipynb")]
    found = sorted(taken(collected(course, tmp_path, again)))
    assert found == ["Ann-Lee-2/01-images", "Ann-Lee/01-images"]


def test_names_in_both_unicode_forms_are_one_person(course, tmp_path):
    for when, form in ((MONDAY, "NFC"), (TUESDAY, "NFD")):
        name = moodle(unicodedata.normalize(form, "Zoë Fox"), 1)
        (one,) = collected(course, tmp_path, name, when, f"blur = {when.day}")
    assert (one.student, one.status) == ("Zoë-Fox", "replaced")


def test_another_number_in_the_same_section_is_refused_with_the_remedy(course, tmp_path):
    (one,) = collected(course, tmp_path, moodle("Ann Lee", 1))
    (answer,) = collected(course, tmp_path, moodle("Ann Lee", 2), TUESDAY, "blur = 2")
    for word in ("'Ann Lee'", "number 1 ", "number 2", "--student Ann-Lee"):
        assert word in answer.why
    assert b"blur = 1" in one.path.read_bytes()
    (two,) = collected(
        course, tmp_path, moodle("Ann Lee", 2), TUESDAY, "blur = 2", student="Ann-Lee"
    )
    assert two.status == "replaced"
    (three,) = collected(course, tmp_path, moodle("Ann Lee", 2), TUESDAY, "blur = 2")
    assert three.status == "unchanged"


def test_the_same_person_replaces_and_that_is_said(course, tmp_path):
    collected(course, tmp_path, moodle("Ann Lee", 1))
    (one,) = collected(course, tmp_path, moodle("Ann Lee", 1), TUESDAY, "blur = 2")
    assert one.status == "replaced"


def test_canvas_knows_a_person_by_the_number_whatever_the_name(course, tmp_path):
    (one,) = collected(course, tmp_path, "leeann_12_1_convolution.ipynb")
    (two,) = collected(course, tmp_path, "foxann_12_2_images.ipynb")
    assert one.student == two.student == "leeann-12" and "'leeann'" in two.note
    (other,) = collected(course, tmp_path, "leeann_13_3_convolution.ipynb")
    assert other.student == "leeann-13"


def test_an_id_that_a_person_gave_is_no_platforms(course, tmp_path):
    collected(course, tmp_path, "ann/02-convolution/convolution.ipynb", text="mine = 1")
    (two,) = collected(course, tmp_path, moodle("ann", 5), TUESDAY)
    assert two.student == "ann-5" and "'ann'" in two.note


def test_an_id_that_was_there_before_anything_was_remembered_is_taken_over(course, tmp_path):
    (course.submitted("Ann-Lee", "01-images")).mkdir(parents=True)
    (one,) = collected(course, tmp_path, moodle("Ann Lee", 1))
    assert one.student == "Ann-Lee"


def test_nameless_participants_keep_their_numbers(course, tmp_path):
    first = collected(course, tmp_path, moodle("Participant", 7))
    second = collected(course, tmp_path, moodle("Participant", 8), TUESDAY)
    assert taken(first + second) == ["Participant-7/02-convolution", "Participant-8/02-convolution"]


def test_namesakes_who_hand_in_one_after_the_other_do_not_become_one(course, tmp_path):
    both = [moodle("Ann Lee", 1), moodle("Ann Lee", 2)]
    assert sorted(taken(collected(course, tmp_path, both))) == [
        "Ann-Lee-1/02-convolution",
        "Ann-Lee-2/02-convolution",
    ]
    (again,) = collected(course, tmp_path, moodle("Ann Lee", 2), TUESDAY, "blur = 2")
    assert (again.student, again.status) == ("Ann-Lee-2", "replaced")


def test_an_id_made_of_anothers_name_and_number_is_not_given_twice(course, tmp_path):
    for number, person in enumerate(("Ann Lee", "Ann Lee 2"), start=10):
        collected(course, tmp_path, moodle(person, number))
    (answer,) = collected(course, tmp_path, moodle("Ann-Lee", 2), TUESDAY)
    assert isinstance(answer, Refused) and "--student" in answer.why


@pytest.mark.parametrize(
    "name", ["CON", "con", "Nul", "aux.txt", "COM1", "lpt9", "index.html", "Index.HTML"]
)
def test_a_name_that_is_taken_for_a_device_or_a_page_is_no_id(course, tmp_path, name):
    assert not is_student_id(name)
    assert is_student_id(student_id(name))
    (answer,) = collected(course, tmp_path, f"{name}/02-convolution/convolution.ipynb")
    assert "cannot be a student's id" in answer.why


@pytest.mark.parametrize("name", ["\u0301\u0345", "-\u0301", "'"])
def test_marks_without_a_letter_are_no_id(name):
    assert not is_student_id(name) and student_id(name) == ""


@pytest.mark.parametrize("name", ["ann\u3164", "ann\ufe0f", "an\u034fn", "ann ", "ann.", "\u2800"])
def test_a_folder_with_a_name_that_looks_like_another_is_no_id(course, tmp_path, name):
    (answer,) = collected(course, tmp_path, f"{name}/02-convolution/convolution.ipynb")
    assert "cannot be a student's id" in answer.why or "name" in answer.why


def test_a_folder_that_looks_like_a_students_is_refused(course, tmp_path):
    collected(course, tmp_path, "ann/02-convolution/convolution.ipynb")
    (answer,) = collected(course, tmp_path, "\u0430nn/02-convolution/convolution.ipynb")
    assert "by its looks only" in answer.why


def test_what_is_remembered_is_written_before_anything_is_put(course, tmp_path, monkeypatch):
    def stop(source, target):
        if str(target).endswith(".ipynb"):
            raise KeyboardInterrupt
        real(source, target)

    real = os.replace
    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        collected(course, tmp_path, moodle("Ann Lee", 1))
    (known,) = json.loads((course.root / "submitted" / people.FILE).read_text(encoding="utf-8"))
    assert (known["id"], known["name"], known["numbers"]) == (
        "Ann-Lee",
        "Ann Lee",
        {SECTIONS[1]: "1"},
    )


@pytest.mark.parametrize("text", ["", "{", "5", '[{"id": "../x"}]', '[{"new": 1}]', '[{"id": 5}]'])
def test_what_is_remembered_and_cannot_be_read_is_said(course, tmp_path, text):
    (course.root / "submitted").mkdir()
    (course.root / "submitted" / people.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be read") as told:
        collected(course, tmp_path, moodle("Ann Lee", 1))
    assert "Restore it" in str(told.value.remedy)


def test_nbgrader_takes_what_is_remembered_for_no_student(course, tmp_path):
    from nbgrader.apps import NbGraderAPI

    collected(course, tmp_path, moodle("Ann Lee", 1))
    found = NbGraderAPI(course.directory).get_submitted_students(SECTIONS[1])
    assert found == {"Ann-Lee"}


def test_json_tells_person_number_and_id(course, tmp_path):
    download = zip_of(tmp_path / "d.zip", {moodle("Ann Lee", 42): handed_in()})
    out = tmp_path / "out.jsonl"
    arguments = ["collect", str(download), "--course", str(course.root), "--json", str(out)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["student"], told["person"], told["number"]) == ("Ann-Lee", "Ann Lee", "42")
    assert told["platform"] == "moodle"


def test_the_table_says_that_the_one_before_is_kept(course, tmp_path):
    results = []
    for when in (MONDAY, TUESDAY):
        download = zip_of(tmp_path / "d.zip", {moodle("Ann Lee", 1): handed_in(f"x = {when.day}")})
        _retime(download, when)
        arguments = ["collect", str(download), "--course", str(course.root)]
        results.append(CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).output)
    assert "replaced: the one before is in .replaced/" in results[1]


def _retime(download: Path, when) -> None:
    with zipfile.ZipFile(download) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    zip_of(download, files, when)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("ann/02-convolution/x.ipynb", "ann"),
        ("02-convolution/x.ipynb", ""),
        ("02-convolution/bob/02-convolution/x.ipynb", ""),
        ("a/b/c/ann/02-convolution/deep/er/x.ipynb", "ann"),
        ("Ann_1_assignsubmission_file_Ann_2_assignsubmission_file_x.ipynb", "Ann"),
    ],
)
def test_a_name_tells_its_outermost_person(name, person):
    assert read_name(checked_name(name), SECTIONS).person == person


def test_a_name_with_the_marks_of_two_is_refused():
    with pytest.raises(Refusal, match="two people"):
        read_name(checked_name(moodle("Bob_7_assignsubmission_file_", 8)), SECTIONS)


def test_people_whose_names_canvas_hides_are_told_apart_by_its_signs(course, tmp_path):
    names = ["anon_a1B2c_5678_convolution.ipynb", "anon_LATE_x9Y8z_5679_convolution.ipynb"]
    path = zip_of(tmp_path / "all.zip", {name: handed_in(f"blur = '{name}'") for name in names})
    for _ in range(2):  # also of those that are known by now
        results = collect(course, [path])
        assert taken(results) == ["anon-a1B2c/02-convolution", "anon-x9Y8z/02-convolution"]
    assert [one.late for one in results] == [False, True]

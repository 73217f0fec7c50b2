"""Lists of the class: who stands in them, whose id that is, what the gradebook then says."""

from __future__ import annotations

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.intake.collect import collect
from course.intake.enrolling import enrol
from course.intake.people import People
from course.intake.person import Person
from course.intake.roster import read_roster
from tests.downloads import handed_in, zip_of

SECTION = "02-convolution"
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Convolution (88),Current Score (read only)
    Points Possible,,,,,26,
"Lee, Ann",12,u-12,alee@uni.example,One,,
"Ray, Bob",7,u-7,bray,One,3,
"Student, Test",99,,,One,,
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed
Participant 1,Ann Lee,ann@uni.example,Submitted,,26.00,Yes
Participant 7,Bob Ray,bob@uni.example,Submitted,,26.00,Yes
"""
PARTICIPANTS = """\
First name,Surname,ID number,Email address
Ann,Lee,u-12,ann@uni.example
Bob,Ray,u-7,bob@uni.example
"""
OWN = """\
id;first_name;last_name;email
ann;Ann;Lee;ann@uni.example
李雷;雷;李;
"""

CANVAS_HEAD = "Student,ID,SIS User ID,SIS Login ID,Section"


@pytest.fixture
def listed(tmp_path):
    """Return a function that writes a list and returns its file."""

    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def handed_in_as(course, folder, *names):
    collect(course, [zip_of(folder / "d.zip", {name: handed_in() for name in names})])


def ids(course) -> dict[str, str]:
    """Return ids by what people are called."""
    top = course.submitted("x", "x").parent.parent
    return {person.called: person.id for person in People(top)}


def in_gradebook(course) -> dict[str, tuple]:
    with Gradebook(course.db_url) as book:
        return {s.id: (s.first_name, s.last_name, s.email, s.lms_user_id) for s in book.students}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (CANVAS, ["Ann Lee", "Bob Ray"]),
        (WORKSHEET, ["Ann Lee", "Bob Ray"]),
        (PARTICIPANTS, ["Ann Lee", "Bob Ray"]),
        (OWN, ["Ann Lee", "雷 李"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_kind_is_read_in_each_encoding(listed, text, names, encoding):
    found = read_roster(listed(text.replace("\n", "\r\n"), encoding))
    assert [one.name for one in found] == names


def test_canvas_tells_numbers_and_logins(listed):
    ann, bob = read_roster(listed(CANVAS))
    assert (ann.number, ann.lms_id, ann.email) == ("12", "u-12", "alee@uni.example")
    assert (bob.first, bob.last, bob.email) == ("Bob", "Ray", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and more", "Excel"),
        ("Prénom,Nom\nAnne,Lé\n".encode("latin-1"), "UTF-8"),
        (b"colour,size\nred,3\n", "colour, size"),
        (b"", "no table"),
        (b"id,name\n", "no table"),
        (b"Identifier,Full name\n,nobody\n", "names no student"),
        (b"id,first_name\nann,Ann\n,Bob\n", "line 3: 'Bob' has no id"),
        (b"id,first_name\nann,Ann\nann,Ann\nann,Anna\n", "line 4: 'ann' is in line 2 already"),
    ],
)
def test_what_is_no_list_is_refused_with_a_remedy(tmp_path, content, words):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=words) as refused:
        read_roster(path)
    assert str(path) in refused.value.what and refused.value.remedy


def test_canvas_is_recognised_by_its_number(course, tmp_path, listed):
    handed_in_as(course, tmp_path, "leeann_12_345_convolution.ipynb")
    enrolled = enrol(course, listed(CANVAS))
    assert ids(course) == {"Ann Lee": "leeann-12", "Bob Ray": "Bob-Ray"}
    assert [p.id for p in enrolled.without(course, course.pick([SECTION])[0])] == ["Bob-Ray"]
    assert in_gradebook(course)["leeann-12"] == ("Ann", "Lee", "alee@uni.example", "u-12")


def test_who_was_listed_first_gets_the_same_id_when_collected(course, tmp_path, listed):
    enrol(course, listed(CANVAS))
    handed_in_as(course, tmp_path, "raybob_7_345_convolution.ipynb")
    assert ids(course) == {"Ann Lee": "Ann-Lee", "Bob Ray": "Bob-Ray"}
    assert course.submitted("Bob-Ray", SECTION).is_dir()


def test_moodles_people_are_recognised_by_their_names(course, tmp_path, listed):
    handed_in_as(course, tmp_path, "Ann Lee_1_assignsubmission_file_/convolution.ipynb")
    enrol(course, listed(PARTICIPANTS))
    assert in_gradebook(course)["Ann-Lee"] == ("Ann", "Lee", "ann@uni.example", "u-12")
    assert len(in_gradebook(course)) == 2


@pytest.mark.parametrize("again", [False, True], ids=["new", "known"])
def test_nobody_is_looked_for_among_all_others(course, looks_at, again):
    """Twice as many people take twice as many looks, not four times as many."""
    counted = []
    for many in (30, 60):
        rows = [f"Name{n} Of,{700 + n},s{n},l{n},One" for n in range(many)]
        file = course.root / f"{many}.csv"
        file.write_text("\n".join([CANVAS_HEAD, *rows]), encoding="utf-8")
        (course.submitted("x", "x").parent.parent / ".people.json").unlink(missing_ok=True)
        if again:
            enrol(course, file)
        with looks_at(Person) as looks:
            assert len(enrol(course, file).people) == many
        counted.append(looks())
    assert counted[1] <= 2.2 * counted[0]


def test_two_of_one_name_are_told_apart_by_number_alone(course, tmp_path, listed):
    names = [f"Ann Lee_{n}_assignsubmission_file_/convolution.ipynb" for n in (1, 7)]
    handed_in_as(course, tmp_path, *names)
    twins = PARTICIPANTS.replace("Bob,Ray", "Ann,Lee")
    assert len(enrol(course, listed(twins)).notes) == 2
    worksheet = WORKSHEET.replace("Bob Ray", "Ann Lee")
    assert enrol(course, listed(worksheet), course.pick([SECTION])[0]).notes == []
    addresses = {id_: person[2] for id_, person in in_gradebook(course).items()}
    assert addresses == {"Ann-Lee-1": "ann@uni.example", "Ann-Lee-7": "bob@uni.example"}


def test_an_address_that_people_choose_makes_nobody_another(course, tmp_path, listed):
    handed_in_as(course, tmp_path, f"ann@uni.example/{SECTION}/convolution.ipynb")
    enrol(course, listed(WORKSHEET.replace("Ann Lee", "Mal Low")))
    assert ids(course)["Mal Low"] == "Mal-Low"


def test_what_the_institution_calls_people_does(course, tmp_path, listed):
    handed_in_as(course, tmp_path, f"bray/{SECTION}/convolution.ipynb")
    enrol(course, listed(CANVAS))
    assert ids(course)["Bob Ray"] == "bray"


def test_a_list_of_ones_own_gives_ids(course, listed):
    enrol(course, listed(OWN))
    assert ids(course) == {"Ann Lee": "ann", "雷 李": "李雷"}


def test_the_command_says_who_is_missing(course, tmp_path, listed):
    handed_in_as(course, tmp_path, "leeann_12_345_convolution.ipynb")
    line = ["collect", "--course", str(course.root), "--roster", str(listed(CANVAS))]
    done = CliRunner().invoke(app, line)
    assert done.exit_code == 0, done.output
    assert "2 in the list" in done.output
    assert "Bob Ray (Bob-Ray)" in done.output and "Ann Lee" not in done.output


def test_without_anything_to_collect_it_says_so(course):
    done = CliRunner().invoke(app, ["collect", "--course", str(course.root)])
    assert done.exit_code and "--roster" in str(done.exception)

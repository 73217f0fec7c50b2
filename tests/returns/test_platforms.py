"""Marks in the files of Canvas and Moodle: the right rows, and nothing else changed."""

from __future__ import annotations

import csv
import io

import pytest

from course.errors import CourseError
from course.intake.person import Person
from course.intake.roster import Listed
from course.intake.sheets import read_sheet
from course.returns.canvas import canvas
from course.returns.export import Mark
from course.returns.moodle import moodle
from course.sections import Section

GRADE_BOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Convolution (88),Pooling (89),Current Score (read only)
    Points Possible,,,,,26,10,
"Lee, Ann",12,u-12,alee,One,1,9,50
"Ray, Bob",7,u-7,bray,One,3,9,
"李, 雷",8,u-8,lei,One,,,
"Student, Test",99,,,One,,,
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 1,Ann Lee,ann@uni.example,Submitted,,26.00,Yes,Monday,-,
Participant 7,Bob Ray,bob@uni.example,Submitted,5.00,26.00,Yes,Monday,-,Well done
Participant 9,Cyd Oz,cyd@uni.example,Submitted,,26.00,No,Monday,-,
"""


@pytest.fixture
def section(tmp_path):
    return Section("02-convolution", tmp_path, title="Convolution")


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes a table and reads it."""

    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return read_sheet(path)

    return write


def mark(student: str, points: float = 24, *, waiting: int = 0) -> Mark:
    one = {"exercise": "blur", "points": points, "max_points": 26, "verdict": "partial"}
    exercises = [one | {"message": "<b>", "to_be_graded": bool(waiting)}]
    return Mark(student, "02-convolution", points, 26, waiting, exercises)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


CANVAS_PEOPLE = [Person("ann", "leeann", "canvas", {"": "12"}), Person("bob", numbers={"": "7"})]
MOODLE_PEOPLE = [
    Person("ann", "Ann Lee", "moodle", {"02-convolution": "1"}),
    Person("bob", "Bob Ray", "moodle", {"01-images": "88"}),
]


class TestCanvas:
    def test_of_the_file_stays_what_canvas_needs(self, sheet, section):
        made = canvas(sheet(GRADE_BOOK), [section], [mark("ann")], CANVAS_PEOPLE)
        rows = table(made.text)
        assert [row["Student"].strip() for row in rows] == ["Points Possible", "Lee, Ann"]
        assert list(rows[0]) == [
            *("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Convolution (88)")
        ]
        assert [row["Convolution (88)"] for row in rows] == ["26", "24"]
        assert (made.entered, made.notes) == (1, [])

    @pytest.mark.parametrize("numbered", [True, False], ids=["by number", "by login"])
    def test_no_row_is_looked_for_among_all_others(self, sheet, section, looks_at, numbered):
        """Twice as many people take twice as many looks, not four times as many."""
        counted = []
        for many in (30, 60):
            rows = [f'"Of, Name{n}",{700 + n},s{n},l{n},One,,,' for n in range(many)]
            number = (lambda n: {"": f"{700 + n}"}) if numbered else (lambda n: {})
            people = [Person(f"l{n}", numbers=number(n)) for n in range(many)]
            book = sheet("\n".join([GRADE_BOOK.splitlines()[0], *rows]))
            with looks_at(Listed) as looks:
                made = canvas(book, [section], [mark(person.id) for person in people], people)
            assert made.entered == many
            counted.append(looks())
        assert counted[1] <= 2.2 * counted[0]

    def test_numbers_outdo_names(self, sheet, section):
        """Who calls himself as another does not get the other's mark."""
        people = [Person("ann", "leeann", "canvas", {"": "7"}, first="Ann", last="Lee")]
        (_, row) = table(canvas(sheet(GRADE_BOOK), [section], [mark("ann")], people).text)
        assert row["ID"] == "7"

    @pytest.mark.parametrize("person", [Person("alee"), Person("x", lms_id="u-12")])
    def test_without_a_number_the_login_or_the_institutions_id_tells(self, sheet, section, person):
        made = canvas(sheet(GRADE_BOOK), [section], [mark(person.id)], [person])
        assert table(made.text)[1]["ID"] == "12"

    def test_a_name_that_two_have_is_nobodys(self, sheet, section):
        text = GRADE_BOOK.replace("Ray, Bob", "Lee, Ann")
        people = [Person("ann", first="Ann", last="Lee")]
        made = canvas(sheet(text), [section], [mark("ann")], people)
        assert made.entered == 0 and "2 rows" in made.notes[0]

    def test_who_is_in_no_row_is_named(self, sheet, section):
        made = canvas(sheet(GRADE_BOOK), [section], [mark("dan"), mark("ann")], CANVAS_PEOPLE)
        assert made.entered == 1 and "dan" in made.notes[0]

    def test_the_column_is_found_by_title_or_named(self, sheet, section):
        with pytest.raises(CourseError, match=r"Pooling \(89\)"):
            other = Section("09-what-cnns-learn", section.folder, title="What CNNs learn")
            canvas(sheet(GRADE_BOOK), [other], [], [])
        made = canvas(sheet(GRADE_BOOK), [section], [mark("ann")], CANVAS_PEOPLE, columns=["Pool"])
        assert table(made.text)[1]["Pooling (89)"] == "24"

    def test_a_column_that_is_told_only_half_is_refused(self, sheet, section):
        text = GRADE_BOOK.replace("Pooling (89)", "Convolution again (89)")
        with pytest.raises(CourseError, match="several columns"):
            canvas(sheet(text), [section], [mark("ann")], CANVAS_PEOPLE)

    def test_points_in_proportion(self, sheet, section):
        text = GRADE_BOOK.replace(",26,10,", ",100,10,")
        made = canvas(sheet(text), [section], [mark("ann", 13)], CANVAS_PEOPLE)
        assert table(made.text)[1]["Convolution (88)"] == "13" and "--scale" in made.notes[0]
        made = canvas(sheet(text), [section], [mark("ann", 13)], CANVAS_PEOPLE, scale=True)
        assert table(made.text)[1]["Convolution (88)"] == "50" and made.notes == []

    def test_what_waits_for_a_person_is_said(self, sheet, section):
        made = canvas(sheet(GRADE_BOOK), [section], [mark("ann", waiting=1)], CANVAS_PEOPLE)
        assert "1 marks wait" in made.notes[0]

    def test_another_table_is_refused(self, sheet, section):
        with pytest.raises(CourseError, match="no grade book"):
            canvas(sheet(WORKSHEET), [section], [], [])


class TestMoodle:
    def test_all_rows_and_columns_stay(self, sheet, section):
        given = sheet(WORKSHEET)
        made = moodle(given, section, [mark("ann")], MOODLE_PEOPLE)
        before, after = table(WORKSHEET), table(made.text)
        assert after[0]["Grade"] == "24.00" and "blur: 24 of 26" in after[0]["Feedback comments"]
        assert after[1:] == before[1:] and list(after[0]) == list(before[0])

    def test_nothing_in_a_comment_is_html_of_others(self, sheet, section):
        one = mark("ann")
        one.exercises[0]["exercise"] = "<script>"
        made = moodle(sheet(WORKSHEET), section, [one], MOODLE_PEOPLE)
        assert "<script>" not in made.text

    def test_a_number_of_another_section_says_nothing(self, sheet, section):
        made = moodle(sheet(WORKSHEET), section, [mark("bob", 3)], MOODLE_PEOPLE)
        assert [row["Grade"] for row in table(made.text)] == ["", "3.00", ""]

    def test_what_moodle_has_locked_is_left_and_named(self, sheet, section):
        made = moodle(sheet(WORKSHEET), section, [mark("cyd")], [Person("cyd", "Cyd Oz")])
        assert made.entered == 0 and "locked" in made.notes[0]
        assert table(made.text) == table(WORKSHEET)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    def test_the_form_of_the_file_stays(self, sheet, section, encoding, line_end):
        text = WORKSHEET.replace(",", ";").replace("26.00", "26,00").replace("5.00", "5,00")
        text = text.replace("\n", line_end)
        made = moodle(sheet(text, encoding), section, [mark("ann", 23.5)], MOODLE_PEOPLE)
        assert made.text.startswith("\ufeff") == (encoding == "utf-8-sig")
        assert "Ann Lee;ann@uni.example;Submitted;23,50;26,00" in made.text
        untouched = [line for line in text.split(line_end) if "Ann" not in line]
        assert [
            line for line in made.text.removeprefix("\ufeff").split(line_end) if "Ann" not in line
        ] == untouched

    def test_another_table_is_refused(self, sheet, section):
        with pytest.raises(CourseError, match="no grading worksheet"):
            moodle(sheet(GRADE_BOOK), section, [], [])

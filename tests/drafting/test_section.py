"""`course new section`: a notebook, its mistakes, an entry of the syllabus, all with blanks."""

import nbformat
import pytest

from course import gate
from course.authoring.release import release
from course.drafting.section import make
from course.errors import CourseError
from course.folder import SYLLABUS_FILE, open_course
from course.notebook.exercises import exercises
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_notebook
from tests.builders import code, make_course
from tests.drafting.test_exercise import state
from tests.gate.lessons import SECTION


def made_in(course, section):
    return open_course(course.root).section(section)


def test_it_gets_the_next_number_and_three_files(house):
    made = make(house, "attention", exercise="weigh-words", parameters="words, query")
    assert made.section == "02-attention" and not made.notes
    assert made.files == (
        "source/02-attention/mistakes.py",
        "source/02-attention/attention.ipynb",
        "course/syllabus.toml",
    )
    section = made_in(house, "attention")
    (path,) = section.notebooks
    nbformat.validate(nbformat.read(path, as_version=4))
    first, second = exercises(read_notebook(path))
    assert (first.name, first.manual, second.manual) == ("weigh-words", False, True)
    assert section.points == first.points + second.points == 5 and section.draft
    mistakes = read_mistakes(section.folder / "mistakes.py")
    assert [one.exercise for one in mistakes] == ["weigh-words"] * 3


def test_it_has_all_that_a_lesson_begins_and_ends_with(house):
    make(house, "attention")
    cells = read_notebook(made_in(house, "02").notebooks[0]).cells
    ids = [cell.id for cell in cells]
    assert ids[:5] == ["title", "fetch-course", "imports", "parameters", "set-up"]
    assert ids[-4:] == ["recap", "glossary", "summary-text", "summary"]
    assert "**Objectives.**" in cells[0].source and "for 5 points" in cells[0].source
    assert cells[-1].source == "checks.summary(2)" and cells[-1].metadata.tags == ["demo"]


def test_the_syllabus_keeps_every_line_that_it_had(house):
    file = house.root / SYLLABUS_FILE
    file.write_text("# By hand.\n" + file.read_text())
    before = file.read_text()
    make(house, "attention", title='The "why" of it')
    assert file.read_text().startswith(before)
    assert made_in(house, "02").title == 'The "why" of it'


def test_the_gate_names_each_of_its_blanks_and_nothing_else(house):
    made = make(house, "attention")
    course = open_course(house.root)
    found = gate.check(course, [course.section("02")])
    assert {one.rule for one in found} == {"blank", "blank-beside"}
    assert len(found) == made.blanks == 42
    told = [str(one) for one in found]
    assert "02-attention blank-beside: Line 10 of course/syllabus.toml is blank: title." in told[0]


def test_a_student_version_can_be_made_of_it_at_once(house):
    make(house, "attention")
    course = open_course(house.root)
    (made,) = release(course, [course.section("02")])
    assert made.files == ("attention.ipynb",)


def test_in_a_course_without_a_syllabus_it_has_neither_entry_nor_house_style(foreign):
    made = make(foreign, "ps3")
    assert made.files == ("source/ps3/mistakes.py", "source/ps3/ps3.ipynb")
    assert [note.split(":")[1] for note in made.notes] == [" its tests are plain asserts."]
    nb = read_notebook(made_in(foreign, "ps3").notebooks[0])
    assert not any("helpers" in cell.source or cell.metadata.get("tags") for cell in nb.cells)
    assert [one.manual for one in exercises(nb)] == [False]
    assert not (foreign.root / SYLLABUS_FILE).read_text().count("[[section]]")
    course = open_course(foreign.root)
    found = gate.check(course, [course.section("ps3")])
    assert {one.rule for one in found} == {"blank", "blank-beside"} and len(found) == made.blanks


def test_house_style_without_helpers_gets_plain_asserts(tmp_path):
    course = make_course(tmp_path, {"01-x": {"x": [code("1")]}}, syllabus={"01-x": 0})
    made = make(course, "more")
    course = open_course(tmp_path)
    found = gate.check(course, [course.section("more")])
    assert {one.rule for one in found} == {"blank", "blank-beside"} and len(found) == made.blanks
    assert "helpers" not in (tmp_path / "source" / "02-more" / "more.ipynb").read_text()


def test_numbers_are_given_where_the_others_have_them(tmp_path):
    lone = {f"0{n}-x": {"x": [code("1")]} for n in (1, 9)}
    course = make_course(tmp_path, lone)
    assert make(course, "Problem_Set").section == "10-Problem_Set"
    assert make(open_course(tmp_path), "15-far").section == "15-far"
    assert make(open_course(tmp_path), "near").section == "16-near"


def test_the_first_section_of_an_empty_course_can_be_made(tmp_path):
    (tmp_path / "source").mkdir()
    assert make(open_course(tmp_path), "sums").section == "sums"
    assert make(open_course(tmp_path), "more").section == "more"


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("Attention", {}, "'Attention' can be no name of a section. Use words in lower case"),
        ("Über uns", {}, "with dashes: uber-uns."),
        ("a/b", {}, "with dashes: a-b."),
        ("..", {}, r"'\.\.' can be no name of a section. Use words in lower case with dashes\."),
        ("02", {}, "'02' is a number without a name"),
        ("01-attention", {}, "The number 01 is that of 01-sums. Leave the number out"),
        (SECTION, {}, "There is a section 01-sums already, in .* `course new exercise 01-sums"),
        ("sums", {}, "There is a section 01-sums already, of the same name but for its number"),
        ("attention", {"exercise": "recap"}, "has a cell 'recap' already"),
        ("attention", {"exercise": "in-your-words"}, "has a cell 'in-your-words' already"),
        ("attention", {"exercise": "checks"}, "binds the name checks in its cell 'imports'"),
        ("attention", {"exercise": "if"}, "Python itself has the name 'if'"),
        ("attention", {"parameters": "1"}, "can stand in no function's head"),
    ],
)
def test_what_will_not_do_is_refused_with_a_remedy_and_nothing_is_written(
    house, name, options, words
):
    before = state(house)
    with pytest.raises(CourseError, match=words) as caught:
        make(house, name, **options)
    assert caught.value.remedy and state(house) == before
    assert not (house.source / "02-attention").exists()


def test_a_folder_that_holds_something_is_left_alone(house):
    folder = house.source / "02-attention"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="is there already, and no section of the course"):
        make(house, "attention")
    (folder / "notes.txt").unlink()
    assert make(house, "attention").section == "02-attention"


def test_where_the_syllabus_cannot_be_written_no_folder_is_left(house, monkeypatch):
    from course.drafting import putting

    write = putting.write_atomically

    def refuse_the_last(path, text):
        if path.name == "syllabus.toml":
            raise OSError(28, "No space left on device", str(path))
        write(path, text)

    monkeypatch.setattr(putting, "write_atomically", refuse_the_last)
    before = state(house)
    with pytest.raises(OSError, match="No space"):
        make(house, "attention")
    assert state(house) == before and not (house.source / "02-attention").exists()


def test_sections_in_one_line_are_told_how_to_stand(house):
    file = house.root / SYLLABUS_FILE
    file.write_text(f'section = [{{ name = "{SECTION}", points = 16 }}]\n')
    with pytest.raises(CourseError, match="takes no section at its end"):
        make(open_course(house.root), "attention")


def test_a_draft_needs_no_full_number_of_exercises_and_is_named(house):
    file = house.root / SYLLABUS_FILE
    file.write_text(file.read_text().replace("points = 16", "points = 14\ndraft = true"))
    nb = read_notebook(path := house.section(SECTION).notebooks[0])
    nb.cells = [c for c in nb.cells if not c.id.startswith("why")]
    nb.cells[0].source = nb.cells[0].source.replace("16", "14")
    nbformat.write(nb, path)
    course = open_course(house.root)
    found = {one.rule for one in gate.check(course, course.sections, run=False)}
    assert "exercises" not in found
    assert gate.drafts(course.sections).endswith(f": {SECTION}.")
    file.write_text(file.read_text().replace("draft = true", "draft = false"))
    course = open_course(house.root)
    assert "exercises" in {one.rule for one in gate.check(course, course.sections, run=False)}
    assert gate.drafts(course.sections) == ""
    file.write_text(file.read_text().replace("draft = false", 'draft = "no"'))
    with pytest.raises(CourseError, match="draft of '01-sums' is 'no'"):
        _ = open_course(house.root).sections


def test_no_section_of_ours_is_a_draft(root):
    assert gate.drafts(open_course(root).sections) == ""

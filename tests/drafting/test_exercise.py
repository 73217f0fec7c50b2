"""`course new exercise`: cells, mistakes and points of one more exercise, with blanks."""

import json
import os

import nbformat
import pytest

from course import gate
from course.drafting.exercise import add
from course.drafting.wanted import Wanted
from course.errors import CourseError
from course.folder import SYLLABUS_FILE, open_course
from course.notebook.blanks import blanks
from course.notebook.exercises import exercises
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_notebook
from tests.builders import code, make_course, markdown, test_cell
from tests.gate.lessons import SECTION


def lesson_of(course, section=SECTION):
    return open_course(course.root).section(section).notebooks[0]


def sources(path) -> dict[str, str]:
    return {cell.id: cell.source for cell in read_notebook(path).cells}


def state(course) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in course.root.rglob("*") if p.is_file()}


def test_it_stands_behind_the_last_test_with_the_next_number(house):
    made = add(house, house.section(SECTION), Wanted("scale", parameters="image, factor=2"))
    path = lesson_of(house)
    ids = [cell.id for cell in read_notebook(path).cells]
    start = ids.index("add-7-test") + 1
    assert ids[start : start + 3] == ["scale-task", "scale", "scale-test"] == [*made.cells]
    task = sources(path)["scale-task"]
    assert task.startswith("### Exercise 1.8 · BLANK(title) (3 points, about 8 minutes)")
    assert "`scale(image, factor=2)`" in task
    (found,) = [one for one in exercises(read_notebook(path)) if one.name == "scale"]
    assert (found.points, found.answers, found.manual) == (3, ("scale",), False)


def test_its_notebook_is_valid_and_changes_in_nothing_else(house):
    path = lesson_of(house)
    before = json.loads(path.read_text())
    made = add(house, house.section(SECTION), Wanted("scale", title="Scale"), "sums")
    nbformat.validate(nbformat.read(path, as_version=4))
    after = json.loads(path.read_text())
    kept = [cell for cell in after["cells"] if cell["id"] not in made.cells]
    changed = [b["id"] for a, b in zip(kept, before["cells"], strict=True) if a != b]
    assert changed == ["title", "why-task"]
    assert after["metadata"] == before["metadata"]


def test_title_and_syllabus_promise_its_points_and_minutes(house):
    file = house.root / SYLLABUS_FILE
    file.write_text(file.read_text().replace("points", "minutes = 20 # all in all\npoints"))
    path = lesson_of(house)
    path.write_text(path.read_text().replace("20 minutes of exercises", "9 minutes of exercises"))
    house = open_course(house.root)
    add(house, house.section(SECTION), Wanted("scale", points=4, minutes=6))
    assert "15 minutes of exercises; 20 points." in sources(path)["title"]
    assert "minutes = 26 # all in all\npoints = 20\n" in file.read_text()
    section = open_course(house.root).section(SECTION)
    assert (section.points, section.minutes) == (20, 26)


@pytest.mark.parametrize(
    ("kind", "section", "promise"),
    [("house", SECTION, "7 points of 16."), ("foreign", "ps1", "16 points.")],
)
def test_what_a_title_says_otherwise_is_left_alone(request, kind, section, promise):
    course = request.getfixturevalue(kind)
    path = lesson_of(course, section)
    path.write_text(path.read_text().replace("16 points.", promise))
    add(course, course.section(section), Wanted("scale"))
    assert promise in sources(path)["title"]


@pytest.mark.parametrize("points", [1, 3])
def test_a_model_answer_says_what_earns_each_point(house, points):
    add(house, house.section(SECTION), Wanted("say-so", points=points, written=True))
    assert sources(lesson_of(house))["say-so"].count("1 point: BLANK") == points


def test_headings_behind_it_are_numbered_again_and_mentions_are_named(house):
    path = lesson_of(house)
    nb = read_notebook(path)
    nb.cells.append(markdown("As in exercise 1.8, and 11.8 or 1.81.", id="see"))
    nbformat.write(nb, path)
    made = add(house, house.section(SECTION), Wanted("scale"))
    assert sources(path)["why-task"].startswith("### Exercise 1.9 · Why? (2 points")
    assert made.notes == (
        "Exercise 1.8 is now 1.9.",
        "Look at the numbers of exercises in see.",
    )


def test_it_may_follow_any_cell_that_ends_something(house):
    add(house, house.section(SECTION), Wanted("scale", after="add-2-test"))
    told = sources(lesson_of(house))
    assert list(told).index("scale-task") == list(told).index("add-2-test") + 1
    numbers = [text.split(" ·")[0][-3:] for name, text in told.items() if name.endswith("-task")]
    assert numbers == [f"1.{n}" for n in range(1, 10)]


def test_a_written_one_comes_last_and_has_no_mistakes(house):
    mistakes = house.section(SECTION).folder / "mistakes.py"
    before = mistakes.read_text()
    made = add(house, house.section(SECTION), Wanted("say-so", points=2, written=True))
    nb = read_notebook(lesson_of(house))
    assert [cell.id for cell in nb.cells][-2:] == ["say-so-task", "say-so"] == [*made.cells]
    last = exercises(nb)[-1]
    assert (last.name, last.manual, last.points) == ("say-so", True, 2)
    assert "1.9 · BLANK(title) (2 points, about 8 minutes, read by a person)" in nb.cells[-2].source
    assert mistakes.read_text() == before


def test_its_mistakes_can_be_read_and_the_others_are_kept(house):
    file = house.section(SECTION).folder / "mistakes.py"
    before = file.read_text()
    add(house, house.section(SECTION), Wanted("scale", parameters="x, y"))
    assert file.read_text().startswith(before)
    own = [one for one in read_mistakes(file) if one.exercise == "scale"]
    assert len(own) == 3
    assert all(one.words and one.code.startswith("def scale(x, y):") for one in own)


def test_mistakes_that_are_there_already_stay_as_they_are(house):
    file = house.section(SECTION).folder / "mistakes.py"
    file.write_text(file.read_text() + 'mistake("scale", words="Not so.", code="scale = 3")\n')
    before = file.read_text()
    add(house, house.section(SECTION), Wanted("scale"))
    assert file.read_text() == before


def test_the_gate_names_each_of_its_blanks_and_nothing_else(house):
    made = add(house, house.section(SECTION), Wanted("scale"))
    found = gate.check(open_course(house.root), open_course(house.root).sections)
    assert {one.rule for one in found} == {"blank", "blank-beside"}
    assert len(found) == made.blanks == 19
    assert gate.unfilled(found).endswith(f"until they are filled in: {SECTION} (19).")


def test_its_delimiters_are_the_course_s_own(house):
    config = house.root / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.ClearSolutions.begin_solution_delimeter = "(("\n')
    house = open_course(house.root)
    for cell in (nb := read_notebook(path := lesson_of(house))).cells:
        cell.source = cell.source.replace("BEGIN SOLUTION", "((")
    nbformat.write(nb, path)
    add(house, house.section(SECTION), Wanted("scale"))
    assert "    ### ((\n" in sources(path)["scale"]
    assert "### BEGIN HIDDEN TESTS" in sources(path)["scale-test"]


class TestElsewhere:
    def test_a_course_without_helpers_gets_plain_asserts(self, foreign):
        made = add(foreign, foreign.section("ps1"), Wanted("scale"))
        told = sources(lesson_of(foreign, "ps1"))
        assert told["scale-test"].startswith("assert scale(x=BLANK(")
        assert told["scale-task"].startswith("### BLANK(title) (3 points)")
        file = foreign.section("ps1").folder / "mistakes.py"
        assert all(m.says and not m.words for m in read_mistakes(file) if m.exercise == "scale")
        assert "checks" not in json.dumps(told)
        assert made.notes == (
            "This course has no helpers/checks of its own: its tests are plain asserts.",
        )

    def test_one_of_several_notebooks_is_named(self, foreign):
        with pytest.raises(CourseError, match=r"ps2 has 2 notebooks: a, b\. Name one with --note"):
            add(foreign, foreign.section("ps2"), Wanted("scale"))
        with pytest.raises(CourseError, match=r"no notebook 'c'\. It has: a, b\."):
            add(foreign, foreign.section("ps2"), Wanted("scale"), "c")
        add(foreign, foreign.section("ps2"), Wanted("scale"), "b.ipynb")
        assert list(sources(foreign.section("ps2").folder / "b.ipynb"))[-1] == "scale-test"
        with pytest.raises(CourseError, match="has an exercise 'scale' already"):
            add(foreign, foreign.section("ps2"), Wanted("scale"), "a")

    def test_a_notebook_of_another_language_is_refused(self, tmp_path):
        course = make_course(tmp_path, {"ps1": {"r": [code("x <- 1")]}})
        path = course.section("ps1").notebooks[0]
        nb = json.loads(path.read_text())
        nb["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
        path.write_text(json.dumps(nb))
        with pytest.raises(CourseError, match="is written in R; a new exercise is one of Python"):
            add(course, course.section("ps1"), Wanted("scale"))

    def test_in_a_notebook_without_ids_it_has_none_either(self, tmp_path):
        course = make_course(tmp_path, {"ps1": {"old": [code("x = 1"), test_cell("t", "x")]}})
        path = course.section("ps1").notebooks[0]
        nb = json.loads(path.read_text())
        nb["nbformat_minor"] = 4
        for cell in nb["cells"]:
            del cell["id"]
        path.write_text(json.dumps(nb))
        add(course, course.section("ps1"), Wanted("scale"))
        after = json.loads(path.read_text())
        assert len(after["cells"]) == 5 and not any("id" in cell for cell in after["cells"])
        nbformat.validate(after)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wanted("Größe des Kerns"),
            "Use words in lower case with dashes: groe-des-kerns",
        ),
        (Wanted("../up"), "Use words in lower case with dashes: up"),
        (Wanted(""), "'' can be no name of an exercise. Use words in lower case with dashes."),
        (Wanted("a" * 51), "51 characters"),
        (Wanted("aux"), "Windows keeps the name"),
        (Wanted("3d-box"), "begins with a digit"),
        (Wanted("lambda"), "Python itself has the name 'lambda'"),
        (Wanted("max"), "Python itself has the name 'max'"),
        (Wanted("scale-test"), "Name it without -test: scale"),
        (Wanted("add-1"), "has a cell 'add-1' already"),
        (Wanted("math"), "binds the name math in its cell 'imports'"),
        (Wanted("scale", parameters="x y"), "can stand in no function's head"),
        (Wanted("scale", parameters="x): pass\ndef g(y"), "can stand in no function's head"),
        (Wanted("scale", points=0), "--points 0 is too few"),
        (Wanted("scale", after="nowhere"), "has no cell 'nowhere'"),
        (Wanted("scale", after="add-1"), "'add-1' lies within an exercise"),
        (Wanted("scale", after="add-1-task"), "'add-1-task' lies within an exercise"),
    ],
)
def test_what_will_not_do_is_refused_with_a_remedy_and_nothing_is_written(house, wanted, words):
    before = state(house)
    with pytest.raises(CourseError, match=words) as caught:
        add(house, house.section(SECTION), wanted)
    assert caught.value.remedy and state(house) == before


def test_where_a_file_cannot_be_written_none_is(house, monkeypatch):
    from course.drafting import putting

    write = putting.write_atomically

    def refuse_the_last(path, text):
        if path.name == "syllabus.toml":
            raise OSError(28, "No space left on device", str(path))
        write(path, text)

    before = state(house)
    monkeypatch.setattr(putting, "write_atomically", refuse_the_last)
    with pytest.raises(OSError, match="No space"):
        add(house, house.section(SECTION), Wanted("scale"))
    assert state(house) == before


def test_a_file_that_changes_meanwhile_is_not_written_over(house, monkeypatch):
    from course.drafting import exercise

    file = house.section(SECTION).folder / "mistakes.py"
    place = exercise.place_for

    def saved_by_somebody_else(*arguments, **options):
        with lesson_of(house).open("a") as opened:
            opened.write("\n")
        return place(*arguments, **options)

    before = file.read_bytes(), lesson_of(house).read_bytes() + b"\n"
    monkeypatch.setattr(exercise, "place_for", saved_by_somebody_else)
    with pytest.raises(CourseError, match="has changed while this command worked"):
        add(house, house.section(SECTION), Wanted("scale"))
    assert (file.read_bytes(), lesson_of(house).read_bytes()) == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_who_may_read_and_write_a_file_stays_as_it_was(house):
    lesson_of(house).chmod(0o660)
    add(house, house.section(SECTION), Wanted("scale"))
    assert lesson_of(house).stat().st_mode & 0o777 == 0o660


def test_a_syllabus_that_cannot_be_edited_line_by_line_is_told(house):
    file = house.root / SYLLABUS_FILE
    file.write_text(f'section = [{{ name = "{SECTION}", points = 16 }}]\n')
    course = open_course(house.root)
    made = add(course, course.section(SECTION), Wanted("scale"))
    assert made.notes[-1] == f"Write points = 19 for {SECTION} in course/syllabus.toml."


def test_the_blanks_that_are_counted_are_those_that_are_written(house):
    made = add(house, house.section(SECTION), Wanted("scale"))
    told = sources(lesson_of(house))
    texts = [told[name] for name in made.cells]
    texts.append((house.section(SECTION).folder / "mistakes.py").read_text())
    assert sum(len(blanks(text)) for text in texts) == made.blanks


def test_a_lesson_without_exercises_gets_its_first_before_the_recap(tmp_path):
    cells = [markdown("# A", id="title"), markdown("## Recap", id="recap")]
    course = make_course(tmp_path, {SECTION: {"a": cells}}, syllabus={SECTION: 0})
    add(course, course.section(SECTION), Wanted("scale"))
    assert list(sources(lesson_of(course))) == [
        "title", "scale-task", "scale", "scale-test", "recap",
    ]  # fmt: skip

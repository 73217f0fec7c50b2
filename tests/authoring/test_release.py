"""Releasing gives students their version: whole, reproducible, and without anything hidden."""

import ast
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import nbformat
import pytest
from nbgrader.converters import GenerateAssignment
from nbgrader.utils import determine_grade
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from course.authoring import release as release_module
from course.authoring.drift import Drift
from course.authoring.release import LeakError, Released, release
from course.errors import CourseError
from course.folder import open_course
from course.notebook.cells import RAISES
from course.notebook.fetching import NAME, SOURCE, UNSET
from tests.builders import (
    CONFIG,
    code,
    edit_cell,
    function,
    make_course,
    markdown,
    notebook,
    region,
    solution,
    task_cell,
    test_cell,
    written_answer,
)
from tests.kernels import execute

CELLS = [
    markdown("# Sums", id="title"),
    code("import math", id="imports"),
    function("add", "add(a, b)", "return a + b"),
    test_cell("add-test", "assert add(1, 2) == 3", "assert add(20, 22) == 42", points=2),
    written_answer("why", "Your answer:\n" + region("Because addition is commutative.")),
]


@pytest.fixture(autouse=True)
def scripts_on_path(monkeypatch):
    # nbgrader starts `alembic` by name when it makes a gradebook.
    folder = os.path.dirname(sys.executable)
    monkeypatch.setenv("PATH", os.pathsep.join([folder, os.environ.get("PATH", "")]))


def test_run_all_goes_on_over_what_is_not_answered_and_nothing_reads_it_as_a_pass(tmp_path):
    cells = [
        *CELLS,
        code("total = add(2, 3)", id="uses"),
        code("print(total)", id="uses-that"),
        code("total = 4\nprint('the end')", id="end"),
        code("print(total)", id="own"),
    ]
    syllabus = "[release]\ngoes_on = true\n"
    course = make_course(tmp_path, {"01-sums": {"sums": cells}}, syllabus=syllabus)
    release(course, course.sections)
    nb = nbformat.read(course.release("01-sums") / "sums.ipynb", as_version=4)
    tagged = {c.id for c in nb.cells if RAISES in c.metadata.get("tags", [])}
    assert tagged == {"add", "add-test", "uses", "uses-that"}
    execute(nb)
    ran = {cell.id: cell for cell in nb.cells}
    assert ran["end"].outputs[0].text == "the end\n" and ran["own"].outputs[0].text == "4\n"
    assert determine_grade(ran["add-test"]) == (0, 2)
    with pytest.raises(PapermillExecutionError):
        raise_for_execution_errors(nb, str(tmp_path / "ran.ipynb"))


def test_a_course_that_says_nothing_of_it_releases_as_nbgrader_does(course):
    release(course, course.sections)
    nb = nbformat.read(course.release("01-sums") / "sums.ipynb", as_version=4)
    assert not any(c.metadata.get("tags") for c in nb.cells)


@pytest.fixture
def course(tmp_path):
    return make_course(
        tmp_path,
        {"01-sums": {"sums": CELLS}},
        mistakes={
            "01-sums": 'mistake("add", says="x", code="add = lambda a, b: a - b - 0 * 17")\n'
        },
    )


@pytest.fixture
def unregistered(monkeypatch):
    """Leave the gradebook out: it takes seconds and has tests of its own."""
    monkeypatch.setattr("course.record.store.register", lambda course, section: None)


def contents(folder) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def released_cells(course) -> dict:
    nb = nbformat.read(course.release("01-sums") / "sums.ipynb", as_version=4)
    return {cell.id: cell for cell in nb.cells}


def test_solutions_and_hidden_tests_are_taken_out(course, unregistered):
    release(course, course.sections)
    cells = released_cells(course)
    stub = 'def add(a, b):\n    """add."""\n    # YOUR CODE HERE\n    raise NotImplementedError'
    assert cells["add"].source == stub
    assert cells["add-test"].source == "assert add(1, 2) == 3"
    assert cells["why"].source == "Your answer:\nYOUR ANSWER HERE"


def test_it_says_what_was_released(course, unregistered):
    (result,) = release(course, course.sections)
    folder = str(course.release("01-sums"))
    assert result == Released("01-sums", folder, ("sums.ipynb",), changed=True)


def test_a_second_run_changes_nothing(course, unregistered):
    release(course, course.sections)
    before = course.release("01-sums").stat()
    (result,) = release(course, course.sections)
    assert not result.changed
    after = course.release("01-sums").stat()  # its time of access may differ: it was compared
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_gradebook_knows_the_assignment(course):
    release(course, course.sections)
    with sqlite3.connect(course.root / "gradebook.db") as book:
        assert book.execute("select name from assignment").fetchall() == [("01-sums",)]
        scores = "select name, max_score from base_cell join grade_cells using (id)"
        assert ("add-test", 2.0) in book.execute(scores).fetchall()


def test_stock_nbgrader_grades_what_was_released(course):
    release(course, course.sections)
    handed_in = course.submitted("ada", "01-sums")
    handed_in.mkdir(parents=True)
    text = (course.release("01-sums") / "sums.ipynb").read_text(encoding="utf-8")
    text = text.replace("raise NotImplementedError", "return a + b")
    (handed_in / "sums.ipynb").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "nbgrader", "autograde", "01-sums"]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    with sqlite3.connect(course.root / "gradebook.db") as book:
        scores = {row[0] for row in book.execute("select auto_score from grade")}
    assert 2.0 in scores


def test_the_bytes_do_not_depend_on_folder_locale_or_time_zone(course, tmp_path):
    program = (
        "import sys; from pathlib import Path; from course.folder import open_course; "
        "from course.authoring.conversion import convert; course = open_course(sys.argv[1]); "
        "convert(course, course.sections[0], Path(sys.argv[2]))"
    )
    made = []
    for number, (zone, language) in enumerate([("UTC", "C"), ("Pacific/Auckland", "C.UTF-8")]):
        out, cwd = tmp_path / f"out-{number}", tmp_path / f"cwd-{number}"
        out.mkdir(), cwd.mkdir()
        environment = os.environ | {"TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(number)}
        command = [sys.executable, "-c", program, str(course.root), str(out)]
        subprocess.run(command, cwd=cwd, env=environment, check=True)
        made.append(contents(out / "release"))
    assert made[0] == made[1]


def test_a_notebook_without_cell_ids_gets_the_same_ones_each_time(course, unregistered):
    path = course.sections[0].notebooks[0]
    nb = json.loads(path.read_text(encoding="utf-8"))
    nb["nbformat_minor"] = 4
    for cell in nb["cells"]:
        del cell["id"]
    path.write_text(json.dumps(nb), encoding="utf-8")
    release(course, course.sections)
    first = contents(course.release("01-sums"))
    assert release(course, course.sections, check=True) == []
    assert list(released_cells(course)) == ["cell-0", "cell-1", "add", "add-test", "why"]
    assert json.loads(first["sums.ipynb"])["nbformat_minor"] == 5


def test_header_and_footer_get_the_same_ids_each_time(tmp_path, unregistered):
    config = CONFIG + 'c.IncludeHeaderFooter.header = "header.ipynb"\n'
    course = make_course(tmp_path, {"01-sums": {"sums": CELLS}}, config=config)
    header = json.loads(nbformat.writes(notebook([markdown("Name:")])))
    header["nbformat_minor"] = 4
    del header["cells"][0]["id"]
    (tmp_path / "header.ipynb").write_text(json.dumps(header), encoding="utf-8")
    release(open_course(tmp_path), course.sections)
    assert next(iter(released_cells(course).values())).source == "Name:"
    assert release(course, course.sections, check=True) == []


def test_the_text_is_sorted_indented_and_ends_in_a_newline(course, unregistered):
    release(course, course.sections)
    text = (course.release("01-sums") / "sums.ipynb").read_text(encoding="utf-8")
    again = json.dumps(json.loads(text), sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert text == again


def test_what_a_run_left_behind_is_not_released(course, unregistered):
    path = course.sections[0].notebooks[0]
    nb = nbformat.read(path, as_version=4)
    nb.metadata["papermill"] = {"start_time": "now"}
    nb.cells[1].metadata["execution"] = {"iopub.status.idle": "now"}
    nb.cells[1].execution_count = 77777
    nbformat.write(nb, path)
    release(course, course.sections)
    text = (course.release("01-sums") / "sums.ipynb").read_text(encoding="utf-8")
    assert "now" not in text
    assert "77777" not in text


def test_extra_files_travel_and_what_programs_left_behind_stays(course, unregistered):
    folder = course.sections[0].folder
    kept = {"cat.png", "data/table.csv", ".env", ".streamlit/config.toml"}
    left = {"__pycache__/x.pyc", ".ipynb_checkpoints/a", ".DS_Store", ".git/HEAD", "mistakes.py"}
    for name in kept | left:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"# " + name.encode())
    release(course, course.sections)
    assert set(contents(course.release("01-sums"))) == {"sums.ipynb"} | kept
    assert release(course, course.sections, check=True) == []


def test_files_can_be_read_by_everybody_and_written_by_their_owner(course, unregistered):
    (course.sections[0].folder / "data").mkdir()
    secret = course.sections[0].folder / "data" / "table.csv"
    secret.write_text("1,2\n", encoding="utf-8")
    secret.chmod(0o600)
    release(course, course.sections)
    folder = course.release("01-sums")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_nothing_is_left_beside_the_release(course, unregistered):
    release(course, course.sections)
    assert os.listdir(course.root / "release") == ["01-sums"]


def test_a_leak_is_refused_and_the_old_release_stays(course, unregistered):
    release(course, course.sections)
    before = contents(course.root / "release")
    edit_cell(
        course.sections[0].notebooks[0], "title", "# Sums", "# Sums\n\n`add = a - b - 0 * 17`"
    )
    (course.sections[0].folder / "notes.txt").write_text("assert add(20, 22) == 42\n")
    with pytest.raises(
        LeakError, match=r"01-sums/notes.txt line 1: a line of the hidden"
    ) as caught:
        release(course, course.sections)
    assert caught.value.code == 1
    assert contents(course.root / "release") == before


LEAKY = [
    markdown("# Two\n\nSo `answer = 6 * 7 + 0` is wanted.", id="task"),
    solution("two", region("answer = 6 * 7 + 0")),
    test_cell("two-test", "assert answer == 42"),
]


def test_a_section_that_cannot_be_released_keeps_no_other_one_back(tmp_path, unregistered):
    course = make_course(
        tmp_path,
        {"01": {"one": CELLS}, "02": {"two": LEAKY}, "03": {"three": [code(region("1"))]}},
    )
    troubles = []
    made = release(course, course.sections, trouble=troubles.append)
    assert [one.section for one in made] == ["01"]
    assert "02 is not released" in troubles[0].what and "03" in troubles[1].what
    assert os.listdir(course.root / "release") == ["01"]
    assert release(course, course.sections, check=True, trouble=troubles.append) == []


def test_a_line_that_students_may_see_is_answered_in_the_syllabus(tmp_path, unregistered):
    answer = "[release]\nmay_show = ['answer = 6*7 + 0']\n"
    course = make_course(tmp_path, {"02": {"two": LEAKY}}, syllabus=answer)
    assert len(release(course, course.sections)) == 1


def test_an_answer_that_is_no_list_of_lines_is_refused(tmp_path, unregistered):
    answer = "[release]\nmay_show = 'answer = 6*7 + 0'\n"
    course = make_course(tmp_path, {"02": {"two": LEAKY}}, syllabus=answer)
    with pytest.raises(CourseError, match="Write a list of lines"):
        release(course, course.sections)


def test_a_region_that_is_the_stub_gives_nothing_away(tmp_path, unregistered):
    stub = "# YOUR CODE HERE\nraise NotImplementedError"
    cells = [solution("two", region(stub)), test_cell("two-test", "assert True")]
    course = make_course(tmp_path, {"02": {"two": cells}})
    assert len(release(course, course.sections)) == 1


def test_a_failure_on_the_way_leaves_the_old_release(course, unregistered, monkeypatch):
    release(course, course.sections)
    before = contents(course.root / "release")
    edit_cell(course.sections[0].notebooks[0], "title", "# Sums", "# New sums")

    def fail(fresh, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_module, "replace_folder", fail)
    with pytest.raises(CourseError, match="no space left on device"):
        release(course, course.sections)
    assert contents(course.root / "release") == before


@pytest.mark.parametrize("step", ["ours", "nbgrader's"])
def test_a_full_temporary_folder_is_no_fault_of_the_section(
    course, unregistered, monkeypatch, step
):
    def fail(*arguments, **named):
        raise OSError(28, "No space left on device", "/tmp/x")

    if step == "ours":
        monkeypatch.setattr(shutil, "copytree", fail)
    else:
        monkeypatch.setattr(GenerateAssignment, "convert_single_notebook", fail)
    with pytest.raises(CourseError, match=r"is full: .*No space left.* set TMPDIR") as caught:
        release(course, course.sections)
    assert caught.value.code == 1


def test_a_failure_between_the_two_renames_puts_the_old_release_back(tmp_path):
    old, fresh = tmp_path / "01-sums", tmp_path / "never-made"
    old.mkdir()
    (old / "kept").touch()
    with pytest.raises(FileNotFoundError):
        release_module.replace_folder(fresh, old)
    assert (old / "kept").exists()


def test_the_source_stays_as_it_is(course, unregistered):
    before = contents(course.root / "source")
    release(course, course.sections)
    assert contents(course.root / "source") == before


def test_a_section_of_a_foreign_course_may_have_several_notebooks(tmp_path, unregistered):
    other = [function("times", "times(a, b)", "return a * b"), test_cell("t", "assert times(1, 1)")]
    course = make_course(tmp_path, {"ps1": {"one": CELLS, "two": other}})
    (result,) = release(course, course.sections)
    assert result.files == ("one.ipynb", "two.ipynb")


def test_check_finds_nothing_after_a_release(course, unregistered):
    release(course, course.sections)
    assert release(course, course.sections, check=True) == []


def test_check_changes_nothing(course):
    release(course, course.sections, check=True)
    assert not (course.root / "release").exists()
    assert not (course.root / "gradebook.db").exists()


def test_check_shows_the_first_cell_that_differs(course, unregistered):
    release(course, course.sections)
    edit_cell(course.sections[0].notebooks[0], "title", "# Sums", "# Sums and more")
    (drift,) = release(course, course.sections, check=True)
    assert (drift.section, drift.file, drift.how, drift.cell) == (
        "01-sums",
        "sums.ipynb",
        "differs",
        "title",
    )
    assert "-# Sums\n+# Sums and more" in drift.diff
    assert str(drift) == "release/01-sums/sums.ipynb differs from cell title on"


def test_check_shows_a_difference_outside_of_cells(course, unregistered):
    release(course, course.sections)
    path = course.release("01-sums") / "sums.ipynb"
    path.write_text(path.read_text().replace("(ipykernel)", "(mine)"), encoding="utf-8")
    (drift,) = release(course, course.sections, check=True)
    assert drift.cell == "" and "(mine)" in drift.diff


def test_check_names_missing_and_superfluous_files(course, unregistered):
    release(course, course.sections)
    (course.release("01-sums") / "sums.ipynb").rename(course.release("01-sums") / "old.ipynb")
    (course.root / "release" / "00-gone").mkdir()
    assert release(course, course.sections, check=True) == [
        Drift("01-sums", "sums.ipynb", "missing"),
        Drift("01-sums", "old.ipynb", "superfluous"),
        Drift("00-gone", "", "superfluous"),
    ]


def test_check_names_a_section_that_was_never_released(course):
    (drift,) = release(course, course.sections, check=True)
    assert str(drift) == "release/01-sums is missing"


def test_jupyters_checkpoints_in_the_release_are_no_drift(course, unregistered):
    release(course, course.sections)
    (course.release("01-sums") / ".ipynb_checkpoints").mkdir()
    (course.release("01-sums") / ".ipynb_checkpoints" / "a.ipynb").touch()
    assert release(course, course.sections, check=True) == []


def test_a_section_without_a_notebook_is_named(tmp_path):
    make_course(tmp_path, {"01-sums": {"sums": CELLS}})
    (tmp_path / "source" / "01-sums" / "sums.ipynb").unlink()
    course = make_course(tmp_path, {}, syllabus={"01-sums": 1})
    with pytest.raises(CourseError, match="Section 01-sums has no notebook"):
        release(course, course.sections)


def test_a_notebook_that_cannot_be_read_is_named(course):
    course.sections[0].notebooks[0].write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match=r"sums\.ipynb is not a notebook"):
        release(course, course.sections)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            solution("x", "### BEGIN SOLUTION\n1"),
            "cell x: BEGIN SOLUTION has no END SOLUTION below",
        ),
        (solution("x", "1\n### END SOLUTION"), "cell x: END SOLUTION has no BEGIN SOLUTION above"),
        (
            code(region("1"), id="x"),
            "BEGIN SOLUTION stands in a cell that is not a solution",
        ),
        (code(region("1", "HIDDEN TESTS"), id="x"), "stands in a cell that is not a grade cell"),
    ],
)
def test_delimiters_that_do_not_pair_are_named_with_their_cell(tmp_path, cell, message):
    course = make_course(tmp_path, {"01-sums": {"sums": [cell]}})
    with pytest.raises(CourseError, match=message):
        release(course, course.sections)


def test_what_nbgrader_refuses_is_told_in_one_sentence(tmp_path):
    cells = [task_cell("a", "Draw.\n" + region("![x](attachment:a.png)", "MARK SCHEME"))]
    course = make_course(tmp_path, {"01-sums": {"sums": cells}})
    with pytest.raises(CourseError, match=r"RuntimeError: Encountered an attachment") as caught:
        release(course, course.sections)
    assert "\n" not in str(caught.value)


def test_a_release_folder_that_cannot_be_written_is_named(course, monkeypatch):
    def refuse(**options):  # the superuser, whom CI may run as, is refused nothing
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("course.authoring.release.tempfile.mkdtemp", refuse)
    with pytest.raises(CourseError, match="release cannot be written: permission denied"):
        release_module._put(course, course.sections[0], course.root / "source", True)


def test_a_file_in_the_place_of_the_release_folder_is_named(course):
    (course.root / "release").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match="release cannot be written: file exists"):
        release(course, course.sections)


def test_progress_is_reported(course, unregistered):
    heard = []
    release(course, course.sections, report=lambda *said: heard.append(said))
    assert heard == [("release", 0, 1), ("release", 1, 1)]


class TestPackage:
    """Where students' notebooks fetch the course, if they run without it."""

    WHEEL = "https://example.org/downloads/vision_course-1.0-py3-none-any.whl"

    def made(self, folder, settings: str) -> dict:
        cells = [CELLS[0], code(SOURCE, id=NAME), code(UNSET, id="another"), *CELLS[1:]]
        course = make_course(folder, {"01-sums": {"sums": cells}}, syllabus=settings)
        release(course, course.sections)
        return released_cells(course)

    def test_the_address_of_the_syllabus_stands_in_the_cell_that_fetches(
        self, tmp_path, unregistered
    ):
        cells = self.made(tmp_path, f"[release]\npackage = '{self.WHEEL}'\n")
        assert cells[NAME].source == SOURCE.replace(UNSET, f'COURSE = "{self.WHEEL}"')
        assert cells["another"].source == UNSET

    def test_without_one_the_cell_stays_as_it_is(self, tmp_path, unregistered):
        assert self.made(tmp_path, "[release]\ngoes_on = true\n")[NAME].source == SOURCE

    def test_an_address_cannot_end_its_text(self, tmp_path, unregistered):
        cells = self.made(tmp_path, """[release]\npackage = 'a"; import os #'\n""")
        statement = ast.parse(cells[NAME].source).body[3]
        assert ast.literal_eval(statement.value) == 'a"; import os #'

    @pytest.mark.parametrize("value", ["7", "['a']", r'"a\nb"'])
    def test_what_is_no_address_is_refused(self, tmp_path, value):
        with pytest.raises(CourseError, match=r"package is .* Give the address of the course's"):
            self.made(tmp_path, f"[release]\npackage = {value}\n")

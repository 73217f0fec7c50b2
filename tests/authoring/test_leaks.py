"""Nothing that students may not see passes the scan, and nothing harmless stops it."""

import json
import zipfile
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

from course.authoring.leaks import find_leaks
from course.notebook.mistakes import Mistake
from course.notebook.versions import student_version
from tests.builders import (
    code,
    function,
    markdown,
    notebook,
    region,
    task_cell,
    test_cell,
    write_notebook,
)
from tests.builders import solution as solution_cell

SECRET = "return image.astype(float) / 255"
LESSON = [
    markdown("Scale an image to the range from 0 to 1.", id="text"),
    code("import numpy as np", id="imports"),
    function("scale", "scale(image)", f"image = np.asarray(image)\n{SECRET}"),
    test_cell(
        "scale-test",
        "assert scale([255]) == 1",
        "expected = np.array([0.2, 0.4])\nassert np.allclose(scale([51, 102]), expected)",
    ),
    task_cell("essay", f"Why?\n{region('One point for the word gradient.', 'MARK SCHEME')}"),
]
SOURCE = notebook(LESSON)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Write what nbgrader makes of the lesson; return its folder."""
    nbformat.write(student_version(SOURCE), tmp_path / "lesson.ipynb")
    return tmp_path


def edit(released: Path, change) -> None:
    path = released / "lesson.ipynb"
    nb = json.loads(path.read_text(encoding="utf-8"))
    change(nb, {cell["id"]: cell for cell in nb["cells"]})
    path.write_text(json.dumps(nb), encoding="utf-8")


def the_leak(released: Path, mistakes=(), source=SOURCE):
    (leak,) = find_leaks(released, [source], mistakes)
    return leak


def test_the_student_version_is_clean(released):
    assert find_leaks(released, [SOURCE]) == []


def test_a_line_of_a_solution_in_markdown_is_named_with_file_cell_and_line(released):
    edit(released, lambda nb, cells: cells["text"].update(source=f"Hint:\nwrite `{SECRET}`"))
    leak = the_leak(released)
    assert (leak.file, leak.cell, leak.line) == ("lesson.ipynb", "text", 2)
    assert str(leak) == "lesson.ipynb [text] line 2: a line of the solution of 'scale'"


def test_a_hint_in_the_source_that_tells_the_solution_is_a_leak(tmp_path):
    hint = f"<details><summary>Hint</summary>\n\n    {SECRET}\n\n</details>"
    source = notebook([*LESSON, markdown(hint, id="hint")])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    assert the_leak(tmp_path, source=source).cell == "hint"


def test_code_that_a_lesson_shows_in_a_block_is_none(tmp_path):
    shown = markdown(f"Find the bug:\n\n```python\n{SECRET}\n```")
    source = notebook([*LESSON, shown])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    assert find_leaks(tmp_path, [source]) == []


def test_a_line_that_lecture_code_has_too_is_none(tmp_path):
    lecture = code(f"def halve(image):\n    {SECRET.replace('255', '255 / 2')}\nscaled = 1")
    twice = solution_cell("again", region("scaled = 1"))
    source = notebook([*LESSON, lecture, twice])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    assert find_leaks(tmp_path, [source]) == []


def test_a_whole_solution_that_lecture_code_repeats_is_a_leak(tmp_path):
    short = solution_cell("short", region("a = first(1)\nb = second(2)"))
    repeated = code("a = first(1)\n\nb = second(2)", id="repeated")
    source = notebook([*LESSON, short, repeated])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    leak = the_leak(tmp_path, source=source)
    assert (leak.cell, leak.what) == ("repeated", "the whole solution of 'short'")


def test_a_hidden_test_is_a_leak(released):
    line = "assert np.allclose(scale([51,102]), expected)"
    edit(released, lambda nb, cells: cells["imports"].update(source=line))
    assert the_leak(released).what == "a line of the hidden test of 'scale-test'"


def test_a_mark_scheme_is_a_leak(released):
    line = "One point for the word gradient."
    edit(released, lambda nb, cells: cells["text"].update(source=line))
    assert the_leak(released).what == "a line of the mark scheme of 'essay'"


@pytest.mark.parametrize("mark", ["### BEGIN SOLUTION", "# END HIDDEN TESTS", "BEGIN MARK SCHEME"])
def test_a_delimiter_is_a_leak(released, mark):
    edit(released, lambda nb, cells: cells["text"].update(source=f"Text\n{mark}"))
    assert the_leak(released).what.startswith("the delimiter")


def test_delimiters_of_the_courses_own_are_guarded(tmp_path):
    config = Config()
    config.ClearSolutions.begin_solution_delimeter = "LÖSUNG"
    config.ClearSolutions.end_solution_delimeter = "ENDE"
    write_notebook(tmp_path / "lesson.ipynb", [markdown("### LÖSUNG")])
    assert [leak.what for leak in find_leaks(tmp_path, [SOURCE], config=config)] == [
        "the delimiter LÖSUNG"
    ]


def test_an_output_is_a_leak(released):
    output = {"output_type": "stream", "name": "stdout", "text": ["0.2"]}
    edit(released, lambda nb, cells: cells["imports"].update(outputs=[output]))
    assert "output" in the_leak(released).what


@pytest.mark.parametrize("where", ["cell", "notebook"])
def test_metadata_is_searched(released, where):
    def hide(nb, cells):
        holder = cells["text"] if where == "cell" else nb
        holder["metadata"]["notes"] = {"draft": [f"try:\n    {SECRET}"]}

    edit(released, hide)
    assert the_leak(released).what == "a line of the solution of 'scale', in the metadata"


def test_an_attachment_that_no_text_shows_is_a_leak(released):
    picture = {"answer.png": {"image/png": "AAAA"}}
    edit(released, lambda nb, cells: cells["text"].update(attachments=picture))
    assert "answer.png" in the_leak(released).what


def test_an_attachment_that_the_text_shows_is_none(released):
    change = {"attachments": {"a.png": {"image/png": "AAAA"}}, "source": "![](attachment:a.png)"}
    edit(released, lambda nb, cells: cells["text"].update(change))
    assert find_leaks(released, [SOURCE]) == []


@pytest.mark.parametrize("name", ["answers.py", "sub/answers.txt"])
def test_extra_files_are_searched(released, name):
    path = released / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"def scale(image):\n\t{SECRET}\n", encoding="utf-8")
    leak = the_leak(released)
    assert (leak.file, leak.line) == (name, 2)


def test_a_copy_of_the_source_under_another_name_is_a_leak(released):
    nbformat.write(SOURCE, released / "backup.bak")
    assert {leak.file for leak in find_leaks(released, [SOURCE])} == {"backup.bak"}


def test_a_damaged_copy_of_the_source_is_a_leak(released):
    text = nbformat.writes(SOURCE)
    (released / "backup.txt").write_text(text[:-20], encoding="utf-8")
    assert the_leak(released).file == "backup.txt"


def test_archives_are_looked_into(released):
    with zipfile.ZipFile(released / "old.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("old/answers.py", SECRET)
    assert the_leak(released).file == "old.zip/old/answers.py"


def test_binary_files_are_searched(released):
    (released / "cache.pkl").write_bytes(b"\x80\xff" + SECRET.encode() + b"\x00")
    assert the_leak(released).file == "cache.pkl"


def test_a_picture_is_none(released):
    (released / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert find_leaks(released, [SOURCE]) == []


def test_the_file_of_mistakes_is_a_leak(released):
    (released / "mistakes.py").write_text("", encoding="utf-8")
    assert the_leak(released).file == "mistakes.py"


def test_a_line_of_a_mistake_is_a_leak(released):
    wrong = Mistake(
        "scale", "integers", "def scale(image):\n    return image.astype(int) // 255", 1
    )
    (released / "notes.md").write_text("return image.astype(int) // 255", encoding="utf-8")
    assert "wrong solution of 'scale'" in the_leak(released, [wrong]).what


def test_a_mistake_that_the_lesson_discusses_is_none(tmp_path):
    wrong = Mistake("scale", "integers", "scaled = image.astype(int) // 255", 1)
    source = notebook([*LESSON, markdown("Beware of `scaled = image.astype(int) // 255`.")])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    assert find_leaks(tmp_path, [source], [wrong]) == []


@pytest.mark.parametrize(
    "line",
    ["return image", "else:", "raise NotImplementedError", "import numpy as np", "def f(image):"],
)
def test_lines_that_anybody_writes_are_none(tmp_path, line):
    source = notebook([solution_cell("general", region(f"{line}\n    x = 1"))])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    (tmp_path / "helper.py").write_text(f"{line}\n", encoding="utf-8")
    assert find_leaks(tmp_path, [source]) == []


def test_the_name_of_a_longer_word_is_no_match(tmp_path):
    source = notebook([solution_cell("sum", region("total = sum(values)"))])
    nbformat.write(student_version(source), tmp_path / "lesson.ipynb")
    (tmp_path / "helper.py").write_text("grand_total = sum(values)\n", encoding="utf-8")
    assert find_leaks(tmp_path, [source]) == []

"""A page shows a lesson as it ran: text and pictures, nothing active, nobody's standing."""

from __future__ import annotations

import re

import pytest

from course.notebook.fetching import NAME, SOURCE
from course.notebook.versions import student_version
from course.site.cells import page_of
from course.site.pictures import Album
from tests.builders import code, markdown, notebook, written_answer

from .making import CELLS, OUTPUTS, UNANSWERED, picture, printed, shown, with_outputs


@pytest.fixture
def page(tmp_path):
    """Return a function from cells and outputs to the page's Markdown and pictures."""

    def make(cells=CELLS, outputs=OUTPUTS):
        ran = with_outputs(student_version(notebook(cells)), outputs)
        ran.cells = [cell for cell in ran.cells if cell.id != "injected"]
        return page_of(ran, "01", "../", Album(tmp_path))

    return make


def test_text_code_and_what_was_printed_stand_in_order(page):
    text, _ = page()
    order = ["# 1 · Light", "## How much?", "print(6 / 2)", "3.0", "a window", "### Exercise 1.1"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_what_a_run_needs_and_a_reader_does_not_is_left_out(page):
    text, _ = page()
    assert "PROFILE" not in text and "setup(" not in text


def test_where_a_reader_stands_is_no_part_of_a_page(page):
    text, _ = page()
    assert "Where you stand" not in text and "○" not in text and "checks.summary" not in text


def test_what_a_run_needs_and_a_reader_does_not_is_no_part_of_a_page(page):
    text, _ = page([code(SOURCE, id=NAME), code("print(6 / 2)", id="halves")], {})
    assert "print(6 / 2)" in text and "subprocess" not in text and "COURSE" not in text


def test_a_prediction_is_its_question(page):
    text, _ = page()
    assert "<p class='predict'>Predict: How much is left?</p>" in text
    assert "lambda" not in text


def test_an_exercise_has_its_stub_and_its_visible_test_but_no_outputs(page):
    text, _ = page()
    assert "def halve(light):" in text and "raise NotImplementedError" in text
    assert "assert halve(2) == 1" in text
    assert "NotImplementedError:" not in text and "light / 2 if" not in text


def test_a_cell_that_needs_an_answer_says_what_a_notebook_shows(page):
    text, _ = page()
    assert "Here your notebook shows what your own answer gives." in text


def test_a_written_answer_is_no_part_of_a_page(page):
    text, _ = page([markdown("# One"), written_answer("why", "Write your answer here.")], {})
    assert "Write your answer here." not in text


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<script>alert(1)</script>", "text/plain": "a table"},
        {"application/javascript": "alert(1)", "text/plain": "a table"},
        {"image/svg+xml": "<svg onload='alert(1)'/>", "text/plain": "a table"},
        {"text/markdown": "<script>alert(1)</script>", "text/plain": "a table"},
    ],
    ids=lambda data: next(iter(data)),
)
def test_of_an_output_only_text_and_pictures_stay(page, data):
    text, _ = page([code("table", id="table")], {"table": [shown(data)]})
    assert "alert" not in text and "a table" in text


def test_what_is_printed_is_text_whatever_it_looks_like(page):
    text, _ = page([code("show()", id="show")], {"show": [printed("</pre><script>1</script>\n")]})
    assert "<script>" not in text and "&lt;script&gt;" in text


def test_the_colours_of_a_terminal_and_stderr_are_left_out(page):
    outputs = {"show": [printed("\x1b[1mbold\x1b[0m\n"), printed("a warning\n", "stderr")]}
    text, _ = page([code("show()", id="show")], outputs)
    assert ">bold</pre>" in text and "warning" not in text


def test_an_error_that_a_lesson_shows_is_one_line(page):
    error = UNANSWERED | {"ename": "OverflowError", "evalue": "300 is too much"}
    text, _ = page([code("add()", "raises-exception", id="add")], {"add": [error]})
    assert "OverflowError: 300 is too much" in text


def test_code_that_holds_a_fence_stays_one_block(page):
    source = 'text = """\n```python\n1\n```\n"""'
    text, _ = page([code(source, id="text")], {})
    assert f"````ipython3\n{source}\n````" in text


def test_comments_of_the_author_are_left_out(page):
    text, _ = page([markdown("It helps (2 %). <!-- claim: it-helps -->\n\n<!-- a\nb -->")], {})
    assert text.strip() == "It helps (2 %)."


class TestPictures:
    def test_a_picture_says_what_it_shows(self, page):
        text, pictures = page()
        assert [one.alt for one in pictures] == ["a window, and the light in it"]
        assert 'alt="a window, and the light in it"' in text

    def test_one_that_says_nothing_is_called_by_its_titles_and_its_place(self, page):
        _, (only,) = page(outputs={"window": [picture()]})
        assert only.alt == "Figure in “How much?”: a bright window"

    def test_the_words_cannot_leave_their_place(self, page):
        text, _ = page(outputs={"window": [picture('"><script>')]})
        assert "<script>" not in text

    def test_two_of_one_cell_have_places_of_their_own(self, page):
        text, pictures = page(outputs={"window": [picture("one"), picture("two")]})
        assert re.findall(r"id='(picture-[\w-]+)'", text) == ["picture-window", "picture-window-2"]
        assert len({one.name for one in pictures}) == 2

    def test_one_of_twice_the_pixels_is_as_wide_as_it_says(self, page):
        _, (only,) = page(outputs={"window": [picture("one", width=30)]})
        assert (only.width, only.height) == (30, 20)

    def test_an_explorer_that_cannot_be_stepped_says_that_it_has_controls(self, page):
        cells = [code("explorers.explore_boxes(a, b)", id="boxes")]
        text, _ = page(cells, {"boxes": [picture("explorer boxes: size 2")]})
        assert "In the notebook this picture has controls." in text


def test_an_explorer_is_stepped_through_without_a_script(page, tmp_path):
    cells = [code('explorers.show("overlap")', id="boxes")]
    text, _ = page(cells, {"boxes": [picture("explorer overlap: left 2")]})
    ids = re.findall(r'<input type="radio" name="([\w-]+)" id="([\w-]+)"', text)
    assert 2 <= len(ids) <= 6 and len({name for name, _ in ids}) == 1
    labels = re.findall(r'<label for="([\w-]+)">', text)
    assert labels == [id for _, id in ids]
    assert text.count(" checked>") == 1
    frames = re.findall(r'<img src="../pictures/([\w.-]+)"[^>]*alt="explorer overlap: [^"]+"', text)
    assert len(set(frames)) == len(ids)
    assert all((tmp_path / "pictures" / frame).is_file() for frame in frames)

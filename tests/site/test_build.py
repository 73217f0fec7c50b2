"""A site is built whole, or the one that stood there stays."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from course import cli
from course.errors import CourseError
from course.site import engine
from course.site.build import build
from course.site.built import read_page
from tests.builders import markdown

from .making import CELLS, OUTPUTS, SECTION, made_course, printed


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a course, the folder of its run, and its site."""
    folder = tmp_path_factory.mktemp("site")
    course, runs = made_course(folder)
    build(course, course.sections, folder / "public", notebooks=runs)
    return course, runs, folder / "public"


@pytest.fixture
def engineless(built, monkeypatch):
    """Have the pages that are made be those of the site above: Sphinx takes seconds."""
    monkeypatch.setattr(engine, "make_pages", lambda _, out, __: shutil.copytree(built[2], out))


def text_of(site: Path, page: str) -> str:
    return read_page((site / page).read_text(encoding="utf-8")).text


def refused(course, runs, out) -> str:
    with pytest.raises(CourseError) as caught:
        build(course, course.sections, out, notebooks=runs)
    return str(caught.value)


def test_the_front_page_has_a_card_for_each_lesson(built):
    _, _, site = built
    text = text_of(site, "index.html")
    for part in ("1 · Light", "How much light is there?", "50 minutes", "2 points", "1 exercise"):
        assert part in text
    assert f"lessons/{SECTION}.html" in (site / "index.html").read_text(encoding="utf-8")


def test_a_lesson_begins_with_its_question_facts_and_pictures(built):
    _, _, site = built
    page = (site / "lessons" / f"{SECTION}.html").read_text(encoding="utf-8")
    begin = page.index("How much light is there?")
    places = [page.index(part, begin) for part in ("50 minutes", "class='strip'", "You count")]
    assert places == sorted(places)
    assert "href='#picture-window'" in page


def test_the_notebook_can_be_taken_away_as_it_is_released(built):
    course, _, site = built
    released = course.release(SECTION) / "light.ipynb"
    assert (site / "notebooks" / f"{SECTION}.ipynb").read_bytes() == released.read_bytes()


def test_formulas_need_no_script(built):
    _, _, site = built
    page = (site / "lessons" / f"{SECTION}.html").read_text(encoding="utf-8")
    assert "<mfrac>" in page and not re.search(r"<script[^>]*mathjax", page, re.I)


def test_words_can_be_searched(built):
    _, _, site = built
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "halv" in index
    assert "return light" not in index


def test_no_file_of_the_machine_or_of_sphinx_itself_is_in_it(built):
    course, _, site = built
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert not [name for name in files if name.startswith((".doctrees", "_sources"))]
    assert not [name for name in files if str(course.root).encode() in (site / name).read_bytes()]


def test_an_older_site_is_replaced_and_anything_else_is_not(built, tmp_path):
    course, runs, _ = built
    (tmp_path / "thesis.txt").write_text("Years of work.")
    told = refused(course, runs, tmp_path)
    assert "holds something that is no site of ours" in told
    assert (tmp_path / "thesis.txt").is_file()


def test_where_something_is_wrong_the_older_site_stays(built, engineless, monkeypatch):
    course, runs, site = built
    before = (site / "index.html").read_bytes()

    def heavy(*_):
        return ["index.html and what it loads take 9.0 MB, more than 1"], {}

    monkeypatch.setattr("course.site.build.find_faults", heavy)
    assert "take 9.0 MB" in refused(course, runs, site)
    assert (site / "index.html").read_bytes() == before
    assert not list(site.parent.glob(".public*"))


def test_an_output_that_gives_something_away_stops_it(tmp_path):
    hidden = printed("assert halve(40) == 20\n")
    course, runs = made_course(tmp_path, outputs=OUTPUTS | {"halves": [hidden]})
    told = refused(course, runs, tmp_path / "public")
    assert "students must not" in told and f"lessons/{SECTION}.html" in told
    assert not (tmp_path / "public").exists()


def test_a_guide_may_name_delimiters_and_gives_no_solution_away(tmp_path):
    course, runs = made_course(tmp_path)
    guide = course.root / "docs" / "guide.md"
    guide.parent.mkdir()
    block = "```python\n### BEGIN SOLUTION\nreturn light / 2 if light > 0 else 0\n```"
    guide.write_text(f"# Guide\n\n{block}\n", encoding="utf-8")
    told = refused(course, runs, tmp_path / "public")
    assert "docs/guide.html" in told and "a line of the solution of 'halve'" in told
    assert "the delimiter BEGIN" not in told


def test_what_sphinx_finds_fault_with_is_told_with_the_page(tmp_path):
    cells = [*CELLS, markdown("[nowhere](nothing.md)", id="link")]
    course, runs = made_course(tmp_path, cells=cells)
    told = refused(course, runs, tmp_path / "public")
    assert f"lessons/{SECTION}.md" in told and "nothing.md" in told
    assert str(tmp_path) not in told


@pytest.mark.parametrize(("cell", "refuses"), [("window", False), ("halves", True)])
def test_a_card_shows_the_picture_that_is_named_for_it(tmp_path, engineless, cell, refuses):
    course, runs = made_course(tmp_path, site=f'[site.pictures]\n"{SECTION}" = "{cell}"\n')
    if refuses:
        assert f"names the cell '{cell}'" in refused(course, runs, tmp_path / "public")
    else:
        build(course, course.sections, tmp_path / "public", notebooks=runs)


def test_without_the_engine_it_says_what_to_install(tmp_path, monkeypatch):
    course, runs = made_course(tmp_path)
    monkeypatch.setattr(engine, "NEEDED", ("sphinx", "no_such_theme"))
    assert "needs no_such_theme" in refused(course, runs, tmp_path / "public")


def test_the_command_tells_what_it_has_made(built, engineless, capsys):
    course, runs, site = built
    line = ["site", "--notebooks", str(runs), "--out", str(site), "--json", "-"]
    assert cli.main(["--course", str(course.root), *line]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(site)
    assert told["pages"]["index.html"] < 1_000_000


def test_notebooks_are_run_where_none_are_given(tmp_path, engineless, monkeypatch):
    course, runs = made_course(tmp_path)
    asked = []

    def run_released(course, sections, out, jobs, report):
        asked.append((list(sections), jobs))
        runs.rename(out)

    monkeypatch.setattr("course.site.build.run_released", run_released)
    build(course, course.sections, tmp_path / "public", jobs=1)
    assert asked == [(course.sections, 1)]
    assert (tmp_path / "public" / "lessons" / f"{SECTION}.html").is_file()

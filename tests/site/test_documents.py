"""Pages of docs/ keep their words; their links lead to pages of the site, or become words."""

from __future__ import annotations

import pytest

from course.errors import CourseError
from course.site.documents import write_documents, write_front
from course.site.settings import read_settings

from .making import made_course, png

FRONT = "# Light\n\n![a lamp](lamp.png) [students](students.md#begin), [more](../NEWS.md)\n"
SITE = """
[site]
title = "Light"
front = "docs/index.md"

[[site.group]]
caption = "Guides"
pages = ["docs/students.md", "NEWS.md"]
"""


@pytest.fixture
def course(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(FRONT, encoding="utf-8")
    (docs / "students.md").write_text("# Students\n\n## Begin\n", encoding="utf-8")
    (docs / "words.md").write_text("# Words\n", encoding="utf-8")
    (docs / "lamp.png").write_bytes(png())
    (tmp_path / "NEWS.md").write_text("# News\n", encoding="utf-8")
    made, _ = made_course(tmp_path, site=SITE)
    return made


def written(course, tmp_path, page: str, text: str) -> str:
    """Return the page as Sphinx is given it, without what is put before it."""
    (course.root / page).write_text(text, encoding="utf-8")
    write_documents(course.root, read_settings(course), tmp_path / "source")
    return (tmp_path / "source" / page).read_text(encoding="utf-8").split("---\n\n", 1)[1]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("[news](../NEWS.md)", "[news](../NEWS.md)"),
        ("[words](words.md#a)", "[words](words.md#a)"),
        ("[the code](../course/site/build.py)", "the code"),
        ("[the code](nothing.md)", "the code"),
        ("[Sphinx](https://x.org/a)", "[Sphinx](https://x.org/a)"),
        ("[above](#begin)", "[above](#begin)"),
        ("```\n[a](nothing.md)\n```", "```\n[a](nothing.md)\n```"),
    ],
)
def test_a_link_leads_to_a_page_of_the_site_or_is_words(course, tmp_path, text, becomes):
    assert written(course, tmp_path, "docs/students.md", text) == becomes


def test_pictures_of_a_page_come_along(course, tmp_path):
    written(course, tmp_path, "docs/students.md", "![a lamp](lamp.png)")
    assert (tmp_path / "source" / "docs" / "lamp.png").is_file()


def test_links_of_the_front_page_are_right_from_where_it_stands(course, tmp_path):
    write_front(course.root, read_settings(course), [], tmp_path / "source")
    text = (tmp_path / "source" / "index.md").read_text(encoding="utf-8")
    assert "![a lamp](docs/lamp.png)" in text
    assert "[students](docs/students.md#begin), [more](NEWS.md)" in text


def test_pages_that_no_group_names_follow_the_last(course):
    (group,) = read_settings(course).groups
    assert group.pages == ("docs/students.md", "NEWS.md", "docs/words.md")


def test_a_course_without_a_word_has_its_id_and_what_lies_in_docs(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "words.md").write_text("# Words\n", encoding="utf-8")
    course, _ = made_course(tmp_path)
    settings = read_settings(course)
    assert settings.title == "tests"
    assert [(g.caption, g.pages) for g in settings.groups] == [("Reference", ("docs/words.md",))]


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ('[site]\nfront = "docs/nothing.md"', "names docs/nothing.md, which is not there"),
        ('[[site.group]]\ncaption = "A"\npages = ["B.md"]', "names B.md, which is not there"),
        ('[[site.group]]\npages = ["B.md"]', "is not written as `course site` reads it"),
        ('[site.pictures]\n"09-dark" = "a"', "There is no section '09-dark'"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, site, told):
    course, _ = made_course(tmp_path, site=site)
    with pytest.raises(CourseError, match=told.replace("[", r"\[").replace("'", ".")):
        read_settings(course)

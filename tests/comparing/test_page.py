"""The page: both sides, nobody's name unless it is asked for, nothing active, no accusation."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from html.parser import HTMLParser

import pytest

from course.cli import main
from course.comparing.alike import compare
from course.comparing.page import page
from course.record.named import Named

from .conftest import EVERYTHING, disguised, independent

EVIL = "</pre></mark><script>alert(1)</script><img src=x onerror=alert(1)><a href=javascript:1>"
ACCUSING = (
    "plagiar|cheat|copied|copies|copying|dishonest|misconduct|suspect|suspicious|guilt|offen[cd]"
    "|culprit|stole|theft|victim|accus|fraud|offence|evidence|caught|collu"
)


class Page(HTMLParser):
    """Collects elements, what could act, and the text that is marked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.active: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.active += [n for n, v in attributes if n.startswith("on") or n == "src"]
        self.active += [v for n, v in attributes if n == "href" and not v.startswith("#pair-")]

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture
def made(course, a_class):
    """Return a function that makes the page of a class in which two are alike."""

    def run(text: str = independent()[5], people=None) -> str:
        a_class(zoe=disguised(EVERYTHING, independent()[5]), s05=text)
        found = compare(course, course.sections[0], pytest.fail)
        return page([(course.sections[0], found)], people)

    return run


def test_both_sides_are_shown_with_the_same_parts_marked(made):
    text = made()
    parts = re.findall(r"<pre.*?</pre>", text, re.DOTALL)
    one, other = (set(re.findall(r"<mark class=\"m\d\"><b>(\d+)</b>", part)) for part in parts)
    assert one == other and len(one) >= 1
    assert "Student A and Student B" in text and "1.1 · Your own pooling layer" in text


def test_nobody_is_named_unless_it_is_asked_for(made):
    people = {"zoe": Named("zoe", "Zoë", "Li"), "s05": Named("s05", "Ann", "<b>Oz")}
    assert not re.search(r"zoe|s05|Zoë", made())
    text = made(people=people)
    assert "Zoë Li (zoe)" in text and "Ann &lt;b&gt;Oz (s05)" in text
    folded = re.search(r"<details><summary>Who wrote them</summary>.*?</details>", text)[0]
    assert text.count("Zoë") == folded.count("Zoë") == 1


def test_nothing_that_students_wrote_is_active(made):
    text = made(
        independent()[5].replace("top = values[0]", f"top = values[0]  # {EVIL} \x1b[31m\u202e")
    )
    read = Page(text)
    assert "script" not in read.tags and "img" not in read.tags and not read.active
    assert any("alert(1)" in words for words in read.words)  # as text it is there
    assert "\x1b" not in text and "\u202e" not in text
    assert "default-src 'none'" in text and "script-src" not in text


def test_the_words_accuse_nobody(made):
    words = " ".join(Page(made()).words)
    prose = words[words.index("Answers that are alike") :]
    assert re.findall(ACCUSING, prose, re.IGNORECASE) == []
    assert "cannot tell why" in prose and "talk to people" in prose


def test_where_nobody_stands_out_it_says_so(course, a_class):
    a_class()
    found = compare(course, course.sections[0], pytest.fail)
    assert "No pair stands out." in page([(course.sections[0], found)])
    assert "long enough" in page([(course.sections[0], [])])


def test_who_is_alike_in_several_exercises_comes_first(made, course):
    made()
    found = compare(course, course.sections[0], pytest.fail)
    text = page([(course.sections[0], [*found, *deepcopy(found)])])
    assert "In more than one exercise" in text and 'href="#pair-1"' in text


class TestCommand:
    def test_it_writes_the_page_and_json_lines_and_ends_with_0(self, course, a_class, tmp_path):
        a_class(zoe=disguised(EVERYTHING, independent()[5]), bad="x = 1\n" * 30_000)
        out, lines = tmp_path / "alike.html", tmp_path / "alike.jsonl"
        line = ["similar", "01", "--course", str(course.root), "--out", str(out)]
        assert main([*line, "--json", str(lines)]) == 0
        (told,) = map(json.loads, lines.read_text(encoding="utf-8").splitlines())
        assert (told["students"], told["exercise"]) == (["s05", "zoe"], "max-pool")
        assert 0.6 <= told["share"] <= 1 and told["common"] >= told["shown_from"] > told["typical"]
        assert "zoe" not in out.read_text(encoding="utf-8")
        assert main([*line, "--names"]) == 0
        assert "zoe" in out.read_text(encoding="utf-8")

    def test_who_is_not_compared_is_named(self, course, a_class, capsys, tmp_path):
        a_class(long="x = 1\n" * 30_000)
        out = str(tmp_path / "alike.html")
        assert main(["similar", "--course", str(course.root), "--out", out]) == 0
        told = capsys.readouterr()
        assert "Not compared: long" in told.err and "pooling layer" in told.out

    def test_where_nothing_was_handed_in_it_says_so(self, course, capsys, tmp_path):
        out = str(tmp_path / "alike.html")
        assert main(["similar", "--course", str(course.root), "--out", out]) == 1
        assert "nothing to compare" in capsys.readouterr().err

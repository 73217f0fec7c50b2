"""Words are plain, and the page of vocabulary says what the lessons say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from course.folder import open_course
from course.gate.wording import FORMS, PLAINER, bookish
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_notebook
from tests.builders import code, markdown

ROW = re.compile(r"^\| (.+?) \| (.+?) \|(?: (.+?) \|)?$", re.M)


@pytest.mark.parametrize("word", PLAINER)
def test_each_word_is_found_in_all_its_forms(word):
    for form in (word, word.capitalize(), word.replace(" ", "\n")):
        assert next(bookish(f"It is {form}, they say."))[1] == PLAINER[word]
    assert word not in FORMS or list(bookish({"mend": "mended", "dear": "dearer"}.get(word, word)))


@pytest.mark.parametrize(
    "text",
    [
        "amended, dearth, brought, anewton",
        "`mend(x)` and $hence$",
        "    anew = 3",
        "Fix it again, so that it is correct.",
    ],
)
def test_what_is_plain_is_left_alone(text):
    assert not list(bookish(text))


def test_the_gate_names_cell_word_and_remedy(the_finding):
    found = the_finding(lambda cells: cells.append(markdown("We shall see.", id="later")))
    assert (found.rule, found.cell) == ("plain-words", "later")
    assert "'shall'" in found.message and "will" in found.remedy


def test_in_code_only_what_is_read_counts(the_finding, nothing_found):
    assert nothing_found(lambda cells: cells.append(code("mend = 3", id="later")))
    found = the_finding(lambda cells: cells.append(code("mend = 3  # mends it", id="later")))
    assert found.rule == "plain-words" and "'mends'" in found.message


@pytest.fixture(scope="module")
def tables(root) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of the page's tables, by heading."""
    text = (root / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.M)
    rows = {
        name: ROW.findall(body)[1:] for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    return {name: [tuple(filter(None, row)) for row in found] for name, found in rows.items()}


def test_the_page_says_which_words_to_avoid(tables):
    assert dict(tables["Words to avoid"]) == PLAINER


def test_the_page_holds_the_glossaries_of_all_lessons(root, tables):
    expected = set()
    for section in open_course(root).sections:
        for path in section.notebooks:
            (text,) = [c.source for c in read_notebook(path).cells if c.id == "glossary"]
            number = section.name[:2]
            expected |= {(term, says, number) for term, says, _ in ROW.findall(text)[1:]}
    found = tables["Terms"]
    assert set(found) == expected and len(found) == len(expected)
    assert found == sorted(found, key=lambda row: (row[0].casefold(), row[2]))


def test_pages_are_as_plain_as_lessons(root):
    pages = [*(root / "docs").glob("*.md"), root / "README.md", root / "CONTRIBUTING.md"]
    texts = {p.name: p.read_text(encoding="utf-8") for p in pages if p.name != "vocabulary.md"}
    found = {name: list(bookish(text)) for name, text in texts.items()}
    assert len(found) > 15 and not any(found.values()), found


def test_so_is_what_commands_and_checks_say(root):
    paths = [*(root / "course").rglob("*.py"), *(root / "helpers").rglob("*.py")]
    paths.remove(root / "course" / "gate" / "wording.py")  # the list itself
    told = [(path.name, text) for path in paths for text in said(path)]
    assert len(told) > 5000 and not [where for where in told if list(bookish(where[1]))]


def test_so_are_the_words_that_name_a_mistake(root):
    course = open_course(root)
    files = [section.folder / "mistakes.py" for section in course.sections]
    says = [mistake.says for file in files for mistake in read_mistakes(file)]
    assert len(says) > 1000 and not [text for text in says if list(bookish(text))]


def said(path: Path) -> list[str]:
    """Return the texts of a module's code; what explains it, docstrings, is not said to anybody."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    values = [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)]
    explains = {id(value) for value in values}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [n.value for n in texts if id(n) not in explains]

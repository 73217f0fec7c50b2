"""The rule on words: plain modern English, for readers whose first language is another."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

import re
from collections.abc import Iterator

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson
from course.gate.prose import EXEMPT

# What to say in place of what is old-fashioned or bookish; docs/vocabulary.md shows the same list.
PLAINER = {
    "afresh": "again",
    "anew": "again",
    "by heart": "memorise",
    "costly": "expensive",
    "dear": "expensive",
    "hence": "so",
    "lest": "so that … not",
    "mend": "fix, correct",
    "nobody lives who": "nobody",
    "ought": "should",
    "rightly": "correctly",
    "set free": "unfreeze",
    "shall": "will",
    "thus": "so",
    "unto": "to",
    "upon": "on",
    "whilst": "while",
    "wrongly": "incorrectly, or a verb such as misread",
}
# Verbs and adjectives in their other forms, too.
FORMS = {"mend": r"mend(?:s|ed|ing)?", "dear": r"dear(?:er|est)?", "set free": r"sets? free"}
WORDS = re.compile(
    r"\b(?:" + "|".join(f"({FORMS.get(w, w)})" for w in PLAINER).replace(" ", r"\s+") + r")\b",
    re.IGNORECASE,
)
# What a reader reads in a cell of code: comments and text, not names.
READ = re.compile(r"#.*|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")


@rule("plain-words", "words are plain modern English", house=True)
def find_bookish_words(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.nb.cells:
        texts = [cell.source] if cell.cell_type == "markdown" else READ.findall(cell.source)
        for word, plainer in dict.fromkeys(bookish("\n".join(texts))):
            yield Problem(cell.id, f"{word!r} is bookish.", f"Say: {plainer}.")


def bookish(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text to which there are plainer ones, and these.

    Parameters
    ----------
    text : str
        Markdown; code and formulas in it are passed over.
    """
    plainer = list(PLAINER.values())
    for found in WORDS.finditer(EXEMPT.sub(" ; ", text)):
        yield found[0], plainer[found.lastindex - 1]

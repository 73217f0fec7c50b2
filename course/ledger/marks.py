"""Where a lesson's sentences point to claims.

A sentence that says what was measured ends with a mark that no reader sees::

    A digit that is moved by one pixel is often misread. <!-- claim: moved-digits -->

Before the first sentence of a paragraph a mark holds for all of it. What sounds measured and is
not says so in the same place, with a reason of `REASONS`::

    A larger stride gives fewer numbers. <!-- no claim: arithmetic -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

REASONS = {
    "arithmetic": "it follows from counting, a formula or a definition",
    "shown": "it is about what the cell beside it shows, which chance has no part in",
    "one run": "it tells what the run beside it gave, and claims no more",
    "published": "others measured it, and are named",
    "advice": "it says what to do, what is usual or what is likely, and why",
}
# Words that compare, or that say how often: where one stands, something has been measured.
COMPARING = re.compile(
    r"\b(?:better|worse|beats?|outperforms?|fewer|harder|easier|faster|slower|rarely|nearly all"
    r"|most of|helps?|hurts?|harms|do(?:es)? harm"
    r"|gains? (?:most|least|nothing)|costs? (?:next to )?nothing)\b",
    re.IGNORECASE,
)
MARK = re.compile(r"<!--(.*?)-->", re.DOTALL)
CLAIM = re.compile(r"claim:\s*([a-z0-9]+(?:-[a-z0-9]+)*(?:,\s*[a-z0-9]+(?:-[a-z0-9]+)*)*)")
EXCUSE = re.compile(r"no claim:\s*([\w ]+)")
# What is no sentence: code, headings, tables, formulas of their own.
NO_PROSE = re.compile(
    r"^ *(`{3,}|~{3,}).*?^ *\1|^(?: {4,}|\t).*?$|^#{1,6} .*?$|^ *\|.*?$|\$\$.*?\$\$",
    re.MULTILINE | re.DOTALL,
)
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.) )|\n(?=> )")
TAG = re.compile(r"</?(?:details|summary|p|br|div|ul|ol|li)\b[^>]*>")
ENDS = re.compile(
    r"(?<=[.!?…])((?:[\"'”’)\]*_]|</?\w+>|\s*<!--.*?-->)*)\s+(?!<!--)(?=[^a-z\s])", re.DOTALL
)
BESIDE = re.compile(r"\b(?:e\.g|i\.e|vs|cf)\.$")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a lesson.

    Attributes
    ----------
    text : str
        Without its mark.
    claims : tuple of str
        The ids that it points to.
    excuse : str
        Why it claims nothing, as it stands there; empty where it does not say so.
    odd : str
        A comment that begins like a mark and is none; empty where there is none.
    """

    text: str
    claims: tuple[str, ...] = ()
    excuse: str = ""
    odd: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether it points to a claim, or says that it is none."""
        return bool(self.claims or self.excuse)

    @property
    def compares(self) -> str:
        """The first word by which it says something measured; empty where there is none."""
        prose = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)|\$[^$\n]+\$|<[^>]+>", " ", self.text)
        found = COMPARING.search(prose)
        return found[0] if found and not self.text.rstrip("*_ )").endswith("?") else ""


def sentences(markdown: str) -> Iterator[Sentence]:
    """Yield the sentences of a Markdown cell, each with its mark."""
    prose = NO_PROSE.sub("\n\n", TAG.sub("\n\n", markdown))
    for block in BLOCK.split(prose):
        yield from _of_block(block)


def _of_block(block: str) -> Iterator[Sentence]:
    whole = ""
    while first := re.match(r"\s*(?:(?:[-*+]|\d+\.|>)\s+)?(<!--.*?-->)\s*", block, re.DOTALL):
        whole += first[1]
        block = block[first.end() :]
    for part in _parts(block):
        if text := " ".join(MARK.sub("", part).split()):
            yield _marked(text, MARK.findall(whole + part))


def _parts(block: str) -> list[str]:
    parts, start = [], 0
    for end in ENDS.finditer(block):
        if not BESIDE.search(block[start : end.start()]):
            parts.append(block[start : end.end()])
            start = end.end()
    return [*parts, block[start:]]


def _marked(text: str, comments: list[str]) -> Sentence:
    claims: list[str] = []
    excuse = odd = ""
    for comment in map(str.strip, comments):
        if found := CLAIM.fullmatch(comment):
            claims += re.split(r",\s*", found[1])
        elif found := EXCUSE.fullmatch(comment):
            excuse = found[1].strip()
        elif re.search(r"\bclaim", comment):
            odd = comment
    return Sentence(text, tuple(claims), excuse, odd)

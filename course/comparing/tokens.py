"""What is left of an answer when names, comments and layout are taken off it: its tokens.

Names that an answer gives itself are one and the same, whatever they are called; words of Python,
of NumPy and of Keras stay. Docstrings, comments, annotations, white space and the quotation of
texts go. Students wrote what is read here, so a process with limits does it; see
`course.processes.readers`.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import io
import keyword
import re
import sys
import token
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from course.notebook.syntax import parse
from course.processes.readers import LOST, Reader, be_reader, can_confine

MOST = 3_000  # tokens of an answer that are compared; a long one of a lesson has 300
LONGEST = 64 * 2**10  # characters of an answer that are read
SECONDS = 60.0  # for one of them, on a machine that is busy with others
DEATHS = 3  # of one student's answers; after that the rest is not tried
OWN, TEXT, LINE = "name", "text", ";"
# Magics and shell commands are no Python, and say nothing.
MAGIC = re.compile(r"^([ \t]*+)[%!].*$", re.M)
# Targets of assignments and loops, functions and their parameters; for what does not parse.
BINDING = re.compile(
    r"^[ \t]*+(\w[\w, \t]*+)[-+*/]?=(?!=)|\bfor ([\w, ]{1,200}) in\b|\bdef (\w+\([^()\n]*)",
    re.M,
)
WORD = re.compile(r"[^\W\d]\w*")
SILENT = frozenset((token.INDENT, token.DEDENT, tokenize.COMMENT, tokenize.NL, token.ENDMARKER))
FSTRING = (getattr(token, "FSTRING_START", None), getattr(token, "FSTRING_END", None))
METHOD = (ast.FunctionDef, ast.AsyncFunctionDef)
KEPT = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins)))


class Token(NamedTuple):
    """A token, and where it stands in the text."""

    word: str
    start: int
    end: int


@dataclass
class Bound:
    """What an answer itself gives a name to.

    Attributes
    ----------
    names : set of str
        Variables, parameters, functions, classes.
    members : set of str
        Attributes that it sets, and methods.
    parameters : set of str
        Of its own functions: they may stand before a "=" where these are called.
    keywords : set of tuple
        Where a parameter's name stands in a call, by line and column.
    annotations : list
        Where annotations begin and end, by line and column.
    """

    names: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    keywords: set[tuple[int, int]] = field(default_factory=set)
    annotations: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def tokens_in(text: str) -> list[Token]:
    """Return the tokens of a text; of one that is no Python, those before its end makes no sense.

    What a student wrote is given to `Tokens`, which calls this within limits.
    """
    text = MAGIC.sub(lambda found: found[1] + "#" * (len(found[0]) - len(found[1])), text)
    text = text.replace("\r", " ").replace("\f", " ").replace("\0", " ")
    bound = _bound(text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: list[Token] = []
    for told, word in _words(text, bound):
        begin, end = (starts[row - 1] + column for row, column in (told.start, told.end))
        found.append(Token(word, begin, min(end, len(text))))  # a last line ends beyond it
        if len(found) >= MOST:
            break
    return found


def _words(text: str, bound: Bound) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    """Yield tokens with what they come to, as far as the text can be read."""
    before, first, depth = "", True, 0
    raw = list(_raw(text))
    skipped = _groups(raw) | _annotations(raw, bound)
    for place, told in enumerate(raw):
        if told.type in FSTRING:
            depth += 1 if told.type == FSTRING[0] else -1
            if told.type == FSTRING[0] and depth == 1:
                yield told, TEXT
            continue
        if depth or told.type in SILENT or place in skipped:
            continue
        if told.type == token.NEWLINE:
            if not first:
                yield told, LINE
            before, first = "", True
            continue
        if told.type == token.STRING:
            alone = first and (place + 1 == len(raw) or raw[place + 1].type == token.NEWLINE)
            word = "" if alone else TEXT  # a text that stands alone is a docstring
        elif told.type == token.NAME:
            word = _name(told, before, bound)
        else:
            word = _number(told.string) if told.type == token.NUMBER else told.string
        if word:
            yield told, word
            before, first = told.string, False


def _raw(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):  # no Python from here on
        return


def _name(told: tokenize.TokenInfo, before: str, bound: Bound) -> str:
    name = told.string
    if before == ".":
        return OWN if name in bound.members else name
    if told.start in bound.keywords:  # of its own function, or of somebody else's
        return OWN if name in bound.parameters else name
    return OWN if name in bound.names else name


def _number(text: str) -> str:
    """Return one word for all ways to write a number."""
    try:
        value = ast.literal_eval(text)
        return repr(int(value)) if isinstance(value, float) and value == int(value) else repr(value)
    except (ValueError, SyntaxError, OverflowError, TypeError):
        return "number"


def _bound(text: str) -> Bound:
    """Return what a text binds; where it does not parse, what looks as if it did."""
    try:
        tree = parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parts = [part for found in BINDING.findall(text) for part in found]
        return Bound(names=set(WORD.findall(" ".join(parts))) - KEPT)
    found, lines = Bound(), text.split("\n")
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found.names.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                found.members.add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found.names.add(node.name)
            case ast.ClassDef():
                found.names.add(node.name)
                found.members |= {one.name for one in node.body if isinstance(one, METHOD)}
            case ast.arg():
                found.names.add(node.arg)
                found.parameters.add(node.arg)
            case ast.keyword(arg=str()):
                found.keywords.add(_column(lines, node.lineno, node.col_offset))
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.names.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.names.add(name)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.expr):
                begin = _column(lines, part.lineno, part.col_offset)
                end = _column(lines, part.end_lineno, part.end_col_offset)
                found.annotations.append((begin, end))
    return found


def _column(lines: list[str], row: int, offset: int) -> tuple[int, int]:
    """Return line and column in characters; the parser counts bytes."""
    return row, len(lines[row - 1].encode()[:offset].decode(errors="replace"))


def _annotations(raw: list[tokenize.TokenInfo], bound: Bound) -> set[int]:
    """Return the places of tokens that make up annotations, with the sign before each."""
    found: set[int] = set()
    ends = dict(bound.annotations)
    place = 0
    while place < len(raw):
        if (end := ends.get(raw[place].start)) is not None:
            found.add(place - 1)  # ":" or "->"
            while place < len(raw) and raw[place].end <= end:
                found.add(place)
                place += 1
        else:
            place += 1
    return found


def _groups(raw: list[tokenize.TokenInfo]) -> set[int]:
    """Return the places of brackets that only group: a tuple may do without, and a sum has some."""
    found: set[int] = set()
    opened: list[int | None] = []
    before = None
    for place, told in enumerate(raw):
        if told.type in SILENT:
            continue
        if told.string == "(":
            called = before is not None and (
                before.string in (")", "]", "}")
                or (before.type == token.NAME and before.string not in keyword.kwlist)
            )
            opened.append(None if called else place)
        elif told.string == ")" and opened and (begun := opened.pop()) is not None:
            found |= {begun, place}
        before = told
    return found


class Tokens(Reader):
    """The near side of the process that reads answers."""

    def __init__(self) -> None:
        super().__init__("course.comparing.tokens")

    def of(self, texts: list[str]) -> list[list[Token] | None]:
        """Return the tokens of each of one student's texts; None for what cannot be read."""
        found: list[list[Token] | None] = []
        deaths = 0
        for text in texts:
            told = None
            if deaths < DEATHS and len(text) <= LONGEST:
                try:
                    told = self._tokens(text)
                except LOST:
                    deaths += 1
            found.append(told)
        return found

    def _tokens(self, text: str) -> list[Token]:
        if not can_confine():  # no limits there, and no sandbox
            return tokens_in(text)
        told, _ = self.ask(text, SECONDS)
        return list(map(Token, told["words"], told["starts"], told["ends"]))


READER = Tokens()
atexit.register(READER.stop)


def read(text: str) -> dict[str, object]:
    """Return the tokens of a text in a form that JSON can hold."""
    found = tokens_in(text)
    return {name + "s": [getattr(one, name) for one in found] for name in Token._fields}


if __name__ == "__main__":
    be_reader(int(sys.argv[1]), read)

"""The cells of an executed student version as Markdown that Sphinx reads.

Outputs are text and pictures only: nothing that a notebook holds can be active on a page.
"""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Iterator
from html import escape

from nbformat import NotebookNode

from course.notebook.cells import PARAMETERS, is_answer, is_test, tags
from course.notebook.fetching import is_fetching
from course.notebook.syntax import parse
from course.site.pictures import Album, Picture
from course.site.steppers import stepper

COMMENT = re.compile(r"[ \t]*<!--.*?-->", re.DOTALL)
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # of a terminal
PREDICT = "Predict: "
MEANWHILE = "Here your notebook shows what your own answer gives."
TEST = "The test below it in the notebook, which says at once what is wrong"
MOVES = "In the notebook this picture has controls."
SUMMARY = "checks.summary("
SET_UP = re.compile(r"setup\(\w*\)\s*")


def page_of(nb: NotebookNode, section: str, root: str, album: Album) -> tuple[str, list[Picture]]:
    """Return the Markdown of a lesson, and its pictures in order.

    Parameters
    ----------
    nb : NotebookNode
        An executed student version.
    section : str
        The number or name that its pictures' names begin with.
    root : str
        The way from the page to the site's folder, as in "../".
    album : Album
        Takes the pictures.
    """
    lesson = _Lesson(section, root, album)
    cells = nb.cells
    parts = []
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if _sums_up(cell) or (following is not None and _sums_up(following)):
            continue  # where a reader stands: nobody has answered anything on a page
        if is_fetching(cell) or PARAMETERS in tags(cell) or SET_UP.fullmatch(cell.source):
            continue  # what a run needs and a reader does not
        parts += lesson.parts(cell)
    return "\n\n".join(part for part in parts if part) + "\n", lesson.pictures


def anchor(cell: str) -> str:
    """Return the id of the first picture of a cell, on its page."""
    return f"picture-{cell}"


class _Lesson:
    def __init__(self, section: str, root: str, album: Album) -> None:
        self._section, self._root, self._album = section, root, album
        self._heading = section
        self.pictures: list[Picture] = []

    def parts(self, cell: NotebookNode) -> Iterator[str]:
        """Yield the pieces of Markdown that a cell becomes."""
        if cell.cell_type != "code":
            if not is_answer(cell):
                yield self._text(cell.source)
            return
        if is_test(cell):
            yield f"<details class='test'><summary>{TEST}</summary>"
            yield _code(cell.source)
            yield "</details>"
            return
        question = _question(cell)
        if question:
            yield f"<p class='predict'>{escape(question)}</p>"
            return
        if is_answer(cell):
            yield "<div class='answer'>"
            yield _code(cell.source)
            yield "</div>"
            return
        yield _code(cell.source)
        yield from self._outputs(cell)

    def _text(self, source: str) -> str:
        text = COMMENT.sub("", source)
        if found := re.findall(r"^#{1,6}\s+(.+?)\s*$", text, re.M):
            self._heading = found[-1]
        return text

    def _outputs(self, cell: NotebookNode) -> Iterator[str]:
        printed: list[str] = []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if png := data.get("image/png"):
                yield _pre(printed)
                printed = []
                yield self._picture(cell, png, output.get("metadata", {}).get("image/png", {}))
            elif output.output_type == "stream":
                printed += [output.text] if output.name == "stdout" else []
            elif output.output_type == "error":
                printed += [_error(output)]
            elif text := data.get("text/plain"):
                printed += [text if text.endswith("\n") else f"{text}\n"]
        yield _pre(printed)

    def _picture(self, cell: NotebookNode, png: str, about: dict) -> str:
        place = anchor(cell.id)
        taken = sum(p.name.startswith(f"{self._section}-{cell.id}") for p in self.pictures)
        number = f"-{taken + 1}" if taken else ""
        name = f"{self._section}-{cell.id}{number}"
        alt = about.get("alt") or self._words(cell)
        picture = self._album.add(base64.b64decode(png), name, alt, about.get("width"))
        self.pictures.append(picture)
        explorer = "alt" in about and about["alt"].startswith("explorer ")
        steps = stepper(cell.source, name, self._root, self._album) if explorer else ""
        shown = steps or picture.html(self._root)
        said = f"<figcaption>{MOVES}</figcaption>" if explorer and not steps else ""
        return f"<figure class='output' id='{place}{number}'>{shown}{said}</figure>"

    def _words(self, cell: NotebookNode) -> str:
        """Say what a picture shows that says nothing of itself: its titles, and where it stands."""
        said = [text for text in _strings(cell.source) if re.search(r"[a-z]", text)]
        heading = re.sub(r"[*`$]", "", self._heading)
        return f"Figure in “{heading}”" + (f": {', '.join(said)}" if said else "")


def _sums_up(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and cell.source.startswith(SUMMARY)


def _question(cell: NotebookNode) -> str:
    """Return what a cell asks its reader to predict; an empty text where it asks nothing."""
    texts = [o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", [])]
    return texts[0] if len(texts) == 1 and texts[0].startswith(PREDICT) else ""


def _strings(source: str) -> list[str]:
    """Return the texts that a call shows as titles."""
    try:
        tree = parse(source)
    except SyntaxError:
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = [
        node.value
        for call in calls
        for part in [*call.args, *(k.value for k in call.keywords)]
        for node in ast.walk(part)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    return list(dict.fromkeys(texts))[:6]


def _error(output: NotebookNode) -> str:
    if output.ename == "NotImplementedError":
        return f"{MEANWHILE}\n"
    return f"{output.ename}: {COLOURS.sub('', output.evalue)}\n"


def _code(source: str) -> str:
    longest = max(map(len, re.findall(r"`{3,}", source)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}ipython3\n{source}\n{fence}"


def _pre(printed: list[str]) -> str:
    text = COLOURS.sub("", "".join(printed)).rstrip("\n")
    return f"<pre class='output' tabindex='0'>{escape(text)}</pre>" if text.strip() else ""

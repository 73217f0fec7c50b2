"""Written answers, pictures, outputs and names that reach for whoever marks them in a browser."""

from __future__ import annotations

from collections.abc import Callable

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from tests.hostile.case import WORDS, Case
from tests.hostile.making import answers, cell_of, edited
from tests.pictures import HTML, JPEG, PNG, SVG

BY_HAND = {"why": "manual"}
# Runs where any script does. A browser test listens for it.
RUN = "window.ran=1;alert(1);fetch('/api/kernels')"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'<img src=x onerror="{RUN}">'


def _says(name: str, about: str, text: str, student: str = "") -> Case:
    """Make a case by its written answer."""
    # Whoever fills in the text takes "$" for the beginning of a name.
    text = text.replace("$", "$$")
    return Case(name, about, answers(WORDS, why=text), BY_HAND, student=student)


def _does(name: str, about: str, code: str, **verdicts: str) -> Case:
    """Make a case by what its code shows."""
    return Case(name, about, answers(WORDS, add=code), BY_HAND | verdicts)


def _holds(name: str, about: str, change: Callable[[NotebookNode], None]) -> Case:
    """Make a case by what else the notebook holds."""
    return Case(name, about, edited(change, WORDS), BY_HAND)


def _attach(text: str, attachments: dict) -> Callable[[NotebookNode], None]:
    def change(nb: NotebookNode) -> None:
        cell = cell_of(nb, "why")
        cell.source, cell.attachments = text, from_dict(attachments)

    return change


def _retype(nb: NotebookNode) -> None:
    place = nb.cells.index(cell_of(nb, "why"))
    raw = new_raw_cell(SCRIPT, metadata=nb.cells[place].metadata | {"raw_mimetype": "text/html"})
    nb.cells[place] = raw


def _more_cells(nb: NotebookNode) -> None:
    nb.cells.append(new_markdown_cell(f"# More\n\n{SCRIPT}{IMAGE}"))
    nb.cells.append(new_raw_cell(SCRIPT, metadata={"raw_mimetype": "text/html"}))
    nb.cells.insert(0, new_markdown_cell(IMAGE, attachments={"a": {"text/html": HTML}}))


def _stored(nb: NotebookNode) -> None:
    shown = new_output("display_data", data={"text/html": SCRIPT, "image/svg+xml": SCRIPT})
    cell_of(nb, "add").outputs = [shown]
    more = new_code_cell("1 + 1", outputs=[shown], metadata={"trusted": True, "name": IMAGE})
    more.metadata.tags = [f'"><{IMAGE}', "remove_cell"]
    nb.cells.append(more)
    state = {"m": {"model_name": "HTMLModel", "state": {"value": SCRIPT}}}
    nb.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    nb.metadata.update(title=SCRIPT, signature="sha256:0", language_info={"name": IMAGE})


SAID = [
    _says(
        "says-script", "HTML that runs", f"{SCRIPT}\n\n{IMAGE}\n\n<svg/onload='{RUN}'>\n\n# {IMAGE}"
    ),
    _says(
        "says-frame",
        "HTML that loads, covers and moves on",
        "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>\n\n"
        "<style>*{display:none}</style><link rel=stylesheet href=http://127.0.0.1:9/a.css>\n\n"
        "<base href=http://127.0.0.1:9/><meta http-equiv=refresh content='0;http://127.0.0.1:9'>\n\n"
        "<form action=/api/kernels method=post><button>Full credit</button></form>",
    ),
    _says(
        "says-links",
        "links that run or leave",
        "[a](javascript:alert(1)) [b](JAVASCRIPT&colon;alert(1)) [c](data:text/html;base64,eA)\n\n"
        "[d][1] [1] <javascript:alert(1)> <http://127.0.0.1:9/x> http://127.0.0.1:9/y\n\n"
        "[e](/formgrader/manage_students/%3Cimg%20src=x%20onerror=alert(1)%3E)\n\n"
        "[1]: javascript:alert(1)",
    ),
    _says(
        "says-pictures",
        "pictures from elsewhere, and requests in the marker's name",
        "![a](http://127.0.0.1:9/track.png) ![b](/logout) ![c](../../../gradebook.db)\n\n"
        "![d][1] ![e](data:image/svg+xml;base64,PHN2Zy8+)\n\n[1]: http://127.0.0.1:9/x.png",
    ),
    _says("says-no-picture", "a picture that is not there", "![a](attachment:nothing.png)"),
    _says(
        "says-diagram",
        "a diagram's block, which is not escaped",
        f"```mermaid\ngraph TD; A-->B[{IMAGE}]\n{SCRIPT}\n```\n\n~~~~ mermaid\n{SCRIPT}\n~~~~",
    ),
    _says(
        "says-formula",
        "formulas that link, load, style and define",
        "$\\href{javascript:alert(1)}{x}$ $\\require{html}\\cssId{why}{x}$ $\\unicode{x41}$\n\n"
        "$$\\style{position:fixed;top:0;left:0}{\\rule{9999em}{9999em}}$$\n\n"
        "$\\def\\a{\\b\\b\\b\\b}\\def\\b{\\c\\c\\c\\c}\\def\\c{\\d\\d\\d\\d}\\def\\d{xxxx}\\a$\n\n"
        "\\begin{align}\\href{javascript:alert(1)}{x}\\end{align}",
    ),
    _says(
        "says-hidden",
        "the same, written as entities and with characters that vanish",
        "&lt;script&gt;alert(1)&lt;/script&gt; &#36;\\\\&#104;ref{javascript:alert(1)}{x}&#36;\n\n"
        "<\u200bscript>alert(1)</script> <scr\u0007ipt>alert(1)</script> !&#91;a](http://127.0.0.1:9/)\n\n"
        "&amp;lt;img src=x onerror=alert(1)&amp;gt; \u202e<img src=x onerror=alert(1)>",
    ),
    _says(
        "says-much",
        "a text that keeps a renderer busy for minutes",
        "[" * 30_000 + "*a_" * 30_000 + "\\begin{a}" * 20_000 + ">" * 30_000,
    ),
    _says(
        "says-ids",
        "headings that would be taken for the page's own elements",
        "# add-test\n\n# why\n\n# why-comment\n\n# statusmessage\n\n# notebook",
    ),
    _says(
        "says-tables",
        "tables, lists and notes",
        f"| {IMAGE} | b |\n|---|---|\n| {SCRIPT} | [x](javascript:alert(1)) |\n\n"
        f"- [x] {SCRIPT}\n\nterm\n: {IMAGE}",
    ),
    _says(
        "says-honestly",
        "an honest answer: emphasis, a formula, code, a comparison",
        "The *kernel* has $k^2 < n$ weights:\n\n```python\nif k < n:\n    print(k)\n```",
    ),
]
HELD = [
    _holds(
        "attaches-pages",
        "attachments that are pages and drawings",
        _attach(
            "![a](attachment:a.svg) ![b](attachment:b.png) ![c](attachment:c)",
            {
                "a.svg": {"image/svg+xml": SVG},
                "b.png": {"image/png": HTML},
                "c": {"text/html": HTML, "image/png": SVG},
            },
        ),
    ),
    _holds(
        "attaches-oddly",
        "attachments of other forms, and under names that are tags",
        _attach(
            f'![a](attachment:{IMAGE}) ![b](attachment:b) ![c](attachment:c "x")',
            {IMAGE: {"image/png": PNG}, "b": {"image/png": "no base64"}, "c": {}},
        ),
    ),
    _holds(
        "attaches-pictures",
        "an honest answer with two pictures",
        _attach(
            "![a](attachment:a.png) and ![b](attachment:b.jpg)",
            {"a.png": {"image/png": PNG}, "b.jpg": {"image/jpeg": JPEG}},
        ),
    ),
    _holds("retypes-answer", "the written answer becomes a raw cell of HTML", _retype),
    _holds("adds-words", "cells of Markdown and HTML are added", _more_cells),
    _holds("stores-active", "stored outputs, widgets, tags and metadata that are active", _stored),
]
SHOWN = [
    _does(
        "shows-kinds",
        "every kind of output that a page could run",
        f"""
        from IPython.display import HTML, Javascript, Latex, Markdown, SVG, display
        script = {SCRIPT!r}
        display(HTML(script), Javascript("alert(1)"), Markdown(script + "[x](javascript:alert(1))"))
        display(Latex(r"$\\href{{javascript:alert(1)}}{{x}}$"))
        display(HTML(script), metadata={{"text/html": {{"isolated": True}}}})
        display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
        kinds = ("text/vnd.mermaid", "application/pdf", "application/vnd.jupyter.widget-view+json")
        display({{kind: script for kind in kinds}}, raw=True)
        $ADD
        """,
    ),
    _does(
        "shows-no-png",
        "pages as pictures, and attributes of pictures",
        f"""
        from IPython.display import display
        size = {{"image/png": {{"width": "1 onerror=alert(1)", "alt": "'><script>"}}}}
        display({{"image/png": {PNG!r}}}, metadata=size, raw=True)
        display({{"image/png": {HTML!r}, "image/jpeg": {SVG!r}}}, raw=True)
        $ADD
        """,
    ),
    _does(
        "prints-active",
        "a page and a terminal's links on both streams",
        f"""
        import sys
        for stream in (sys.stdout, sys.stderr):
            print("</pre>" + {SCRIPT!r}, file=stream)
            print("\\x1b]8;;javascript:alert(1)\\x07x\\x1b]8;;\\x07", file=stream)
        $ADD
        """,
    ),
    _does(
        "raises-words",
        "an exception whose name, text and traceback are pages",
        f"""
        error = type({IMAGE!r}, (Exception,), {{}})
        raise error("</pre>" + {SCRIPT!r})
        """,
        add="failed",
    ),
]
NAMED = [
    _says("named-picture", "a name that is a tag", "x", student="<img src=x onerror=alert(1)>"),
    _says("named-string", "a name that ends a string", "x", student='";alert(1);"'),
    _says("named-quote", "a name that ends an attribute", "x", student="' onmouseover='alert(1)"),
]
CASES = SAID + HELD + SHOWN + NAMED

"""What pages for students share: the template engine, the style sheet, the colours of code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course.harmless.shown import clean

TEMPLATES = Path(__file__).parent / "templates"


@cache
def template(name: str) -> jinja2.Template:
    """Return a template of ours; whatever is put into it is text, if not said to be safe."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["clean"] = clean
    environment.filters["points"] = lambda number: f"{number:g}"
    return environment.get_template(name)


@cache
def style(*names: str) -> str:
    """Return style sheets of ours as one."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


@cache
def colours_of_code() -> str:
    """Return the rules that colour code, in the light and in the dark."""
    light, dark = (_colours(name) for name in ("xcode", "github-dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _colours(name: str) -> str:
    """Return the rules that colour code; the page's own say what it stands on."""
    rules = HtmlFormatter(style=name).get_style_defs(".code").splitlines()
    return "\n".join(r for r in rules if r.startswith(".code .") and "background" not in r)


def coloured(code: str) -> str:
    """Return code as HTML; Pygments escapes everything."""
    return highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))

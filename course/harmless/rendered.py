"""Markdown of lessons and students as HTML in which nothing is active.

Formulas become MathML here, so that a page needs no script to show them. Whatever comes of a text,
a kept library takes out of it all but plain elements, without a single attribute.
"""

from __future__ import annotations

import html
from functools import cache

import mistune
import nh3
from latex2mathml.converter import convert

from course.harmless.markdown import is_slow_to_render

LONGEST_FORMULA = 500
TEXT = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "blockquote"}
TEXT |= {"code", "pre", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
FORMULA = {"math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub"}
FORMULA |= {"msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"}


def rendered(text: str) -> str:
    """Return Markdown as harmless HTML.

    Parameters
    ----------
    text : str
        As somebody wrote it: HTML in it is shown, links and pictures are their words alone.
    """
    if is_slow_to_render(text):
        return f"<pre>{html.escape(text)}</pre>"
    try:
        made = _markdown()(text)
    except (RecursionError, IndexError):  # a text that is nested without end
        return f"<pre>{html.escape(text)}</pre>"
    return nh3.clean(made, tags=TEXT | FORMULA, attributes={}, link_rel=None)


def formula(text: str, *, block: bool = False) -> str:
    """Return a formula as MathML; as it was written where it is none, or too long."""
    if len(text) <= LONGEST_FORMULA:
        try:
            return convert(text, display="block" if block else "inline")
        except Exception:  # whatever a student wrote between dollars
            pass
    return f"<code>{html.escape(text)}</code>"


@cache
def _markdown() -> mistune.Markdown:
    made = mistune.create_markdown(escape=True, plugins=["table", "math", "strikethrough"])
    made.renderer.register("inline_math", lambda _, text: formula(text))
    made.renderer.register("block_math", lambda _, text: f"<p>{formula(text, block=True)}</p>")
    return made

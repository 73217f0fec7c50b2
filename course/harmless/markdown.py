r"""Markdown of students, so that whoever renders it runs and loads nothing.

The text goes through renderers that are not ours: nbconvert's under formgrader, which lets HTML
through, and JupyterLab's, each with MathJax behind it. What a construct means there depends on
where it stands, and to foresee that one would have to parse exactly as each of them does. So
nothing is parsed here: wherever a tag, a link, a picture, an entity or one of TeX's dangerous
commands *could* begin, a space is put behind its first character, in prose, code and formulas
alike. ``a<b`` becomes ``a< b``, ``\href`` becomes ``\ href``: to be read by a person, and nothing
to a machine. Emphasis, lists, tables, code and formulas stay what they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from course.door.pictures import Picture, read_picture

MAX_RENDERED = 10_000  # characters; a renderer may take seconds for a longer text made for it
# Lines of a table's marks: where each begins one, a renderer takes half a minute.
MAX_RULES = 60
RULE = re.compile(r"^[ \t]*+[|:-][ \t|:-]*+$", re.M)
MAX_SHOWN = 100_000
MAX_LINE = 500  # of a text that is too long to be rendered
MAX_PICTURES = 20  # of one cell

# Commands of TeX that link, load, style, name a character or another command, or cover the page.
COMMANDS = (
    "href|url|nolinkurl|require|includegraphics|input|include|special|write|openin|immediate"
    "|cssId|class|style|data|bbox|mmlToken|texttip|mathtip|toolTip|action|toggle|enclose"
    "|unicode|U|char|csname|catcode|let|futurelet|[gex]?def|define[a-z]*"
    "|(?:re)?new(?!line(?![a-z]))[a-z]*|provide[a-z]*|declare[a-z]*"
    "|rule|space|kern|vspace|raise|lower|moveleft|moveright"
)
STUMBLING = (
    (re.compile(r"<(?=[A-Za-z/!?])"), "< "),  # a tag, a comment, an automatic link
    (re.compile(r"&(?=[^\s<&;]{1,40};)"), "& "),  # an entity
    (re.compile(r"!(?=\[)"), "! "),  # a picture
    (re.compile(r"\](?=[(:])"), "] "),  # a link, the definition of one
    (re.compile(r":(?=//)"), ": "),  # what is made a link unasked
    (re.compile(r"\b(www)\.(?=\w)", re.I), r"\1. "),
    (re.compile(rf"\\(?=(?:{COMMANDS})(?![a-z]))", re.I), "\\\\ "),
    # A block in a language, which somebody else runs (Mermaid) or colours (slowly), is text.
    (
        # Only from a fence's first character on: one of a million would be looked at from each.
        re.compile(r"((?<!`)`{3,}+|(?<!~)~{3,}+)[ \t]*+(?=[^`~\s])(?!text[ \t]*$)", re.M),
        r"\1text ",
    ),
)
# What is seen by nobody, or makes other text be seen in another order.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff]"
)
ATTACHED = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\([ \t]*<?attachment:([^)<>\n]{1,500}?)>?(?:[ \t]+\"[^\"\n]*\")?[ \t]*\)"
)


def is_slow_to_render(text: str) -> bool:
    """Tell whether a renderer may take seconds for a text, as for one that was made for it."""
    return len(text) > MAX_RENDERED or len(RULE.findall(text)) > MAX_RULES


def passive(text: str) -> str:
    """Return Markdown that reads as `text` does, with nothing active in it.

    Entities are written out. A text that is too long for a renderer stands as a block of code.
    """
    text = UNSEEN.sub("", html.unescape(text).replace("\r\n", "\n").replace("\r", "\n"))
    for pattern, instead in STUMBLING:
        text = pattern.sub(instead, text)
    if not is_slow_to_render(text):
        return text
    left = len(text) - MAX_SHOWN
    cut = f"\n… ({left:,} characters more are in the submission)" if left > 0 else ""
    lines = f"{text[:MAX_SHOWN]}{cut}".split("\n")
    return "\n".join(
        f"    {line[start : start + MAX_LINE]}"
        for line in lines
        for start in range(0, len(line) or 1, MAX_LINE)
    )


def with_pictures(text: str, attached: object) -> tuple[str, dict[str, dict[str, str]]]:
    """Return such Markdown, and the pictures that it shows.

    Parameters
    ----------
    text : str
    attached : object
        A cell's attachments, as the student's file has them.

    Returns
    -------
    text : str
        Pictures are ``![...](attachment:...)`` under names of ours; what is none is said in words.
    attachments : dict
        From such a name to a MIME type and base64, for the cell.
    """
    found = attached if isinstance(attached, Mapping) else {}
    made, names = {}, {}
    pieces, end = [], 0
    for match in ATTACHED.finditer(text) if len(text) <= MAX_RENDERED else ():
        pieces.append(passive(text[end : match.start()]))
        name = match[1].strip()
        if name not in names and len(names) < MAX_PICTURES:
            picture = _picture(found.get(name))
            names[name] = f"picture-{len(made) + 1}.{picture.ending}" if picture else ""
            if picture:
                made[names[name]] = {picture.mime: picture.data}
        if own := names.get(name):
            pieces.append(f" ![{own}](attachment:{own}) ")
        else:
            pieces.append(" (a picture is left out: it is no PNG, JPEG or GIF, or is too large) ")
        end = match.end()
    return "".join([*pieces, passive(text[end:])]), made


def _picture(bundle: object) -> Picture | None:
    """Return the picture of an attachment, which may claim to be several things."""
    values = list(bundle.values()) if isinstance(bundle, Mapping) else []
    return next((p for p in map(read_picture, values[:4]) if p), None)

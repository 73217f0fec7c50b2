"""Pictures that stand within the text of a written answer, as Colab and others paste them.

They are made attachments of the cell, as JupyterLab keeps them: a screenshot is longer than all the
text that anybody writes, and only an attachment is looked at and shown.
"""

from __future__ import annotations

import re

# A picture's bytes in base64; nothing but such letters is looked at, each once.
WRITTEN_OUT = re.compile(r"data:(image/[a-z0-9.+-]{1,30});base64,([A-Za-z0-9+/=]++)", re.I)
# A picture in HTML, as one writes it to give it a width.
AS_HTML = re.compile(r"<img\b[^<>]{0,900}+>", re.I)
ITS_SOURCE = re.compile(r"\bsrc\s{0,3}=\s{0,3}([\"']?)attachment:([^\"'<>\s]{1,300}+)\1", re.I)
MOST = 50  # of one cell


def with_attachments(
    text: str, attached: dict[str, dict[str, str]]
) -> tuple[str, dict[str, dict[str, str]]]:
    """Return the text of a Markdown cell and its attachments, pasted pictures among those.

    Parameters
    ----------
    text : str
    attached : dict
        From a name to a MIME type and base64.
    """
    found = dict(attached)

    def name_it(match: re.Match) -> str:
        name = f"pasted-{len(found) + 1}"
        found[name] = {match[1].lower(): match[2]}
        return f"attachment:{name}"

    if "data:image/" in text.casefold():
        text = WRITTEN_OUT.sub(name_it, text, count=MOST)
    return AS_HTML.sub(_as_markdown, text), found


def _as_markdown(tag: re.Match) -> str:
    source = ITS_SOURCE.search(tag[0])
    return f"![{source[2]}](attachment:{source[2]})" if source else tag[0]

"""Markdown of students, given to the renderer that formgrader uses: nothing active comes out."""

from __future__ import annotations

import base64
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.filters.strings import strip_files_prefix

from course.harmless.markdown import MAX_RENDERED, passive, with_pictures
from tests.pictures import GIF, HTML, JPEG, PNG, SVG

# What the renderer makes of Markdown itself; everything else would be the student's.
OWN_TAGS = re.compile(
    r"p|em|strong|del|code|pre|br|hr|h[1-6]|[uod]l|li|d[td]|blockquote|div|span|table|thead|tbody"
    r"|t[rhd]|input"
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onmouseover=alert(1)>bold</b>",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php <script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<div>\n\n<script>\n\nalert(1)\n\n</script></div>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style><link rel=stylesheet href=//x><meta http-equiv=refresh>",
    "[click](javascript:alert(1))",
    "[click](<javascript:alert(1)>)",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    '[click](/formgrader/manage_students/x "title")',
    "[click][1]\n\n[1]: javascript:alert(1)",
    "[1]\n\n  [1]:\n  javascript:alert(1)",
    "<javascript:alert(1)>",
    "<http://127.0.0.1:8888/logout>",
    "http://127.0.0.1:8888/logout",
    "HTTPS://127.0.0.1:8888/logout www.example.org",
    "![x](http://127.0.0.1:9/track.png)",
    "![x](/logout)",
    "![x][1]\n\n[1]: http://127.0.0.1:9/track.png",
    "[![x](http://127.0.0.1:9/track.png)](javascript:alert(1))",
    "!&#91;x](http://127.0.0.1:9/track.png)",
    "![x](attachment:nothing.png)",
    "```mermaid\ngraph TD; A-->B[<img src=x onerror=alert(1)>]\n```",
    "> ~~~ mermaid\n> <script>alert(1)</script>\n> ~~~",
    "````  mermaid {x}\n<script>alert(1)</script>\n````",
    "`` <script>alert(1)</script> ``",
    "# <script>alert(1)</script> {#x}\n\n<x>\n===",
    "$<script>alert(1)</script>$ $$<img src=x onerror=alert(1)>$$",
    "\\begin{a}<script>alert(1)</script>\\end{a}",
    "\\\\(<script>alert(1)</script>\\\\)",
    "| <script>alert(1)</script> | [x](javascript:alert(1)) |\n|---|---|\n| <x> | ![](//x) |",
    "- [x] <script>alert(1)</script>\n\nterm\n: <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt;",
    "<\x00script>alert(1)</script> <scr\x00ipt>",
    "\x1b]8;;http://127.0.0.1:9\x07x",
]
TRICKS = [
    r"$\href{javascript:alert(1)}{x}$",
    r"$\require{html}\cssId{a}{x}\class{b}{x}\style{position:fixed}{x}\data{a=b}{x}$",
    r"$\unicode{x41} \U{41} \char`\a$",
    r"$\def\a{\b\b}\def\b{\c\c}\a$ $\gdef\a{x}\let\b\a$",
    r"$\newcommand{\a}[1]{#1#1}\renewcommand\b{\a}\newenvironment{x}{}{}$",
    r"$\DeclareMathOperator{\a}{x}\NewDocumentCommand\b{}{}\providecommand\c{}$",
    r"$\includegraphics{http://127.0.0.1:9/x.png}\input{x}$",
    r"$\bbox[background:url(http://127.0.0.1:9/x)]{x}\mmlToken{mi}[onclick=alert(1)]{x}$",
    r"$\rule{9999em}{9999em}\Space{1em}{9999em}{1em}\toggle{a}{b}\endtoggle$",
    r"&#36;\\&#104;ref{javascript:alert(1)}{x}&#36;",
    r"\\\\(\\href{javascript:alert(1)}{x}\\\\)",
    r"\begin{align}\href{javascript:alert(1)}{x}\end{align}",
]
COMMAND = re.compile(
    r"\\(href|require|cssId|class|style|data|unicode|U|char|g?def|let|(re)?new\w+|Declare\w+|"
    r"New\w+|provide\w+|includegraphics|input|bbox|mmlToken|rule|Space|toggle)(?![A-Za-z])"
)


def rendered(text: str, attachments: dict | None = None) -> str:
    """Return what formgrader's template makes of Markdown: it lets HTML through."""
    renderer = IPythonRenderer(
        escape=False, attachments=attachments or {}, exclude_anchor_links=True
    )
    return strip_files_prefix(MarkdownWithMath(renderer=renderer).render(text))


def active(page: str) -> list[str]:
    """Return the tags and attributes that the renderer does not make by itself."""
    found = []
    for tag, attributes in re.findall(r"<[/!?]*([A-Za-z0-9!?]+)([^>]*)>", page):
        if not OWN_TAGS.fullmatch(tag.lower()):
            found.append(tag)
        plain = re.sub(r' (class|style|type|disabled|checked)(="[^"<>]*")?', "", attributes)
        if plain.strip(" /"):
            found.append(attributes)
    return found + re.findall(r"<(?![A-Za-z/])", page)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_active_comes_out_of_the_renderer(text):
    made, attachments = with_pictures(text, {})
    assert attachments == {} and active(rendered(made)) == []


def test_the_renderer_alone_lets_all_of_it_through():
    passed = [text for text in HOSTILE if _renders_active(text)]
    assert len(passed) > 25


def _renders_active(text: str) -> bool:
    try:
        return bool(active(rendered(text)))
    except Exception:  # a missing attachment shows no page at all
        return True


@pytest.mark.parametrize("text", TRICKS)
def test_no_command_of_tex_that_links_loads_styles_or_defines_is_left(text):
    assert COMMAND.search(rendered(text)) or "&#" in text or text.startswith("\\\\")
    assert not COMMAND.search(rendered(passive(text)))


@given(st.lists(st.sampled_from(list("<>&!?[]()`~$\\/:*_#|=-\n\t \"'") + HOSTILE), max_size=40))
def test_no_mixture_is_active(pieces):
    assert active(rendered(passive("".join(pieces)))) == []


@given(st.text(max_size=200))
def test_what_is_passive_stays_as_it_is(text):
    once = passive(text)
    assert passive(once) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The kernel is *3 x 3*.", "<p>The kernel is <em>3 x 3</em>.</p>"),
        ("if `x < y` then", "<p>if <code>x &lt; y</code> then</p>"),
        (r"$\frac{a}{b} < \alpha \left(x\right) \\ y$", None),
        (r"$$\begin{pmatrix}a & b \\ c & d\end{pmatrix}$$", None),
        ("AT&T, 3 < 4 && 5 > 2; see [1] (a) and a[0][1]", None),
        ("* a\n* b\n\n1. c\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |", None),
        ("```\nfor i in range(3):\n    print(i < 2)\n```", None),
    ],
)
def test_what_honest_answers_hold_is_rendered_as_ever(text, shown):
    assert passive(text) == text
    assert shown is None or rendered(text).strip() == shown


BOMBS = {
    "brackets": "[" * 300_000,
    "quotes": ">" * 300_000,
    "stars": "*a_" * 100_000,
    "environments": "\\begin{a}" * 40_000,
    "parentheses": "\\\\(" * 80_000,
    "backticks": "".join("`" * i + "a" for i in range(700)),
    "urls": "https://" + "a." * 150_000,
    "pictures": "![a](attachment:" * 20_000,
    "fences": "```a\n" * 60_000,
    "entities": "&#" * 150_000,
    "rules": "|-\n|" * 75_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("length", [MAX_RENDERED, 300_000])
def test_a_text_made_to_keep_a_renderer_busy_does_not(name, length):
    began = time.monotonic()
    page = rendered(with_pictures(BOMBS[name][:length], {})[0])
    assert time.monotonic() - began < 5 and active(page) == []


def test_nbconvert_colours_no_block_of_a_students_in_any_language():
    assert (
        passive("```python\nx = 1\n```\n~~~ py\ny\n~~~")
        == "```text python\nx = 1\n```\n~~~text py\ny\n~~~"
    )


def test_blank_lines_however_many_are_no_table():
    assert "<em>so</em>" in rendered(passive("*so*\n" + "  \t\n" * 200 + "it ends"))


def test_a_text_that_is_too_long_is_cut_and_that_is_said():
    assert passive("a " * 200_000).endswith("(300,000 characters more are in the submission)")


def test_a_picture_comes_along_under_a_name_of_ours():
    text, made = with_pictures("see ![mine](attachment:a%20b.png)!", {"a%20b.png": {"x": PNG}})
    assert made == {"picture-1.png": {"image/png": PNG}}
    assert f'src="data:image/png;base64,{PNG}"' in rendered(text, made)


@pytest.mark.parametrize(("data", "mime"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_a_picture_is_what_its_bytes_are(data, mime):
    (bundle,) = with_pictures("![](attachment:a)", {"a": {"text/html": data}})[1].values()
    assert bundle == {mime: data}
    (bundle,) = with_pictures("![](attachment:a)", {"a": {"image/png": GIF}})[1].values()
    assert bundle == {"image/gif": GIF}


@pytest.mark.parametrize(
    "bundle",
    [
        {"image/png": HTML},
        {"image/svg+xml": SVG},
        {"image/png": SVG},
        {"image/png": 5},
        {"image/png": "no base64"},
        {"image/png": PNG[:20]},
        "text",
        {},
        None,
    ],
)
def test_what_is_no_picture_is_left_out_and_that_is_said(bundle):
    text, made = with_pictures("before ![x](attachment:a.png) after", {"a.png": bundle})
    assert made == {} and "a picture is left out" in rendered(text)


def test_a_picture_too_large_for_a_browser_is_left_out():
    raw = bytearray(base64.b64decode(PNG))
    raw[16:24] = (30_000).to_bytes(4, "big") * 2
    bundle = {"image/png": base64.b64encode(bytes(raw)).decode()}
    assert with_pictures("![x](attachment:a)", {"a": bundle})[1] == {}


@pytest.mark.parametrize("mark", ["`", "~", "` ", "``` ", "![a](attachment:", "\\", "]", "&a"])
def test_many_marks_take_a_moment(mark):
    began = time.process_time()
    passive(mark * (400_000 // len(mark)))
    assert time.process_time() - began < 10

"""What students wrote becomes HTML in which nothing is active, and formulas stand as formulas."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from course.harmless.markdown import MAX_RENDERED
from course.harmless.rendered import FORMULA, TEXT, formula, rendered


class Elements(HTMLParser):
    """Collects elements and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes


HOSTILE = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "![a](http://example.org/x.png)",
    "<http://example.org>",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$$\text{</math><script>alert(1)</script>}$$",
    r"$\unicode{x3c}script\unicode{x3e}$",
    r"$\class{x}{y} \style{color:red}{z} \cssId{words}{q}$",
    '<math><mtext><style><img src=x onerror="alert(1)"></style></mtext></math>',
    "<svg><a href='javascript:alert(1)'>x</a></svg>",
    "| a |\n|:-:|\n| <iframe src=x> |",
    "```<b>\n</code></pre><script>1</script>\n```",
    "&lt;script&gt; <!-- --> <![CDATA[ <script> ]]>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_active_and_no_attribute_is_left(text):
    found = Elements(rendered(text))
    assert found.names <= TEXT | FORMULA
    assert found.attributes == []


def test_a_formula_is_a_formula():
    made = rendered(r"The loss is $\frac{1}{n}\sum_i x_i^2$.")
    assert "<mfrac>" in made and "$" not in made and "∑" in made
    assert "<math>" in rendered("$$a = b$$")


@pytest.mark.parametrize("text", [r"\frac{", r"\begin{matrix}", "}{", "{" * 400, "x" * 501])
def test_what_is_no_formula_stands_as_it_was_written(text):
    made = formula(text)
    assert made.startswith(("<code>", "<math"))
    assert "$" not in rendered(f"${text}$") or text.strip("{}x")


def test_prose_keeps_its_shape():
    made = rendered("# Why\n\n- *one*\n- **two**\n\n> said\n\n`a < b` costs 3 $ and 4 $")
    for part in (
        "<h1>Why</h1>",
        "<em>one</em>",
        "<strong>two</strong>",
        "<blockquote>",
        "a &lt; b",
    ):
        assert part in made
    assert "3 $ and 4 $" in made


@pytest.mark.parametrize(
    "text", ["[" * 9_999, "> " * 4_000, "*a " * 3_000, "$" * 9_999, "`" * 9_999]
)
def test_a_text_made_to_be_slow_or_deep_is_rendered_or_shown(text):
    assert rendered(text)


def test_what_is_too_long_is_shown_as_it_was_written():
    made = rendered("<b>" + "a" * MAX_RENDERED)
    assert made.startswith("<pre>&lt;b&gt;")

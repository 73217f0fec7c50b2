"""Nothing is put in its place that leads nowhere, loads from elsewhere, or weighs too much."""

from __future__ import annotations

import pytest

from course.site import built
from course.site.built import find_faults, read_page, weight

WHOLE = '<h1 id="top">One</h1><a href="two.html#there">two</a><img src="p.webp" alt=""><p>Text</p>'


@pytest.fixture
def site(tmp_path):
    """Return a site of two pages in which nothing is wrong."""
    (tmp_path / "index.html").write_text(WHOLE, encoding="utf-8")
    two = '<link rel="stylesheet" href="s.css"><h1 id="there">Two</h1><a href="index.html">one</a>'
    (tmp_path / "two.html").write_text(two, encoding="utf-8")
    (tmp_path / "s.css").write_text("body { color: red; background: url('p.webp') }")
    (tmp_path / "p.webp").write_bytes(b"p" * 1000)
    return tmp_path


def faults_with(site, text: str) -> list[str]:
    with open(site / "index.html", "a", encoding="utf-8") as page:
        page.write(text)
    return find_faults(site)[0]


def test_a_whole_site_has_none(site):
    assert find_faults(site)[0] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<a href="three.html">3</a>', "the link three.html leads nowhere"),
        ('<a href="../secret.txt">3</a>', "the link ../secret.txt leads nowhere"),
        ('<a href="two.html#where">2</a>', "the link two.html#where leads to a place that is not"),
        ('<a href="#where">2</a>', "the link #where leads to a place that is not"),
        ('<img src="q.png" alt="q">', "loads q.png, which is not there"),
        ('<img src="p.webp">', "the picture p.webp has no alt text"),
        ('<img src="https://x.org/q.png" alt="">', "loads https://x.org/q.png from elsewhere"),
        ('<script src="//x.org/a.js"></script>', "loads //x.org/a.js from elsewhere"),
        (
            '<link rel="stylesheet" href="https://x.org/a.css">',
            "https://x.org/a.css from elsewhere",
        ),
        (
            '<link rel="preload" href="https://x.org/a.woff2">',
            "https://x.org/a.woff2 from elsewhere",
        ),
        ('<iframe src="https://x.org"></iframe>', "loads https://x.org from elsewhere"),
        ('<img alt="" src="p.webp" srcset="https://x.org/2.png 2x">', "2.png from elsewhere"),
        ('<p style="background: url(https://x.org/b.png)">b</p>', "b.png from elsewhere"),
    ],
)
def test_a_fault_is_named_with_its_page(site, text, told):
    (fault,) = faults_with(site, text)
    assert fault.startswith("index.html") and told in fault


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://x.org">a page of somebody else</a>',
        '<a href="mailto:a@b.org">write</a>',
        '<img src="data:image/png;base64,AAAA" alt="a dot">',
        '<a href="two.html?highlight=a#there">two</a>',
    ],
)
def test_what_nobody_loads_or_lies_in_the_page_is_none(site, text):
    assert faults_with(site, text) == []


@pytest.mark.parametrize(
    "style", ["@import 'https://x.org/a.css';", "a { src: url(https://x.org/f) }"]
)
def test_a_style_sheet_loads_nothing_from_elsewhere(site, style):
    (site / "s.css").write_text(style, encoding="utf-8")
    faults, _ = find_faults(site)
    assert len(faults) == 1 and faults[0].startswith("s.css loads https://x.org")


def test_a_page_weighs_what_it_loads_and_what_its_style_sheet_loads(site):
    page = read_page((site / "two.html").read_text(encoding="utf-8"))
    files = ("two.html", "s.css", "p.webp")
    assert weight(site, "two.html", page) == sum((site / name).stat().st_size for name in files)


@pytest.mark.parametrize(("page", "most"), [("index.html", "FRONT"), ("two.html", "OTHERS")])
def test_a_page_that_is_too_heavy_is_named(site, page, most):
    size = getattr(built, most) + 1
    (site / "big.webp").write_bytes(b"b" * size)
    with open(site / page, "a", encoding="utf-8") as file:
        file.write('<img src="big.webp" alt="big">')
    (fault,) = find_faults(site)[0]
    assert fault.startswith(f"{page} and what it loads take")


def test_the_text_of_a_page_has_the_lines_of_its_code_and_the_words_of_its_pictures():
    page = read_page(
        '<pre><span class="k">return</span> a <b>+</b> b\n<span>x</span> = 1</pre>'
        '<img src="p" alt="a window"><script>var y = 2;</script><p>Text</p>'
    )
    lines = [line for line in page.text.split("\n") if line]
    assert lines == ["return a + b", "x = 1", "a window", "Text"]

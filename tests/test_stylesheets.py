"""Every page of ours: text stands out 4.5 to 1 from its ground, in the light and in the dark."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.returns.words import SIGNS, WORDS
from tests.contrast import LEAST, contrast

COURSE = Path(__file__).resolve().parents[1] / "course"
SHEETS = sorted(COURSE.glob("*/templates/*.css"))
SCHEMES = ("light", "dark")
NAMED = re.compile(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,8})")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?<![\w-])color:\s*([^;}]+)")
GROUND = re.compile(r"(?<![\w-])background(?:-color)?:\s*([^;}]+)")
PAPERS = ("--paper", "--back")
NO_TEXT = re.compile(r"(^|[\s,>])(i|rect|img|progress|[^\s]*::backdrop|\.bar)\s*($|,)")
# The sheet of first pages stands after that of feedback, and has its names from there.
BEFORE = {"index.css": "feedback.css"}


def sheet(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    before = BEFORE.get(path.name)
    return (sheet(path.with_name(before)) if before else "") + text


def names(text: str, scheme: str) -> dict[str, str]:
    """Return the colours that a sheet names, as they are in a scheme."""
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)", text, maxsplit=1)
    dark = dark[: dark.index("}")]
    return dict(NAMED.findall(light)) | (dict(NAMED.findall(dark)) if scheme == "dark" else {})


def pairs(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield selector, text colour and ground, wherever a sheet sets one of the two."""
    text = re.sub(r"@media[^{]*\{", "", text)
    for selector, body in RULE.findall(text):
        selector = " ".join(selector.split())
        colour, ground = COLOUR.search(body), GROUND.search(body)
        written = colour[1].strip() if colour else ""
        beneath = ground[1].split()[0] if ground else ""
        if NO_TEXT.search(selector) or "position: absolute; width: 1px" in body:
            continue
        if written.startswith(("var", "#")):
            for paper in [beneath] if beneath else [f"var({name})" for name in PAPERS]:
                yield selector, written, paper
        elif beneath.startswith(("var", "#")):
            yield selector, "var(--ink)", beneath


def resolved(colour: str, known: dict[str, str]) -> str:
    return known[colour[4:-1]] if colour.startswith("var(") else colour


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_text_stands_out_from_its_ground(path, scheme):
    text = sheet(path)
    known = names(text, scheme)
    found = list(pairs(text))
    assert len(found) > 5
    faint = {
        f"{selector}: {written} on {beneath}": round(stands, 1)
        for selector, written, beneath in found
        if (stands := contrast(resolved(written, known), resolved(beneath, known))) < LEAST
    }
    assert faint == {}


def test_a_faint_text_of_a_sheet_would_be_seen():
    grey = ":root { --ink: #000; --paper: #fff; --back: #eee; --soft: #8a949e; }"
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: #111; } } "
    text = f"{grey} {dark} .who {{ color: var(--soft); }} mark {{ background: #333; }}"
    known = names(text, "light")
    found = {s: contrast(resolved(w, known), resolved(b, known)) for s, w, b in pairs(text)}
    assert found[".who"] < LEAST and found["mark"] < LEAST
    assert names(text, "dark")["--paper"] == "#111" and known["--paper"] == "#fff"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_of_the_site_stand_out_from_the_grounds_of_its_theme(scheme, tmp_path):
    furo = pytest.importorskip("furo")
    (tmp_path / "about.json").write_text('{"title": "Course"}')
    (tmp_path / "conf.py").write_text((COURSE / "site" / "theme" / "conf.py").read_text())
    ours = runpy.run_path(str(tmp_path / "conf.py"))["html_theme_options"]
    theme = Path(furo.__file__).parent / "theme" / "furo" / "static" / "styles" / "furo.css"
    grounds = [
        re.findall(rf"--color-background-{name}:(#[0-9a-f]+)", theme.read_text())
        for name in ("primary", "secondary")
    ]
    light, dark = ([values[place] for values in grounds] for place in (0, 1))
    known = ours[f"{scheme}_css_variables"]
    texts = [c for name, c in known.items() if "brand" in name or "foreground" in name]
    assert len(texts) >= 4
    for colour in texts:
        for ground in light if scheme == "light" else dark:
            assert contrast(colour, ground) >= LEAST, (colour, ground)


def test_no_verdict_is_told_by_its_colour_alone():
    assert SIGNS.keys() == WORDS.keys()
    assert len(set(SIGNS.values())) == len(SIGNS) and all(SIGNS.values())

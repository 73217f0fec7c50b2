"""The label font: Chinese in figures wherever they are drawn."""

import os
import subprocess
import sys
from io import BytesIO

from helpers import plotting
from helpers.handwriting import CLASSES, strokes
from helpers.making.font import ASCENT, MARGIN, SIZE, UNITS, build
from helpers.plotting.cjk import FAMILY, FILES, register

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.font_manager import fontManager
from PIL import Image, ImageDraw, ImageFont

STYLES = sorted(FILES)

# A machine with no fonts but those that Matplotlib brings; whatever warns or is logged fails.
WITHOUT_CHINESE_FONTS = """
import logging, sys, warnings
from pathlib import Path
import matplotlib
matplotlib.use("Agg")
from matplotlib.font_manager import fontManager
bundled = Path(matplotlib.get_data_path())
fontManager.ttflist = [f for f in fontManager.ttflist if bundled in Path(f.fname).parents]
warnings.simplefilter("error")
logging.basicConfig(level=logging.WARNING)
from helpers import plotting
from helpers.handwriting import CLASSES
from matplotlib import pyplot
plotting.use_style()
figure, axes = pyplot.subplots(figsize=(16, 4))
axes.bar(CLASSES, range(55), label="".join(CLASSES))
axes.set_title("".join(CLASSES))
axes.set_xlabel("大 not 太 (−63 %)", style="italic")
axes.set_ylabel("$x^{-2}$")
figure.suptitle("从 众", weight="bold")
axes.legend()
for ending in ("png", "svg", "pdf"):
    figure.savefig(Path(sys.argv[1]) / f"labels.{ending}")
"""


def glyphs(font: TTFont) -> dict:
    """Give each character's outline as points, ends of contours and advance."""
    outlines, metrics = font["glyf"], font["hmtx"]
    return {
        code: (*outlines[name].getCoordinates(outlines)[:2], metrics[name][0])
        for code, name in font.getBestCmap().items()
    }


@pytest.mark.parametrize("style", STYLES)
def test_the_committed_font_is_what_the_strokes_give(style):
    made, kept = glyphs(TTFont(BytesIO(build(style)))), glyphs(TTFont(FILES[style]))
    assert made.keys() == kept.keys()
    for code, (points, ends, advance) in made.items():
        again = "run `python -m helpers.making.font`"
        assert (list(ends), advance) == (list(kept[code][1]), kept[code][2]), again
        # Another processor may round a point to the next unit.
        assert np.abs(np.array(points) - np.array(kept[code][0])).max(initial=0) <= 1, again


@pytest.mark.parametrize("style", STYLES)
def test_the_same_strokes_give_the_same_bytes(style):
    assert build(style) == build(style)


@pytest.mark.parametrize("style", STYLES)
def test_the_font_has_the_55_characters_and_takes_no_other_from_dejavu(style):
    assert set(TTFont(FILES[style]).getBestCmap()) == {ord(" "), *map(ord, CLASSES)}


@pytest.mark.parametrize("style", STYLES)
def test_each_glyph_is_inked_where_its_strokes_are(style):
    font = ImageFont.truetype(FILES[style], 200)
    for character in CLASSES:
        page = Image.new("L", (200, 220))
        ImageDraw.Draw(page).text((0, 180), character, fill=255, font=font, anchor="ls")
        ink = np.asarray(page)
        line = np.concatenate(strokes(character)) * (SIZE, -SIZE) + (MARGIN, ASCENT - MARGIN)
        x, y = np.round(line.T * 200 / UNITS).astype(int)
        assert (ink[180 - y, x] > 100).mean() > 0.99, character
        assert 0.08 < (ink > 127).mean() < 0.45, character


def test_bold_is_bolder():
    areas = []
    for style in ("Regular", "Bold"):
        mask = ImageFont.truetype(FILES[style], 100).getmask("".join(CLASSES))
        areas.append(np.asarray(mask).mean())
    assert areas[1] > 1.25 * areas[0]


def test_registering_twice_changes_nothing():
    register()
    before = list(fontManager.ttflist)
    assert register() == FAMILY
    assert fontManager.ttflist == before
    assert sum(font.name == FAMILY for font in before) == len(FILES)


def test_the_font_stands_last_however_often_the_style_is_used():
    with matplotlib.rc_context():
        plotting.use_style()
        plotting.use_style()
        assert matplotlib.rcParams["font.family"] == ["DejaVu Sans", FAMILY]


def test_figures_need_no_other_chinese_font(tmp_path):
    figures = tmp_path / "figures"
    figures.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_CHINESE_FONTS, str(figures)],
        # A list of fonts of its own: that of the user may stem from another machine's Matplotlib.
        env=os.environ | {"MPLCONFIGDIR": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in figures.iterdir()} == {"labels.png", "labels.svg", "labels.pdf"}

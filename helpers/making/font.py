"""The label font: the same strokes as a TrueType font, for figures on machines without Chinese.

``python -m helpers.making.font`` writes the two files that :mod:`helpers.plotting.cjk`
registers; run it after a change to a template. The same strokes give the same bytes.
"""

from collections.abc import Iterator
from io import BytesIO

from helpers.handwriting.characters import CHARACTERS
from helpers.handwriting.curves import Stroke, sample
from helpers.handwriting.templates import outlines
from helpers.plotting.cjk import FAMILY, FILES

import numpy as np
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import flagOverlapSimple

WEIGHTS = {"Regular": 400, "Bold": 700}
PEN = {"Regular": 88, "Bold": 124}  # width of a full stroke, in units of the font
UNITS, ASCENT, DESCENT = 1000, 880, -120
SIZE, MARGIN = 950, 25  # of the unit square in the em square: neighbours do not touch
FINE = 0.004  # step along a stroke before points that lie straight are left out
TOLERANCE = 1.0  # units by which an outline may be straighter than its stroke
CAP = np.linspace(0.0, np.pi, 8)[1:-1]  # angles around the end of a stroke
DATE = 3_850_000_000  # seconds since 1904: files made on different days are the same


def build(style: str = "Regular") -> bytes:
    """Make the font.

    Parameters
    ----------
    style
        "Regular" or "Bold".

    Returns
    -------
    bytes
        A TrueType file with a space and the 55 characters.
    """
    names = {ord(c): f"uni{ord(c):04X}" for c in sorted(CHARACTERS)}
    font = FontBuilder(UNITS, isTTF=True)
    font.setupGlyphOrder([".notdef", "space", *names.values()])
    font.setupCharacterMap({ord(" "): "space", **names})
    glyphs = {".notdef": _glyph([_box()]), "space": _glyph([])}
    for code, name in names.items():
        glyphs[name] = _glyph(_contours(outlines(chr(code)), PEN[style]))
    font.setupGlyf(glyphs)
    lefts = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    advance = {name: 300 if name == "space" else UNITS for name in glyphs}
    font.setupHorizontalMetrics({name: (advance[name], lefts[name]) for name in glyphs})
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupNameTable(
        {
            "copyright": "The vision-course authors",
            "familyName": FAMILY,
            "styleName": style,
            "uniqueFontIdentifier": f"{FAMILY} {style} 1.0",
            "fullName": f"{FAMILY} {style}",
            "version": "Version 1.0",
            "psName": f"{FAMILY.replace(' ', '')}-{style}",
            "licenseDescription": "BSD 3-Clause",
        }
    )
    font.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=DESCENT,
        usWinAscent=ASCENT,
        usWinDescent=-DESCENT,
        usWeightClass=WEIGHTS[style],
        fsSelection=0x20 if style == "Bold" else 0x40,
        ulUnicodeRange2=1 << (59 - 32),  # CJK unified ideographs
        ulCodePageRange1=1 << 18,  # simplified Chinese
    )
    font.setupPost(keepGlyphNames=False)
    font.updateHead(created=DATE, modified=DATE, macStyle=int(style == "Bold"))
    font.font.recalcTimestamp = False
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _glyph(contours):
    pen = TTGlyphPen(None)
    for contour in contours:
        points = [(int(x), int(y)) for x, y in np.round(contour)]
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    glyph = pen.glyph()
    if glyph.numberOfContours > 1:
        glyph.flags[0] |= flagOverlapSimple  # strokes cross: paint their union
    return glyph


def _box() -> np.ndarray:
    """Draw what stands for a missing character: a filled square."""
    return np.array([[100, 0], [100, 800], [900, 800], [900, 0]])


def _contours(strokes: list[Stroke], pen: float) -> Iterator[np.ndarray]:
    """Draw one closed contour (n, 2), in font units, for each piece of each stroke."""
    pen *= 1.0 - 0.025 * (len(strokes) - 2)  # many strokes are written with a finer pen
    for stroke in strokes:
        pieces = [sample((piece,), FINE) for piece in stroke]
        for index, line in enumerate(pieces):
            widths = pen * _pressure(line, last=index == len(pieces) - 1, alone=len(pieces) == 1)
            yield _ribbon(line * (SIZE, -SIZE) + (MARGIN, ASCENT - MARGIN), widths)


def _pressure(line: np.ndarray, *, last: bool, alone: bool) -> np.ndarray:
    """Say how hard a brush presses along a piece of a stroke: 1 is its full width.

    Horizontals are finer than verticals, what falls to the left and hooks end in a point, dots and
    what falls to the right swell towards their end.
    """
    t = np.linspace(0.0, 1.0, len(line))
    way = line[-1] - line[0]
    dx, dy = way / np.hypot(*way)
    if last and dx < -0.25 and abs(dy) > 0.25:
        return np.interp(t, [0, 0.35, 1], [1.0, 0.95, 0.42])
    if alone and dx > 0.25 and dy > 0.3:
        if np.hypot(*way) < 0.3:
            return np.interp(t, [0, 0.75, 1], [0.5, 1.08, 0.95])
        return np.interp(t, [0, 0.3, 0.8, 1], [0.6, 0.8, 1.12, 0.75])
    return np.full(len(t), 0.86 if abs(dx) > 0.9 else 1.0)


def _ribbon(line: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Surround a line (n, 2) at half of its widths (n,), with round ends, clockwise."""
    kept = _bends(np.column_stack([line, widths]))
    tangent = np.gradient(line, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])  # to the left of the way
    side = normal * widths[:, None] / 2
    left, right = (line + side)[kept], (line - side)[kept][::-1]
    return np.concatenate([left, _cap(line, side, -1, 1), right, _cap(line, side, 0, -1)])


def _cap(line: np.ndarray, side: np.ndarray, end: int, turn: int) -> np.ndarray:
    """Go round one end of a stroke, from one of its sides to the other, clockwise."""
    start = side[end] * turn
    ahead = np.array([start[1], -start[0]])
    return line[end] + np.cos(CAP)[:, None] * start + np.sin(CAP)[:, None] * ahead


def _bends(points: np.ndarray) -> list[int]:
    """Choose the points that a line needs, by Douglas and Peucker's method."""
    first, last = points[0], points[-1]
    t = np.linspace(0.0, 1.0, len(points))[:, None]
    away = np.abs(points - first - t * (last - first)).max(axis=1)
    worst = int(away.argmax())
    if away[worst] <= TOLERANCE:
        return [0, len(points) - 1]
    return [*_bends(points[: worst + 1])[:-1], *(worst + i for i in _bends(points[worst:]))]


if __name__ == "__main__":
    for made, path in FILES.items():
        path.write_bytes(build(made))

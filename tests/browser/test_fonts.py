"""A page that names a character shows it, where the system has a font for that."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.chinese]
PICTURES = """
() => [...'人口木'].map((character) => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    pen.font = '60px sans-serif';
    pen.fillText(character, 0, 80);
    return canvas.toDataURL();
})
"""


def test_chinese_characters_are_no_empty_boxes(page):
    page.set_content("<p>人口木</p>")
    assert len(set(page.evaluate(PICTURES))) == 3

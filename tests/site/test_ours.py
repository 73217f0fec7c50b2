"""What this course says of its site names what there is."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course.folder import open_course
from course.site.settings import read_settings

COURSE = open_course(Path(__file__).resolve().parents[2])
SETTINGS = read_settings(COURSE)


@pytest.mark.parametrize(("section", "cell"), SETTINGS.pictures.items())
def test_the_cell_whose_picture_a_card_shows_is_there(section, cell):
    (path,) = COURSE.release(section).glob("*.ipynb")
    assert cell in [one.id for one in nbformat.read(path, as_version=4).cells]

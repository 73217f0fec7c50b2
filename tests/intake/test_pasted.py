"""A picture that was pasted into the text of an answer comes along as one that was attached."""

from __future__ import annotations

import json
import time

import pytest

from course.door.budgets import CELL_SOURCE
from course.harmless.markdown import with_pictures
from course.intake.pasted import with_attachments
from course.intake.submissions import parse_submission
from tests.pictures import JPEG, PNG

AS_DATA = f"data:image/png;base64,{PNG}"


def read(source, **more):
    cell = {"cell_type": "markdown", "source": source, "metadata": {}} | more
    (read,) = parse_submission(json.dumps({"cells": [cell]}).encode()).cells
    return read


@pytest.mark.parametrize(
    "text",
    [
        f"See ![image.png]({AS_DATA})",
        f'See ![]({AS_DATA} "mine")',
        f'See <img src="{AS_DATA}" width="300"/>',
        f"See <img alt=x src={AS_DATA}>",
    ],
)
def test_it_is_shown_to_who_marks(text):
    cell = read(text)
    shown, pictures = with_pictures(cell.source, cell.attachments)
    assert list(pictures.values()) == [{"image/png": PNG}]
    assert shown.startswith("See") and "left out" not in shown


def test_beside_those_that_are_attached():
    attached = {"pasted-1": {"image/jpeg": JPEG}}
    cell = read(f"![a](attachment:pasted-1) ![b]({AS_DATA})", attachments=attached)
    pictures = with_pictures(cell.source, cell.attachments)[1]
    assert list(pictures.values()) == [{"image/jpeg": JPEG}, {"image/png": PNG}]


def test_one_attached_picture_given_a_width_is_shown():
    cell = read(
        '<img src="attachment:a.png" width="200">', attachments={"a.png": {"image/png": PNG}}
    )
    assert len(with_pictures(cell.source, cell.attachments)[1]) == 1


def test_a_large_one_does_not_make_the_notebook_unreadable():
    data = "A" * (2 * CELL_SOURCE)
    cell = read(f"Mine: ![x](data:image/png;base64,{data})")
    assert cell.source == "Mine: ![x](attachment:pasted-1)"
    assert cell.attachments == {"pasted-1": {"image/png": data}}


def test_code_that_writes_out_a_picture_stays_code():
    text = f"show('{AS_DATA}')"
    assert read(text, cell_type="code").source == text


SLOW = ["<img ", "<img src=attachment:", "<img" + "-src=attachment:" * 56, "data:image/png;base64,"]


@pytest.mark.parametrize("text", SLOW)
def test_text_that_is_made_to_be_slow_is_not(text):
    began = time.process_time()
    with_attachments(text * (CELL_SOURCE // len(text)), {})
    assert time.process_time() - began < 5

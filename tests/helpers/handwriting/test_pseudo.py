"""Pseudo-characters: several hundred, drawn as the 55 are, and none of them one of the 55."""

import zlib

from helpers.handwriting import CHARACTERS, COMPONENTS, strokes
from helpers.handwriting.composed import LAYOUTS
from helpers.handwriting.pseudo import (
    SHARES,
    pseudo_characters,
    pseudo_pictures,
    pseudo_strokes,
)
from helpers.handwriting.rendering import render

import numpy as np
import pytest

GRID = 24


def cells(lines):
    """Draw a template on a coarse grid, stretched to fill it: 0 paper, 1 ink."""
    points = np.concatenate(lines)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    lines = [(line - low) / np.maximum(size, 0.05) * (GRID - 4) + 2 for line in lines]
    ends = np.concatenate([np.hstack([line[:-1], line[1:]]) for line in lines])
    each = np.ones(len(ends))
    place = np.zeros(len(ends), np.int64)
    return render(ends, place, 1.2 * each, each, 1.5 * each, (1, GRID, GRID))[0].ravel() / 255.0


def likeness(some, others):
    some, others = (
        (a - a.mean(axis=1, keepdims=True)) / a.std(axis=1, keepdims=True) for a in (some, others)
    )
    return some @ others.T / some.shape[1]


def made_of(layout):
    return [part.partition("@")[0].partition("-")[0] for part in layout.split()]


def test_there_are_several_hundred_and_all_differ():
    characters = pseudo_characters()
    assert len(characters) == 400
    drawn = {b"".join(line.tobytes() for line in pseudo_strokes(c)) for c in characters}
    assert len(set(characters)) == len(drawn) == 400


def test_all_are_made_of_the_components_of_handwriting_and_stay_in_the_square():
    for character in pseudo_characters():
        assert {part.partition("@")[0] for part in character.split()} <= set(COMPONENTS)
        points = np.concatenate(pseudo_strokes(character))
        assert points.min() >= 0 and points.max() <= 1


def test_none_is_composed_as_one_of_the_55():
    pseudo = {tuple(made_of(character)) for character in pseudo_characters()}
    real = {tuple(made_of(layout)) for layout in LAYOUTS.values()}
    assert ("木", "木", "木") in real and not pseudo & real


def test_none_looks_like_one_of_the_55():
    pseudo = np.stack([cells(pseudo_strokes(character)) for character in pseudo_characters()])
    real = np.stack([cells(strokes(character)) for character in CHARACTERS])
    nearest = likeness(pseudo, real).max(axis=1)
    # A dot may be all the difference, as between 大 and 太, but there is one.
    among = likeness(real, real) - 2 * np.eye(len(real))
    assert nearest.max() < among.max()


def test_arrangements_come_in_their_shares():
    characters = pseudo_characters(200)
    framed = sum(made_of(c)[0] in ("囗", "门") for c in characters)
    assert framed == round(200 * SHARES["enclosed"])
    three = sum(len(c.split()) == 3 and made_of(c)[0] != "囗" for c in characters)
    assert three == round(200 * (SHARES["pyramid"] + SHARES["side"]))


def test_another_seed_composes_others():
    assert pseudo_characters(50) == pseudo_characters(50)
    assert len(set(pseudo_characters(50)) & set(pseudo_characters(50, 1))) < 10


@pytest.mark.parametrize("wrong", [0, -3, 100_000])
def test_too_few_or_too_many_are_refused(wrong):
    with pytest.raises(ValueError, match=f"n_classes is {wrong}"):
        pseudo_characters(wrong)


def test_pictures_are_dark_ink_on_nearly_white_paper():
    images = pseudo_pictures(np.arange(64))
    assert images.shape == (64, 80, 60, 1) and images.dtype == np.uint8
    ink = (images < 160).mean(axis=(1, 2, 3))
    assert np.median(images) > 235 and ink.min() > 0.02 and ink.max() < 0.6


def test_pictures_are_the_same_on_every_machine():
    assert zlib.crc32(pseudo_pictures(np.arange(64)).tobytes()) == 948511073


def test_a_picture_depends_on_its_number_and_not_on_its_neighbours():
    labels = np.arange(100) % 7
    images = pseudo_pictures(labels, seed=3)
    assert np.array_equal(
        images[[70, 5]], pseudo_pictures(labels[[70, 5]], seed=3, numbers=np.array([70, 5]))
    )
    assert not np.array_equal(images[0], images[7])


def test_own_characters_can_be_drawn():
    assert pseudo_pictures([0], characters=["口@5,5,95,50 口@5,55,95,95"], size=(40, 30)).shape == (
        1, 40, 30, 1,
    )  # fmt: skip


def test_a_label_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="label 400 does not exist: they go from 0 to 399"):
        pseudo_pictures([400])

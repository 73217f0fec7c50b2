"""The README's moving picture."""

from helpers.making.drawing import growing

import numpy as np

STROKES = (np.linspace((0, 0), (1, 1), 9), np.linspace((1, 0), (0, 1), 4))


def test_strokes_come_one_after_the_other_piece_by_piece():
    states = list(growing(STROKES, pieces=3))
    lengths = [[len(line) for line in state] for state in states]
    assert lengths == [[3], [6], [9], [9, 2], [9, 3], [9, 4]]


def test_what_was_drawn_stays_where_it_is():
    *_, last = growing(STROKES)
    for line, drawn in zip(STROKES, last, strict=True):
        np.testing.assert_allclose(drawn, line)

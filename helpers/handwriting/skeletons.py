"""The path of the pen for each character, in tables that many pictures are gathered from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SPACING = 0.03
"""Distance between neighbouring points of a path, in units of the character's square."""

AIR_POINTS = 5
"""Points of the bridge from one stroke to the next, where the pen is lifted or is not."""

CORNER = 0.7
"""A turn whose cosine is below this is a corner: it stays a point of the path."""

TOUCHING = 0.04
"""Strokes nearer to each other than this belong to one part of the character."""

HOOK = 0.25
"""A hook is what follows a stroke's last corner and is no longer than this."""


@dataclass(frozen=True)
class Skeletons:
    """Paths of several characters, one after another.

    A path runs through all strokes of a character in writing order, and between two strokes
    through the air.

    Attributes
    ----------
    points : numpy.ndarray
        (P, 2) float64, x and y from -0.5 to 0.5, y downwards.
    along : numpy.ndarray
        (P,) float64: how far along its stroke (or its bridge) a point is, from 0 to 1.
    air : numpy.ndarray
        (P,) bool: True on the bridge that follows a stroke.
    hook : numpy.ndarray
        (P,) bool: True on a stroke's final hook.
    stroke : numpy.ndarray
        (P,) int64: number of the stroke within its character.
    first, count : numpy.ndarray
        (K,) int64: where the points of a character begin, and how many they are.
    centres, chords, pivots : numpy.ndarray
        (S, 2) float64 a stroke: the middle of its box, the way from its start to its end,
        and the corner where its hook begins.
    parts : numpy.ndarray
        (S,) int64: the part of the character that the stroke belongs to.
    lengths : numpy.ndarray
        (S,) float64: length of the stroke.
    first_stroke, strokes : numpy.ndarray
        (K,) int64: where the strokes of a character begin, and how many they are.
    """

    points: np.ndarray
    along: np.ndarray
    air: np.ndarray
    hook: np.ndarray
    stroke: np.ndarray
    first: np.ndarray
    count: np.ndarray
    centres: np.ndarray
    chords: np.ndarray
    pivots: np.ndarray
    parts: np.ndarray
    lengths: np.ndarray
    first_stroke: np.ndarray
    strokes: np.ndarray


def skeletons(templates: Iterable[Sequence[np.ndarray]]) -> Skeletons:
    """Prepare characters for writing.

    Parameters
    ----------
    templates
        A sequence of strokes for each character; a stroke is an array (n, 2) of x and y in the unit
        square, y downwards, n at least 2.

    Returns
    -------
    Skeletons
        Paths in the order of the templates.
    """
    paths, tables, counts = [], [], []
    for strokes in templates:
        strokes = [np.asarray(stroke, np.float64) - 0.5 for stroke in strokes]
        even = [_even(stroke) for stroke in strokes]
        paths.append(_path(even))
        tables.append(_stroke_table(even))
        counts.append((len(paths[-1][0]), len(strokes)))
    count, strokes = np.array(counts, np.int64).T
    points, along, air, hook, stroke = (np.concatenate(c) for c in zip(*paths, strict=True))
    points, along = _rounded(points), _rounded(along)
    centres, chords, pivots, parts, lengths = (np.concatenate(c) for c in zip(*tables, strict=True))
    centres, chords, pivots, lengths = map(_rounded, (centres, chords, pivots, lengths))
    first, first_stroke = np.cumsum(count) - count, np.cumsum(strokes) - strokes
    return Skeletons(
        points, along, air, hook, stroke, first, count,
        centres, chords, pivots, parts, lengths, first_stroke, strokes,
    )  # fmt: skip


def _even(stroke: np.ndarray) -> np.ndarray:
    """Space a stroke's points evenly, corners kept."""
    moved = np.append(True, np.any(np.diff(stroke, axis=0) != 0, axis=1))
    stroke = stroke[moved]
    ends = [0, *_corners(stroke), len(stroke) - 1]
    pieces = [stroke[:1]]
    for begin, end in pairwise(ends):
        piece = stroke[begin : end + 1]
        far = np.append(0.0, np.cumsum(_norm(np.diff(piece, axis=0))))
        steps = np.linspace(0.0, far[-1], max(1, round(far[-1] / SPACING)) + 1)[1:]
        pieces.append(np.column_stack([np.interp(steps, far, axis) for axis in piece.T]))
    return np.concatenate(pieces)


def _corners(stroke: np.ndarray) -> list[int]:
    """Return the numbers of the points where a stroke turns sharply."""
    steps = np.diff(stroke, axis=0)
    steps = steps / _norm(steps)[:, None]
    cosines = steps[:-1, 0] * steps[1:, 0] + steps[:-1, 1] * steps[1:, 1]
    return (np.flatnonzero(cosines < CORNER) + 1).tolist()


def _path(strokes: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Chain strokes and bridges: points, along, air, hook, stroke."""
    rows = []
    bridge = np.arange(1, AIR_POINTS + 1) / (AIR_POINTS + 1)
    for number, stroke in enumerate(strokes):
        far = np.append(0.0, np.cumsum(_norm(np.diff(stroke, axis=0))))
        hook = np.arange(len(stroke)) > _hook_start(stroke, far)
        still = np.zeros(len(stroke), bool)
        rows.append((stroke, far / far[-1], still, hook, np.full(len(stroke), number)))
        if number + 1 < len(strokes):
            end = np.repeat(stroke[-1:], AIR_POINTS, axis=0)
            still = np.zeros(AIR_POINTS, bool)
            rows.append((end, bridge, ~still, still, np.full(AIR_POINTS, number)))
    return tuple(np.concatenate(column) for column in zip(*rows, strict=True))


def _hook_start(stroke: np.ndarray, far: np.ndarray) -> int:
    """Return the number of the point where the hook begins; the last one where there is none."""
    corners = _corners(stroke)
    if corners and far[-1] - far[corners[-1]] < min(HOOK, 0.4 * far[-1]):
        return corners[-1]
    return len(stroke) - 1


def _stroke_table(strokes: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Measure strokes: centres, chords, pivots of hooks, parts, lengths."""
    centres = np.array([(s.min(axis=0) + s.max(axis=0)) / 2 for s in strokes])
    chords = np.array([s[-1] - s[0] for s in strokes])
    far = [np.append(0.0, np.cumsum(_norm(np.diff(s, axis=0)))) for s in strokes]
    pivots = np.array([s[_hook_start(s, f)] for s, f in zip(strokes, far, strict=True)])
    return centres, chords, pivots, _parts(strokes), np.array([f[-1] for f in far])


def _parts(strokes: list[np.ndarray]) -> np.ndarray:
    """Find the parts of a character: strokes that touch, directly or through others."""
    parts = np.arange(len(strokes))
    for i, one in enumerate(strokes):
        for j, other in enumerate(strokes[:i]):
            if _norm(one[:, None] - other[None]).min() < TOUCHING:
                parts[parts == parts[j]] = parts[i]
    return np.unique(parts, return_inverse=True)[1].astype(np.int64)


def _rounded(values: np.ndarray) -> np.ndarray:
    # What other machines compute differently in the last digit is the same after this.
    return np.round(values * 65536) / 65536


def _norm(vectors: np.ndarray) -> np.ndarray:
    # Not numpy.hypot, whose last digit is the C library's.
    return np.sqrt(vectors[..., 0] * vectors[..., 0] + vectors[..., 1] * vectors[..., 1])

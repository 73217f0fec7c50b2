"""Four questions that can be asked of one picture, and the shape of each answer."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure

from .pixels import outline
from .style import PALETTE, hide_axes, new_figure, text_colour

Box = tuple[int, int, int, int, str]  # row, column, height, width, name
MASK_COLOURS = ("#E4E8EB", PALETTE.vermillion, PALETTE.blue, PALETTE.green, PALETTE.purple)


def show_tasks(scene: np.ndarray, boxes: Sequence[Box], mask: np.ndarray) -> Figure:
    """Show classification, detection, segmentation and verification on one scene.

    Parameters
    ----------
    scene
        Image (H, W, 3), uint8 or float in 0..1.
    boxes
        At least two objects as (row, column, height, width, name), in pixels.
    mask
        Classes (H, W): 0 is the background, k the k-th name in the order of first appearance.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If shapes do not fit, there are fewer than two boxes, or more than four names.
    """
    scene, mask = np.asarray(scene), np.asarray(mask)
    names = list(dict.fromkeys(box[4] for box in boxes))
    if scene.ndim != 3 or scene.shape[2] != 3 or mask.shape != scene.shape[:2]:
        raise ValueError(
            f"scene has shape {scene.shape} and mask {mask.shape}: give (H, W, 3) and (H, W)."
        )
    if len(boxes) < 2 or not 0 <= mask.min() <= mask.max() <= len(names) < len(MASK_COLOURS):
        raise ValueError(
            f"{len(boxes)} boxes, {len(names)} names and a mask from {mask.min()} to "
            f"{mask.max()}: give two boxes or more, at most {len(MASK_COLOURS) - 1} names, and a "
            "mask that counts from 0 to the number of names."
        )
    figure = new_figure(10, 4.9)
    axes = figure.subplots(2, 2)
    for place in axes.flat:
        hide_axes(place)
        place.set_anchor("NW")
    _classify(axes[0, 0], scene, names)
    _detect(axes[0, 1], scene, boxes, names)
    _segment(axes[1, 0], mask, boxes, names)
    _verify(axes[1, 1], scene, boxes)
    return figure


def _caption(axes: Axes, task: str, answer: str) -> None:
    axes.set_title(task, fontsize=13, pad=6)
    axes.text(0, -0.05, answer, transform=axes.transAxes, va="top", fontsize=12)


def _classify(axes: Axes, scene: np.ndarray, names: list[str]) -> None:
    axes.imshow(scene, interpolation="nearest")
    answer = ",  ".join(f"{name}: yes" for name in names)
    _caption(axes, "classification: what?", f"{answer},  cherry: no")


def _detect(axes: Axes, scene: np.ndarray, boxes: Sequence[Box], names: list[str]) -> None:
    axes.imshow(scene, interpolation="nearest")
    for *box, name in boxes:
        outline(axes, box, MASK_COLOURS[1 + names.index(name)], linewidth=2.5)
    answer = ",  ".join(f"{box[4]} {box[:4]}" for box in boxes[:2])
    _caption(axes, "detection: what is where?", answer + " …" * (len(boxes) > 2))


def _segment(axes: Axes, mask: np.ndarray, boxes: Sequence[Box], names: list[str]) -> None:
    colours = ListedColormap(MASK_COLOURS[: len(names) + 1])
    axes.imshow(mask, cmap=colours, vmin=0, vmax=len(names), interpolation="nearest")
    for row, column, height, width, name in boxes:
        x, y = column + width * 0.3, row + height * 0.75
        number = 1 + names.index(name)
        style = {"fontsize": 15, "fontweight": "bold", "ha": "center", "va": "center"}
        axes.text(x, y, str(number), color=text_colour(to_rgb(MASK_COLOURS[number])), **style)
    key = ",  ".join(f"{k} {name}" for k, name in enumerate(["background", *names]))
    _caption(axes, "segmentation: which pixel?", key)


def _verify(axes: Axes, scene: np.ndarray, boxes: Sequence[Box]) -> None:
    """Put the first object beside one of the same name and one of another."""
    first = boxes[0]
    same = next((box for box in boxes[1:] if box[4] == first[4]), None)
    other = next((box for box in boxes[1:] if box[4] != first[4]), None)
    pairs = [(box, word) for box, word in ((same, "same"), (other, "different")) if box]
    side = max(max(box[2:4]) for box in boxes)
    left = 0.0
    for pair, _ in pairs:
        for row, column, height, width, _ in (first, pair):
            part = scene[row : row + height, column : column + width]
            axes.imshow(part, extent=(left, left + width, height, 0), interpolation="nearest")
            left += side + 0.5
        left += side * 0.4
    axes.set(xlim=(0, left - side * 0.4), ylim=(side, 0), aspect="equal")
    order = ("one pair", "the other")
    answer = ",  ".join(f"{name}: {word}" for name, (_, word) in zip(order, pairs, strict=False))
    _caption(axes, "verification: the same one?", answer)

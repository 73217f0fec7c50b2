"""Drawing handwriting: a plain Pillow loop against helpers.handwriting.

    python benchmarks/handwriting.py [--pictures N] [--rounds N]

Both sides draw the same characters at 80 x 60 pixels on one core, in turn, several rounds, the
best of which counts. The plain side gets the paths of the pen for nothing and only inks them, with
ImageDraw, at three times the size so that edges come out soft, picture by picture. Ours does
everything: habits, path, ink, paper. How far the two sides' pictures differ is printed too.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

from helpers.handwriting import CLASSES, pictures
from helpers.handwriting.motion import motion
from helpers.handwriting.paper import frame
from helpers.handwriting.pictures import skeleton_table
from helpers.handwriting.writers import hands

import numpy as np
from PIL import Image, ImageDraw

SIZE = (80, 60)
FINER = 3
SEED = 4


def paths(labels: np.ndarray) -> list[list[tuple]]:
    """Compute what the plain side draws: for each picture its lines (points, width, grey)."""
    who = hands(np.arange(len(labels)), seed=SEED)
    path = motion(skeleton_table(), labels, who)
    cut = frame(path, who)
    down, across = SIZE[0] / cut.height, SIZE[1] / cut.width
    owner = path.picture
    x = (path.x * cut.em_x[owner] - cut.left[owner]) * across[owner] * FINER
    y = (path.y * cut.em_y[owner] - cut.top[owner]) * down[owner] * FINER
    width = who.habits["width"] * np.sqrt(down * across) * FINER
    grey = np.round(255 * (1 - who.habits["ink"])).astype(int)
    lines: list[list[tuple]] = [[] for _ in labels]
    lifted = np.flatnonzero(~path.down) + 1
    for points in np.split(np.arange(len(x)), lifted):
        if len(points) > 1:
            n = owner[points[0]]
            ink = list(zip(x[points].tolist(), y[points].tolist(), strict=True))
            lines[n].append((ink, max(1, round(width[n])), int(grey[n])))
    return lines


def plain(drawings: list[list[tuple]]) -> np.ndarray:
    images = np.empty((len(drawings), *SIZE), np.uint8)
    for number, lines in enumerate(drawings):
        sheet = Image.new("L", (SIZE[1] * FINER, SIZE[0] * FINER), 255)
        draw = ImageDraw.Draw(sheet)
        for points, width, grey in lines:
            draw.line(points, fill=grey, width=width, joint="curve")
        images[number] = np.asarray(sheet.resize(SIZE[::-1], Image.Resampling.BOX))
    return images


def best(function: Callable, argument: object, rounds: int) -> tuple[float, np.ndarray]:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        result = function(argument)
        times.append(time.perf_counter() - began)
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pictures", type=int, default=2200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # one core, whatever a library would like to do
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    labels = np.arange(options.pictures) % len(CLASSES)
    pictures(labels[:1], seed=SEED)  # the templates are prepared once
    theirs, drawn = best(plain, paths(labels), options.rounds)
    ours, written = best(lambda chosen: pictures(chosen, seed=SEED), labels, options.rounds)
    for side, seconds in (("Pillow, inking only", theirs), ("helpers.handwriting", ours)):
        print(f"{side:>20}: {options.pictures / seconds:7,.0f} pictures a second")
    print(f"{'ratio':>20}: {theirs / ours:7.1f}")
    apart = np.abs(drawn.astype(float) - written[..., 0]).mean()
    print(f"mean difference of a pixel: {apart:.1f} of 255")


if __name__ == "__main__":
    main()

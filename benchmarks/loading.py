"""Loading the whole tree of handwriting: a plain loop of Pillow against `handwriting_folder`.

    python benchmarks/loading.py [--size full|small] [--repeat N] [--root DIR]

The tree is written first, if it is not there: 39,890 PNG files in `full`. Both sides run in this
process, on the same files, which the system has in memory, in turns. The plain loop opens each
file, converts it to grey, resizes it by Lanczos's filter and puts all into one array. Ours is
measured without a cache, at first load (it decodes and fills the cache) and at the next load (it
looks at each file's name, size and times, and maps the cache). All must give the same images and
labels. The fastest of N rounds counts on either side.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from helpers.handwriting.tree import TREE, write_handwriting
from helpers.loading import handwriting_folder

import numpy as np
from PIL import Image

SPLITS = {"train": "Train", "test": "Test"}
Pair = tuple[np.ndarray, np.ndarray]


def plain(folder: Path) -> Pair:
    """Return images and labels as a notebook's own loop would read them."""
    images, labels = [], []
    for label, character in enumerate(sorted(path.name for path in folder.iterdir())):
        for name in sorted(path.name for path in (folder / character).iterdir()):
            picture = Image.open(folder / character / name).convert("L")
            images.append(np.asarray(picture.resize((60, 80), Image.Resampling.LANCZOS)))
            labels.append(label)
    return np.stack(images)[..., np.newaxis], np.array(labels)


def ours(tree: Path, split: str, cache: Path | bool) -> Pair:
    """Return images and labels as `handwriting_folder` reads them."""
    found = handwriting_folder(tree, split=split, cache=cache)
    return found.images, found.labels


def timed(load: Callable[[str], Pair]) -> tuple[float, list[Pair]]:
    """Return the seconds for both sets, and what was loaded."""
    began = time.perf_counter()
    loaded = [load(split) for split in SPLITS]
    return time.perf_counter() - began, loaded


def same(one: list[Pair], other: list[Pair]) -> bool:
    """Tell whether images and labels agree to the last bit."""
    arrays = zip(
        [a for pair in one for a in pair], [a for pair in other for a in pair], strict=True
    )
    return all(np.array_equal(*pair) for pair in arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=("full", "small"), default="full")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--root", type=Path, default=Path("build", "benchmark-data"))
    options = parser.parse_args()
    write_handwriting(options.root / options.size, options.size, jobs=2)
    tree = options.root / options.size / TREE
    number = len(list(tree.glob("*/*/*.png")))

    best = dict.fromkeys(("plain loop", "without a cache", "first load", "next load"), np.inf)
    agree = True
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache")
        sides = {
            "plain loop": lambda split: plain(tree / SPLITS[split]),
            "without a cache": lambda split: ours(tree, split, False),
            "first load": lambda split: ours(tree, split, cache),
            "next load": lambda split: ours(tree, split, cache),
        }
        for _ in range(options.repeat):
            shutil.rmtree(cache, ignore_errors=True)
            expected = None
            for name, load in sides.items():
                seconds, loaded = timed(load)
                best[name] = min(best[name], seconds)
                expected = expected or loaded
                agree = agree and same(expected, loaded)
                del loaded

    print(f"{number:,} pictures, best of {options.repeat}; all sides equal: {agree}")
    for name, seconds in best.items():
        rate, ratio = number / seconds, best["plain loop"] / seconds
        print(f"{name:<16}{seconds:>9.3f} s{rate:>13,.0f} pictures/s{ratio:>9.2f} times")
    if not agree:
        raise SystemExit("The sides differ.")


if __name__ == "__main__":
    main()

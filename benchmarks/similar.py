"""How well `course similar` tells answers that were made of each other from independent ones.

    python benchmarks/similar.py [--seeds 5] [--students 1000] [--against FILE]

benchmarks/answers/ holds, for six long exercises of this course, eleven answers each that were
written independently: eight by really different ways, three by the way that most people take. A
class is these eleven and one that was made of one of them (benchmarks/disguises.py), for each of
the eleven, each disguise and each seed. A pair that is shown is right where one was made of the
other. MADE_WITH are the exercises that thresholds were chosen by; the others were not.

Then a class of 200 who all take the common way, chosen part by part from what people write, with
eight pairs made of each other; twins of a three-line answer; and the seconds that a class of
`--students` takes from ``submitted/`` to the page. With `--against`, another tool gets the same
classes: the file has a function `pairs`, from the texts that the course gives and the answers to a
set of pairs of places. docs/similar.md has one for copydetect.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import itertools
import random
import resource
import subprocess
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from disguises import KINDS
from grading import BIN, ROOT

from course.comparing.alike import stand_out_in
from course.comparing.answers import Long, long_answers
from course.comparing.tokens import READER, Token, tokens_in
from course.demo.loop import copy_course
from course.demo.samples import hand_in
from course.folder import open_course
from course.notebook.cells import grade_id
from course.notebook.reading import read_source
from course.notebook.versions import student_version

# From an exercise and some answers to the pairs that are shown, by their places.
Show = Callable[[Long, list[str]], set[tuple[int, int]]]
ANSWERS = Path(__file__).resolve().parent / "answers"
MADE_WITH = ("max-pool", "calibration-error", "match")
OTHERS = ("conv-layer", "count-parameters", "occluded")
WHERE = {
    "max-pool": "03",
    "calibration-error": "05",
    "match": "10",
    "conv-layer": "02",
    "count-parameters": "04",
    "occluded": "09",
}
TWINS, LARGE = 5, 200
HEAD = '''def max_pool(image, size, stride):
    """Return the (H_out, W_out, C) maxima of the size x size windows, every `stride` pixels."""
'''
# The common way, part by part: what stands in one place, people write like one of these.
COMMON_WAY = """
h = (image.shape[0] - size) // stride + 1
w = (image.shape[1] - size) // stride + 1
-
h, w = 1 + (image.shape[0] - size) // stride, 1 + (image.shape[1] - size) // stride
-
H, W, C = image.shape
h = (H - size) // stride + 1
w = (W - size) // stride + 1
-
h = len(range(0, image.shape[0] - size + 1, stride))
w = len(range(0, image.shape[1] - size + 1, stride))
-
h, w = [(n - size) // stride + 1 for n in image.shape[:2]]
=
out = np.zeros((h, w, image.shape[2]))
-
out = np.zeros((h, w, image.shape[2]), dtype=image.dtype)
-
out = np.empty((h, w, image.shape[-1]), image.dtype)
-
out = np.zeros_like(image[:h, :w])
=
for i in range(h):
  for j in range(w):
-
for j in range(w):
  for i in range(h):
-
for i, j in np.ndindex(h, w):
  if True:
-
for i in np.arange(h):
  for j in np.arange(w):
=
    part = image[i * stride : i * stride + size, j * stride : j * stride + size]
-
    part = image[i * stride : i * stride + size, j * stride : j * stride + size, :]
-
    y, x = i * stride, j * stride
    part = image[y : y + size, x : x + size]
-
    y = stride * i
    x = stride * j
    part = image[y : y + size, x : x + size, :]
=
    out[i, j] = part.max(axis=(0, 1))
-
    out[i, j] = np.max(part, axis=(0, 1))
-
    out[i, j, :] = np.amax(part, axis=(0, 1))
-
    for c in range(image.shape[2]):
      out[i, j, c] = part[:, :, c].max()
-
    for c in range(part.shape[-1]):
      out[i, j, c] = np.max(part[..., c])
=
return out
-
return np.array(out)
-
result = out
return result
"""


def answers(name: str) -> list[str]:
    """Return the independent answers to an exercise."""
    return (ANSWERS / f"{name}.txt").read_text(encoding="utf-8").split("# ---\n")


class Exercises:
    """The exercises of this course in a copy of it, in which nobody has handed in anything."""

    def __init__(self, folder: Path) -> None:
        self.course = copy_course(open_course(ROOT), folder)
        self.given: dict[int, list[str]] = {}

    def __getitem__(self, name: str) -> Long:
        (section,) = self.course.pick([WHERE[name]])
        found = long_answers(self.course, section, print)
        (long,) = [one for one in found if one.exercise.name == name]
        source = read_source(section.notebooks[0], self.course.config)
        cells = [*source.cells, *student_version(source).cells]
        self.given[id(long.given)] = [c.source for c in cells if grade_id(c) == name]
        return long

    def texts_given(self, long: Long) -> list[str]:
        """Return solution and stub, for who cannot take what `long` knows of them."""
        return self.given[id(long.given)]


def shown(long: Long, texts: list[str]) -> set[tuple[int, int]]:
    """Return which of some answers are shown as a pair, by their places."""
    named = {f"{n:04}": text for n, text in enumerate(texts)}
    (compared,) = stand_out_in([dataclasses.replace(long, texts=named)], print)
    pairs = {tuple(int(side.student) for side in pair.sides) for pair in compared.pairs}
    assert not compared.left_out
    return pairs


class Counts:
    """Pairs that were made of each other, those of them that are shown, and others that are."""

    def __init__(self) -> None:
        self.made, self.found, self.wrong = Counter(), Counter(), Counter()

    def note(self, kind: str, made: set[tuple[int, int]], pairs: set[tuple[int, int]]) -> None:
        self.made[kind] += len(made)
        self.found[kind] += len(made & pairs)
        self.wrong[kind] += len(pairs - made)

    def line(self, kind: str) -> str:
        made, found, wrong = self.made[kind], self.found[kind], self.wrong[kind]
        precision = f"{found / (found + wrong):.3f}" if found + wrong else "–"
        return f"| {kind} | {made} | {found / made:.3f} | {wrong} | {precision} |"


def classes(known: Exercises, names: tuple[str, ...], seeds: int, show: Show) -> Counts:
    """Return what is shown in classes of eleven and one that was made of one of them."""
    counts = Counts()
    for name in names:
        long, own = known[name], answers(name)
        for (kind, disguise), seed in itertools.product(KINDS.items(), range(seeds)):
            for place, text in enumerate(own):
                rng = random.Random(f"{name} {kind} {seed} {place}")
                pairs = show(long, [*own, disguise(text, rng)])
                counts.note(kind, {(place, len(own))}, pairs)
    return counts


def table(title: str, counts: Counts) -> None:
    """Print a table."""
    print(f"\n{title}\n")
    print("| made of each other by | pairs | recall | others shown | precision |")
    print("|---|---|---|---|---|")
    for kind in counts.made:
        print(counts.line(kind), flush=True)


def common_way(rng: random.Random) -> str:
    """Return an answer by the way that most people take."""
    parts = [part.split("\n-\n") for part in COMMON_WAY.strip("\n").split("\n=\n")]
    return HEAD + textwrap.indent("\n".join(map(rng.choice, parts)), "    ")


def common_class(known: Exercises, seeds: int, show: Show) -> Counts:
    """Return what is shown in a class of many who take the common way, and some pairs."""
    long, counts = known["max-pool"], Counts()
    disguise = KINDS["names, order, helper, comments"]
    for seed in range(seeds):
        rng = random.Random(seed)
        texts = [common_way(rng) for _ in range(LARGE)]
        ways = answers("max-pool")[:8]
        made = set()
        for text in ways:
            made.add((len(texts), len(texts) + 1))
            texts += [disguise(text, rng), disguise(text, rng)]
        counts.note("all at once, by uncommon ways", made, show(long, texts))
    return counts


def twins(known: Exercises) -> None:
    """Print what becomes of a three-line answer that several have written alike."""
    (section,) = known.course.pick(["02"])
    found = [long.exercise.name for long in long_answers(known.course, section, print)]
    print(f"\nThree-line answers (layer-cost) are looked at: {'layer-cost' in found}")
    long, own = known["conv-layer"], answers("short")
    pairs = shown(long, [*answers("conv-layer"), *own * TWINS])
    count = len(own) * TWINS
    print(f"If they were: {len(pairs)} of {count * (count - 1) // 2} pairs would be shown.")


def by_other(known: Exercises, file: Path) -> Show:
    """Return what shows pairs by another tool: the function `pairs` of a file."""
    about = importlib.util.spec_from_file_location("other", file)
    module = importlib.util.module_from_spec(about)
    about.loader.exec_module(module)
    return lambda long, texts: module.pairs(known.texts_given(long), texts)


def speed(students: int) -> None:
    """Print the seconds and the memory that a large class takes from its files to the page."""
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(open_course(ROOT), Path(folder) / "course")
        (section,) = course.pick(["02"])
        (path,) = section.notebooks
        source = read_source(path, course.config)
        rng = random.Random(0)
        changes = list(KINDS.values())
        for number in range(students):
            text = rng.choice(changes)(rng.choice(answers("conv-layer")), rng)
            solved = {"conv-layer": text, "feature-map": common_way(rng)}
            target = course.submitted(f"student-{number:04}", section.name) / path.name
            target.parent.mkdir(parents=True)
            target.write_bytes(hand_in(source, solved))
        began = time.monotonic()
        line = [str(BIN / "course"), "similar", "02", "--out", "similar.html"]
        subprocess.run(line, cwd=course.root, check=True)
        took = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = (course.root / "similar.html").stat().st_size
    print(
        f"\n{students} students: {took:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor "
        f"time, {used.ru_maxrss / 1024:.0f} MiB, a page of {size / 2**20:.2f} MiB"
    )


@cache
def _tokens(text: str) -> list[Token]:
    return tokens_in(text)


def main() -> None:
    # These answers are ours: they are read here, and each of them once.
    READER.of = lambda texts: list(map(_tokens, texts))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5, help="of each disguise")
    parser.add_argument("--students", type=int, default=1_000)
    parser.add_argument("--against", type=Path, metavar="FILE", help="the same by another tool")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = Exercises(Path(folder))
        shows: dict[str, Show] = {"course similar": shown}
        if options.against:
            shows[options.against.stem] = by_other(known, options.against)
        for who, show in shows.items():
            for title, names in (("thresholds chosen by", MADE_WITH), ("others", OTHERS)):
                counts = classes(known, names, options.seeds, show)
                table(f"{who}, {', '.join(names)} ({title}), eleven independent answers", counts)
            counts = common_class(known, options.seeds, show)
            table(f"{who}, a class of {LARGE} by the common way", counts)
        twins(known)
    speed(options.students)


if __name__ == "__main__":
    main()

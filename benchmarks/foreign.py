"""Grade a small course that nobody here wrote with stock nbgrader and with ``course grade``.

    python benchmarks/foreign.py [--submissions 30] [--slow 4] [--seconds 8]

Two courses without Keras, each graded by both sides on this machine, one after the other, start-up
included, by the commands that an instructor types. The first is one small notebook, with right,
wrong and empty submissions. In the second the lesson keeps a core busy for long, and every other
submission has a NameError; then one submission of it alone. The marks must be the same on both
sides.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # courses are built as the tests build them

from grading import marks, run  # noqa: E402

from course.demo.samples import hand_in, solutions  # noqa: E402
from course.folder import Course  # noqa: E402
from course.notebook.reading import read_source  # noqa: E402
from tests.builders import CONFIG, code, function, make_course, test_cell  # noqa: E402

SMALL = [
    code("import numpy as np\n\nheights = np.array([1.7, 1.8, 1.6])", id="data"),
    function("scale", "scale(x)", "return (x - x.min()) / (x.max() - x.min())"),
    test_cell(
        "scale-test",
        "assert scale(heights).max() == 1",
        "assert scale(heights).min() == 0",
        points=2,
    ),
    function("vowels", "vowels(text)", "return sum(c in 'aeiou' for c in text)"),
    test_cell("vowels-test", "assert vowels('area') == 3", "assert vowels('') == 0", points=2),
    function("squares", "squares(n)", "return [i * i for i in range(n)]"),
    test_cell("squares-test", "assert squares(3) == [0, 1, 4]", points=2),
]
WRONG = {
    "scale": "def scale(x):\n    return x / x.max()",
    "vowels": "def vowels(text):\n    return len(text)",
    "squares": "def squares(n):\n    return [i * i for i in range(1, n)]",
}
MISSED = "def double(x):\n    return 2 * y"


def slow(seconds: float) -> list:
    """Make a lesson whose one cell takes so many seconds of a core."""
    busy = f"end = time.process_time() + {seconds}\nwhile time.process_time() < end:\n    pass"
    return [
        code(f"import time\n\n{busy}\ntable = {{1: 2}}", id="long"),
        function("double", "double(x)", "return 2 * x"),
        test_cell("double-test", "assert double(1) == table[1]", points=2),
    ]


def submit(course: Course, handed_in: list[dict[str, str]]) -> None:
    """Hand in these answers, one student each."""
    (section,) = course.sections
    (path,) = section.notebooks
    source = read_source(path, course.config)
    for number, answers in enumerate(handed_in):
        target = course.submitted(f"student-{number:03}", section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_bytes(hand_in(source, answers))


def measure(name: str, top: Path, cells: list, handed_in: list[dict[str, str]], jobs: int) -> float:
    """Grade on both sides, print the outcome, return how many times as fast this one is."""
    seconds, found = {}, {}
    for side in ("stock", "here"):
        folder = top / name / side
        folder.mkdir(parents=True)
        course = make_course(folder, {"01-small": {"small": cells}}, config=CONFIG, inside=None)
        submit(course, handed_in)
        if side == "stock":
            run(course, "nbgrader", "generate_assignment", "01-small", "--create")
            seconds[side] = run(course, "nbgrader", "autograde", "01-small", "--create")
        else:
            seconds[side] = run(course, "course", "grade", "--jobs", str(jobs))
        found[side] = marks(course)
    if differ := {
        s: (m, found["here"][s]) for s, m in found["stock"].items() if found["here"][s] != m
    }:
        sys.exit(f"{name}: the marks differ (stock, here): {differ}")
    ratio = seconds["stock"] / seconds["here"]
    row = f"{name:<8}{len(handed_in):>12}{seconds['stock']:>9.1f} s{seconds['here']:>8.1f} s"
    print(f"{row}{ratio:>8.1f}", flush=True)
    return ratio


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=30)
    parser.add_argument("--slow", type=int, default=4, help="submissions of the long lesson")
    parser.add_argument("--seconds", type=float, default=8, help="that the long lesson takes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, start-up included, the same marks")
    print(f"{'lesson':<8}{'submissions':>12}{'stock':>11}{'here':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="benchmark-foreign-") as folder:
        top = Path(folder)
        right = _right(SMALL, top)
        small = [right, right | {"scale": WRONG["scale"]}, {}, WRONG]
        handed_in = [small[n % len(small)] for n in range(given.submissions)]
        fast = measure("small", top, SMALL, handed_in, given.jobs)
        cells = slow(given.seconds)
        both = [{"double": "def double(x):\n    return 2 * x"}, {"double": MISSED}]
        even = measure("long", top, cells, [both[n % 2] for n in range(given.slow)], given.jobs)
        lone = measure("lone", top, cells, both[:1], given.jobs)
    sys.exit(fast < 10 or even < 1 or lone < 1)


def _right(cells: list, top: Path) -> dict[str, str]:
    folder = top / "right"
    folder.mkdir()
    course = make_course(folder, {"01-small": {"small": cells}}, config=CONFIG, inside=None)
    return solutions(read_source(course.sections[0].notebooks[0], course.config))


if __name__ == "__main__":
    main()

"""Test cells that end in a value: which are partial credit, and which are none."""

from tests.foreign.habit import Habit, answer, check

SAME = answer("def same(x):\n    return x")
CONSTANT = {"constant": {"answer": "def same(x):\n    return 2"}}


def ends(name: str, test: str, *, hidden: str = "", points: float = 3, before: str = "") -> Habit:
    """Make a habit whose test cell, behind an assertion, ends so."""
    text = f"{before}assert same(1) == 1\n{test}" if not hidden else test
    return Habit(name, [SAME, check(text, hidden, points=points)], wrong=CONSTANT)


HABITS = [
    ends("ends-in-all-points", "3"),
    ends("ends-in-minus-one", "-1"),
    ends("ends-in-true", "True"),
    ends("ends-in-none", "None"),
    ends("ends-in-a-text-of-digits", "'1'"),
    ends("ends-in-a-list", "[1]"),
    ends("ends-in-nan", "float('nan')"),
    ends("ends-in-a-numpy-number", "np.float64(1)", before="import numpy as np\n\n"),
    ends("ends-in-a-numpy-truth", "np.bool_(False)", before="import numpy as np\n\n"),
    ends("ends-in-an-array", "np.array(1.0)", before="import numpy as np\n\n"),
    ends("ends-in-a-value-not-shown", "1;"),
    ends("ends-in-a-comment", "same(1)\n# that is all", points=1),
    ends("ends-before-hidden", "same(2)", hidden="assert same(5) == 5"),
    ends("ends-before-hidden-in-all-points", "same(2)", hidden="assert same(5) == 5", points=2),
    ends("ends-before-hidden-in-one-point", "same(1)", hidden="assert same(5) == 5", points=1),
    ends("ends-before-hidden-beyond", "same(2)", hidden="assert same(5) == 5", points=1),
    ends("ends-before-a-hidden-number", "same(2)", hidden="assert same(5) == 5\n3"),
    Habit(
        "counts-its-cases",
        [
            SAME,
            check("cases = [1, 2, 3]\nsum(same(c) == c for c in cases)", points=3),
            check("0.5 * (same(1) == 1) + 0.5 * (same(7) == 7)", name="halves", points=1),
        ],
        wrong=CONSTANT,
    ),
]

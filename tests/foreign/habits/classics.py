"""What nbgrader's quickstart and the course of its documentation do, in other words."""

from tests.builders import code, markdown, task_cell, written_answer
from tests.foreign.habit import Habit, answer, check

HABITS = [
    Habit(
        "quickstart",
        [
            markdown("For this one, do not import anything."),
            answer(
                'def powers(n):\n    """Return 2, 4, ... up to 2**n."""\n    if n < 1:\n'
                '        raise ValueError("n must be 1 or more")\n'
                "    return [2**i for i in range(1, n + 1)]",
                "powers",
            ),
            code("powers(5)"),
            check(
                '"""Check that powers gives the right list."""\nassert powers(1) == [2]\n'
                "assert powers(3) == [2, 4, 8]",
                name="powers-values",
                points=1,
            ),
            check(
                "try:\n    powers(0)\nexcept ValueError:\n    pass\nelse:\n"
                '    raise AssertionError("no error for 0")',
                "try:\n    powers(-4)\nexcept ValueError:\n    pass\nelse:\n"
                '    raise AssertionError("no error for -4")',
                name="powers-errors",
                points=1,
            ),
            answer("def total(n):\n    return sum(powers(n))", "total"),
            code("total(4)"),
            check("assert total(2) == 6\nassert total(3) == 14", name="total-values", points=0.5),
            check(
                "kept = powers\ndel powers\ntry:\n    total(1)\nexcept NameError:\n    pass\n"
                'else:\n    raise AssertionError("total does not use powers")\n'
                "finally:\n    powers = kept",
                name="total-uses",
                points=0.5,
            ),
            written_answer("formula", "$\\sum_i 2^i$", points=1),
            answer("def mean(n):\n    return total(n) / n", "mean"),
            written_answer("why", "### BEGIN SOLUTION\nA sum.\n### END SOLUTION", points=2),
        ],
        more={
            "second": [
                markdown("Explain, please."),
                written_answer("text", "An explanation.", points=2),
                task_cell(
                    "task", "Draw it.\n\n### BEGIN MARK SCHEME\nA point each.\n### END MARK SCHEME"
                ),
            ]
        },
        wrong={
            "no-error": {"powers": "def powers(n):\n    return [2**i for i in range(1, n + 1)]"},
            "alone": {"total": "def total(n):\n    return sum(2**i for i in range(1, n + 1))"},
        },
    ),
    Habit(
        "guide",
        [
            code("%matplotlib inline\nimport matplotlib.pyplot as plt\nimport numpy as np"),
            answer("def greet(name):\n    print('hello ' + name)", "greet"),
            code("greet('world')"),
            check(
                "import io\nimport sys\n\nkept, sys.stdout = sys.stdout, io.StringIO()\ntry:\n"
                "    greet('you')\n    said = sys.stdout.getvalue()\nfinally:\n"
                "    sys.stdout = kept\nassert said.strip() == 'hello you'",
                name="greet-check",
                points=1,
            ),
            answer(
                "def scale(x, low=0, high=1):\n    x = np.asarray(x, dtype=float)\n"
                "    x = (x - x.min()) / (x.max() - x.min())\n    return low + x * (high - low)",
                "scale",
            ),
            check(
                "np.testing.assert_allclose(scale([1, 2, 3]), [0, 0.5, 1])",
                "np.testing.assert_allclose(scale([0, 4], 2, 3), [2, 3])",
                name="scale-check",
                points=2,
            ),
            answer("plt.plot(scale(range(5)))\nplt.title('scaled')", "plot"),
            check("axes = plt.gca()\nassert axes.get_title() in ('scaled', '')", name="plot-check"),
        ],
        wrong={
            "scale": {"scale": "def scale(x, low=0, high=1):\n    return np.asarray(x) / max(x)"},
            "greet": {"greet": "def greet(name):\n    return 'hello ' + name"},
        },
    ),
]

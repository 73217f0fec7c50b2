"""Modules beside the notebook that are called as ours are, or as an installed package is."""

from tests.builders import code
from tests.foreign.habit import Habit, answer, check

DOUBLE = "def double(x):\n    return 2 * x\n\n\ndef is_even(x):\n    return x % 2 == 0\n"


def local(module: str, **more) -> Habit:
    """Make a habit that imports a module of that name from beside the notebook."""
    return Habit(
        f"local-{module.replace('.', '-')}",
        [
            code(f"import {module}\nfrom {module} import double"),
            answer(f"four = double(2)\nsix = {module}.double(3)"),
            check(f"from {module} import is_even\n\nassert is_even(four) and four + six == 10"),
        ],
        wrong={"wrong": {"answer": "four, six = 4, 5"}},
        **({"files": {f"{module}.py": DOUBLE}} | more),
    )


HABITS = [
    local("helpers"),
    local("course"),
    local("utils"),
    local("tests"),
    local("joblib"),
    local("yaml"),
    local("helpers.checks", files={"helpers/__init__.py": "", "helpers/checks.py": DOUBLE}),
    local("nbgrader"),
    local("sklearn"),
]

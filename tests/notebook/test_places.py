"""Which tests are seen, from their text, to need the student's own process."""

from __future__ import annotations

import pytest

from course.notebook.places import signs
from tests.builders import code, notebook, region, solution, test_cell

ANSWER = "def f(x):\n    return x + k + len(lesson)\nclass Point:\n    pass\nmade = [1]"
LESSON = [code("k = 1\nlesson = [3, 1, 2]"), solution("f", region(ANSWER))]


def sign(test: str):
    """Return what is seen in a test of `ANSWER`."""
    return signs(notebook([*LESSON, test_cell("f-test", test)])).get("f-test")


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("del f", "binds or deletes f"),
        ("f = lambda x: 2", "binds or deletes f"),
        ("k = 7\nassert f(1) == 8", "sets k, which answers read"),
        ("for k in range(3):\n    assert f(1)", "sets k"),
        ("assert 'f' in globals()", "names of the notebook"),
        ("assert 'f' in dir()", "names of the notebook"),
        ("import sys\nassert 'numpy' not in sys.modules", "names of the notebook"),
        ("exec('assert f(1) == 2')", "names of the notebook"),
        ("import inspect\nassert 'for' not in inspect.getsource(f)", "source text"),
        ("from inspect import getsource\nassert getsource(f)", "source text"),
        ("assert f.__code__.co_argcount == 1", "source text"),
        ("from unittest.mock import patch\nwith patch('builtins.sum'):\n    f(1)", "replaces"),
        ("import builtins\nbuiltins.sum = None", "replaces"),
        ("np.dot = None", "replaces"),
        ("from contextlib import redirect_stdout", "printed"),
        ("import sys, io\nsys.stdout = io.StringIO()", "replaces|printed"),
        ("assert open('out.txt').read() == '42'", "files"),
        ("from pathlib import Path\nassert Path('out.txt').exists()", "files"),
        ("import os\nassert os.path.exists('out.txt')", "files"),
        ("import pandas as pd\nassert len(pd.read_csv('a.csv'))", "files"),
        ("assert len(np.load('a.npy'))", "files"),
        ("import matplotlib.pyplot as plt\nassert plt.gcf().axes", "current figure"),
        ("assert made is not lesson", "two objects are one"),
        ("assert id(made) != id(lesson)", "two objects are one"),
        ("try:\n    f('x')\nexcept Exception:\n    pass", "any exception"),
        ("try:\n    f('x')\nexcept:\n    pass", "any exception"),
        ("import pytest\nwith pytest.raises(Exception):\n    f('x')", "any exception"),
        ("import random\nrandom.seed(3)\nassert f(1)", "state of the process"),
        ("assert isinstance(Point(), Point)", "a class of the student's"),
        ("!ls\nassert f(1)", "no plain Python"),
        ("%run other.py", "no plain Python"),
    ],
)
def test_what_needs_the_students_process_is_seen(test, words):
    found = sign(test)
    assert found is not None
    assert any(word in found.reason for word in words.split("|")), found.reason


@pytest.mark.parametrize(
    "test",
    [
        "assert f(1) == 5",
        "x, y = f(1), f(2)\nassert x < y",
        "import numpy as np\nassert np.allclose(f(np.ones(3)), 5)",
        "assert made is not None and f(1) is not True",
        "assert type(f(1)) is int",
        "items = [3]\nitems.remove(3)\nassert items == []",
        "class Own:\n    pass\nown = Own()\nown.x = f(1)\nassert own.x == 5",
        "try:\n    f('x')\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError",
        "from numpy.random import default_rng\nassert f(default_rng(3).integers(9)) > 4",
    ],
)
def test_plain_tests_stay_apart(test):
    assert sign(test) is None

"""Lessons as they are: errors on purpose, questions to the reader, magics, widgets, old files."""

from tests.builders import code, markdown, written_answer
from tests.foreign.differences import STDERR, STOPPED
from tests.foreign.habit import Habit, answer, check, simple

INPUT = code("colour = input('Your favourite colour? ')\nprint(colour)")
USES = [
    answer("def price(n):\n    return 2 * n", "price"),
    code("prices = [price(n) for n in (1, 2)]\nbasket = {}"),
    answer("basket['sum'] = sum(prices)", "basket"),
    check("assert basket == {'sum': 6}"),
    answer("apart = 4", "apart"),
    check("assert apart == 4", name="apart-check"),
]

HABITS = [
    simple(
        "shows-an-error",
        "y = 6",
        "assert y == 6",
        "y = 5",
        code("[1, 2][5]  # out of range", "raises-exception"),
    ),
    simple(
        "shows-a-syntax-error",
        "y = 6",
        "assert y == 6",
        "y = 5",
        code("if y = 6:\n    pass", "raises-exception"),
    ),
    simple(
        "shows-an-error-between",
        "y = k + 1",
        "assert y == 6",
        "y = k",
        code("k = 5\nraise ValueError('look at me')", "raises-exception"),
    ),
    simple(
        "shows-an-error-untagged",
        "y = k + 1",
        "assert y == 6",
        "y = k",
        code("k = 5"),
        code("int('five')"),
    ),
    simple(
        "asks-the-reader",
        "n = 2 * e",
        "assert 5.4 < n < 5.5",
        "n = e",
        INPUT,
        code("from math import e"),
    ),
    simple(
        "asks-the-reader-behind-what-it-binds",
        "n = k + 1",
        "assert n == 6",
        "n = k",
        code("k = 5\ncolour = input('And yours? ')"),
    ),
    simple(
        "shows-an-error-behind-what-it-binds",
        "n = k + 1",
        "assert n == 6",
        "n = k",
        code("k = 5\nint('five')"),
    ),
    Habit(
        "lesson-calls-an-answer",
        USES,
        wrong={
            "free": {"price": "def price(n):\n    return 0"},
            "raises": {"price": "def price(n):\n    raise ValueError(n)"},
            "none": {"price": "price = None"},
            "later": {"basket": "basket['sum'] = 5"},
        },
    ),
    Habit(
        "magics",
        [
            code("%%bash\nprintf hello > greeting.txt"),
            code("!printf one\nthere = !ls"),
            code("%%time\nseven = 7"),
            code("%time eight = 8"),
            answer("%%time\nsum_of_both = seven + eight"),
            check("assert sum_of_both == 15"),
            answer("%timeit -n1 -r1 sum([1])\nlisted = there", "listed"),
            check("assert 'greeting.txt' in listed", name="listed-check"),
        ],
        wrong={"wrong": {"answer": "%%time\nsum_of_both = seven"}},
    ),
    simple(
        "installs-what-is-not-there",
        "m = 3",
        "assert m == 3",
        "m = 4",
        code("!pip install --no-index no-such-package-anywhere"),
        code("%pip install --no-index no-such-package-anywhere"),
    ),
    simple(
        "shows-a-widget",
        "x = 11",
        "assert x == 11",
        "x = 12",
        code("from ipywidgets import interact"),
        code("@interact(n=(0, 5))\ndef shown(n=2):\n    print(n * n)"),
    ),
    Habit(
        "old-format",
        [code("a = 2"), answer("b = a * 2"), check("assert b == 4")],
        minor=0,
        wrong={"wrong": {"answer": "b = a"}},
    ),
    simple(
        "no-language",
        "x = [1]",
        "assert x == [1]",
        "x = (1,)",
        metadata={"language_info": None, "kernelspec": {"name": "python3", "display_name": "Py"}},
    ),
    simple("no-kernelspec", "x = 1", "assert x == 1", "x = 2", metadata={"kernelspec": None}),
    Habit(
        "stub-passes-a-test",
        [
            answer("def f(x):\n    return x + 4"),
            check("assert callable(f)", name="there", points=1),
            check("assert f(2) == 6", points=1),
            check("assert True", name="free", points=1),
        ],
        wrong={"wrong": {"answer": "def f(x):\n    return x"}},
    ),
    Habit(
        "stub-that-does-not-raise",
        [
            code("%matplotlib inline"),
            answer("n = 3", "three"),
            check("assert isinstance(n, int)", name="kind"),
            check("assert n == 3", name="value"),
        ],
        wrong={"wrong": {"three": "n = 4"}},
    ),
    Habit(
        "answered-by-hand-and-by-test",
        [
            markdown("# Why?"),
            written_answer("why", "### BEGIN SOLUTION\nBecause.\n### END SOLUTION"),
            answer("x = 1"),
            check("assert x == 1"),
        ],
        wrong={"wrong": {"answer": "x = 2", "why": "So."}},
    ),
    simple(
        "answer-raises-behind-its-result",
        "word = 'a' + 'b'",
        "assert word == 'ab'",
        "word = 'ba'",
        right={"raises": {"answer": "word = 'ab'\n1 / 0"}},
    ),
    simple(
        "warns",
        "import warnings\n\n\ndef old():\n    warnings.warn('is old')\n    return 3",
        "assert old() == 3",
        "def old():\n    return 4",
        differs={("right", "check"): STDERR},
    ),
    simple(
        "ends-its-process",
        "x = 1",
        "assert x == 1",
        "x = 2",
        right={"ends": {"answer": "import os\n\nos._exit(3)"}},
        differs={("ends", "check"): STOPPED},
    ),
]

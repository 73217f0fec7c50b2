"""What an answer makes: containers changed in place, classes, iterators, models, figures."""

from tests.builders import code
from tests.foreign.habit import Habit, answer, check, simple

STACK = """\
class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        if not self.items:
            raise IndexError('empty')
        return self.items.pop()"""
COUNTED = """\
from functools import wraps


def counted(function):
    @wraps(function)
    def inner(*given):
        inner.count = inner.count + 1
        return function(*given)

    inner.count = 0
    return inner"""
CHART = """\
figure, axes = plt.subplots()
axes.plot([0, 1, 2], [0, 1, 4], color='green', label='squares')
axes.set_xlabel('n')
axes.legend()"""

HABITS = [
    simple(
        "sorts-the-list-of-the-lesson",
        "scores.sort(reverse=True)",
        "assert scores == [9, 5, 2]",
        "scores.sort()",
        code("scores = [5, 9, 2]"),
    ),
    simple(
        "must-leave-the-list-alone",
        "def largest(values):\n    return sorted(values)[-1]",
        "assert largest(scores) == 9\nassert scores == [5, 9, 2]",
        "def largest(values):\n    values.sort()\n    return values[-1]",
        code("scores = [5, 9, 2]"),
    ),
    simple(
        "adds-to-the-dictionary-of-the-lesson",
        "ages['eve'] = 31",
        "assert ages == {'ada': 36, 'eve': 31}",
        "ages['eve'] = 13",
        code("ages = {'ada': 36}"),
    ),
    Habit(
        "class-with-attributes",
        [
            answer(STACK),
            check("s = Stack()\nassert s.items == []", name="empty"),
            check("s = Stack()\ns.push(4)\ns.push(7)\nassert s.pop() == 7", name="order"),
            check("assert isinstance(Stack(), Stack)", name="kind"),
            check(
                "try:\n    Stack().pop()\nexcept IndexError:\n    pass\n"
                "else:\n    raise AssertionError('no error')",
                name="error",
            ),
        ],
        wrong={"queue": {"answer": STACK.replace("self.items.pop()", "self.items.pop(0)")}},
    ),
    simple(
        "exception-of-their-own",
        "class TooSmall(ValueError):\n    pass\n\n\n"
        "def root(x):\n    if x < 0:\n        raise TooSmall(x)\n    return x ** 0.5",
        "assert root(9) == 3\ntry:\n    root(-1)\nexcept TooSmall:\n    pass\n"
        "else:\n    raise AssertionError",
        "class TooSmall(ValueError):\n    pass\n\n\ndef root(x):\n    return abs(x) ** 0.5",
    ),
    simple(
        "generator",
        "def odds(end):\n    yield from range(1, end, 2)",
        "assert list(odds(8)) == [1, 3, 5, 7]\nassert next(odds(3)) == 1",
        "def odds(end):\n    yield from range(0, end, 2)",
    ),
    simple(
        "decorated-function-with-an-attribute",
        COUNTED,
        "@counted\ndef same(x):\n    return x\n\n\nsame('a')\nsame('b')\nsame('c')\n"
        "assert same.count == 3",
        COUNTED.replace("inner.count + 1", "1"),
    ),
    simple(
        "calls-what-it-is-given",
        "def both(function, pair):\n    a, b = pair\n    return function(a), function(b)",
        "assert both(lambda v: v * 10, (1, 2)) == (10, 20)\n"
        "assert both(str.title, ('a', 'b')) == ('A', 'B')",
        "def both(function, pair):\n    return function(pair[0]), pair[1]",
    ),
    simple(
        "keeps-what-it-is-given",
        "def compose(outer, inner):\n    return lambda x: outer(inner(x))",
        "double = compose(lambda x: x + x, abs)\nassert double(-4) == 8\n"
        "assert compose(len, str)(12345) == 5",
        "def compose(outer, inner):\n    return lambda x: inner(outer(x))",
    ),
    simple(
        "makes-objects-of-the-class-of-the-lesson",
        "def book(title):\n    return Item(title, 12)",
        "assert book('Emma').price == 12\nassert book('Emma').title == 'Emma'",
        "def book(title):\n    return Item(title, 10)",
        code(
            "class Item:\n    def __init__(self, title, price):\n"
            "        self.title, self.price = title, price"
        ),
    ),
    simple(
        "is-given-objects-of-the-class-of-the-lesson",
        "def total(items):\n    return sum(item.price for item in items)",
        "assert total([Item(2), Item(5)]) == 7",
        "def total(items):\n    return len(items)",
        code("class Item:\n    def __init__(self, price):\n        self.price = price"),
    ),
    simple(
        "imports-what-the-lesson-imports",
        "import numpy as np\n\nsquares = np.square(base)",
        "assert np.array_equal(squares, [0, 1, 4, 9])",
        "import numpy as np\n\nsquares = np.sqrt(base)",
        code("import numpy as np\n\nbase = np.arange(4)"),
    ),
    simple(
        "kinds-of-the-standard-library",
        "from collections import Counter, deque, namedtuple\nfrom datetime import date\n"
        "from decimal import Decimal\nfrom fractions import Fraction\nfrom pathlib import Path\n\n"
        "Pair = namedtuple('Pair', 'a b')\nletters, day = Counter('abba'), date(2024, 2, 29)\n"
        "price, part, line = Decimal('1.10'), Fraction(2, 6), deque([1, 2], maxlen=2)\n"
        "place, pair = Path('a') / 'b.txt', Pair(1, 2)",
        "assert letters['b'] == 2 and letters.most_common(1) == [('a', 2)]\n"
        "assert day.year == 2024 and str(price) == '1.10' and part.denominator == 3\n"
        "line.append(3)\nassert list(line) == [2, 3]\n"
        "assert place.suffix == '.txt' and pair.b == 2",
        "letters = day = price = part = line = place = pair = None",
    ),
    simple(
        "large-array",
        "grid = np.ones((3000, 3300))",
        "assert grid.shape == (3000, 3300)\nassert grid.sum() == 9_900_000",
        "grid = np.ones((3300, 3000))",
        code("import numpy as np"),
    ),
    simple(
        "called-many-thousand-times",
        "def step(n):\n    return n + 1",
        "n = 0\nfor _ in range(30_000):\n    n = step(n)\nassert n == 30_000",
        "def step(n):\n    return n + 2",
    ),
    Habit(
        "fitted-model",
        [
            code("import numpy as np\n\nX = np.arange(8.0)[:, None]\ny = 3 * X[:, 0] + 1"),
            answer(
                "from sklearn.linear_model import LinearRegression\n\n"
                "line = LinearRegression()\nline.fit(X, y)"
            ),
            check("assert np.isclose(line.coef_[0], 3)", name="slope"),
            check("assert np.isclose(line.predict([[10.0]])[0], 31)", name="predicts"),
            check(
                "from sklearn.linear_model import LinearRegression as Line\n"
                "assert isinstance(line, Line)",
                name="kind",
            ),
        ],
        wrong={
            "through-0": {
                "answer": "from sklearn.linear_model import LinearRegression\n\n"
                "line = LinearRegression(fit_intercept=False).fit(X, y)"
            }
        },
    ),
    Habit(
        "chart",
        [
            code("%matplotlib inline\nimport matplotlib.pyplot as plt"),
            answer(CHART),
            check("assert axes.get_xlabel() == 'n'", name="label"),
            check("assert axes.get_legend() is not None", name="legend"),
            check("assert axes.lines[0].get_color() == 'green'", name="colour"),
            check("assert [t.get_text() for t in axes.get_xticklabels()]", name="ticks"),
            check("assert len(axes.get_children()) > 8", name="children"),
        ],
        wrong={"bare": {"answer": "figure, axes = plt.subplots()\naxes.plot([0, 1], [1, 0])"}},
    ),
    simple(
        "draws-into-given-axes",
        "def draw(axes, heights):\n    axes.bar(range(len(heights)), heights)\n"
        "    axes.set_ylabel('height')",
        "figure, axes = plt.subplots()\ndraw(axes, [3, 1, 2])\n"
        "assert axes.get_ylabel() == 'height'\nassert len(axes.patches) == 3",
        "def draw(axes, heights):\n    axes.plot(heights)",
        code("import matplotlib.pyplot as plt"),
    ),
    simple(
        "picture",
        "from PIL import Image\n\nred = Image.new('RGB', (4, 2), (255, 0, 0))",
        "assert red.size == (4, 2) and red.mode == 'RGB'\n"
        "assert red.getpixel((0, 0)) == (255, 0, 0)",
        "from PIL import Image\n\nred = Image.new('L', (4, 2))",
    ),
]

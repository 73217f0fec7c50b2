"""Honest answers with bad luck: no undeserved loss."""

from __future__ import annotations

from tests.hostile.case import Case, added_code, answers, cell_of, edited
from tests.hostile.lessons import ADD, SCALE, SHAPE


def _right(name: str, about: str, **texts: str) -> Case:
    return Case(name, about, answers(**texts))


def _before(name: str, text: str):
    def change(nb) -> None:
        nb.cells.insert(nb.cells.index(cell_of(nb, name)), added_code(text))

    return change


OUTPUT = [
    _right("stderr", "a line on stderr", add="import sys\nprint('hm', file=sys.stderr)\n" + ADD),
    _right("warns", "a warning", add="import warnings\nwarnings.warn('careful')\n" + ADD),
    _right(
        "warns-in-call",
        "a warning at each call",
        add="import warnings\n\ndef add(a, b):\n    warnings.warn('old', DeprecationWarning)\n"
        "    warnings.warn('careful')\n    return a + b\n",
    ),
    _right(
        "warns-numpy",
        "NumPy's own warnings",
        scale="def scale(image):\n    np.array([1.0]) / np.array([0.0])\n    return image / 255\n",
    ),
    _right(
        "logs",
        "a library's log lines",
        add="import logging\nlogging.basicConfig(level=10)\nlogging.error('x')\n" + ADD,
    ),
    _right(
        "native-stderr",
        "lines on stderr from below Python",
        add="import os\nos.write(2, b'I0000 some library')\n" + ADD,
    ),
    _right(
        "native-stdout",
        "lines on stdout from below Python",
        add="import os\nos.write(1, b'some library')\n" + ADD,
    ),
    _right(
        "prints",
        "prints in the answer and in each call",
        add="print('here')\n\ndef add(a, b):\n    print(a, b)\n    return a + b\n",
    ),
    _right("prints-a-number", "the answer's cell ends in a number", add=ADD + "\nadd(1, 2)\n"),
    _right(
        "progress",
        "a bar that draws over itself",
        add="import sys\nfor i in range(50):\n    sys.stderr.write(f'\\r{i}')\n" + ADD,
    ),
    _right(
        "draws",
        "a picture",
        add="import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n" + ADD,
    ),
    _right(
        "letters",
        "letters of many alphabets",
        add="print('多 ß 😀 \\u202e')\n\ndef add(höhe, breite):\n    return höhe + breite\n",
    ),
]
VALUES = [
    _right(
        "float32",
        "an equal value of another dtype",
        scale="def scale(image):\n    return image.astype('float32') / 255\n",
    ),
    _right(
        "numpy-scalar",
        "a NumPy number in place of Python's",
        add="def add(a, b):\n    return np.int64(a + b)\n",
    ),
    _right("whole-float", "a float that is whole", add="def add(a, b):\n    return float(a + b)\n"),
    _right(
        "fortran-order",
        "an array in another order",
        scale="def scale(image):\n    return np.asfortranarray(image / 255)\n",
    ),
    _right(
        "a-view",
        "a view with strides",
        scale="def scale(image):\n    return np.repeat(image / 255, 2, axis=1)[:, ::2]\n",
    ),
    _right(
        "read-only",
        "an array that may not be written",
        scale="def scale(image):\n    result = image / 255\n    result.flags.writeable = False\n    return result\n",
    ),
]
FUNCTIONS = [
    _right("lambda", "a lambda", add="add = lambda a, b: a + b\n"),
    _right(
        "cached",
        "a cached function",
        add="import functools\n\n@functools.lru_cache\ndef add(a, b):\n    return a + b\n",
    ),
    _right(
        "partial",
        "a partial function",
        add="import functools\nimport operator\nadd = functools.partial(operator.add)\n",
    ),
    _right(
        "defaults",
        "a parameter more, with a default",
        add="def add(a, b, verbose=False):\n    return a + b\n",
    ),
    _right(
        "typed", "annotations", add="def add(a: int, b: 'int | float') -> int:\n    return a + b\n"
    ),
    _right(
        "closure",
        "a function from a function",
        add="def make(sign):\n    def inner(a, b):\n        return a + sign * b\n    return inner\n\nadd = make(1)\n",
    ),
    _right(
        "method",
        "a method of an object",
        add="class Sum:\n    def add(self, a, b):\n        return a + b\n\nadd = Sum().add\n",
    ),
    _right(
        "recursive",
        "a function that calls itself",
        add="def add(a, b):\n    return a if b == 0 else add(a + 1, b - 1)\n\nimport sys\nsys.setrecursionlimit(5000)\n",
    ),
    _right(
        "memory-of-calls",
        "a function that keeps a table of results",
        add="seen = {}\n\ndef add(a, b):\n    if (a, b) not in seen:\n        seen[a, b] = a + b\n    return seen[a, b]\n",
    ),
    _right(
        "slow-first",
        "a slow first call",
        add="import time\nslow = [1]\n\ndef add(a, b):\n    time.sleep(slow.pop() if slow else 0)\n    return a + b\n",
    ),
    _right(
        "helper-changes-copy",
        "a copy of the input is changed in place",
        scale="def scale(image):\n    image = image.astype(float)\n    image /= 255\n    return image\n",
    ),
]
STATE = [
    _right("lecture-state", "a name from the lecture", shape="shape = (base, base + 1)\n"),
    _right(
        "lecture-changed",
        "a name of the lecture is changed",
        shape="base += 1\nshape = (base - 1, base)\n",
    ),
    _right("earlier-answer", "an earlier answer is used", shape="shape = (add(1, 1), add(1, 2))\n"),
    Case(
        "added-state",
        "a name from an added cell",
        edited(_before("shape", "two = 2"), shape="shape = (two, 3)\n"),
    ),
    Case(
        "added-import",
        "an import in an added cell",
        edited(_before("add", "import math"), add="def add(a, b):\n    return math.floor(a + b)\n"),
    ),
    _right(
        "counter",
        "a global counter",
        add="count = 0\n\ndef add(a, b):\n    global count\n    count += 1\n    return a + b\n",
        shape="shape = (2, 3) if count else None\n",
    ),
    _right(
        "shadows-builtins",
        "names of built-in functions are used",
        add="sum = list = max = 3\n" + ADD,
    ),
    _right(
        "shadows-ours", "a name that our tests use is used", add="check = draw = mark = 3\n" + ADD
    ),
    _right("own-reload", "all names deleted before the answer", shape="del base\nshape = (2, 3)\n"),
    Case("raises-above", "a cell further up raises", edited(_before("shape", "1 / 0"))),
    Case("syntax-above", "an added cell does not parse", edited(_before("shape", "for in :"))),
    _right("raises-after", "the answer is there before its cell raises", add=ADD + "\n1 / 0\n"),
    Case(
        "raises-before",
        "an answer that raises takes the next with it no further",
        answers(add="1 / 0\n" + ADD),
        {"add": "failed"},
    ),
    Case(
        "one-dies",
        "one answer ends the process",
        answers(shape="import os\nos._exit(1)\n"),
        {"shape": "killed"},
    ),
    Case(
        "one-unanswered",
        "one exercise is left",
        answers(shape="shape = None\n# YOUR CODE HERE\nraise NotImplementedError\n"),
        {"shape": "unanswered"},
    ),
    Case(
        "one-misspelt",
        "one answer has another name",
        answers(add=ADD.replace("add", "ad")),
        {"add": "failed"},
    ),
]
FORMS = [
    _right("magics", "magics of a notebook", add="%matplotlib inline\n%time x = 1\n" + ADD),
    _right("shell-line", "a line for the shell", add="!true\n" + ADD),
    _right("tabs", "tabs", add="def add(a, b):\n\treturn a + b\n"),
    _right("semicolons", "a semicolon at the end", shape="shape = (2, 3);\n"),
    _right("unpacked", "an answer that is unpacked", shape="shape, rest = (2, 3), None\n"),
    _right("walrus", "an answer within an expression", shape="print(shape := (2, 3))\n"),
    _right(
        "in-a-loop",
        "an answer made in a loop",
        shape="shape = ()\nfor n in (2, 3):\n    shape += (n,)\n",
    ),
    _right("long", "a thousand lines of comment", scale="# why not\n" * 1000 + SCALE),
    _right(
        "stub-below",
        "the stub's last line is still there",
        shape=SHAPE + "\nraise NotImplementedError\n",
    ),
]
CASES = OUTPUT + VALUES + FUNCTIONS + STATE + FORMS

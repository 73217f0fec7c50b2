"""Answers whose values lie: objects, subclasses, and functions that know who asks."""

from __future__ import annotations

from textwrap import indent

from tests.hostile.case import Case, answers

IMPORTS = "import functools, sys, threading, time\nimport numpy as np\n"
# An object that agrees with everything.
YES = """
class Yes{base}:
    def yes(self, *args, **kwargs):
        return True

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = yes
    __ne__ = lambda self, other: False
    __hash__ = None
    __sub__ = __rsub__ = __add__ = __radd__ = __abs__ = lambda self, *other: self
    {extra}

"""


def _yes(base: str = "", extra: str = "pass") -> str:
    return YES.format(base=base, extra=indent(extra, "    ").strip())


def _lie(name: str, about: str, code: str, **verdicts: str) -> Case:
    return Case(name, about, answers(add=IMPORTS + code), {"add": "failed"} | verdicts)


def _shape(name: str, about: str, code: str) -> Case:
    return Case(name, about, answers(shape=IMPORTS + code), {"shape": "failed"})


def _scale(name: str, about: str, code: str) -> Case:
    return Case(name, about, answers(scale=IMPORTS + code), {"scale": "failed"})


def _returned(what: str) -> str:
    return f"def add(a, b):\n    return {what}\n"


OBJECTS = [
    _lie("yes-object", "an object that equals everything", _yes() + _returned("Yes()")),
    _lie("yes-int", "an int that equals everything", _yes("(int)") + _returned("Yes(5)")),
    _lie("yes-float", "a float that equals everything", _yes("(float)") + _returned("Yes(5)")),
    _lie("yes-str", "a string that equals everything", _yes("(str)") + _returned("Yes('4')")),
    _lie(
        "yes-array-like",
        "an object whose __array__ is what the caller expects",
        _yes(
            extra="def __array__(self, dtype=None, copy=None):\n"
            "    frame = sys._getframe()\n"
            "    while frame is not None:\n"
            "        if 'expected' in frame.f_locals:\n"
            "            return np.asarray(frame.f_locals['expected'])\n"
            "        frame = frame.f_back\n"
            "    return np.asarray(4)"
        )
        + _returned("Yes()"),
    ),
    _lie(
        "yes-class",
        "an object that says it is an int",
        _yes(extra="@property\ndef __class__(self):\n    return int") + _returned("Yes()"),
    ),
    _lie("yes-callable", "the class itself is the answer", _yes() + "add = Yes\n"),
    _lie(
        "yes-anything",
        "an object with every attribute is the answer",
        """
class Anything:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

add = Anything()
""",
    ),
    _shape("yes-shape", "a shape that equals everything", _yes() + "shape = Yes()\n"),
    _shape(
        "yes-tuple", "a tuple that equals everything", _yes("(tuple)") + "shape = Yes((9, 9))\n"
    ),
    _shape(
        "yes-parts",
        "a true tuple of parts that equal everything",
        _yes("(int)") + "shape = (Yes(9), Yes(9))\n",
    ),
    _shape(
        "yes-length",
        "an object whose length is right",
        _yes(extra="def __len__(self):\n    return 2") + "shape = Yes()\n",
    ),
    _shape(
        "yes-list",
        "a list with a metaclass that nods",
        """
class Nod(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(tuple)

    def __instancecheck__(cls, thing):
        return True

class Shape(list, metaclass=Nod):
    pass

shape = Shape((9, 9))
""",
    ),
    _scale(
        "yes-array",
        "a subclass of ndarray for which every function says yes",
        """
class Yes(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.ones(self.shape, bool)

    def __array_function__(self, *args, **kwargs):
        return np.ones(self.shape, bool)

def scale(image):
    return np.zeros(image.shape).view(Yes)
""",
    ),
    _scale(
        "object-array",
        "an array of objects that equal everything",
        _yes()
        + """
def scale(image):
    result = np.empty(image.shape, object)
    result[...] = Yes()
    return result
""",
    ),
    _scale(
        "masked-array",
        "a masked array, which compares as masked",
        """
def scale(image):
    return np.ma.masked_all(image.shape)
""",
    ),
    _scale(
        "changes-input",
        "the input is changed so that the reference agrees",
        """
def scale(image):
    image[...] = 0
    return np.zeros(image.shape)
""",
    ),
    _scale(
        "nan",
        "not a number everywhere",
        """
def scale(image):
    return np.full(image.shape, np.nan)
""",
    ),
    _scale(
        "wide-shape",
        "a right value broadcast to another shape",
        """
def scale(image):
    return (image / 255)[np.newaxis]
""",
    ),
]
FUNCTIONS = [
    _lie(
        "remembers",
        "the visible inputs are remembered, and nothing else",
        """
def add(a, b):
    return {(2, 2): 4}.get((a, b), 0)
""",
    ),
    _lie(
        "counts-calls",
        "the first call is right, and no other",
        """
calls = []

def add(a, b):
    calls.append((a, b))
    return a + b if len(calls) == 1 else 0
""",
    ),
    _lie("returns-nan", "not a number", _returned("float('nan')")),
    _lie("returns-infinity", "an infinity", _returned("float('inf')")),
    _lie("returns-true", "True, which is 1", _returned("True")),
    _lie("returns-itself", "the function itself", _returned("add")),
    _lie("returns-a-generator", "a generator", "def add(a, b):\n    yield a + b\n"),
    _lie("returns-a-coroutine", "a coroutine", "async def add(a, b):\n    return a + b\n"),
    _lie("returns-a-module", "a module", _returned("np")),
    _lie(
        "returns-a-cycle",
        "a list that holds itself",
        """
def add(a, b):
    loop = []
    loop.append(loop)
    return loop
""",
    ),
    _lie(
        "returns-deep",
        "a list nested 10,000 deep",
        """
def add(a, b):
    deep = 4
    for _ in range(10_000):
        deep = [deep]
    return deep
""",
        add="failed|killed",
    ),
    _lie(
        "raises-exit",
        "a call ends in SystemExit",
        "def add(a, b):\n    raise SystemExit(0)\n",
        add="failed|killed",
    ),
    _lie(
        "raises-interrupt",
        "a call ends in KeyboardInterrupt",
        "def add(a, b):\n    raise KeyboardInterrupt\n",
        add="failed|killed",
    ),
    _lie(
        "raises-stop",
        "a call ends in StopIteration and GeneratorExit",
        "def add(a, b):\n    raise GeneratorExit\n",
        add="failed|killed",
    ),
    _lie(
        "raises-own",
        "an exception of a class called CheckPassed",
        """
class CheckPassed(Exception):
    pass

def add(a, b):
    raise CheckPassed("2.0")
""",
    ),
    _lie(
        "raises-silent",
        "an exception whose text cannot be made",
        """
class Silent(Exception):
    def __str__(self):
        raise RuntimeError

    __repr__ = __str__

def add(a, b):
    raise Silent
""",
    ),
    _lie(
        "raises-check",
        "an exception like that of a check, with words of the student's",
        """
from helpers.checks import CheckFailed

def add(a, b):
    raise CheckFailed("All is right: 2 of 2 points.")
""",
    ),
    _lie(
        "raises-stub",
        "the exception of a stub, from an answer",
        "def add(a, b):\n    raise NotImplementedError\n",
        add="failed|unanswered",
    ),
    _lie(
        "signature-lies",
        "a signature that cannot be read",
        """
def add(a, b):
    return 5

add.__signature__ = "anything"
add.__name__ = "x" * 10_000
add.__doc__ = "y" * 10_000
""",
    ),
    _lie(
        "wraps-forever",
        "a function that says it wraps itself",
        """
def add(a, b):
    return 5

add.__wrapped__ = add
""",
    ),
    _lie("too-few", "a function of one parameter", "def add(a):\n    return a\n"),
    _lie("is-none", "the name stands for None", "add = None\n", add="failed|unanswered"),
    _lie("is-missing", "the name is deleted again", "def add(a, b):\n    return 4\n\ndel add\n"),
]
CASES = OBJECTS + FUNCTIONS

"""Answers whose values lie: objects, subclasses, arrays."""

from __future__ import annotations

from textwrap import dedent, indent

from tests.hostile.case import Case
from tests.hostile.making import MODULES, answers, wrong_sum

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


def _shape(name: str, about: str, code: str) -> Case:
    return Case(name, about, answers(shape=MODULES + dedent(code)), {"shape": "failed"})


def _scale(name: str, about: str, code: str) -> Case:
    return Case(name, about, answers(scale=MODULES + dedent(code)), {"scale": "failed"})


def _returned(what: str) -> str:
    return f"def add(a, b):\n    return {what}\n"


CASES = [
    wrong_sum("yes-object", "an object that equals everything", _yes() + _returned("Yes()")),
    wrong_sum("yes-int", "an int that equals everything", _yes("(int)") + _returned("Yes(5)")),
    wrong_sum("yes-float", "a float that equals everything", _yes("(float)") + _returned("Yes(5)")),
    wrong_sum("yes-str", "a string that equals everything", _yes("(str)") + _returned("Yes('4')")),
    wrong_sum(
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
    wrong_sum(
        "yes-class",
        "an object that says it is an int",
        _yes(extra="@property\ndef __class__(self):\n    return int") + _returned("Yes()"),
    ),
    wrong_sum("yes-callable", "the class itself is the answer", _yes() + "add = Yes\n"),
    wrong_sum(
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

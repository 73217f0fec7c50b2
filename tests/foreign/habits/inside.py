"""Tests that need the student's own process: they patch, capture, delete, bind, read source."""

from tests.builders import code
from tests.foreign.habit import Habit, answer, check, simple

HABITS = [
    simple(
        "reads-the-source",
        "def total(values):\n    return sum(values)",
        "import inspect\n\nassert total([1, 2]) == 3\n"
        "assert 'while' not in inspect.getsource(total)",
        "def total(values):\n    values = list(values)\n    t = 0\n    while values:\n"
        "        t += values.pop()\n    return t",
    ),
    simple(
        "mocks-input",
        "def greeting():\n    return 'Hi ' + input('Who? ')",
        "from unittest import mock\n\nwith mock.patch('builtins.input', return_value='Zoe'):\n"
        "    assert greeting() == 'Hi Zoe'",
        "def greeting():\n    input('Who? ')\n    return 'Hi'",
    ),
    simple(
        "captures-what-is-printed",
        "def shout(word):\n    print(word.upper() + '!')",
        "from contextlib import redirect_stdout\nfrom io import StringIO\n\ntext = StringIO()\n"
        "with redirect_stdout(text):\n    shout('hey')\nassert text.getvalue() == 'HEY!\\n'",
        "def shout(word):\n    print(word)",
    ),
    simple(
        "forbids-a-function",
        "def largest(values):\n    best = values[0]\n    for value in values:\n"
        "        if value > best:\n            best = value\n    return best",
        "import builtins\n\nkept = builtins.max\n\n\ndef forbidden(*_, **__):\n"
        "    raise AssertionError('max is not allowed here')\n\n\nbuiltins.max = forbidden\ntry:\n"
        "    assert largest([3, 8, 5]) == 8\nfinally:\n    builtins.max = kept",
        "def largest(values):\n    return max(values)",
    ),
    Habit(
        "removes-a-name",
        [
            answer("def cube(n):\n    return n**3", "cube"),
            answer("def cubes(n):\n    return [cube(i) for i in range(n)]", "cubes"),
            check("assert cubes(3) == [0, 1, 8]"),
            check(
                "saved = cube\ndel cube\ntry:\n    cubes(2)\nexcept NameError:\n    pass\n"
                "else:\n    raise AssertionError('cubes does not call cube')\n"
                "finally:\n    cube = saved\n    del saved",
                name="calls",
            ),
        ],
        wrong={"alone": {"cubes": "def cubes(n):\n    return [i**3 for i in range(n)]"}},
    ),
    simple(
        "sets-a-global",
        "def area(radius):\n    return PI * radius**2",
        "PI = 3\nassert area(2) == 12",
        "def area(radius):\n    return 3.14 * radius**2",
        code("PI = 3.14"),
    ),
    simple(
        "looks-for-a-name",
        "rate = 0.2\nprice = 10 * (1 + rate)",
        "assert 'rate' in globals() and 'rate' in dir()\nassert price == 12",
        "price = 12.0",
    ),
    Habit(
        "later-answer-uses-what-a-test-bound",
        [
            answer("def half(n):\n    return n / 2", "half"),
            check("import math\n\nsamples = [4, 16, 64]\nassert half(4) == 2", name="half-check"),
            answer("roots = [math.sqrt(sample) for sample in samples]", "roots"),
            check("assert roots == [2, 4, 8]", name="roots-check"),
        ],
        wrong={"wrong": {"roots": "roots = samples"}},
    ),
]

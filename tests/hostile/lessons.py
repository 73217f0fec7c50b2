"""The lessons of the corpus: one of sums without TensorFlow, and a small one of Keras."""

from __future__ import annotations

from helpers.checks.cases import random_cases

from tests.builders import (
    code,
    function,
    markdown,
    region,
    solution,
    test_cell,
    written_answer,
)

# Stands in every hidden test. Whoever finds it outside of the judge has seen one.
MARK = "kestrel-4c1d9e"


def _hidden(text: str) -> str:
    return f'mark = "{MARK}"  # {MARK}\n{text}'


SUMS = [
    markdown("# Sums", id="title"),
    code("import numpy as np\n\nfrom helpers import checks", id="imports"),
    code("base = 2", id="base"),
    markdown("### Exercise 1.1 · Add (2 points, about 1 minute)\n\nComplete `add(a, b)`."),
    function("add", "add(a, b)", "return a + b"),
    test_cell(
        "add-test",
        "check = checks.function(add)\ncheck.returns((2, 2), 4)",
        _hidden(
            "check.agrees_with(\n"
            "    lambda a, b: a + b,\n"
            "    checks.random_cases(\n"
            "        lambda rng: tuple(map(int, rng.integers((10**8, 5), (10**9, 999)))), 8),\n"
            "    slips=[(lambda a, b: a * b, 'You multiply.')],\n"
            ")"
        ),
        points=2,
    ),
    markdown("### Exercise 1.2 · Name the shape (1 point, about 1 minute)"),
    solution("shape", "shape = None\n" + region("shape = (2, 3)")),
    test_cell(
        "shape-test",
        "checks.value(shape=shape).holds('it has two parts', lambda s: len(s) == 2)",
        _hidden("checks.value(shape=shape).equals((2, 3))"),
    ),
    markdown("### Exercise 1.3 · Scale an image (3 points, about 2 minutes)"),
    function("scale", "scale(image)", "return image / 255"),
    test_cell(
        "scale-test",
        "check = checks.function(scale)\n"
        "check.returns((np.array([[0, 255]], dtype='uint8'),), np.array([[0.0, 1.0]]))",
        _hidden(
            "def draw(rng):\n"
            "    return (rng.integers(0, 256, (3, 4), dtype='uint8'),)\n"
            "\n\n"
            "check.agrees_with(lambda image: image / 255, checks.random_cases(draw, 4))"
        ),
        points=3,
    ),
]


def hidden_inputs(seed: int) -> set[str]:
    """Return the inputs and the results of the hidden tests of sums, as a student may tell them.

    They are numbers of nine digits, so that none turns up by chance; the second input is small, for
    answers that count up to it, and stands beside the first wherever it is told.
    """
    found: set[str] = set()
    ends = (10**8, 5), (10**9, 999)
    for a, b in random_cases(lambda rng: tuple(map(int, rng.integers(*ends))), 8, seed):
        found |= {str(a), str(a + b)}
    for (image,) in random_cases(
        lambda rng: (rng.integers(0, 256, (3, 4), dtype="uint8"),), 4, seed
    ):
        found |= {image.tobytes().hex(), *(str(row.tolist())[1:-1] for row in image)}
    return found


ADD = "def add(a, b):\n    return a + b\n"
SHAPE = "shape = (2, 3)\n"
SCALE = "def scale(image):\n    return image / 255\n"
RIGHT = {"add": ADD, "shape": SHAPE, "scale": SCALE}
POINTS = {"add": 2, "shape": 1, "scale": 3}

WORDS = [
    markdown(
        "# Words\n\n<details><summary>A hint of ours</summary>Be brief.</details>", id="title"
    ),
    code("from helpers import checks", id="imports"),
    markdown("### Exercise 3.1 · Add (2 points, about 1 minute)\n\nComplete `add(a, b)`."),
    function("add", "add(a, b)", "return a + b"),
    test_cell(
        "add-test",
        "checks.function(add).returns((2, 2), 4)",
        _hidden("checks.function(add).returns((7, 1), 8)"),
        points=2,
    ),
    markdown("### Exercise 3.2 · Say why (a person grades it)"),
    # No points: what a person is to give is not there when the corpus looks at the marks.
    written_answer("why", "Write here.\n\n" + region("Because."), points=0),
]
MODEL = [
    markdown("# A model", id="title"),
    code(
        "from helpers import checks\n\nimport keras\nimport numpy as np\n\n"
        "keras.utils.set_random_seed(7)",
        id="imports",
    ),
    markdown("### Exercise 2.1 · Build (2 points, about 2 minutes)"),
    solution(
        "model",
        "model = None\n"
        + region("model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])"),
    ),
    test_cell(
        "model-test",
        "assert isinstance(model, keras.Model), 'model is no Keras model'\n"
        "assert model.output_shape == (None, 3), 'three numbers come out'",
        _hidden(
            "assert model.count_params() == 15\n"
            "kernel, bias = model.get_weights()\n"
            "x = np.random.default_rng(1).normal(size=(5, 4)).astype('float32')\n"
            "assert np.allclose(np.array(model(x)), x @ kernel + bias, atol=1e-5)"
        ),
        points=2,
    ),
    markdown("### Exercise 2.2 · Train (1 point, about 2 minutes)"),
    function(
        "train",
        "train(x, y)",
        "line = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])\n"
        "line.compile('sgd', 'mse')\n"
        "return float(line.fit(x, y, epochs=2, verbose=0).history['loss'][-1])",
    ),
    test_cell(
        "train-test",
        "x = np.ones((8, 1), dtype='float32')\nassert train(x, 2 * x) < 50",
        _hidden("assert train(x, 0 * x) >= 0"),
    ),
]
BUILD = "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"
TRAIN = """\
def train(x, y):
    line = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    line.compile("sgd", "mse")
    return float(line.fit(x, y, epochs=2, verbose=0).history["loss"][-1])
"""

SHARES_RULES = """\
rules = [
    ("there are n of them", lambda got, n: np.shape(got) == (n,)),
    ("none is negative", lambda got, n: not np.any(got < 0)),
    ("none is above a half", lambda got, n: not np.max(got) > 0.5),
    ("they add up to 1", lambda got, n: not abs(np.sum(got) - 1) > 1e-9),
]
check = checks.function(shares)
check.all_hold(rules, [(3,), (4,)])"""
PROPERTIES = [
    code("import numpy as np\nfrom scipy.special import softmax\n\nfrom helpers import checks"),
    markdown("### Exercise 3.1 · Shares (2 points, about 1 minute)"),
    function("shares", "shares(n)", "return np.full(n, 1 / n)"),
    test_cell(
        "shares-test",
        SHARES_RULES,
        _hidden(
            "check.all_hold(rules, checks.random_cases(\n"
            "    lambda rng: (int(rng.integers(5, 999)),), 6))"
        ),
        points=2,
    ),
    markdown("### Exercise 3.2 · Temper (3 points, about 2 minutes)"),
    function("temper", "temper(z, t)", "return softmax(z / t, axis=1)"),
    test_cell(
        "temper-test",
        "check = checks.function(temper)\n"
        "check.returns((np.zeros((1, 2)), 2.0), np.full((1, 2), 0.5))",
        _hidden(
            "def draw(rng):\n"
            "    return rng.normal(0, 3, (4, 5)), float(rng.uniform(0.5, 4))\n"
            "\n\n"
            "check.agrees_with(lambda z, t: softmax(z / t, axis=1), checks.random_cases(draw, 6))"
        ),
        points=3,
    ),
]
SHARES = "def shares(n):\n    return np.full(n, 1 / n)\n"
TEMPER = "def temper(z, t):\n    return softmax(z / t, axis=1)\n"

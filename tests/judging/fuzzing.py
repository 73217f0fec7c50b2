"""Everything that a session can send, made wrong in every way: bytes, values, texts, outputs.

Each target takes a generator of random numbers and gives real code of the judge's or the
coordinator's something that a student's process might send. What it raises beyond what is
allowed, or brings into the world beyond what is bounded, is a fault.
"""

from __future__ import annotations

import base64
import json
import math
import random
import socket
import string
import struct
import time
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np

from course.door.budgets import CELL_OUTPUTS, CELL_PICTURES, CELL_TEXT, TRACEBACK
from course.door.outputs import plain, size_of
from course.examining.reading import names_of
from course.examining.rebuild import Rebuilder
from course.intake.submissions import Malformed as NoNotebook
from course.intake.submissions import parse_submission
from course.judging.crossing import Malformed, Over, Peer, Refused, decode, encode
from course.processes import wire
from course.warm.answers import told

Target = Callable[[random.Random], None]
HALF = "\ud800"
NUMBERS = [
    *(0, 1, -1, 2, 3, 255, 4_096, 4_097, 2**16, 2**20, 2**20 + 1, 2**26, 2**27, 2**31 - 1, 2**31),
    *(2**32, 2**40, 2**53, 2**63 - 1, 2**63, 2**64, -(2**31), -(2**63), 10**30, True, False),
    *(0.5, -0.0, 1e-320, 4_096.5, 1e30, 1e308, math.inf, -math.inf, math.nan, 1j, complex("nan")),
]
TEXTS = ["", "x", HALF, "\0", "a\nb", "\x1b[31m", "é" * 300, "9" * 30, "-1", "1e9", "name", "<b>"]
TAGS = b"NETFiIrcsblqdtmzZ:RaOgDC<foG"


def dtype_text(rng: random.Random) -> str:
    """Return what may be a dtype's name."""
    kind, order = rng.choice("biufcSUVmMOgx"), rng.choice("<>|=")
    return f"{order}{kind}{rng.choice([0, 1, 2, 4, 8, 16, 3, 99, 10**9])}"


def atom(rng: random.Random) -> Any:
    """Return something small that belongs nowhere."""
    some = rng.randrange(12)
    if some < 4:
        return rng.choice(NUMBERS)
    if some < 6:
        return rng.choice(TEXTS)
    made = [
        lambda: None,
        lambda: [atom(rng) for _ in range(rng.randrange(4))],
        lambda: tuple(atom(rng) for _ in range(rng.randrange(4))),
        lambda: {rng.choice(TEXTS): atom(rng) for _ in range(rng.randrange(3))},
        lambda: np.zeros(rng.choice([(), (0,), (3,), (2, 2)]), rng.choice(["f4", "U2", "?", "M8"])),
        lambda: rng.randbytes(rng.randrange(9)),
    ]
    return made[some - 6]()


def changed(rng: random.Random, x: Any, often: float = 0.15) -> Any:
    """Return a value with some of its parts replaced, doubled, left out or exchanged."""
    if rng.random() < often / 4:
        return atom(rng)
    if type(x) is dict:
        items = [(k, changed(rng, v, often)) for k, v in x.items() if rng.random() > often / 8]
        if rng.random() < often / 8:
            items.append((rng.choice(["name", "shape", "x", HALF]), atom(rng)))
        return dict(items)
    if type(x) in (list, tuple):
        parts = [changed(rng, part, often) for part in x]
        if parts and rng.random() < often / 4:
            at = rng.randrange(len(parts))
            parts[at:at] = [parts[at]] * rng.choice([1, 2, 50])
        if parts and rng.random() < often / 8:
            del parts[rng.randrange(len(parts))]
        return type(x)(parts)
    if type(x) in (int, float) and rng.random() < often:
        return rng.choice(NUMBERS)
    if type(x) is str and rng.random() < often / 2:
        return rng.choice([*TEXTS, x + rng.choice(TEXTS), x * rng.choice([0, 2])])
    return x


def broken(rng: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """Return bytes that differ a little from `data`, or much."""
    found = bytearray(data)
    for _ in range(rng.choice([0, 1, 1, 2, 4, 16])):
        if not found:
            break
        at = rng.randrange(len(found))
        way = rng.randrange(7)
        if way == 0:
            found[at] = rng.randrange(256)
        elif way == 1:
            found[at] = rng.choice(TAGS)
        elif way == 2:
            found[at : at + 4] = struct.pack("!I", rng.choice([0, 1, 2**16, 2**31, 2**32 - 1]))
        elif way == 3:
            found[at : at + 8] = struct.pack("!Q", rng.choice([0, 1, 2**40, 2**63, 2**64 - 1]))
        elif way == 4:
            del found[at : at + rng.choice([1, 4, 100])]
        elif way == 5:
            other = rng.choice(others)
            start = rng.randrange(len(other) + 1)
            found[at:at] = other[start : start + rng.choice([1, 9, 99, 999])]
        else:
            found[at:at] = found[at : at + rng.choice([1, 5, 20])] * rng.choice([1, 3, 40])
    return bytes(found[: 2**20])


def guest(kind: str, content: Any) -> bytes:
    """Return the message of an object of a library."""
    return b"G" + struct.pack("!I", len(kind)) + kind.encode() + encode((content,))


def function(handle: int, described: Any) -> bytes:
    """Return the message of a function."""
    return b"f" + struct.pack("!Q", handle) + encode(described)


WORDS = [
    *("def f(x):", "\n", " ", "    ", "(", ")", "[", "{", "lambda", "x", "=", "+", "not ", "if"),
    *("for", "in", "f'{", "}'", "'", '"""', "\\", "1", "0x", "e9", ":", ",", "*", "await", "yield"),
    *("global x", "nonlocal x", "import x", "class", "@", ":=", "#", "\0", "\f", "\t", "\r", HALF),
    *(
        "é",
        "match x:\n case",
        "try:",
        "except*",
        "del x",
        "with",
        "as",
        "-",
        "~",
        "...",
        ".a",
        "()",
    ),
]
DESCRIBED = (
    "add",
    "Add.\n\nTwo numbers.",
    [("a", 1, "int", ()), ("b", 1, None, (2,)), ("rest", 2, None, ()), ("key", 3, None, (None,))],
)
ERROR = ("ValueError", ("ValueError", "Exception"), ("no", 1), "no", None)
AXES = {
    **{name: name for name in ("title", "xlabel", "ylabel", "xscale", "yscale")},
    **{name: (0.0, 1.0) for name in ("xlim", "ylim")},
    "lines": [{"x": np.arange(3), "y": np.arange(3.0), "label": "a"}],
    "images": [{"array": np.ones((2, 2))}],
    "bars": [(0.0, 1.0, 2.0, 3.0)],
}
FRAME = (
    ("labels", ["a", "b", "c", "d"], None),
    ("levels", [np.arange(2), ("text", ["x", None])], ["n", None]),
    [
        ["x", None],
        ("classes", ("text", ["u", "v"]), np.array([1, -1], "i1"), True),
        ("zoned", np.array([0, 1], "M8[us]"), "Europe/Berlin"),
        ("masked", np.arange(2), np.array([True, False]), "Int64"),
    ],
)
PLAIN = [
    [1, "a", {"k": (2.5, None)}, {1, 2}, frozenset("ab"), ..., 1j, 2**90, slice(1, 2), range(5)],
    [np.ones((2, 3)), np.array(["ab"]), np.float32(1), np.array([(1, 2)], "i4,i2"), b"xyz"],
    [list(range(20)), [0.5] * 20, np.array([[1], None], object), np.dtype("f4,(2,)i2"), int],
    {"a": {"b": [np.zeros(3, "M8[D]"), np.array([True, False]), np.bool_(1), np.str_("é")]}},
]


def models() -> list[tuple[dict, list]]:
    """Return configurations and weights of some layers and models."""
    import keras
    from keras import layers

    from course.judging.crossing import models

    entry = keras.Input((8, 8, 1))
    flat = layers.Flatten()(layers.Conv2D(2, 3, padding="same", activation="relu")(entry))
    dense = layers.Dense(3, kernel_regularizer="l2", kernel_initializer="he_normal")
    graph = keras.Model(entry, layers.Add()([dense(flat), layers.Dense(3)(flat)]))
    pictures = [
        *(layers.ZeroPadding2D(1), layers.SeparableConv2D(2, 3), layers.BatchNormalization()),
        *(layers.UpSampling2D(2), layers.DepthwiseConv2D(2), layers.Conv2DTranspose(2, 2)),
        *(layers.Cropping2D(1), layers.MaxPooling2D(2), layers.RandomFlip(), layers.Dropout(0.1)),
        *(layers.Rescaling(1 / 255), layers.Resizing(4, 4), layers.GroupNormalization(1)),
        *(layers.GlobalAveragePooling2D(), layers.RepeatVector(9), layers.Permute((1, 2))),
        *(layers.Conv1D(2, 2), layers.AveragePooling1D(2), layers.Reshape((-1, 1)), layers.PReLU()),
        *(layers.Flatten(), layers.LeakyReLU(), layers.LayerNormalization(), layers.Softmax()),
    ]
    made = [graph, keras.Sequential([keras.Input((8, 8, 1)), *pictures])]
    made.append(keras.Sequential([keras.Input((4,)), keras.Sequential([layers.Dense(2)])]))
    made += [keras.Sequential([keras.Input((9,)), layers.Embedding(10, 4), layers.Conv1D(2, 3)])]
    made += [type(layer).from_config(layer.get_config()) for layer in pictures]
    made += [layers.Dense(4), layers.MultiHeadAttention(2, 3), layers.Embedding(9, 9)]
    return [models.pack(x).content for x in made]


def _messages() -> list[bytes]:
    found = [encode(x) for x in PLAIN]
    found += [function(3, DESCRIBED), guest("figure", {"axes": [AXES], "size": (6.0, 4.0)})]
    found += [guest("axes", AXES), guest("tensor", np.ones((2, 2), "f4")), guest("frame", FRAME)]
    return [*found, b"o" + struct.pack("!Q", 5) + b"\0\0\0\1X\0\0\0\0"]


MESSAGES = _messages()
WORD = "w"
OUTPUTS = {
    "word": WORD,
    "status": "ok",
    "error": ["ValueError", "no"],
    "outputs": [
        {"output_type": "stream", "name": "stdout", "text": "said\n"},
        {"output_type": "stream", "name": "stderr", "text": ["said\n", "again"]},
        {
            "output_type": "display_data",
            "data": {
                "text/plain": "x",
                "image/png": base64.b64encode(
                    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2"
                ).decode(),
                "text/html": "<script>1</script>",
            },
            "metadata": {"a": 1},
        },
        {
            "output_type": "execute_result",
            "data": {"text/plain": ["1"]},
            "metadata": {},
            "execution_count": 3,
        },
        {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["a", "\x1b[0mb"]},
    ],
}


class Fuzzer:
    """The targets, and what they need; made after `course.judging.crossing.prepare`."""

    def __init__(self) -> None:
        from tests.builders import notebook
        from tests.hostile.lessons import SUMS

        self._rebuilder = Rebuilder(notebook(SUMS))
        self._notebook = json.loads(nbformat.writes(self._rebuilder.source))
        self._models = models()
        self.targets: dict[str, Target] = {
            "bytes": self.bytes_of_a_message,
            "values": self.values_of_a_message,
            "models": self.a_model,
            "answers": self.an_answer_to_the_judge,
            "outputs": self.outputs_of_a_cell,
            "wire": self.bytes_of_an_answer,
            "notebooks": self.a_notebook,
            "sources": self.a_source,
        }

    def bytes_of_a_message(self, rng: random.Random) -> None:
        """Read bytes."""
        _read(broken(rng, rng.choice(MESSAGES), MESSAGES))

    def values_of_a_message(self, rng: random.Random) -> None:
        """Read messages that are well formed and say nonsense."""
        made = [
            lambda: _encoded(changed(rng, rng.choice(PLAIN))),
            lambda: function(rng.choice([0, 3, 2**64 - 1]), changed(rng, DESCRIBED, 0.3)),
            lambda: guest("figure", changed(rng, {"axes": [AXES], "size": (6.0, 4.0)})),
            lambda: guest("axes", changed(rng, AXES, 0.3)),
            lambda: guest("frame", changed(rng, FRAME, 0.3)),
            lambda: guest(rng.choice(["series", "index", "tensor", "trial", "x"]), atom(rng)),
            lambda: guest(
                "tensor", np.zeros((2,), rng.choice(["f4", ">f8", "U3", "g", "c8", "?"]))
            ),
            lambda: b"a" + encode(dtype_text(rng)) + encode(changed(rng, (2, 3), 0.5)) + b"\0" * 60,
            lambda: b"D" + encode(changed(rng, {"fields": [("a", "<f4")], "offsets": [0]}, 0.4)),
        ]
        try:
            data = rng.choice(made)()
        except Refused:  # we do not send it either
            return
        _read(data)

    def a_model(self, rng: random.Random) -> None:
        """Build a model from a configuration that was changed."""
        config, weights = rng.choice(self._models)
        config = changed(rng, config, rng.choice([0.01, 0.03, 0.1]))
        if rng.random() < 0.2:
            weights = changed(rng, weights, 0.3)
        try:
            data = guest("layer", (config, weights))
        except Refused:
            return
        _read(data)

    def an_answer_to_the_judge(self, rng: random.Random) -> None:
        """Answer the judge's questions with something else."""
        kind = rng.choice(b"RRXXUNNCFMSSS\0")

        def part(letter: str) -> bytes:
            return letter.encode() + parts.get(letter, lambda: encode("no"))()

        parts = {
            "S": lambda: b"".join(part(c) for c in rng.choice(["R", "RR", "RXR", "UR", "SR"])),
            "R": lambda: encode(atom(rng)) + struct.pack("!Q", rng.choice([0, 1, 2, 2**63]))
            + struct.pack("!Q", rng.choice([0, 1, 9])) + encode(changed(rng, [1, [2, 3]])),
            "X": lambda: struct.pack("!QQ", rng.choice([0, 1]), rng.choice([0, 0, 0, 7]))
            + encode(changed(rng, ERROR, 0.3)),
            "N": lambda: struct.pack("!Q", rng.choice([1, 1, 2, 2**64 - 1]))
            + encode(rng.choice(["f", "f", "g", HALF, 5]))
            + encode(rng.choice([None, None, "no", 5]))
            + rng.choice(MESSAGES),
        }  # fmt: skip
        try:
            body = parts.get(chr(kind), lambda: encode(atom(rng)))()
        except Refused:
            return
        answer = broken(rng, bytes([kind]) + body, MESSAGES)
        raised = answer[:1] == b"X"
        near, far = socket.socketpair()
        with near, far:
            peer = Peer(near, trusted=True)
            peer.deadline = time.monotonic() + 5
            wire.send_bytes(far, answer[:100_000], 5)
            far.shutdown(socket.SHUT_WR)
            given = [1, [2, 3], np.arange(3), {"a": {1}}, (1, [2])]
            try:
                ask = [
                    lambda: peer.fetch(["f", "g"]),
                    lambda: peer.call(3, tuple(given), {}),
                    lambda: peer.call_ahead(3, [(1,), tuple(given), (given,), ([2],)]),
                ]
                rng.choice(ask)()
            except (Refused, Over):
                pass
            except Exception as error:  # the function's own, where it says that it raised
                if not raised:
                    raise
                plain(str(error))

    def outputs_of_a_cell(self, rng: random.Random) -> None:
        """Take outputs that a session tells of."""
        answer = changed(rng, OUTPUTS, rng.choice([0.1, 0.4]))
        if rng.random() < 0.1 and type(answer) is dict and type(answer.get("outputs")) is list:
            answer["outputs"] *= 300
        answer = answer | {"word": WORD} if type(answer) is dict else answer
        try:
            result = told(json.loads(json.dumps(answer, default=lambda x: None)), 0.0, WORD)
        except (ValueError, TypeError):
            return
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=result.outputs)])
        nbformat.validate(nb)
        nbformat.v4.writes(nb).encode()
        json.dumps(result.error, ensure_ascii=False).encode()
        most = CELL_TEXT + CELL_PICTURES + len(result.outputs) * (TRACEBACK + 20_000)
        assert size_of(result.outputs) <= most and len(result.outputs) <= CELL_OUTPUTS + 1

    def bytes_of_an_answer(self, rng: random.Random) -> None:
        """Receive bytes from a session."""
        data = json.dumps(OUTPUTS).encode()
        data = broken(rng, data, [data, b"[" * 999, b'{"a":' * 99, b"9" * 5_000, b'"\\ud800"'])
        data = struct.pack("!Q", rng.choice([len(data), len(data), 0, 2**60])) + data
        near, far = socket.socketpair()
        with near, far:
            far.sendall(data[:100_000])
            far.shutdown(socket.SHUT_WR)
            try:
                told(wire.receive(near, 5, wire.STUDENTS), 0.0, WORD)
            except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError, RecursionError):
                return

    def a_notebook(self, rng: random.Random) -> None:
        """Read a submission and rebuild it."""
        raw = changed(rng, self._notebook, rng.choice([0.02, 0.1]))
        data = json.dumps(raw, default=lambda x: None, allow_nan=True, skipkeys=True).encode()
        if rng.random() < 0.5:
            data = broken(rng, data, [data, b'"outputs": [', b'\\"', b"]}", b"\xff\xfe"])
        try:
            rebuilt = self._rebuilder.rebuild(parse_submission(data))
        except NoNotebook as reason:
            assert str(reason)
            return
        nbformat.v4.writes(rebuilt.nb).encode()

    def a_source(self, rng: random.Random) -> None:
        """Find the names in what may be Python."""
        text = "".join(rng.choice(WORDS) for _ in range(rng.choice([3, 10, 60])))
        if rng.random() < 0.1:
            text += rng.choice(WORDS) * rng.choice([100, 3_000])
        (names,) = names_of([plain(text, 10**6)]).values()
        assert all(type(name) is str for name in names.read)


def _encoded(value: Any) -> bytes:
    return encode(value)


def _read(data: bytes) -> None:
    try:
        value = decode(data)
    except Malformed:
        return
    _look_at(value)


def _look_at(value: Any, depth: int = 0) -> None:
    """Do with a value what a test does first: ask what it is."""
    assert type(type(value).__name__) is str and set(type(value).__name__) <= set(
        string.printable
    ) | set(type(value).__name__)
    if depth < 3 and type(value) in (list, tuple):
        for part in value[:20]:
            _look_at(part, depth + 1)
    if hasattr(value, "count_params") and getattr(value, "built", False):
        value.count_params()
        assert getattr(value, "name", "") is not None

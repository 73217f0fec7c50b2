"""Answers whose words cannot be stored, and outputs that are none."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import answers, own_harm, right, survives

HALF = r"\ud800"
STOPPED = "failed|killed"
FORGE = """
import os, socket, struct, time

def forge(reply, size=None):
    data = struct.pack("!Q", len(reply) if size is None else size) + reply
    for number in range(3, 40):
        try:
            with socket.socket(fileno=os.dup(number)) as other:
                while data:
                    data = data[other.send(data, socket.MSG_DONTWAIT):]
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:
            pass
"""


def _call(name: str, about: str, code: str, verdict: str) -> Case:
    return Case(name, about, answers(add=code), {"add": verdict})


HALVES = [
    survives("half-printed", "half a character is printed", f"print('{HALF}')\n"),
    survives("half-shown", "half a character is a cell's result", f"display('{HALF}')\n"),
    survives(
        "half-on-stderr",
        "the same on stderr",
        f"import sys\nprint('{HALF}' * 9, file=sys.stderr)\n",
    ),
    _call("half-raised", "half a character in an error", f"raise ValueError('{HALF}')", "failed"),
    _call(
        "half-raised-in-call",
        "half a character in the error of a call",
        f"def add(a, b):\n    raise ValueError('{HALF}' * 50)",
        STOPPED,
    ),
    _call(
        "half-key",
        "half a character in a KeyError",
        f"def add(a, b):\n    return {{}}['{HALF}']",
        STOPPED,
    ),
    _call("half-returned", "a call returns it", f"def add(a, b):\n    return '{HALF}'", STOPPED),
    _call(
        "half-in-set",
        "a call returns it within other things",
        f"def add(a, b):\n    return {{'{HALF}': {{'{HALF}', ('{HALF}',)}}}}",
        STOPPED,
    ),
    _call(
        "half-name",
        "a wrong function's name and words hold it",
        f"def add(a, b):\n    return 5\nadd.__name__ = add.__qualname__ = add.__doc__ = '{HALF}'",
        STOPPED,
    ),
    _call(
        "half-parameter",
        "an annotation holds it",
        f"def add(a, b):\n    return 5\nadd.__annotations__ = {{'a': '{HALF}'}}",
        STOPPED,
    ),
    _call(
        "nul-name",
        "zero bytes and colours in the name of an exception",
        "def add(a, b):\n    raise type('E\\x1b[31m\\n\\x07', (Exception,), {})('\\0\\x1b[2J')",
        STOPPED,
    ),
    _call(
        "error-without-words",
        "an exception whose text raises",
        """
        class Mute(Exception):
            def __str__(self):
                raise ZeroDivisionError
            __repr__ = __str__

        raise Mute
        """,
        STOPPED,
    ),
    right(
        "half-in-format",
        "half a character in an f-string of a right answer",
        add=f"x = f'{HALF}{{1}}'\n$ADD",
    ),
]


def _shown(name: str, about: str, data: str) -> Case:
    return survives(
        name, about, f"from IPython.display import display\ndisplay({data}, raw=True)\n"
    )


SHOWN = [
    _shown("shown-number", "a display whose text is a number", "{'text/plain': 5}"),
    _shown("shown-null", "a display whose text is null", "{'text/plain': None, 'image/png': None}"),
    _shown("shown-nested", "a display of nested data", "{'text/plain': {'a': [[1]]}}"),
    _shown(
        "shown-kinds", "a display of unknown kinds", "{'': '', 'x' * 999: 'x', 'a/b': [1] * 99}"
    ),
    _shown("shown-no-picture", "a picture that is none", "{'image/png': '<script>1</script>'}"),
    _shown(
        "shown-picture-bomb",
        "a picture of 60,000 x 60,000 pixels in a few bytes",
        "{'image/png': __import__('base64').b64encode(b'\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR' + "
        "b'\\0\\0\\xea\\x60' * 2 + b'\\x08\\2\\0\\0\\0').decode()}",
    ),
    survives(
        "shown-metadata",
        "displays with metadata and updates that are none",
        """
        shell, known = get_ipython(), {"display_id": 7}
        for metadata in ({"x": ["y"] * 9}, {1: 2}, {"image/png": {"width": "<b>"}}):
            try:
                shell.display_pub.publish({"text/plain": "x"}, metadata, transient=known)
                shell.display_pub.publish({"a": 1}, update=True, transient=known)
            except Exception as error:
                print(type(error))
        """,
    ),
]


def _forged(name: str, about: str, reply: str) -> Case:
    return own_harm(name, about, FORGE + f"forge({reply})\n")


FORGED = [
    _forged(
        "forged-empties",
        "a reply of five million empty objects",
        """b'{"status": "ok", "outputs": [' + b'{},' * 5_000_000 + b'{}]}'""",
    ),
    _forged("forged-depth", "a reply nested 100,000 deep", "b'[' * 100_000 + b']' * 100_000"),
    _forged("forged-size", "a reply that is announced as 2**60 bytes", "b'{}', 2**60"),
    _forged("forged-number", "a reply that is a number of 10,000 digits", "b'1' * 10_000"),
    _forged("forged-nothing", "replies of other kinds", "b'[null, 1e999, NaN]'"),
    _forged(
        "forged-kinds",
        "outputs of kinds that there are not",
        """b'{"status": "ok", "outputs": [{"output_type": ["x"], "text": 5}]}'""",
    ),
    Case(
        "forged-then-asleep",
        "a cell answers for itself and sleeps, the next one is longer than a socket holds",
        answers(
            add=FORGE
            + """
forge(b'{"status": "ok", "outputs": []}')
time.sleep(300)
""",
            shape=f"note = '{'x' * 1_000_000}'\n$SHAPE",
        ),
        {"add": "failed|killed|timeout", "shape": "any", "scale": "any"},
    ),
]
CASES = HALVES + SHOWN + FORGED

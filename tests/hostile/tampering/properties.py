"""Answers that pass by the way in which properties are asked, or are taken from helpers."""

from __future__ import annotations

from tests.hostile.case import PROPERTIES, Case
from tests.hostile.making import answers


def _wrong(exercise: str, name: str, about: str, code: str) -> Case:
    return Case(
        name, about, answers(PROPERTIES, **{exercise: code}), {exercise: "failed|unanswered"}
    )


def _shares(name: str, about: str, code: str) -> Case:
    return _wrong("shares", name, about, code)


def _returned(what: str) -> str:
    return f"def shares(n):\n    return {what}\n"


def _taken(name: str, about: str, code: str) -> Case:
    return _wrong("temper", name, about, code)


CASES = [
    _shares(
        "one-property-a-call",
        "each call has another of the properties",
        """
        calls = []

        def shares(n):
            calls.append(n)
            return [np.full(n, 9.0), np.full(n, 0.1), np.full(n, -1.0), np.full(2, 0.5)][
                len(calls) % 4
            ]
        """,
    ),
    _shares(
        "right-every-other-call",
        "every other call is right",
        """
        calls = []

        def shares(n):
            calls.append(n)
            return np.full(n, 1 / n) if len(calls) % 2 else np.full(n, 7.0)
        """,
    ),
    _shares(
        "visible-calls-only",
        "the first calls, those of the visible test, are right",
        """
        calls = []

        def shares(n):
            calls.append(n)
            return np.full(n, 1 / n) if len(calls) < 3 else np.full(n, np.nan)
        """,
    ),
    _shares("all-nan", "nan is not above a half, nor below 0", _returned("np.full(n, np.nan)")),
    _shares(
        "one-nan",
        "a maximum over nan is no number",
        _returned("np.append(np.full(n - 1, 0.9), np.nan)"),
    ),
    _shares(
        "all-inf", "inf minus inf is nan", _returned("np.full(n, np.inf) * [-1, *[1] * (n - 1)]")
    ),
    _shares("empty-shares", "nothing in it is wrong", _returned("np.array([])")),
    _shares("complex-shares", "complex numbers in order", _returned("np.full(n, 1j + 1 / n)")),
    _shares(
        "masked-shares",
        "what is masked is compared with nothing",
        _returned("np.ma.masked_array(np.full(n, 9.0), np.ones(n, bool))"),
    ),
    _shares(
        "shares-by-generator",
        "a generator that each property uses up anew",
        """
        def shares(n):
            yield from [1 / n] * n
        """,
    ),
    _shares(
        "shares-lie",
        "an array whose comparisons say no",
        """
        class Liar(np.ndarray):
            def __lt__(self, other): return np.array(False)
            def __gt__(self, other): return np.array(False)

        def shares(n):
            return np.full(n, 9.0).view(Liar)
        """,
    ),
    _shares(
        "changed-between-properties",
        "the same list each time, changed by a thread",
        """
        import threading, time
        kept = [0.5, 0.5]

        def spoil():
            while True:
                kept[:] = [9.0] * len(kept)
                time.sleep(0.001)

        def shares(n):
            kept[:] = [-1.0] * n
            threading.Thread(target=spoil, daemon=True).start()
            return kept
        """,
    ),
    _taken(
        "counter-across-functions",
        "the calls of both exercises are counted together",
        """
        def temper(z, t):
            calls.append(t)
            return softmax(z / t, axis=1) if len(calls) == 1 else softmax(z, axis=1)

        calls = []
        """,
    ),
    _taken(
        "input-returned-changed",
        "the input itself, written over: a view of what was given",
        """
        def temper(z, t):
            z[:] = softmax(z / t, axis=1)
            return z[:]
        """,
    ),
    _taken(
        "same-buffer",
        "one buffer for all calls, filled with the first answer",
        """
        buffer = []

        def temper(z, t):
            if not buffer:
                buffer.append(softmax(z / t, axis=1))
            return buffer[0]
        """,
    ),
    _taken(
        "helper-import", "the answer by import", "from helpers.metrics import softmax as temper"
    ),
    _taken(
        "helper-importlib",
        "the answer by importlib, from the checks",
        """
        import importlib
        temper = importlib.import_module("helpers.checks.comparison")._softmax
        """,
    ),
    _taken(
        "helper-walk",
        "whatever in helpers returns an array for the visible input",
        """
        import pkgutil, importlib, sys
        import helpers

        def temper(z, t):
            for name, module in sorted(sys.modules.items()):
                if not name.startswith("helpers"):
                    continue
                for key, value in sorted(vars(module).items()):
                    if getattr(value, "__module__", "").startswith("helpers") and callable(value):
                        try:
                            found = value(np.zeros((1, 2)), 2.0)
                        except Exception:
                            continue
                        if np.shape(found) == (1, 2) and np.allclose(found, 0.5):
                            return value(z, t)
            raise LookupError("nothing found")
        """,
    ),
    _taken(
        "helper-source",
        "the source of a helper, read and run",
        """
        import inspect
        from helpers import metrics
        space = {"np": np}
        exec(inspect.getsource(metrics.softmax), space)
        temper = space["softmax"]
        """,
    ),
    _taken(
        "helper-slip",
        "a slip's function: each of them is wrong",
        """
        from helpers.checks.slips import GENERAL
        temper = GENERAL[0][0]
        """,
    ),
]

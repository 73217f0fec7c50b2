"""Answers whose functions lie: about what they are, what they return, and how they end."""

from __future__ import annotations

from tests.hostile.making import wrong_sum


def _returned(what: str) -> str:
    return f"def add(a, b):\n    return {what}\n"


CASES = [
    wrong_sum(
        "remembers",
        "the visible inputs are remembered, and nothing else",
        """
        def add(a, b):
            return {(2, 2): 4}.get((a, b), 0)
        """,
    ),
    wrong_sum(
        "counts-calls",
        "the first call is right, and no other",
        """
        calls = []

        def add(a, b):
            calls.append((a, b))
            return a + b if len(calls) == 1 else 0
        """,
    ),
    wrong_sum("returns-nan", "not a number", _returned("float('nan')")),
    wrong_sum("returns-infinity", "an infinity", _returned("float('inf')")),
    wrong_sum("returns-true", "True, which is 1", _returned("True")),
    wrong_sum("returns-itself", "the function itself", _returned("add")),
    wrong_sum(
        "returns-a-generator",
        "a generator",
        """
        def add(a, b):
            yield a + b
        """,
    ),
    wrong_sum(
        "returns-a-coroutine",
        "a coroutine",
        """
        async def add(a, b):
            return a + b
        """,
    ),
    wrong_sum("returns-a-module", "a module", _returned("np")),
    wrong_sum(
        "returns-a-cycle",
        "a list that holds itself",
        """
        def add(a, b):
            loop = []
            loop.append(loop)
            return loop
        """,
    ),
    wrong_sum(
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
    wrong_sum(
        "raises-exit",
        "a call ends in SystemExit",
        """
        def add(a, b):
            raise SystemExit(0)
        """,
        add="failed|killed",
    ),
    wrong_sum(
        "raises-interrupt",
        "a call ends in KeyboardInterrupt",
        """
        def add(a, b):
            raise KeyboardInterrupt
        """,
        add="failed|killed",
    ),
    wrong_sum(
        "raises-stop",
        "a call ends in StopIteration and GeneratorExit",
        """
        def add(a, b):
            raise GeneratorExit
        """,
        add="failed|killed",
    ),
    wrong_sum(
        "raises-own",
        "an exception of a class called CheckPassed",
        """
        class CheckPassed(Exception):
            pass

        def add(a, b):
            raise CheckPassed("2.0")
        """,
    ),
    wrong_sum(
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
    wrong_sum(
        "raises-check",
        "an exception like that of a check, with words of the student's",
        """
        from helpers.checks import CheckFailed

        def add(a, b):
            raise CheckFailed("All is right: 2 of 2 points.")
        """,
    ),
    wrong_sum(
        "raises-stub",
        "the exception of a stub, from an answer",
        """
        def add(a, b):
            raise NotImplementedError
        """,
        add="failed|unanswered",
    ),
    wrong_sum(
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
    wrong_sum(
        "wraps-forever",
        "a function that says it wraps itself",
        """
        def add(a, b):
            return 5

        add.__wrapped__ = add
        """,
    ),
    wrong_sum(
        "too-few",
        "a function of one parameter",
        """
        def add(a):
            return a
        """,
    ),
    wrong_sum("is-none", "the name stands for None", "add = None\n", add="failed|unanswered"),
    wrong_sum(
        "is-missing",
        "the name is deleted again",
        """
        def add(a, b):
            return 4

        del add
        """,
    ),
]

"""Honest answers whose values and functions are right, and not as everybody writes them."""

from __future__ import annotations

from tests.hostile.making import right

VALUES = [
    right(
        "float32",
        "an equal value of another dtype",
        scale="""
        def scale(image):
            return image.astype('float32') / 255
        """,
    ),
    right(
        "numpy-scalar",
        "a NumPy number in place of Python's",
        add="""
        def add(a, b):
            return np.int64(a + b)
        """,
    ),
    right(
        "whole-float",
        "a float that is whole",
        add="""
        def add(a, b):
            return float(a + b)
        """,
    ),
    right(
        "fortran-order",
        "an array in another order",
        scale="""
        def scale(image):
            return np.asfortranarray(image / 255)
        """,
    ),
    right(
        "a-view",
        "a view with strides",
        scale="""
        def scale(image):
            return np.repeat(image / 255, 2, axis=1)[:, ::2]
        """,
    ),
    right(
        "read-only",
        "an array that may not be written",
        scale="""
        def scale(image):
            result = image / 255
            result.flags.writeable = False
            return result
        """,
    ),
]
FUNCTIONS = [
    right("lambda", "a lambda", add="add = lambda a, b: a + b\n"),
    right(
        "cached",
        "a cached function",
        add="""
        import functools

        @functools.lru_cache
        def add(a, b):
            return a + b
        """,
    ),
    right(
        "partial",
        "a partial function",
        add="""
        import functools
        import operator
        add = functools.partial(operator.add)
        """,
    ),
    right(
        "defaults",
        "a parameter more, with a default",
        add="""
        def add(a, b, verbose=False):
            return a + b
        """,
    ),
    right(
        "typed",
        "annotations",
        add="""
        def add(a: int, b: 'int | float') -> int:
            return a + b
        """,
    ),
    right(
        "closure",
        "a function from a function",
        add="""
        def make(sign):
            def inner(a, b):
                return a + sign * b
            return inner

        add = make(1)
        """,
    ),
    right(
        "method",
        "a method of an object",
        add="""
        class Sum:
            def add(self, a, b):
                return a + b

        add = Sum().add
        """,
    ),
    right(
        "recursive",
        "a function that calls itself",
        add="""
        def add(a, b):
            return a if b == 0 else add(a + 1, b - 1)

        import sys
        sys.setrecursionlimit(5000)
        """,
    ),
    right(
        "memory-of-calls",
        "a function that keeps a table of results",
        add="""
        seen = {}

        def add(a, b):
            if (a, b) not in seen:
                seen[a, b] = a + b
            return seen[a, b]
        """,
    ),
    right(
        "slow-first",
        "a slow first call",
        add="""
        import time
        slow = [1]

        def add(a, b):
            time.sleep(slow.pop() if slow else 0)
            return a + b
        """,
    ),
    right(
        "helper-changes-copy",
        "a copy of the input is changed in place",
        scale="""
        def scale(image):
            image = image.astype(float)
            image /= 255
            return image
        """,
    ),
]

CASES = VALUES + FUNCTIONS

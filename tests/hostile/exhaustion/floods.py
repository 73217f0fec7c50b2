"""Answers that flood whoever reads their output or their results."""

from __future__ import annotations

from tests.hostile.making import in_call, in_cell, survives

STOPPED = "failed|killed|memory|timeout"
CASES = [
    survives("one-long-line", "30 MB on one line", "print('x' * 30_000_000)\n"),
    survives(
        "many-lines",
        "a hundred thousand lines",
        """
        for i in range(100_000):
            print(i)
        """,
    ),
    survives(
        "many-displays",
        "3,000 displays",
        """
        from IPython.display import display
        for i in range(3_000):
            display(i)
        """,
    ),
    survives(
        "many-pictures",
        "hundreds of displays of a large text each",
        """
        from IPython.display import display
        for i in range(300):
            display({'text/plain': 'x' * 300_000}, raw=True)
        """,
    ),
    in_cell(
        "endless-output",
        "output without an end",
        """
        while True:
            print('x' * 1_000)
        """,
        "timeout",
    ),
    in_cell(
        "endless-stderr",
        "output past Python, without an end",
        """
        import os
        while True:
            os.write(2, b'x' * 65_536)
        """,
        "timeout",
    ),
    in_cell("long-error", "an exception of 50 MB", "raise ValueError('x' * 50_000_000)", STOPPED),
    in_call(
        "long-error-call",
        "the same from a call",
        """
        def add(a, b):
            raise ValueError('x' * 50_000_000)
        """,
        STOPPED,
    ),
    in_cell(
        "large-figure",
        "a figure of 20,000 x 20,000 pixels",
        """
        import matplotlib.pyplot as plt
        plt.figure(figsize=(200, 200), dpi=100)
        plt.plot([1, 2])
        plt.show()
        $SHAPE
        """,
        f"{STOPPED}|passed",
        needs_sandbox=True,
    ),
    in_call(
        "large-result",
        "a call returns 2 GB",
        """
        import numpy as np

        def add(a, b):
            return np.zeros(2**31, 'uint8')
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    in_call(
        "long-list",
        "a call returns a list of millions",
        """
        def add(a, b):
            return [0] * 30_000_000
        """,
        STOPPED,
        needs_sandbox=True,
    ),
]

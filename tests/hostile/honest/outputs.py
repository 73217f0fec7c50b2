"""Honest answers that say or draw something, in the forms that notebooks allow."""

from __future__ import annotations

from tests.hostile.making import right

OUTPUT = [
    right(
        "stderr",
        "a line on stderr",
        add="""
        import sys
        print('hm', file=sys.stderr)
        $ADD
        """,
    ),
    right(
        "warns",
        "a warning",
        add="""
        import warnings
        warnings.warn('careful')
        $ADD
        """,
    ),
    right(
        "warns-in-call",
        "a warning at each call",
        add="""
        import warnings

        def add(a, b):
            warnings.warn('old', DeprecationWarning)
            warnings.warn('careful')
            return a + b
        """,
    ),
    right(
        "warns-numpy",
        "NumPy's own warnings",
        scale="""
        def scale(image):
            np.array([1.0]) / np.array([0.0])
            return image / 255
        """,
    ),
    right(
        "logs",
        "a library's log lines",
        add="""
        import logging
        logging.basicConfig(level=10)
        logging.error('x')
        $ADD
        """,
    ),
    right(
        "native-stderr",
        "lines on stderr from below Python",
        add="""
        import os
        os.write(2, b'I0000 some library')
        $ADD
        """,
    ),
    right(
        "native-stdout",
        "lines on stdout from below Python",
        add="""
        import os
        os.write(1, b'some library')
        $ADD
        """,
    ),
    right(
        "prints",
        "prints in the answer and in each call",
        add="""
        print('here')

        def add(a, b):
            print(a, b)
            return a + b
        """,
    ),
    right(
        "prints-a-number",
        "the answer's cell ends in a number",
        add="""
        $ADD

        add(1, 2)
        """,
    ),
    right(
        "progress",
        "a bar that draws over itself",
        add="""
        import sys
        for i in range(50):
            sys.stderr.write(f'\\r{i}')
        $ADD
        """,
    ),
    right(
        "draws",
        "a picture",
        add="""
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        plt.show()
        $ADD
        """,
    ),
    right(
        "letters",
        "letters of many alphabets",
        add="""
        print('多 ß 😀 \\u202e')

        def add(höhe, breite):
            return höhe + breite
        """,
    ),
]
FORMS = [
    right(
        "magics",
        "magics of a notebook",
        add="""
        %matplotlib inline
        %time x = 1
        $ADD
        """,
    ),
    right(
        "shell-line",
        "a line for the shell",
        add="""
        !true
        $ADD
        """,
    ),
    right(
        "indented-by-tabs",
        "tabs",
        add="def add(a, b):\n\treturn a + b\n",
    ),
    right("semicolons", "a semicolon at the end", shape="shape = (2, 3);\n"),
    right("unpacked", "an answer that is unpacked", shape="shape, rest = (2, 3), None\n"),
    right("walrus", "an answer within an expression", shape="print(shape := (2, 3))\n"),
    right(
        "in-a-loop",
        "an answer made in a loop",
        shape="""
        shape = ()
        for n in (2, 3):
            shape += (n,)
        """,
    ),
    right("long", "a thousand lines of comment", scale="# why not\n" * 1000 + "$SCALE"),
    right(
        "stub-below",
        "the stub's last line is still there",
        shape="""
        $SHAPE

        raise NotImplementedError
        """,
    ),
]

CASES = OUTPUT + FORMS

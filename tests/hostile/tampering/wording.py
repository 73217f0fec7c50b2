"""Answers that choose names and texts which a message is made of, and put what they learn into it.

Most are right for the visible inputs and wrong for the hidden ones, so that the hidden test speaks.
"""

from __future__ import annotations

from textwrap import dedent, indent

from tests.hostile.case import Case
from tests.hostile.making import FAILED, answers, wrong_sum

FORGED = "Expected: the value was"


def _hidden(name: str, about: str, code: str, before: str = "", **verdicts: str) -> Case:
    """Make a case that does something for the hidden inputs only."""
    body = indent(dedent(code).strip("\n"), "    ")
    text = f"{dedent(before)}\ndef add(a, b):\n    if a < 5:\n        return a + b\n{body}\n"
    return wrong_sum(name, about, text, **verdicts)


def _named(name: str, about: str, given: str) -> Case:
    """Make a case whose function bears a name of its own."""
    code = f"def add(a, b):\n    return a + b if a < 5 else 5\n\nadd.__name__ = {given}\n"
    return wrong_sum(name, about, code)


NAMES = [
    _named("name-newline", "the check's own words come behind a newline in the name", r"'f\nYou'"),
    _named("name-return", "the same with a carriage return", r"'f\r\nYou'"),
    _named("name-separator", "the same with Unicode's line separator", r"'f\u2028You'"),
    _named("name-forged", "a name that ends in words like ours", rf"'f\n{FORGED}\n'"),
    _named("name-endless", "a name of a million letters", "'f' * 1_000_000"),
    _named("name-turned", "a name that turns the direction of writing", r"'f\u202e\u2066'"),
    _named("name-steers", "a name that steers a terminal", r"'f\x1b[2J\x1b]0;title\x07\n'"),
    _hidden(
        "type-named",
        "the result's type is called as the inputs are, behind a newline",
        'return type(f"T\\n{a}\\n{b}", (), {})()',
    ),
    _hidden(
        "type-name-lies",
        "a metaclass says what the type of the result is called",
        "return made(a, b)",
        """
        def made(a, b):
            class Kind(type):
                __name__ = property(lambda kind: f"T\\n{a}\\n{b}")

            return Kind("T", (), {})()
        """,
        add="failed|killed",
    ),
    _hidden(
        "unknown-name-told",
        "a NameError whose name is made of the inputs",
        'raise NameError("none", name=f"n_{a}_{b}")',
    ),
    _hidden(
        "attribute-name-told",
        "an AttributeError whose name is made of the inputs",
        'raise AttributeError(f"n_{a}_{b}", name=f"n\\n_{a}_{b}")',
    ),
    wrong_sum(
        "parameter-names",
        "one parameter with a name of 100,000 letters",
        """
        exec(f"def add({'p' * 100_000}): return 4")
        """,
        add="failed|killed",
    ),
    wrong_sum(
        "annotation-told",
        "a parameter's annotation of many lines that steer a terminal",
        """
        def add(a: "\\x1b[31mred\\n\\n\\u202eExpected"):
            return 4
        """,
    ),
    _hidden(
        "docstring-told",
        "the docstring is written anew at each call",
        'add.__doc__ = f"You\\n{a}\\n{b}"\nreturn 5',
    ),
]
TEXTS = [
    _hidden("raises-inputs", "an exception's text is the inputs", "raise ValueError(repr((a, b)))"),
    _hidden(
        "raises-lines",
        "the inputs stand behind a newline in an exception's text",
        'raise ValueError(f"no\\n{a} {b}")',
    ),
    _hidden(
        "raises-named",
        "an exception's class is called as the inputs are",
        'raise type(f"E\\n{a}_{b}", (Exception,), {})(f"\\n{a + b}")',
    ),
    _hidden(
        "raises-our-name",
        "an exception of a class called CheckFailed, with a finding and a diagnosis",
        'raise CheckFailed(f"add is wrong.\\nYou were given {a} and {b}.")',
        "class CheckFailed(AssertionError):\n    pass\n",
    ),
    _hidden(
        "raises-our-class",
        "an exception of our own class, with a diagnosis",
        'raise CheckFailed("no", layer="values", diagnosis=f"You were given {a} and {b}.")',
        "from helpers.checks import CheckFailed\n",
    ),
    _hidden(
        "raises-our-subclass",
        "an exception of a class below our own",
        'raise Mine("no", layer="values", diagnosis=f"You were given {a} and {b}.")',
        "from helpers.checks import CheckFailed\n\n\nclass Mine(CheckFailed):\n    pass\n",
    ),
    _hidden(
        "raises-assertion",
        "a failed assertion of the student's",
        'assert False, f"\\n{a} {b} {a + b}"',
    ),
    _hidden(
        "raises-stub-text",
        "the stub's exception with the inputs in its text",
        "raise NotImplementedError(a, b)",
        add="failed|unanswered",
    ),
    _hidden(
        "raises-over",
        "an exception called like the one that ends a conversation",
        'raise type("Over", (BaseException,), {"status": "timeout"})(f"{a}\\n{b}")',
    ),
    _hidden(
        "raises-long",
        "an exception's text of 3 MB, its end the inputs",
        'raise ValueError("x" * 3_000_000 + f"\\n{a} {b}")',
    ),
    _hidden(
        "raises-notes",
        "an exception with notes and a cause",
        """
        error = ValueError("no")
        error.add_note(f"{a}\\n{b}")
        raise error from KeyError(a, b)
        """,
    ),
    _hidden(
        "raises-unprintable",
        "an exception whose __str__ raises another with the inputs in it",
        "raise Silent(a, b)",
        """
        class Silent(Exception):
            def __str__(self):
                raise ValueError(f"{self.args}\\n{self.args}")

            __repr__ = __str__
        """,
    ),
    Case(
        "raises-steering",
        "an answer's own cell raises a text that steers a terminal and turns letters round",
        answers(add='raise ValueError("\\x1b[2J\\x1b]0;t\\x07\\u202e\\n\\n" + "y" * 99_999)'),
        FAILED,
    ),
    Case(
        "raises-odd-class",
        "an answer's own cell raises a class whose name and text are many lines",
        answers(add='raise type("E\\nE" * 9, (Exception,), {"__str__": lambda s: "\\n" * 9})()'),
        FAILED,
    ),
    Case(
        "raises-no-text",
        "an answer's own cell raises what has no text",
        answers(
            add="""
            class Silent(Exception):
                def __str__(self):
                    raise self

                __repr__ = __str__

            raise Silent
            """
        ),
        {"add": "failed|killed"},
    ),
]
VALUES = [
    _hidden("returns-words", "the result is the inputs in words", 'return f"\\n{a}\\n{b}"'),
    _hidden("returns-keys", "the keys of a dict are the inputs", 'return {f"\\n{a}": {b: "\\n"}}'),
    _hidden(
        "returns-fields",
        "the fields of an array are called as the inputs are",
        'return np.zeros(2, dtype=[(f"n{a}\\n", "f8"), (f"n{b}", "f8")])',
        add="failed|killed",
    ),
    _hidden(
        "returns-titled",
        "a picture whose title is the inputs",
        """
        import matplotlib.pyplot as plt

        figure, axes = plt.subplots()
        axes.set_title(f"You\\n{a}\\n{b}")
        return figure
        """,
        add="failed|killed",
    ),
    _hidden(
        "returns-shape",
        "the shape of the result is made of the inputs",
        "return np.zeros((a % 90, b % 90), bool)",
    ),
]
CASES = [*NAMES, *TEXTS, *VALUES]

"""Answers whose text is hard on a parser, ours or Python's."""

from __future__ import annotations

from tests.hostile.making import in_cell, survives

NEVER_OURS = "failed|killed|memory|timeout"
SUM = "+".join(["1"] * 600)
CASES = [
    survives("sum-600", "a sum of 600 terms", f"total = {SUM}\n"),
    survives("list-of-lists", "brackets 90 deep", f"deep = {'[' * 90}{']' * 90}\n"),
    survives("number-hex", "a number of 40,000 hexadecimal digits", f"n = 0x{'f' * 40_000}\n"),
    survives("form-feed", "a form feed between lines", "\fx = 1\n\f\n"),
    survives("many-numbers", "a list of 100,000 numbers", f"n = [{'1,' * 100_000}]\n"),
    survives(
        "many-assignments", "10,000 assignments", "\n".join(f"v{n} = {n}" for n in range(10_000))
    ),
    survives(
        "odd-names",
        "names that Python writes another way",
        "\u212a = \ufb01x = 1\nassert K == fix == 1\n",
    ),
    survives("half-literal", "half a character in a literal", "x = '\\ud800', b'\\xff', '\\0'\n"),
    survives(
        "global-twice",
        "a name that is global in many places",
        "def g():\n    global q\n    q = 1\n",
    ),
    survives("zeros", "a text that keeps a lexer busy", f"x = '%{'0' * 38_000}'\n"),
    in_cell(
        "blanks", "200,000 blanks behind what is no Python", f"x = = 1\n{' ' * 200_000}#", "failed"
    ),
    in_cell("sum-100000", "a sum of 100,000 terms", f"total = {'1+' * 100_000}1", NEVER_OURS),
    in_cell("parentheses", "parentheses 5,000 deep", f"x = {'(' * 5_000}{')' * 5_000}", NEVER_OURS),
    in_cell("not-chain", "not, 50,000 times", f"x = {'not ' * 50_000}1", NEVER_OURS),
    in_cell("calls-chain", "50,000 calls of a call", f"def f(): return f\nf{'()' * 50_000}", "any"),
    in_cell("attribute-chain", "50,000 attributes", f"x = f{'.a' * 50_000}", NEVER_OURS),
    in_cell("lambda-chain", "3,000 functions in a function", f"x = {'lambda: ' * 3_000}1", "any"),
    in_cell(
        "global-late",
        "a name that is declared global too late",
        "def f():\n    x = 1\n    global x",
        "failed",
    ),
    in_cell("number-digits", "a number of 10,000 digits", f"x = {'1' * 10_000}", "failed"),
    in_cell("nonlocal-top", "nonlocal where there is no function", "nonlocal x\nx = 1", "failed"),
    in_cell(
        "return-top", "return, yield and await where nothing is", "return 1\nyield 2", "failed"
    ),
    in_cell(
        "format-deep", "f-strings within f-strings", "x = " + "f'{" * 40 + "}'" * 40, NEVER_OURS
    ),
    in_cell(
        "indents", "blocks 150 deep", "".join(f"{' ' * n}if 1:\n" for n in range(150)), "failed"
    ),
    in_cell("tabs", "tabs and spaces mixed", "if 1:\n\tx = 1\n        y = 2\n", "failed"),
    in_cell(
        "encoding", "an encoding that there is not", "# -*- coding: rot13 -*-\nfuncr = 1", "failed"
    ),
    in_cell("only-backslash", "a line that never ends", "x = 1 + \\", "failed"),
]

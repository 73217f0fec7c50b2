"""The rule on numbers in prose: a number that nobody computed may be wrong."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from nbformat import NotebookNode

from course.gate.evidence import Evidence
from course.gate.findings import Problem, rule
from course.gate.lesson import parsed
from course.ledger.marks import sentences
from course.notebook.cells import is_answer, is_test

# Thousands are grouped by a comma, or by a narrow or no-break space.
NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?"
)
IN_OUTPUT = re.compile(r"\d+(?:[,_]\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?")
# What is no prose, or no statement about the lesson's data.
EXEMPT = re.compile(
    r"^ *(`{3,}|~{3,}).*?^ *\1"  # code in fences
    r"|^(?: {4,}|\t).*?$"  # indented code
    r"|(`+)(?!`).*?(?<!`)\2(?!`)"  # code in a line
    r"|<code>.*?</code>|<pre>.*?</pre>|<[^>]+>"
    r"|\$\$.*?\$\$|\$[^$\n]+\$|\\\(.*?\\\)|\\\[.*?\\\]"  # formulas
    r"|\bhttps?://\S+|\]\([^)]*\)|\bdoi:\S+|\barXiv:\S+"
    r"|\b\d+(?:\.\d+){2,}\b"  # versions such as 2.21.0
    r"|\b(?:[Vv]ersions?|v|Python|NumPy|SciPy|Keras|TensorFlow|Matplotlib|scikit-learn|Jupyter\w*"
    r"|nbgrader|Optuna|KerasTuner|CC[ -]BY[\w-]*|GPL|BSD)[ -]?\d+(?:\.\d+)*"
    r"|\b(?:Exercises?|Sections?|Figures?|Tables?|Chapters?|[Ee]quations?) \d+(?:\.\d+)*"
    r"(?:(?:,| and| or| to|–) \d+\.\d+)*"
    r"|^#{1,6} +\d+(?:\.\d+)*",  # numbered headings
    re.M | re.S | re.I,
)
YEARS = range(1900, 2101)


@rule("prose-numbers", "a number in prose is printed or asserted by a code cell", house=True)
def find_unproven_numbers(evidence: Evidence) -> Iterator[Problem]:
    proven = _proven(evidence.executed)
    for cell in evidence.executed.cells:
        if cell.cell_type == "markdown" and not is_answer(cell):
            known = proven | _claimed(cell.source)
            for text in dict.fromkeys(stated_numbers(cell.source)):
                if not _is_proven(text, known):
                    message = f"No output and no assert has the number {text}."
                    yield Problem(cell.id, message, "Print it, assert it, or leave it out.")


def _claimed(markdown: str) -> set[Decimal]:
    """Return the numbers of sentences that point to a claim: "claim-figures" looks after them."""
    said = (one.text for one in sentences(markdown) if one.claims)
    return {_value(text) for sentence in said for text in stated_numbers(sentence)}


def stated_numbers(markdown: str) -> list[str]:
    """Return the numbers of a text that need a proof: four digits or more, or a decimal point."""
    prose = EXEMPT.sub(" ; ", markdown)
    return [text for text in NUMBER.findall(prose) if _needs_proof(text)]


def _needs_proof(text: str) -> bool:
    if "." in text:
        return True
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 4 and not (text == digits and int(text) in YEARS)


def _proven(nb: NotebookNode) -> set[Decimal]:
    """Return the numbers in outputs, in asserts, and in tests, which assert all they hold."""
    found: set[Decimal] = set()
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        found |= {_value(text) for text in IN_OUTPUT.findall(_printed(cell))}
        tree = parsed(cell.source)
        if tree is not None:
            roots = [tree] if is_test(cell) else filter(_asserts, ast.walk(tree))
            found |= set(_constants(roots))
    return found


def _printed(cell: NotebookNode) -> str:
    texts = []
    for output in cell.outputs:
        texts.append(output.get("text", ""))
        data = output.get("data", {})
        if any(kind.startswith("image/") for kind in data):
            continue  # its words were not printed, and its bytes look like numbers
        texts += [data.get(kind, "") for kind in ("text/plain", "text/markdown", "text/html")]
    return "\n".join(map(str, texts))


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        return name.startswith("assert")  # np.testing.assert_allclose
    return isinstance(node, ast.Assert)


def _constants(roots: Iterable[ast.AST]) -> Iterator[Decimal]:
    for root in roots:
        for node in ast.walk(root):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                value = Decimal(str(node.value))
                if value.is_finite():
                    yield value


def _value(text: str) -> Decimal:
    return Decimal(re.sub(r"[,_\s]", "", text))


def _is_proven(text: str, proven: set[Decimal]) -> bool:
    """Tell whether a value is among the proven ones, or is one of them rounded."""
    value = _value(text)
    if value in proven:
        return True
    if "." not in text or len(re.sub(r"\D", "", text).lstrip("0")) < 2:
        return False  # 0.9 is a rounding of too many numbers
    step = Decimal(1).scaleb(value.as_tuple().exponent)
    return any(abs(value - other) <= step / 2 for other in proven)

"""Rules on test cells: they read names, call functions, compare, and leave no trace."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson, calls, parsed
from course.judging.verdict import visible_part
from course.notebook.cells import is_test
from course.notebook.regions import find_regions, public_lines

TRAINING = {"fit", "fit_generator", "partial_fit", "train_on_batch"}
WORDS = {"diagnosis", "missing", "unexpected"}  # arguments of checks
WRITING = {
    "dump", "imsave", "mkdir", "makedirs", "rename", "rmtree", "save", "savefig", "savetxt",
    "savez", "savez_compressed", "save_weights", "to_csv", "tofile", "touch", "unlink",
    "write_bytes", "write_text",
}  # fmt: skip


@rule("test-parts", "a test has a visible and a hidden part", house=True)
def find_missing_parts(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.tests:
        nb = type(lesson.nb)({"cells": [cell]})
        hidden = [line for region in find_regions(nb) for line in region.lines]
        visible = public_lines(cell)
        for part, lines in (("visible", visible), ("hidden", hidden)):
            if not "".join(lines).strip():
                remedy = (
                    "Give feedback on an example, and test other inputs behind BEGIN HIDDEN TESTS."
                )
                yield Problem(cell.id, f"The test has no {part} part.", remedy)


@rule("test-ends", "a test ends in a statement or a call, not in a value", house=True)
def find_bare_ends(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.tests:
        for text in (cell.source, visible_part(cell.source)):
            tree = parsed(text)
            if tree is None:
                yield Problem(cell.id, "The test does not parse.", "Write plain Python.")
                break
            last = tree.body[-1] if tree.body else None
            if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Call):
                message = f"The test ends in the value {ast.unparse(last)[:40]}."
                yield Problem(cell.id, message, "Compare it: a check, or assert.")
                break


@rule("test-trains-not", "a test never trains", style=True)
def find_training(lesson: Lesson) -> Iterator[Problem]:
    for cell, name, _ in _calls(lesson):
        if name in TRAINING:
            message = f"The test calls {name}()."
            yield Problem(cell, message, "Train in a cell of its own, tagged demo, or not at all.")


@rule("test-silent", "a test writes nothing to stderr", style=True)
def find_writing_to_stderr(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.tests:
        tree = parsed(cell.source)
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "sys.stderr",
                "warnings.warn",
            ):
                remedy = "Let the check say it in its message."
                yield Problem(cell.id, f"The test uses {ast.unparse(node)}.", remedy)


@rule(
    "test-words",
    "the words that name a mistake are written out, without a value in them",
    style=True,
)
def find_made_words(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.tests:
        tree = parsed(cell.source)
        for words in _words(tree) if tree else ():
            if _is_made(words):
                message = f"The words {ast.unparse(words)[:60]} are put together by the test."
                remedy = "Write the sentence out: of a hidden test no other is told."
                yield Problem(cell.id, message, remedy)


@rule("test-writes-not", "a test writes no files", style=True)
def find_writing_files(lesson: Lesson) -> Iterator[Problem]:
    for cell, name, call in _calls(lesson):
        if name in WRITING or (name == "open" and _opens_to_write(call)):
            yield Problem(cell, f"The test calls {name}().", "Compare in memory.")


@rule("test-keeps-names", "no later cell needs a name of a test's", house=True)
def find_borrowed_names(lesson: Lesson) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for cell in lesson.code:
        needed, made = _names(cell.source)
        if is_test(cell):
            owners |= dict.fromkeys(made, cell.id)
            continue
        for name in sorted((needed - made) & owners.keys()):
            message = f"The cell uses {name}, which the test {owners[name]} sets."
            yield Problem(cell.id, message, "Set it in a cell of the lesson.")
        for name in made:
            owners.pop(name, None)


def _calls(lesson: Lesson) -> Iterator[tuple[str, str, ast.Call]]:
    for cell in lesson.tests:
        if tree := parsed(cell.source):
            yield from ((cell.id, name, call) for name, call in calls(tree))


def _words(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what a check takes for words: a diagnosis, and the second part of a slip."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in WORDS:
            yield node.value
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            yield node.elts[1]


def _is_made(words: ast.expr) -> bool:
    """Tell whether it is a sentence with something put into it."""
    constants = [n.value for n in ast.walk(words) if isinstance(n, ast.Constant)]
    sentence = any(type(text) is str and " " in text.strip() for text in constants)
    call = isinstance(words, ast.Call) and isinstance(words.func, ast.Attribute)
    formatted = call and words.func.attr == "format"
    return sentence and (formatted or isinstance(words, ast.JoinedStr | ast.BinOp))


def _opens_to_write(call: ast.Call) -> bool:
    modes = [*call.args[:2], *(k.value for k in call.keywords if k.arg == "mode")]
    texts = [m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    # path.open("w") has the mode first, open(path, "w") second.
    return any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts if text)


def _names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell needs from others, and those that it sets."""
    try:
        top = symtable.symtable(source, "cell", "exec")
    except SyntaxError:
        return set(), set()
    needed, made, tables = set(), set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if table is top and (symbol.is_assigned() or symbol.is_imported()):
                made.add(symbol.get_name())
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                needed.add(symbol.get_name())
    return needed, made

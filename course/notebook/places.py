"""Which tests cannot be judged from outside of a student's process, told from the notebook alone.

A judge apart has a student's values, and calls their functions; it has not their process. A test
that replaces names there, reads source text, catches what is printed, looks at classes, objects'
identity or files needs that process itself. What is told here is on the safe side: such a test
might be judged apart all the same. What cannot be seen from here, a rehearsal finds
(`course.examining.placement`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from course.notebook.cells import DEMO, grade_id, is_answer, is_test, tags
from course.notebook.dependencies import names_in
from course.notebook.syntax import parse


@dataclass(frozen=True)
class Sign:
    """Why a test needs the student's own process.

    Attributes
    ----------
    reason : str
        What the test does: "it reads a function's source text", for example.
    rewrite : str
        How to test the same without that; empty where no way is known.
    """

    reason: str
    rewrite: str = ""


PLAIN = "Write it in plain Python."
NAMES = Sign(
    "it looks at or sets the names of the notebook",
    "Read the name itself, or hand values to a function as arguments.",
)
SOURCE = Sign(
    "it reads source text", "Test what the function gives; count calls of what it is handed."
)
PATCH = Sign(
    "it replaces something in the student's process",
    "Let the function take as an argument what the test would replace.",
)
PRINTED = Sign("it catches what is printed", "Let the function return the text.")
FILES = Sign("it looks at files", "Let the answer return what it writes, or bind it to a name.")
FIGURES = Sign("it asks for Matplotlib's current figure", "Let the answer bind the figure.")
IDENTITY = Sign("it asks whether two objects are one", "Compare their values.")
ANY_ERROR = Sign("it takes any exception for the right one", "Name the exception.")
STATE = Sign("it sets or measures the state of the process", "Hand a generator or a seed over.")

# A name that is read, or an attribute, and what it is a sign of.
WORDS: dict[str, Sign] = (
    dict.fromkeys(("globals", "locals", "vars", "dir", "eval", "exec", "get_ipython"), NAMES)
    | dict.fromkeys(("__import__", "__main__", "user_ns"), NAMES)
    | dict.fromkeys(("inspect", "getsource", "getsourcelines", "__code__", "dis"), SOURCE)
    | dict.fromkeys(("__globals__", "__closure__", "__wrapped__", "__dict__", "ast"), SOURCE)
    | dict.fromkeys(("patch", "monkeypatch", "setattr"), PATCH)
    | dict.fromkeys(("delattr", "builtins", "__builtins__"), PATCH)
    | dict.fromkeys(("redirect_stdout", "redirect_stderr", "capture_output", "capsys"), PRINTED)
    | dict.fromkeys(("stdout", "stderr", "stdin", "capfd"), PRINTED)
    | dict.fromkeys(("open", "exists", "isfile", "isdir", "is_file", "is_dir", "listdir"), FILES)
    | dict.fromkeys(("read_text", "read_bytes", "glob", "getsize", "scandir"), FILES)
    | dict.fromkeys(("unlink", "getcwd", "chdir", "Path", "shutil", "sqlite3"), FILES)
    | dict.fromkeys(("loadtxt", "genfromtxt", "imread", "fromfile", "iterdir", "rglob"), FILES)
    | dict.fromkeys(("gcf", "gca", "get_fignums", "plotchecker", "PlotChecker"), FIGURES)
    | dict.fromkeys(("id", "shares_memory", "may_share_memory"), IDENTITY)
    | dict.fromkeys(("settrace", "setprofile", "tracemalloc", "environ", "getenv"), STATE)
)
READS_FILES = ("pandas", "pd", "np", "numpy", "json", "pickle", "csv", "joblib")
SEEDS = ("seed", "set_seed", "set_random_seed", "manual_seed")


def signs(nb: NotebookNode) -> dict[str, Sign]:
    """Return the first sign that each test of a source notebook shows, by ``grade_id``.

    Parameters
    ----------
    nb : NotebookNode
        With solutions and hidden tests.
    """
    code = [c for c in nb.cells if c.cell_type == "code" and DEMO not in tags(c)]
    answers = [c.source for c in code if is_answer(c)]
    answered = [names_in(text) for text in answers]
    bound = set().union(*(n.bound for n in answered))
    read = set().union(*(n.read for n in answered))
    about = About(
        students=bound,
        classes={name for text in answers for name in _classes(text)},
        read=read,
        ours=set().union(*(names_in(c.source).bound for c in code if not is_test(c))) - bound,
    )
    found = {}
    for cell in filter(is_test, code):
        sign = next(_signs(cell.source, about), None)
        if sign is not None:
            found[grade_id(cell)] = sign
    return found


@dataclass(frozen=True)
class About:
    """What a test's text is held against.

    Attributes
    ----------
    students, classes : set of str
        Names that answers bind, and those of them that are classes.
    read : set of str
        Names that answers read.
    ours : set of str
        Names that the lesson alone binds.
    """

    students: set[str]
    classes: set[str]
    read: set[str]
    ours: set[str]


def _signs(code: str, about: About) -> Iterator[Sign]:
    try:
        tree = parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield Sign("it is no plain Python", PLAIN)
        return
    names = names_in(code)
    made = names.bound - names.imported
    for name in sorted(made & about.students):
        yield Sign(f"it binds or deletes {name}, which is the student's", "Use another name.")
    for name in sorted(made & about.read):
        yield Sign(f"it sets {name}, which answers read", "Hand it to the function.")
    for name in sorted(names.read & about.classes):
        yield Sign(f"it uses {name}, a class of the student's")
    for node in ast.walk(tree):
        yield from _signs_of(node, names.bound)


def _signs_of(node: ast.AST, own: set[str]) -> Iterator[Sign]:
    match node:
        case ast.Name(id=word, ctx=ast.Load()) if word in WORDS and word not in own:
            yield WORDS[word]
        case ast.Attribute(attr=attr) if attr in SEEDS:
            yield STATE
        case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
            yield NAMES
        case ast.Attribute(ctx=ast.Store() | ast.Del()) if _root(node) not in own:
            yield PATCH
        case ast.Attribute(value=ast.Name(id=root), attr=attr) if root in READS_FILES and (
            attr.startswith("read_") or attr in ("load", "fromfile")
        ):
            yield FILES
        case ast.Attribute(attr=word) if word in WORDS:
            yield WORDS[word]
        case ast.Import(names=imported):
            yield from (WORDS[a.name] for a in imported if a.name in WORDS)
        case ast.ImportFrom(module=module, names=imported):
            words = [*(module or "").split("."), *(a.name for a in imported)]
            yield from (WORDS[word] for word in words if word in WORDS)
        case ast.Compare(left=left, ops=ops, comparators=rest):
            values = [left, *rest]
            for k, operator in enumerate(ops):
                pair = values[k : k + 2]
                if isinstance(operator, ast.Is | ast.IsNot) and not any(map(_is_single, pair)):
                    yield IDENTITY
        case ast.ExceptHandler(type=None):
            yield ANY_ERROR
        case ast.ExceptHandler(type=ast.Name(id="Exception" | "BaseException")):
            yield ANY_ERROR
        case ast.Call(func=called, args=[ast.Name(id="Exception" | "BaseException"), *_]):
            if getattr(called, "attr", getattr(called, "id", "")) in ("raises", "assertRaises"):
                yield ANY_ERROR
        case ast.Global() | ast.Delete(targets=[ast.Name(), *_]):
            yield NAMES


def _is_single(node: ast.expr) -> bool:
    """Tell whether there is one such object in all of Python: None, True, a type by its name."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=word):
            return word in ("int", "float", "str", "bool", "list", "tuple", "dict", "set")
        case _:
            return False


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else "?"


def _classes(code: str) -> Iterator[str]:
    try:
        tree = parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef))

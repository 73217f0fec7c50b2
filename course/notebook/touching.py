"""Which parts of a cell may change what they name, as far as their text tells."""

from __future__ import annotations

import ast

# Calls that show something and change nothing; but for what sets how all is shown.
SHOWS = frozenset({"print", "display", "plotting", "explorers", "plt"})
SETTINGS = frozenset({"rcParams", "rc", "style", "switch_backend", "set_loglevel", "use_style"})
# Calls that leave what they are given as it is: Python's own, NumPy's, and methods by these names.
PURE = frozenset(
    (
        *("abs", "all", "any", "bool", "bytes", "complex", "dict", "divmod", "enumerate"),
        *("float", "format", "frozenset", "int", "isinstance", "len", "list", "max"),
        *("min", "ord", "range", "repr", "reversed", "round", "set", "sorted", "str"),
        *("sum", "tuple", "type", "zip"),
    )
)
PURE_METHODS = frozenset(
    (
        *("all", "any", "argmax", "argmin", "argsort", "astype", "copy", "count"),
        *("cumsum", "endswith", "flatten", "format", "get", "index", "items", "join"),
        *("keys", "lower", "max", "mean", "min", "ravel", "reshape", "round", "split"),
        *("squeeze", "startswith", "std", "strip", "sum", "tolist", "transpose", "upper"),
        *("values", "var"),
    )
)
# Those of NumPy's that change an array, and what changes NumPy itself.
WRITING = frozenset(("at", "copyto", "fill_diagonal", "place", "put", "put_along_axis", "putmask"))
NUMPYS_OWN = frozenset(("random", "set_printoptions", "seterr", "seterrcall"))


def touches(node: ast.AST) -> bool:
    """Tell whether a part of a cell may change an object that it names."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name not in PURE | SHOWS
        case ast.Call(func=ast.Attribute(attr=attribute) as called, keywords=keywords):
            if any(keyword.arg in ("out", "where", None) for keyword in keywords):
                return True
            if root(called) == {"np"}:
                return bool(_path(called) & (WRITING | NUMPYS_OWN))
            shows = root(called) <= SHOWS and not sets(called)
            return not (shows or attribute in PURE_METHODS)
        case ast.Call() | ast.With() | ast.AsyncWith() | ast.Delete() | ast.AugAssign():
            return True
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            return True
    return False


def sets(called: ast.AST) -> bool:
    """Tell whether a call sets how everything after it is shown."""
    return root(called) <= SHOWS and bool(_path(called) & SETTINGS)


def harmless(called: ast.AST) -> set[str]:
    """Return NumPy's name where a call of it changes an array at most."""
    return {"np"} if _path(called) & WRITING and not _path(called) & NUMPYS_OWN else set()


def _path(node: ast.AST) -> set[str]:
    """Return the attributes on the way from a root to what is called."""
    found = set()
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return found


def root(node: ast.AST) -> set[str]:
    """Return the name at which a chain of attributes, items and calls begins; else "?"."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else {"?"}

"""Digests of code: whether a measurement was made by what stands there today.

Comments, docstrings, layout and the Python that reads the code make no difference.
"""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path
from typing import Any

from course.notebook.syntax import parse

UNSTABLE = ("kind", "type_comment", "type_params")  # fields that some Pythons fill in


def digest(function: ast.FunctionDef, tree: ast.Module, path: Path) -> str:
    """Return a digest of what a function does.

    It is that of its body, of what it uses of its module, in turn, and of the whole modules beside
    it of which any of these uses a name.

    Parameters
    ----------
    function : ast.FunctionDef
    tree : ast.Module
        The module that it stands in.
    path : Path
        Its file.
    """
    named, beside = definitions(tree), _imported(tree)
    seen: dict[str, ast.stmt] = {}
    modules: set[str] = set()
    todo: list[ast.stmt] = [function]
    while todo:
        node = todo.pop(0)
        used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        modules |= {beside[name] for name in used & set(beside)}
        for name in sorted(used & set(named) - set(seen)):
            if named[name] is not function:
                seen[name] = named[name]
                todo.append(named[name])
    code = [_code(function), *(name + _code(seen[name]) for name in sorted(seen))]
    code += _of_modules(modules, path.parent)
    return hashlib.sha256("\n".join(code).encode()).hexdigest()[:12]


def definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return what a module defines by itself, by name."""
    named: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named[node.name] = node
        elif isinstance(node, ast.Assign):
            named |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    return named


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return which names a module imports of the modules beside it, and of which."""
    return {
        alias.asname or alias.name: node.module or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }


def _of_modules(names: set[str], folder: Path) -> list[str]:
    """Return the code of modules, and of those beside them that they import."""
    code, todo = {}, sorted(names)
    while todo:
        name = todo.pop()
        path = folder / f"{name}.py"
        if name in code or not path.is_file():
            continue
        tree = parse(path.read_text(encoding="utf-8"))
        parts = (getattr(n, "name", "") + _code(n) for n in tree.body if not _is_text(n))
        code[name] = name + "".join(parts)
        todo += sorted(set(_imported(tree).values()))
    return [code[name] for name in sorted(code)]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _code(node: ast.stmt) -> str:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return _plain(node)
    body = [_code(part) for part in node.body if not _is_text(part)]
    return "".join([*body, _signature(node)])


def _signature(node: ast.FunctionDef | ast.ClassDef) -> str:
    return _plain(node.args) if isinstance(node, ast.FunctionDef) else _plain(node.bases)


def _plain(node: Any) -> str:
    """Write syntax down, the same for every Python: `ast.dump` is not, nor is `ast.unparse`."""
    if isinstance(node, list):
        return f"[{','.join(map(_plain, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = ((name, value) for name, value in ast.iter_fields(node) if name not in UNSTABLE)
    told = [f"{name}={_plain(value)}" for name, value in fields if value not in (None, [])]
    return f"{type(node).__name__}({','.join(told)})"

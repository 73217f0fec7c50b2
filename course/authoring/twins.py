"""Functions that are the same but for the names of their variables."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from course.notebook.syntax import parse

SMALLEST = 25  # nodes; what is smaller anybody writes


def functions(tree: ast.AST) -> Iterator[tuple[str, int, str]]:
    """Yield name, line and form of each function and lambda that is no trifle.

    Two forms are equal where the functions differ in names, notes and docstrings only; a lambda
    has the form of a function that returns the same.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body
            if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
                body = body[1:]
            name = node.name
        elif isinstance(node, ast.Lambda):
            body, name = [ast.Return(node.body)], "a lambda"
        else:
            continue
        if sum(1 for part in body for _ in ast.walk(part)) >= SMALLEST:
            yield name, node.lineno, _form(node.args, body)


def _form(args: ast.arguments, body: list[ast.stmt]) -> str:
    """Write a body with numbers in the place of its own names, in the order of their coming."""
    own = [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    for part in body:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own.append(node.id)
            elif isinstance(node, ast.arg):
                own.append(node.arg)
    numbers = {name: f"v{place}" for place, name in enumerate(dict.fromkeys(own))}
    copy = parse(ast.unparse(ast.Module(body, [])))
    for node in ast.walk(copy):
        if isinstance(node, ast.Name):
            node.id = numbers.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg, node.annotation = numbers.get(node.arg, node.arg), None
    return ast.dump(copy)

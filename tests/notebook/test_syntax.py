"""Python can be parsed in many threads at once."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course.notebook.syntax import parse


def test_many_threads_parse_at_once(root):
    texts = [path.read_text(encoding="utf-8") for path in (root / "course").rglob("*.py")]
    with ThreadPoolExecutor(8) as pool:
        trees = list(pool.map(parse, texts * 4))
    assert all(isinstance(tree, ast.Module) for tree in trees)


def test_what_does_not_parse_is_a_syntax_error():
    with pytest.raises(SyntaxError):
        parse("def f(:")


def test_nothing_else_in_the_tool_parses(root):
    """A call of ast.parse beside the lock would bring the failure back."""
    files = [p for p in (root / "course").rglob("*.py") if p.name != "syntax.py"]
    assert [p for p in files if "ast.parse(" in Path(p).read_text(encoding="utf-8")] == []

"""Ways to make an answer look different from the one that it was made of, by its syntax tree.

Each takes a text and a generator of random numbers, and returns a text that does the same.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator
from types import UnionType

_NAMES = """
a1 arr b1 base block buf cell cnt cols count cur cur_row data dim end entry first found grid h_len
idx idx2 inner item items k1 last length lo hi lst m1 mat moment n1 nb num number obj one outer part
piece pos prev q1 r1 ratio res rest rr run s1 seg side slot src step_no sub summed t1 target temp
thing tmp two u1 unit v1 val vals vec w1 w_len work x1 x2 xs y1 y2 ys z1 zz
"""
NAMES = tuple(_NAMES.split())
COMMENTS = (
    "go through all of them",
    "this is what the task asks for",
    "see hint 2",
    "now the rest",
    "careful here",
    "the easy part",
    "TODO: nicer name",
)


def comments(text: str, rng: random.Random) -> str:
    """Lay it out anew, without the old comments and docstrings, with others."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and len(node.body) > 1:
            node.body = node.body[1:] if ast.get_docstring(node) else node.body
    made = []
    for line in ast.unparse(tree).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() and rng.random() < 0.3 and not line.lstrip().startswith(("el", "case")):
            made.append(f"{indent}# {rng.choice(COMMENTS)}")
        made.append(line + ("  # ?" if rng.random() < 0.15 and line.strip() else ""))
        made += [""] if rng.random() < 0.1 else []
    return "\n".join(made)


def renamed(text: str, rng: random.Random) -> str:
    """Give every variable, parameter and function another name, but for the one that is asked."""
    tree = ast.parse(text)
    asked = tree.body[-1].name
    own = [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    own += [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is_stored(n)]
    own += [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    own = sorted({name for name in own if name not in (asked, "self", "_")})
    methods = {
        each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef)
    }
    own = [name for name in own if name not in methods]
    others = dict(zip(own, rng.sample([n for n in NAMES if n not in own], len(own)), strict=True))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in others:
                node.id = others[name]
            case ast.arg(arg=name) if name in others:
                node.arg = others[name]
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name in others:
                node.name = others[name]
            case ast.MatchAs(name=str(name)) if name in others:
                node.name = others[name]
    return ast.unparse(tree)


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def _read(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _written(node: ast.AST) -> set[str]:
    """Return what a statement may change: names, and whatever it calls a method of."""
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_stored(n)}
    for n in ast.walk(node):
        if isinstance(n, ast.Attribute | ast.Subscript) and not isinstance(n.ctx, ast.Load):
            found |= _read(n.value)
        if isinstance(n, ast.Expr) or (
            isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
        ):
            found |= _read(n) - {"np", "math"}
        if isinstance(n, ast.FunctionDef):
            found.add(n.name)
    return found


LEAVES = (ast.Return, ast.Break, ast.Continue, ast.Yield, ast.Raise)


def _leaves(node: ast.AST) -> bool:
    return any(isinstance(n, LEAVES) for n in ast.walk(node))


def reordered(text: str, rng: random.Random) -> str:
    """Change the order of neighbours that do not depend on each other, wherever there are any."""
    tree = ast.parse(text)
    for body in _bodies(tree):
        for _ in range(2):
            for i in range(len(body) - 1):
                one, two = body[i], body[i + 1]
                if _leaves(one) or _leaves(two) or isinstance(two, ast.Import | ast.ImportFrom):
                    continue
                if ast.get_docstring(tree) or isinstance(one, ast.Import | ast.ImportFrom):
                    continue
                if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                    continue
                tied = _written(one) & (_read(two) | _written(two)) | _written(two) & _read(one)
                if not tied and rng.random() < 0.7:
                    body[i], body[i + 1] = two, one
    return ast.unparse(tree)


def split(text: str, rng: random.Random) -> str:
    """Move a part of the function that is asked into a function of its own, where one can be."""
    tree = ast.parse(text)
    asked = tree.body[-1]
    whole = len(list(ast.walk(asked)))
    choices = []
    for body in _bodies(asked):
        for start in range(len(body)):
            for stop in range(start + 1, len(body) + 1):
                size = sum(len(list(ast.walk(one))) for one in body[start:stop])
                moved = _moved(asked, body[start:stop]) if 40 <= size <= 0.75 * whole else None
                if moved is not None:
                    choices.append((body, start, stop, moved))
    if not choices:
        return text
    body, start, stop, (function, call) = rng.choice(choices)
    body[start:stop] = [call]
    tree.body.insert(len(tree.body) - 1, function)
    return ast.unparse(ast.fix_missing_locations(tree))


def _moved(asked: ast.FunctionDef, part: list[ast.stmt]) -> tuple[ast.FunctionDef, ast.stmt] | None:
    """Return a function that does what some statements do, and the call that takes their place."""
    if any(map(_leaves, part)) or any(isinstance(n, BARE) for one in part for n in ast.walk(one)):
        return None
    before = {one.arg for one in asked.args.args} | _before(asked.body, part[0])
    imported = {n for one in _walk([asked], ast.Import | ast.ImportFrom) for n in _names(one)}
    own = {n for c in _walk(part, ast.comprehension) for n in _stored(c.target)}
    stored = set().union(*map(_stored, part)) - own
    read = set().union(*map(_read, part)) - own
    read |= {n.target.id for n in _walk(part, ast.AugAssign) if isinstance(n.target, ast.Name)}
    inside = {id(n) for one in part for n in ast.walk(one)}
    wanted = {n.id for n in _walk([asked], ast.Name) if id(n) not in inside and not _is_stored(n)}
    wanted |= {n for one in _walk([asked], ast.AugAssign) for n in _stored(one.target)}
    outputs = stored & wanted
    certain = set().union(*(_names(one) for one in part if isinstance(one, ast.Assign)))
    inputs = read & before | outputs - certain
    unknown = read & _stored(asked) - before - stored  # it may have a value by then, or not
    if imported & read or unknown or not inputs <= before or not outputs <= certain | before:
        return None
    given, back = ", ".join(sorted(inputs)), ", ".join(sorted(outputs))
    function = ast.parse(f"def part_of_it({given}):\n    pass").body[0]
    function.body = [*part, *(ast.parse(f"return {back}").body if back else [])]
    return function, ast.parse(
        f"{back} = part_of_it({given})" if back else f"part_of_it({given})"
    ).body[0]


def _before(body: list[ast.stmt], wanted: ast.stmt) -> set[str]:
    """Return the names that have a value for certain when a statement is reached."""
    found: set[str] = set()
    for one in body:
        if one is wanted:
            return found
        if any(n is wanted for n in ast.walk(one)):
            found |= _stored(one.target) if isinstance(one, ast.For) else set()
            inner = [getattr(one, name, []) for name in ("body", "orelse")]
            within = [b for b in inner if any(n is wanted for s in b for n in ast.walk(s))]
            return found | (_before(within[0], wanted) if within else set())
        found |= _names(one) if isinstance(one, ast.Assign | ast.FunctionDef) else set()
    return found


BARE = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Match)


def _walk(part: list[ast.stmt], kind: type | UnionType) -> list:
    return [n for one in part for n in ast.walk(one) if isinstance(n, kind)]


def _stored(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_stored(n)}


def _names(node: ast.AST) -> set[str]:
    """Return the names that a node itself binds."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {one.asname or one.name for one in names}
        case ast.MatchAs(name=str(name)):
            return {name}
        case ast.Assign(targets=targets):
            return set().union(*map(_stored, targets))
    return set()


class _Turn(ast.NodeTransformer):
    """Writes the same sums and comparisons the other way round, here and there."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        # Lists and texts are added in one order only; numbers of either kind are multiplied in any.
        if isinstance(node.op, ast.Mult) and self.rng.random() < 0.5 and not _is_sequence(node):
            node.left, node.right = node.right, node.left
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        other = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq}
        if len(node.ops) == 1 and type(node.ops[0]) in other and self.rng.random() < 0.5:
            node.left, node.comparators = node.comparators[0], [node.left]
            node.ops = [other[type(node.ops[0])]()]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and self.rng.random() < 0.5:
            left = ast.Name(node.target.id, ast.Load())
            return ast.Assign([node.target], ast.BinOp(left, node.op, node.value))
        return node


def _is_sequence(node: ast.BinOp) -> bool:
    return any(isinstance(n, ast.List | ast.Tuple) for n in (node.left, node.right))


def turned(text: str, rng: random.Random) -> str:
    """Turn products and comparisons round, and write `a += b` in full."""
    tree = ast.fix_missing_locations(_Turn(rng).visit(ast.parse(text)))
    return ast.unparse(tree)


def padded(text: str, rng: random.Random) -> str:
    """Put lines in between that do nothing."""
    tree = ast.parse(text)
    for body in _bodies(tree):
        for i in range(len(body) - 1, 0, -1):
            if rng.random() < 0.35:
                line = rng.choice(("unused = 0", "assert True", "pass", "dummy = None"))
                body.insert(i, ast.parse(line).body[0])
    return ast.unparse(tree)


def everything(text: str, rng: random.Random) -> str:
    """Do all of it but for the idle lines and the turning."""
    for change in (split, reordered, renamed, comments):
        text = change(text, rng)
    return text


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "comments and layout": comments,
    "names": renamed,
    "order of statements": reordered,
    "a helper function": split,
    "idle lines": padded,
    "products and comparisons turned": turned,
    "names, order, helper, comments": everything,
}

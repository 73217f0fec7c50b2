"""Which cells of a lesson a grading needs: those on which an answer or a test depends.

Most of a lesson is pictures. A cell of ours is left out when nothing that is graded can
notice: it binds no name that a graded cell reads, touches no object that one reads, and
calls nothing that could change more than its own names. Where that cannot be told, the cell
is run; where a graded cell misses a name after all, `course.examining.examine` runs everything.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from course.notebook.syntax import parse
from course.notebook.touching import SHOWS, harmless, root, sets, touches

if TYPE_CHECKING:  # slow to import, and the warm process imports this
    from nbformat import NotebookNode

# With these a cell can reach any name.
REACHES_ALL = frozenset({"globals", "locals", "vars", "eval", "exec", "get_ipython", "__import__"})

# So it can by attributes of these names, and by a module: frames, `sys.modules`, pandas' queries.
REACHING = frozenset({"f_globals", "f_locals", "modules", "query", "eval"})
MAIN = "__main__"

# Statements that bind their names whenever they are run to their end.
SETTLING = (
    ast.Assign,
    ast.AnnAssign,
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)


@dataclass
class Names:
    """The names in a cell.

    Attributes
    ----------
    bound : set of str
        Global names that are assigned, defined or imported.
    imported : set of str
        Bound by an import.
    settled : set of str
        Those that are bound whatever happens.
    read : set of str
        Global names that are read, in functions too, before the cell itself settles them.
    called : set of str
        Roots of the calls that stand as statements, and of attributes and items assigned to.
    touched : set of str
        Names in statements that may change an object in place: by a call that is not known to
        leave things as they are, or by assigning to a part.
    known : bool
        False where the cell is no plain Python.
    parsed : bool
        False where it may be Python, but is too large or nested too deeply to be looked at.
    """

    bound: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    known: bool = True
    parsed: bool = True

    @property
    def defined(self) -> set[str]:
        """Names that the cell makes itself, whatever happens."""
        return self.settled - self.imported

    def then(self, later: Names) -> Names:
        """Return the names in a cell that goes on with another one's lines."""
        return Names(
            bound=self.bound | later.bound,
            imported=self.imported | later.imported,
            settled=self.settled | later.settled,
            read=self.read | (later.read - self.settled),
            called=self.called | later.called,
            touched=self.touched | later.touched,
            known=self.known and later.known,
            parsed=self.parsed and later.parsed,
        )


@lru_cache(maxsize=4096)  # our own cells are the same in every submission
def names_in(code: str) -> Names:
    """Return the names in a text of ours; what is returned is not to be changed.

    What a student wrote is given to `course.examining.reading`, which calls this within limits.
    """
    try:
        return _names_in(parse(code), code)
    except SyntaxError:
        return Names(known=False)
    except (ValueError, RecursionError, MemoryError):
        return Names(known=False, parsed=False)


def _names_in(tree: ast.Module, code: str) -> Names:
    names, reaches = Names(), False
    for statement, text in zip(tree.body, _texts(tree.body, code), strict=True):
        own = Names()
        _collect(symtable.symtable(text, "cell", "exec"), own)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            own.read.add(statement.target.id)
        nodes = list(ast.walk(statement))
        if any(map(touches, nodes)):
            names.touched |= own.read | own.bound
        names.read |= own.read - names.settled
        names.bound |= own.bound
        names.imported |= own.imported
        if isinstance(statement, SETTLING):
            names.settled |= own.bound
        for node in nodes:
            names.called |= _called(node)
            reaches = reaches or _reaches_all(node)
    if reaches:  # whatever is settled by then
        names.read.add("globals")
    return names


def _called(node: ast.AST) -> set[str]:
    match node:
        case ast.Expr(value=ast.Call(func=called)):
            return {"?"} if sets(called) else root(called) - harmless(called)
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            return root(node)
    return set()


def _reaches_all(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=name):
            return name in REACHING
        case ast.Import(names=modules):
            return any(module.name == MAIN for module in modules)
        case ast.ImportFrom(module=module):
            return module == MAIN
    return False


def _texts(statements: list[ast.stmt], code: str) -> Iterator[str]:
    """Yield the text of each statement: its lines; where it shares one, it is written anew."""
    lines = [] if "\r" in code or "\f" in code else code.split("\n")
    begins = [min([s.lineno, *(d.lineno for d in _decorators(s))]) for s in statements]
    last = 0
    for statement, begin, following in zip(
        statements, begins, [*begins[1:], len(lines) + 1], strict=True
    ):
        own = "\n".join(lines[begin - 1 : statement.end_lineno])
        alone = last < begin and statement.end_lineno < following and not statement.col_offset
        yield own if own and alone and own[-1] != "\\" else ast.unparse(statement)
        last = statement.end_lineno


def _decorators(statement: ast.stmt) -> list[ast.expr]:
    return getattr(statement, "decorator_list", [])


def _collect(table: symtable.SymbolTable, names: Names) -> None:
    """Add the global names of a scope and of those within; a function's own are its own."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if not (top or symbol.is_global()):
            continue
        if symbol.is_referenced():
            names.read.add(symbol.get_name())
        if symbol.is_assigned() or symbol.is_imported():
            names.bound.add(symbol.get_name())
        if symbol.is_imported():
            names.imported.add(symbol.get_name())
    for inner in table.get_children():
        _collect(inner, names)


def needed(
    cells: list[NotebookNode], graded: Iterable[int], known: Mapping[str, Names] | None = None
) -> set[int]:
    """Return the positions of the code cells that have to be run.

    Parameters
    ----------
    cells : list of NotebookNode
    graded : iterable of int
        Positions of the cells that are run in any case: answers, added cells, tests.
    known : mapping, optional
        The names in texts that students wrote.
    """
    graded, known = set(graded), known or {}
    found = {
        i: known.get(c.source) or names_in(c.source)
        for i, c in enumerate(cells)
        if c.cell_type == "code"
    }
    if any(found[i].read & REACHES_ALL for i in graded):
        return set(found)
    imported = set().union(*(names.imported for names in found.values()))
    # Names that some cell makes itself: what an import brings is not ours to change.
    made = set().union(*(n.bound - n.imported for n in found.values()))
    wanted: set[str] = set()
    run: set[int] = set()
    for i in sorted(found, reverse=True):
        names = found[i]
        if (
            i in graded
            or not names.known
            or names.imported
            or names.bound & wanted
            or names.touched & wanted & made
            or names.called & ((imported | {"?"}) - SHOWS)
            or names.read & REACHES_ALL
        ):
            run.add(i)
            wanted = (wanted - names.settled) | names.read
    return run

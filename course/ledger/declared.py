"""Claims as their modules state them.

``claims/images_as_tensors.py`` holds those of section ``01-images-as-tensors``, as ordinary code::

    from course.ledger.declared import claim

    @claim(
        "moved-digits",
        "Moved by one pixel, many digits that were read correctly are misread.",
        over="20 random choices of the known digits",
        holds={"lost": "> 0.3"},
        seeds=20,
    )
    def moved_digits(seed):
        ...
        return {"original": original, "moved": moved, "lost": original - moved}

What is declared is read, and run only to be measured: `course check` imports nothing of it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.ledger.digests import definitions, digest
from course.ledger.intervals import METHODS, Condition
from course.notebook.syntax import parse

FEWEST = 10  # independent seeds, below which nothing is claimed
PROFILES = ("fast", "full")
FORM = 'Write @claim("id", "One sentence.", over="12 portfolios", holds={"figure": "> 0"}).'
Measure = Callable[[int], Mapping[str, float]]


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes
    ----------
    name : str
        Its id, by which sentences point to it.
    meaning : str
        What it says, in a sentence.
    over : str
        What differs from seed to seed, in words.
    holds : dict of str to str
        For each figure that decides: where its whole interval must lie. "> 0", "< 0.1", or
        "-0.02 to 0.02".
    seeds : int
        How many there are; they are 0, 1, 2, ...
    interval : str or dict of str to str
        "t", "bootstrap" or "wilson"; a dict names it by figure, the others get "t".
    profile : str
        "fast" where it is measured on what the notebook trains in that profile or on less, "full"
        on what the reference models were trained with.
    unmeasured : str
        Why nothing is kept of it; empty where something is.
    function : str
        The name of what measures it: from a seed to a dict of figures.
    line : int
        Where it stands in its module.
    digest : str
        Of that function's code, and of what it uses of `claims/`: it changes where they do.
    """

    name: str
    meaning: str
    over: str
    holds: dict[str, str]
    seeds: int = FEWEST
    interval: str | dict[str, str] = "t"
    profile: str = "fast"
    unmeasured: str = ""
    function: str = ""
    line: int = 0
    digest: str = field(default="", repr=False)

    def method(self, figure: str) -> str:
        """Return how the interval of a figure is made."""
        if isinstance(self.interval, str):
            return self.interval
        return self.interval.get(figure, "t")

    def __post_init__(self) -> None:
        methods = [self.interval] if isinstance(self.interval, str) else self.interval.values()
        for method in methods:
            if method not in METHODS:
                raise ValueError(f"interval {method!r} is unknown: use one of {', '.join(METHODS)}")
        if self.profile not in PROFILES:
            raise ValueError(f"profile {self.profile!r} is unknown: use one of {PROFILES}")
        if not self.holds:
            raise ValueError('holds is empty: say which figure decides, as {"lost": "> 0"}')
        for condition in self.holds.values():
            Condition.of(condition)
        if self.seeds < FEWEST:
            raise ValueError(f"seeds={self.seeds} are too few: measure it over {FEWEST} or more")


def claim(
    name: str,
    meaning: str,
    *,
    over: str,
    holds: dict[str, str],
    seeds: int = FEWEST,
    interval: str | dict[str, str] = "t",
    profile: str = "fast",
    unmeasured: str = "",
) -> Callable[[Measure], Measure]:
    """Declare that a function measures a claim; see `Claim` for the parameters."""
    return lambda measure: measure


def read_claims(path: Path) -> list[Claim]:
    """Read the claims of a module; an absent file holds none.

    Raises
    ------
    CourseError
        When the file does not parse, or a claim is not written as `claim` wants it.
    """
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        tree = parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"{path} does not parse at line {error.lineno}: {error.msg}.", "Fix that line."
        ) from None
    return [
        _from_call(call, node, path, tree)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in node.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "claim"
    ]


def _from_call(call: ast.Call, measure: ast.FunctionDef, path: Path, tree: ast.Module) -> Claim:
    named = definitions(tree)
    try:
        name, meaning = (_literal(argument, named) for argument in call.args)
        words: dict[str, Any] = {k.arg or "": _literal(k.value, named) for k in call.keywords}
        about = {
            "function": measure.name,
            "line": call.lineno,
            "digest": digest(measure, tree, path),
        }
        return Claim(name, meaning, **words, **about)
    except (ValueError, TypeError) as error:
        raise CourseError(
            f"{path}, line {call.lineno}: this claim cannot be read: {error}.", FORM
        ) from None


def _literal(node: ast.expr, named: dict[str, ast.stmt]) -> Any:
    """Return what an expression says: a literal, or the name of one that the module assigns."""
    if isinstance(node, ast.Name) and isinstance(named.get(node.id), ast.Assign):
        node = named[node.id].value
    return ast.literal_eval(node)

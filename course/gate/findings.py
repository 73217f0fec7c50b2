"""What the gate finds, and the register of its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, get_type_hints


@dataclass(frozen=True)
class Finding:
    """One thing that the gate does not let pass.

    Attributes
    ----------
    section : str
    notebook : str
        Name of the file; empty where the section as a whole is meant.
    cell : str
        The cell's id, or the exercise's; empty where no cell is meant.
    rule : str
    message, remedy : str
        A sentence each: what is wrong, what to do.
    style : bool
        Whether it is this tool's own style, in a course that never chose it: it changes no mark.
    """

    section: str
    notebook: str
    cell: str
    rule: str
    message: str
    remedy: str
    style: bool = False

    def __str__(self) -> str:
        file = f"/{self.notebook}" if self.notebook else ""
        cell = f" [{self.cell}]" if self.cell else ""
        return f"{self.section}{file}{cell} {self.rule}: {self.message} Remedy: {self.remedy}"


class Problem(NamedTuple):
    """What a rule yields: `Finding` without the place and the name that the gate knows.

    `file` is named where it is not the notebook that the rule was given.
    """

    cell: str
    message: str
    remedy: str
    file: str | None = None


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    name : str
    demand : str
        What it demands.
    of : type
        What it looks at: a `Lesson`, a `Chapter` or an `Evidence`.
    house : bool
        Whether it holds only for courses with a syllabus, this course's own style.
    style : bool
        Whether it is no more than style for other courses.
    find : callable
        Takes what it looks at, and yields problems.
    """

    name: str
    demand: str
    of: type
    house: bool
    style: bool
    find: Callable[[Any], Iterable[Problem]]


RULES: dict[str, Rule] = {}


def rule(
    name: str, demand: str, *, house: bool = False, style: bool = False
) -> Callable[[Callable], Callable]:
    """Register a function as a rule; the annotation of its argument says what it looks at.

    Parameters
    ----------
    name, demand : str
    house, style : bool
        See `Rule`.
    """

    def register(find: Callable) -> Callable:
        if name in RULES:
            raise ValueError(f"two rules are called {name!r}: give one another name")
        (subject,) = (kind for key, kind in get_type_hints(find).items() if key != "return")
        RULES[name] = Rule(name, demand, subject, house, style, find)
        return find

    return register


def sum_up(findings: Iterable[Finding]) -> str:
    """Return one line for all that is style; nothing where there is none."""
    counts = Counter(finding.rule for finding in findings if finding.style)
    if not counts:
        return ""
    rules = ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items()))
    return (
        f"Besides, {counts.total()} matters of style that change no mark ({rules}): "
        "--json lists them."
    )


def rules_for(subject: object, *, house: bool) -> Iterator[Rule]:
    """Yield the rules that look at things like `subject`, in the order of their definition."""
    return (r for r in RULES.values() if isinstance(subject, r.of) and (house or not r.house))

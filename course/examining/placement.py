"""Where each test of a notebook is judged: apart, or inside the student's own process.

The judge apart cannot be forged, and is the rule. What it cannot see is judged as stock nbgrader
judges everything, inside, where the course allows that; the verdict says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from course.notebook.places import signs

OWN_PROCESS = "{}: that needs the student's own process, in which this course judges nothing."


@dataclass(frozen=True)
class Placement:
    """Where the tests of a notebook are judged.

    Attributes
    ----------
    lenient : bool
        Whether a test may be judged inside: one that the judge apart cannot judge, and one to
        which an answer did not get full marks there.
    inside : mapping of str to str
        Why a test needs the student's own process, by ``grade_id``.
    unsolved : mapping of str to str
        What becomes of our own solution, where it does not pass the test either.
    rehearsed : bool
        Whether our own solution and the student version were tried.
    given : frozenset of str
        Tests that the student version passes as it is released.
    written : frozenset of str
        Files beside the notebook that our own solution writes, by relative path: they are not
        there before, or an answer that writes nothing would leave the right one.
    both : bool
        Judge each test both ways, to compare.
    """

    lenient: bool = False
    inside: Mapping[str, str] = field(default_factory=dict)
    unsolved: Mapping[str, str] = field(default_factory=dict)
    rehearsed: bool = False
    given: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    both: bool = False

    def forbidden(self, name: str) -> str:
        """Return why a test cannot be judged here at all; empty where it can."""
        reason = "" if self.lenient else self.inside.get(name, "")
        return f"This test cannot be judged: {OWN_PROCESS.format(reason)}" if reason else ""

    def adds_to(self, guess: Placement) -> bool:
        """Tell whether a notebook judged by a guess may be judged otherwise by this placement.

        What only spares work, as to know that the student version passes nothing, is no matter.
        """
        return bool(self.inside != guess.inside or self.unsolved or self.written)


APART = Placement()


def told_by_text(nb: NotebookNode, policy: str) -> Placement:
    """Return the placement that a source notebook's text tells of; see `course.notebook.places`.

    Parameters
    ----------
    nb : NotebookNode
        With solutions and hidden tests.
    policy : str
        One of `course.sections.POLICIES`.
    """
    reasons = {name: sign.reason for name, sign in signs(nb).items()}
    return Placement(policy != "forbid", reasons)

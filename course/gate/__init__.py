"""The gate: what a section must hold before students get it.

In come sections, run and unrun; out go findings, each with the rule that it breaks. `commands`
calls `check`. Each rule is one small function, registered with `rule`; its argument says what it
looks at.
"""

from importlib import import_module

from course.gate.blanks import unfilled
from course.gate.claims import open_claims
from course.gate.findings import RULES, Finding, Rule, sum_up
from course.gate.inspection import check
from course.gate.totals import drafts

__all__ = ["RULES", "Finding", "Rule", "check", "drafts", "open_claims", "sum_up", "unfilled"]

# Importing a module registers its rules; they are applied in this order.
for _name in (
    "blanks",
    "cleanliness",
    "needs",
    "layout",
    "predictions",
    "tasks",
    "testcells",
    "spoilers",
    "totals",
    "releases",
    "verdicts",
    "placing",
    "giveaways",
    "figures",
    "prose",
    "wording",
    "claims",
):
    import_module(f"course.gate.{_name}")

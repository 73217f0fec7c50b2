"""The door: what comes from a process or a file that a student had in hand.

In comes anybody's text, JSON and cell outputs; out goes text that can be encoded and outputs that a
notebook may hold, within `budgets`, or a refusal that says which limit was met. Everything that
reads from a student calls it: `processes`, `intake`, `examining`, `warm`.
"""

__all__ = ["budgets", "outputs", "pictures", "skimming"]

"""Comparing: which long answers of a class are far more alike than its answers are anyway.

In come what lies in ``submitted/`` and our own notebooks; out go pairs of answers and a page that
shows both sides, for a person to judge. Nothing leaves the machine. `commands` calls it.
"""

__all__ = ["alike", "answers", "page"]

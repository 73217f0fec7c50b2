"""Drafting: what a new section or a new exercise begins with.

In come names; out go a notebook, or cells of one, known mistakes and an entry of the syllabus, all
of them with blanks. `commands` calls it; `gate` looks for blanks in a syllabus.
"""

__all__ = ["exercise", "left", "section", "syllabus"]

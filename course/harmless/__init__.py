"""Harmless: what of a student's making may be shown to people.

In come outputs, Markdown and pictures of students; out go text and PNG pictures, and nothing that
runs or loads anything. `examining` and `grading` write notebooks by it, `returns` and
`comparing` pages, and nbgrader's own configuration names its `formgrader`.
"""

__all__ = ["executed", "rendered", "shown"]

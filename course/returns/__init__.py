"""Returns: what goes back to people.

In comes the record; out go feedback pages, a report of the class, and marks as tables or in the
files of learning platforms. `commands` and `demo` call it; `marking` shows answers as its pages do.
"""

__all__ = [
    "answers",
    "everybody",
    "export",
    "feedback",
    "formats",
    "indexes",
    "layout",
    "pages",
    "report",
]

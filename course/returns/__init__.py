"""Returns: what goes back to people.

In comes the record; out go feedback pages and tables of marks. `commands` and `demo` call it.
"""

__all__ = ["export", "feedback"]

"""The ledger: what the lessons say, how it was measured, and whether it holds.

In come the claims of ``claims/``, a module a section, and what was kept of each measurement; out go
figures with their intervals, and which claim holds. `commands` shows and measures them, `gate`
holds the lessons' sentences to them.
"""

__all__ = ["book", "marks", "measuring", "said", "standing", "table"]

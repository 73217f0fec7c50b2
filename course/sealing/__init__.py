"""The words of known mistakes, sealed for students' notebooks.

In come sections with their mistakes; out goes a table for each, which is part of `helpers.checks`:
who makes a mistake on the visible examples can read its words there, see `helpers.checks.known`.
`commands` calls `seal`; the lesson and its mistakes run in a session, where `process` begins.
"""

__all__ = ["tables"]

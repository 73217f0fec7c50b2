"""The demo: the whole loop on sample submissions, in a course of its own.

In come the sections with their known mistakes; out go a graded course with feedback and marks.
`commands` calls `loop`.
"""

__all__ = ["loop"]

"""Intake: what was handed in, taken from wherever it lies.

In comes a download of a learning platform, or what lies in ``submitted/``; out go submissions with
their owner, section and bytes, none of them believed. `commands` and `demo` call `collect`;
`grading` finds and reads what is there, `examining` what came. In comes a platform's list of the
class, too; `people` knows who is who, and `returns` reads and fills in `sheets` by it.
"""

__all__ = [
    "collect",
    "enrolling",
    "finding",
    "groups",
    "people",
    "person",
    "roster",
    "sheets",
    "submissions",
    "taken",
]

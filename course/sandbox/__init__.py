"""Where a student's code runs: nothing to reach, little to use up, nothing left behind.

Two walls. The *outer* one is bubblewrap around the warm process: no network, a read-only
system, an empty home, none of the course's files. The *inner* one is made by each fork for
itself: namespaces, a folder in memory, no capabilities, a filter of system calls, limits. A
session thus reaches neither the warm process nor another session.

In come bounds and a folder; out goes a process behind walls. `warm` puts its processes there;
`proof` tries to break both walls before anybody is graded.
"""

__all__ = [
    "bounds",
    "cgroups",
    "chamber",
    "groups",
    "inner",
    "keeper",
    "numbers",
    "outer",
    "parcel",
    "remedies",
    "system",
]

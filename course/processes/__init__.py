"""Processes: how ours are surrounded, fork, talk and wait.

In come an environment and a socket; out go an environment built from nothing, forks that are
processes of their own, messages with a deadline, and a shell whose outputs are a notebook's. The
rooms that start processes or run in them call it: `sandbox`, `judging`, `warm`, `examining`,
`running`, `comparing`, `lab`.
"""

__all__ = [
    "capture",
    "cores",
    "forks",
    "neighbours",
    "pages",
    "patience",
    "programs",
    "readers",
    "shell",
    "surroundings",
    "wire",
]

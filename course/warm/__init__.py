"""Warm sessions: a process that has imported everything once, and forks for each session.

Importing TensorFlow takes many seconds; a fork of a process that has done so takes
milliseconds. The *nursery* imports, builds an IPython shell, and waits; each session is a
fork of it, taken before TensorFlow starts a thread. Text goes in and outputs come back as
JSON over a socket; nothing is ever unpickled.

In come imports and bounds; out go sessions and judges for whoever examines (`examining`, `grading`,
`proof`), Jupyter kernels for notebooks (`running`, `lab`, `gate`), and whole commands for whoever
types them while a process stands by (`vision_course`).
"""

__all__ = [
    "ahead",
    "client",
    "health",
    "imports",
    "managers",
    "owned",
    "parent",
    "provisioner",
    "ready",
    "runtime",
    "sessions",
    "specs",
    "starting",
]

"""The differences from stock nbgrader's marks that are meant, as docs/nbgrader.md tells of them."""

STDERR = "stderr"
NEVER_RAN = "never-ran"
UNSOLVED = "unsolved"
STOPPED = "stopped"
KERNEL = "kernel"
DIFFERENCES = (STDERR, NEVER_RAN, UNSOLVED, STOPPED, KERNEL)

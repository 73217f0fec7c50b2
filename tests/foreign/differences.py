"""The differences from stock nbgrader's marks that are meant, as docs/nbgrader.md tells of them."""

STDERR = "stderr"
UNSOLVED = "unsolved"
STOPPED = "stopped"
WRITTEN = "written"
KERNEL = "kernel"
DIFFERENCES = (STDERR, UNSOLVED, STOPPED, WRITTEN, KERNEL)

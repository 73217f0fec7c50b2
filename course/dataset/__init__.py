"""The data set: the handwriting as files.

In come the course's own writers, or the files of CASIA; out goes a tree of pictures with a
manifest. `commands` calls `make`, `doctor` looks at what is there.
"""

__all__ = ["health", "make"]

"""The notebook: how a source notebook is read.

In comes a notebook of ours; out go its cells, exercises, regions that no student may see, known
mistakes, blanks, and which cell and test depends on which. Who knows of lessons calls it:
`authoring`, `drafting`, `running`, `gate`, `examining`, `judging`, `intake`, `record`, `returns`.
"""

__all__ = [
    "autotests",
    "blanks",
    "cells",
    "dependencies",
    "exercises",
    "fetching",
    "mistakes",
    "needs",
    "places",
    "provenance",
    "reading",
    "regions",
    "slicing",
    "syntax",
    "versions",
    "writing",
]

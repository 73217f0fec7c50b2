"""The notebook: how a source notebook is read.

In comes a notebook of ours; out go its cells, exercises, regions that no student may see, known
mistakes, and which cell and test depends on which. Every room that knows of lessons calls it.
"""

__all__ = ["cells", "dependencies", "mistakes", "provenance", "regions", "syntax"]

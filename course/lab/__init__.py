"""The lab: JupyterLab on a student's own copy of the lessons, or on the course itself.

In come the released notebooks; out goes a copy in which no answer is ever overwritten, opened with
warm kernels. `commands` calls `jupyterlab`.
"""

__all__ = ["jupyterlab"]

"""The lab: JupyterLab on a student's own copy of the lessons, or on the course itself.

In come the released notebooks; out goes a copy in which no answer is ever overwritten, opened with
warm kernels, how far a student is in it, and the file to hand in. `commands` calls `jupyterlab`,
`progress` and `handing_in`.
"""

__all__ = ["handing_in", "jupyterlab", "progress"]
